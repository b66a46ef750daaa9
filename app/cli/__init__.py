"""The command line: every long job of the program runs here too, and no command opens the window.

Names, JSON keys and exit codes are a contract: docs/architecture.md, "Commands".
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from app import __version__
from app.cli import centre, desk, exchange, paper, report, trial
from app.cli.output import Output
from app.core import i18n, log
from app.core.errors import Cancelled, UserError
from app.core.i18n import _
from app.core.paths import default_data

DONE, SOME_LEFT_OUT, REFUSED, OWN_FAULT = 0, 1, 2, 3


def main(arguments: Sequence[str]) -> int:
    """Run one command, or open the window when none is given; gives the exit code.

    0 done, 1 some rows held or rejected, 2 refused (the sentence is on standard error), 3 a fault
    of our own (it is in the log, without personal data).
    """
    parser, commands = _parser()
    file, rest = _file_to_open(arguments, commands)
    options = parser.parse_args(rest)
    i18n.use(options.language)
    if options.version:
        print(_versions())
        return DONE
    if not options.command:
        return _window(options, file)
    try:
        return int(options.run(options, Output(as_json=options.json)) or DONE)
    except UserError as error:
        print(error.sentence, file=sys.stderr)
        return REFUSED
    except (Cancelled, KeyboardInterrupt):
        print(_("Stopped; nothing was changed."), file=sys.stderr)
        return REFUSED
    except Exception as error:
        return _note_fault(error)


def _note_fault(error: Exception) -> int:
    folder = default_data() / "log"
    log.start(folder)
    number = log.fault(error)
    log.stop()
    sentence = _("The program failed (fault {number}). It is noted in {folder}; nothing was lost.")
    print(sentence.format(number=number, folder=folder), file=sys.stderr)
    return OWN_FAULT


def _window(options: argparse.Namespace, file: Path | None) -> int:
    from app.ui.start import run  # the only way to Qt; no command takes it

    return int(run(options.data, file))


def _file_to_open(
    arguments: Sequence[str], commands: frozenset[str]
) -> tuple[Path | None, Sequence[str]]:
    """Take off the file that was double-clicked: it comes last, and no command is named."""
    *options, last = arguments or [""]
    is_value = bool(options) and options[-1].startswith("-")
    if last and Path(last).is_file() and not is_value and not commands & set(arguments):
        return Path(last).absolute(), options
    return None, arguments


def _parser() -> tuple[argparse.ArgumentParser, frozenset[str]]:
    """Give the parser, and the names of the commands it knows."""
    parser = argparse.ArgumentParser(prog="tambon-desk", description=__doc__)
    parser.add_argument("--version", action="store_true", help="program, schema, bundle versions")
    _common(parser, at_top=True)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    common = argparse.ArgumentParser(add_help=False)
    _common(common, at_top=False)
    for module in (desk, exchange, paper, report, centre, trial):
        module.add_commands(commands, common)
    return parser, frozenset(commands.choices)


def _common(parser: argparse.ArgumentParser, *, at_top: bool) -> None:
    """Take the common options before the command and after it."""

    def default(value: object) -> object:
        return value if at_top else argparse.SUPPRESS

    parser.add_argument(
        "--data", type=Path, default=default(default_data()), help="folder of the database"
    )
    parser.add_argument(
        "--password-file", type=Path, default=default(None), help="file with the password"
    )
    parser.add_argument("--user", default=default(""), help="who signs in, if there are several")
    parser.add_argument(
        "--json", action="store_true", default=default(False), help="one JSON object a line"
    )
    parser.add_argument("--language", choices=("th", "en"), default=default("th"), help="th or en")


def _versions() -> str:
    from app.models.store import SCHEMA
    from app.sync.bundle import VERSION

    return f"TambonDesk {__version__} · schema {SCHEMA} · bundle {VERSION}"
