"""The command line: every long job of the program runs here too, and no command opens the window.

Names, JSON keys and exit codes are a contract: docs/architecture.md, "Commands".
"""

from collections.abc import Sequence
from pathlib import Path

from app import __version__
from app.cli import commands, console
from app.core import i18n
from app.core.errors import Cancelled, UserError
from app.core.i18n import _
from app.core.paths import default_data

DONE, SOME_LEFT_OUT, REFUSED, OWN_FAULT = 0, 1, 2, 3
STOPPED, UNREAD = 130, 141  # as a shell says of a program that SIGINT or SIGPIPE ended

# The options of every command that need a value; app.cli.parser adds them.
VALUED = ("--data", "--password-file", "--user", "--language")


def main(arguments: Sequence[str]) -> int:
    """Run one command, or open the window when none is given; return the exit code.

    0 done, 1 some rows held or rejected, 2 refused (the sentence is on standard error), 3 a fault
    of our own (it is in the log, without personal data), 130 stopped with Ctrl+C, 141 nobody reads
    any more what is printed.
    """
    console.begin()
    i18n.use(_language(arguments))
    try:
        return _run(list(arguments))
    except UserError as error:
        console.tell(error.sentence)
    except (Cancelled, KeyboardInterrupt):
        console.tell(_("Stopped. What was done before stays done."))
        return STOPPED
    except console.Unread:
        return UNREAD
    return REFUSED


def _language(arguments: Sequence[str]) -> str:
    """Find the language first of all: what is wrong with the rest is said in it."""
    words = " ".join(arguments).replace("=", " ")
    return "en" if "--language en" in words else "th"


def _run(arguments: list[str]) -> int:
    before, word, after = _parted(arguments)
    if _asks_for_help(before, after):
        return _help([word, *after])
    if word == commands.HELP:
        return _help(after)
    if word == commands.VERSION or (not word and "--version" in before):
        return _versions(as_json="--json" in arguments)
    if word not in commands.COMMANDS and _names_a_file(word):
        return _window([*before, *after], word)
    words = [word]
    if commands.family(word):
        between, second, after = _parted(after)
        before, words = [*before, *between], [word, second]
    command = commands.called([each for each in words if each])
    return _command(command, [*before, *after])


def _parted(arguments: list[str]) -> tuple[list[str], str, list[str]]:
    """Part the options of every command, the first word that is none, and what follows it."""
    for at, each in enumerate(arguments):
        if not each.startswith("-") and not (at and arguments[at - 1] in VALUED):
            return arguments[:at], each, arguments[at + 1 :]
    return arguments, "", []


def _asks_for_help(before: list[str], after: list[str]) -> bool:
    until = after.index("--") if "--" in after else len(after)
    return not {"--help", "-h"}.isdisjoint([*before, *after[:until]])


def _names_a_file(word: str) -> bool:
    """Tell a file that was double-clicked from a command: none has a dot or a folder in its name.

    One that is gone is said in the window.
    """
    return not word or bool(Path(word).suffix) or Path(word).is_absolute()


def _help(words: list[str]) -> int:
    from app.cli import help_pages

    named = [each for each in words if each and not each.startswith("-")][:2]
    kin = commands.family(named[0]) if named else []
    if kin and len(named) == 1:
        console.write(help_pages.of_some(kin))
    elif named:
        console.write(help_pages.of_command(commands.called(named if kin else named[:1])))
    else:
        console.write(help_pages.overview())
    return DONE


def _versions(*, as_json: bool) -> int:
    from app.models.office.schema import SCHEMA
    from app.sync.envelope import VERSION

    if as_json:
        from app.cli.output import Output

        Output(as_json=True).say("", program=__version__, schema=SCHEMA, bundle=VERSION)
    else:
        sentence = _("TambonDesk {program} · database {schema} · sealed file {bundle}")
        console.write(sentence.format(program=__version__, schema=SCHEMA, bundle=VERSION))
    return DONE


def _window(words: list[str], file: str) -> int:
    from app.cli.parser import Parser, add_common

    parser = Parser()
    add_common(parser)
    options = parser.read(words)
    from app.ui.shell.start import run  # the only way to Qt; no command takes it

    return int(run(options.data, Path(file).absolute() if file else None))


def _command(command: commands.Command, words: list[str]) -> int:
    from app.core import log

    with log.at_need(_log_folder()):
        named: list[Path] = []
        try:
            return _carried_out(command, words, named)
        except (UserError, Cancelled, console.Unread):
            raise
        except Exception as error:
            # A disk that does not take what was named is not our fault, and not a secret.
            from app.core.named import blame

            said = blame(error, named) if isinstance(error, OSError) else None
            if said:
                raise said from error
            number = log.fault(error)
    sentence = _(
        "The program failed (fault {number}). It is noted in {folder}. Look whether what you did "
        "last is there."
    )
    console.tell(sentence.format(number=number, folder=_log_folder()))
    return OWN_FAULT


def _carried_out(command: commands.Command, words: list[str], named: list[Path]) -> int:
    from app.cli import paths
    from app.cli.output import Output
    from app.cli.parser import parser_of

    parser = parser_of(command)
    options = parser.read(words)
    named += paths.check(parser.arguments, options)
    return int(options.run(options, Output(as_json=options.json)) or DONE)


def _log_folder() -> Path:
    return default_data() / "log"
