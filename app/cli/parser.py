"""The parser of one command: argparse that speaks the user's language and refuses, never exits."""

import argparse
from argparse import Action, Namespace
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from typing import Any, NoReturn

from app.cli import paths, values
from app.cli.commands import Command, nearest
from app.core.errors import UserError
from app.core.i18n import N_, _
from app.core.paths import default_data

PROGRAM = "tambon-desk"
# The options that every command takes, before its name or after it.
COMMON = ("data", "password_file", "user", "json", "language")

_TEXT = N_("TEXT")
_METAVARS = paths.METAVARS | values.METAVARS


class Parser(argparse.ArgumentParser):
    """The arguments of one command, "" for the program itself.

    A name must be written in full: what is short today is ambiguous with the next option.
    """

    def __init__(self, name: str = "") -> None:
        super().__init__(prog=f"{PROGRAM} {name}".rstrip(), add_help=False, allow_abbrev=False)

    @property
    def arguments(self) -> list[Action]:
        """The arguments in the order in which they were added."""
        return list(self._actions)

    def read(self, words: Sequence[str]) -> Namespace:
        """Read what was typed. Raises UserError "usage" with what is wrong and where help is."""
        self._name_values()
        self._refuse_unknown(words)
        with _in_the_users_language():
            options, surplus = self.parse_known_args(words)
        if surplus:
            self.error(_("too much here: {words}").format(words=" ".join(surplus)))
        return options

    def in_one_line(self, arguments: Sequence[Action]) -> str:
        """Write in one line how the command is typed with these arguments."""
        self._name_values()
        formatter = argparse.HelpFormatter(self.prog, width=500)
        formatter.add_usage(None, arguments, self._mutually_exclusive_groups, _("usage: "))
        return formatter.format_help().strip()

    def error(self, message: str) -> NoReturn:
        """Refuse what was typed."""
        sentence = _("{what} (see {command} --help)")
        raise UserError(sentence.format(what=message, command=self.prog), code="usage")

    def _name_values(self) -> None:
        """Return each value its name in the user's language: argparse would use the code's."""
        for action in self._actions:
            if action.nargs != 0 and not action.choices:
                named = action.metavar if isinstance(action.metavar, str) else ""
                action.metavar = _(named or _METAVARS.get(action.type, _TEXT))

    def _refuse_unknown(self, words: Sequence[str]) -> None:
        """Refuse an option that there is not, before its value is taken for something else."""
        for word in words:
            name = word.partition("=")[0]
            if name == "--":
                return
            if not name.startswith("--") or name in self._option_string_actions:
                continue
            near = nearest(name, list(self._option_string_actions))
            if near:
                sentence = _("there is no option {name} here; did you mean {names}?")
                self.error(sentence.format(name=name, names=_(" or ").join(near)))
            self.error(_("there is no option {name} here").format(name=name))


Run = Callable[[Namespace, Any], int | None]
Add = Callable[[str, Run], Parser]


def parser_of(command: Command) -> Parser:
    """Make the parser of a command: its module is read, and no other."""
    parsers: dict[str, Parser] = {}

    def add(name: str, run: Run) -> Parser:
        parsers[name] = Parser(name)
        parsers[name].set_defaults(run=run)
        return parsers[name]

    import_module(f"app.cli.{command.module}").add_commands(add)
    add_common(parsers[command.name])
    return parsers[command.name]


def add_common(parser: Parser) -> None:
    """Add the options that every command takes."""
    add = parser.add_argument
    add("--data", type=paths.desk, default=default_data(), help=N_("folder of the database"))
    add("--password-file", type=paths.to_read, help=N_("file with the password"))
    add("--user", default="", metavar=N_("NAME"), help=N_("who signs in, if there are several"))
    add("--json", action="store_true", help=N_("for programs: one JSON object a line"))
    add("--language", choices=("th", "en"), default="th", help=N_("language of the sentences"))


@contextmanager
def _in_the_users_language() -> Iterator[None]:
    """Lend argparse our catalogue: it asks gettext, which knows only the environment's language."""
    theirs = {name: vars(argparse)[name] for name in ("_", "ngettext")}
    vars(argparse).update(_=_, ngettext=lambda one, many, count: _(one if count == 1 else many))
    try:
        yield
    finally:
        vars(argparse).update(theirs)


# What argparse itself says of a command line, for the catalogue.
SENTENCES = (
    N_("argument %(argument_name)s: %(message)s"),
    N_("ambiguous option: %(option)s could match %(matches)s"),
    N_("expected at least one argument"),
    N_("expected at most one argument"),
    N_("expected one argument"),
    N_("expected %s argument"),
    N_("expected %s arguments"),
    N_("ignored explicit argument %r"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("invalid %(type)s value: %(value)r"),
    N_("not allowed with argument %s"),
    N_("one of the arguments %s is required"),
    N_("the following arguments are required: %s"),
    N_("unexpected option string: %s"),
    N_("unrecognized arguments: %s"),
)
