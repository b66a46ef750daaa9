"""The command line: every long job of the program runs here too, and no command opens the window.

Names, JSON keys and exit codes are a contract: docs/architecture.md, "Commands".
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from app import __version__
from app.cli import paths
from app.core import i18n, log
from app.core.errors import Cancelled, UserError
from app.core.i18n import _
from app.core.named import blame
from app.core.paths import default_data

DONE, SOME_LEFT_OUT, REFUSED, OWN_FAULT = 0, 1, 2, 3


def main(arguments: Sequence[str]) -> int:
    """Run one command, or open the window when none is given; return the exit code.

    0 done, 1 some rows held or rejected, 2 refused (the sentence is on standard error), 3 a fault
    of our own (it is in the log, without personal data).
    """
    options = _of_the_window(arguments)
    if options is not None:
        i18n.use(options.language)
        return _window(options)
    parser = _parser()
    options = parser.parse_args(arguments)
    i18n.use(options.language)
    if options.version:
        print(_versions())
        return DONE
    with log.at_need(_log_folder()):
        return _command(parser, options)


def _command(parser: argparse.ArgumentParser, options: argparse.Namespace) -> int:
    from app.cli.output import Output

    named: list[Path] = []
    try:
        named = paths.check(parser, options)
        return int(options.run(options, Output(as_json=options.json)) or DONE)
    except Cancelled:
        print(_("Stopped. What was done before stays done."), file=sys.stderr)
    except KeyboardInterrupt:
        print(_("Stopped. What was done before stays done."), file=sys.stderr)
    except Exception as error:
        # A disk that does not take what was named is not our fault, and not a secret.
        said = blame(error, named) if isinstance(error, OSError) else error
        if not isinstance(said, UserError):
            return _note_fault(error)
        print(said.sentence, file=sys.stderr)
    return REFUSED


def _note_fault(error: Exception) -> int:
    folder = _log_folder()
    number = log.fault(error)
    sentence = _(
        "The program failed (fault {number}). It is noted in {folder}. Look whether what you did "
        "last is there."
    )
    print(sentence.format(number=number, folder=folder), file=sys.stderr)
    return OWN_FAULT


def _log_folder() -> Path:
    return default_data() / "log"


def _window(options: argparse.Namespace) -> int:
    from app.ui.shell.start import run  # the only way to Qt; no command takes it

    return int(run(options.data, options.file and options.file.absolute()))


def _of_the_window(arguments: Sequence[str]) -> argparse.Namespace | None:
    """Read a start of the window, perhaps with a file that was double-clicked; None for a command.

    The parser of the commands reads all that any of them needs: a clerk does not wait for that.
    """
    parser = argparse.ArgumentParser(add_help=False, exit_on_error=False)
    _common(parser, at_top=True)
    parser.add_argument("file", nargs="?", type=Path)
    try:
        options, more = parser.parse_known_args(arguments)
    except argparse.ArgumentError:
        return None  # the parser of the commands says what is wrong
    file = options.file
    # No command has a dot or a folder in its name; one that is gone is said in the window.
    names_a_file = file is None or bool(file.suffix) or file.is_absolute()
    return options if names_a_file and not more else None


def _parser() -> argparse.ArgumentParser:
    from app.cli import centre, desk, exchange, paper, report, trial

    parser = argparse.ArgumentParser(prog="tambon-desk", description=__doc__)
    parser.add_argument("--version", action="store_true", help="program, schema, bundle versions")
    _common(parser, at_top=True)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    common = argparse.ArgumentParser(add_help=False)
    _common(common, at_top=False)
    for module in (desk, exchange, paper, report, centre, trial):
        module.add_commands(commands, common)
    return parser


def _common(parser: argparse.ArgumentParser, *, at_top: bool) -> None:
    """Take the common options before the command and after it."""

    def default(value: object) -> object:
        return value if at_top else argparse.SUPPRESS

    parser.add_argument(
        "--data", type=paths.desk, default=default(default_data()), help="folder of the database"
    )
    parser.add_argument(
        "--password-file", type=paths.to_read, default=default(None), help="file with the password"
    )
    parser.add_argument("--user", default=default(""), help="who signs in, if there are several")
    parser.add_argument(
        "--json", action="store_true", default=default(False), help="one JSON object a line"
    )
    parser.add_argument("--language", choices=("th", "en"), default=default("th"), help="th or en")


def _versions() -> str:
    from app.models.office.store import SCHEMA
    from app.sync.bundle import VERSION

    return f"TambonDesk {__version__} · schema {SCHEMA} · bundle {VERSION}"
