"""What help prints: all commands in their groups, a family of them, or one with its arguments."""

from argparse import Action
from collections.abc import Iterable

from app import __version__
from app.cli.columns import aligned
from app.cli.commands import GROUPS, Command
from app.cli.parser import COMMON, PROGRAM, Parser, add_common, parser_of
from app.core.i18n import _


def overview() -> str:
    """Write the whole program: every command with its line and an example."""
    blocks = [
        f"TambonDesk {__version__}",
        _("usage: ") + f"{PROGRAM} " + _("[COMMAND] [OPTIONS]"),
        _(
            "Without a command the window opens. With {program} help COMMAND you see its arguments."
        ).format(program=PROGRAM),
    ]
    for group, commands in GROUPS:
        blocks.append("\n".join([_(group), *_in_lines(commands)]))
    blocks.append(_of_all())
    return "\n\n".join(blocks)


def of_some(commands: Iterable[Command]) -> str:
    """Write some commands, each with its line and an example."""
    return "\n".join(_in_lines(commands))


def of_command(command: Command) -> str:
    """Write one command with its arguments and an example; its module is read."""
    parser = parser_of(command)
    own = [each for each in parser.arguments if each.dest not in COMMON]
    blocks = [parser.in_one_line(own), f"{command.name}: {_(command.line)}"]
    if own:
        blocks.append("\n".join(_arguments(own)))
    blocks += [_of_all(), _("Example:") + f"\n  {_example(command)}"]
    return "\n\n".join(blocks)


def _of_all() -> str:
    parser = Parser()
    add_common(parser)
    parser.in_one_line([])  # names the values
    return "\n".join([_("Options of every command"), *_arguments(parser.arguments)])


def _in_lines(commands: Iterable[Command]) -> list[str]:
    found = list(commands)
    lines = aligned([("", each.name, _(each.line)) for each in found])
    return [
        line
        for command, title in zip(found, lines, strict=True)
        for line in (title, f"      {_example(command)}")
    ]


def _example(command: Command) -> str:
    return f"{PROGRAM} {command.name} {command.example}".rstrip()


def _arguments(actions: Iterable[Action]) -> list[str]:
    return aligned([("", _typed(each), _told(each)) for each in actions])


def _typed(action: Action) -> str:
    """Write an argument as it is typed."""
    value = "…" if action.choices else str(action.metavar or "")
    if action.nargs == "?":
        value = f"[{value}]"
    return " ".join(filter(None, (", ".join(action.option_strings), value)))


def _told(action: Action) -> str:
    """Return the help of an argument, with the values to choose from."""
    chosen = ", ".join(map(str, action.choices or ()))
    return ": ".join(filter(None, (_(str(action.help)), chosen)))
