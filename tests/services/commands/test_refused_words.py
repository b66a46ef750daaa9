"""What is wrong on a command line is said in the user's language, whatever it is: exit 2.

The table of commands is walked: a command that is new tomorrow is tried as well.
"""

import argparse
import ast
from argparse import Action
from pathlib import Path

import pytest

from app.cli import main, paths, values
from app.cli.commands import COMMANDS, nearest
from app.cli.parser import COMMON, SENTENCES, Parser, parser_of
from app.core import i18n
from tests.makers.command_lines import english, fitting, is_needed

# Said to whoever writes a parser, or by what we do not use (its help, files, sub-parsers).
OF_NO_USER = {
    ".__call__() not defined",
    "conflicting option string: %s",
    "cannot have multiple subparser arguments",
    "'required' is an invalid argument for positionals",
    "mutually exclusive arguments must be optional",
    "positional arguments",
    "options",
    "%r is not callable",
    "can't open '%(filename)s': %(error)s",
    "cannot merge actions - two groups are named %r",
    "dest= is required for options like %r",
    "invalid option string %(option)r: must start with a character %(prefix_chars)r",
    "invalid conflict_resolution value: %r",
    "%(prog)s: error: %(message)s\n",
    "conflicting subparser: %s",
    "conflicting subparser alias: %s",
    "unknown parser %(parser_name)r (choices: %(choices)s)",
    "show this help message and exit",
    "show program's version number and exit",
    'argument "-" with mode %r',
    "usage: ",
}


def test_every_sentence_of_argparse_is_in_the_catalogue() -> None:
    """A newer Python may say more: it is looked at then."""
    source = ast.parse(Path(argparse.__file__).read_text(encoding="utf-8"))
    said = {
        call.args[0].value
        for call in ast.walk(source)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in ("_", "ngettext")
        and isinstance(call.args[0], ast.Constant)
    }
    assert said - OF_NO_USER <= set(SENTENCES)
    assert not [each for each in SENTENCES if each == i18n._(each)]


def right(parser: Parser, tried: Action | None, folder: Path) -> list[str]:
    """Write the arguments that a command needs, each with a value that fits, but for one."""
    typed = []
    for action in parser.arguments:
        if action is not tried and is_needed(action, parser, tried or action):
            value = fitting(action, folder)
            typed.append(f"{action.option_strings[0]}={value}" if action.option_strings else value)
    return typed


def wrong(parser: Parser, folder: Path) -> dict[str, list[str]]:
    """Give what can be wrong on the line of a command, by what it is."""
    whole = right(parser, None, folder)
    found = {
        "an unknown option": [*whole, "--ofice=15"],
        "an unknown letter": [*whole, "-x"],
        "a value for a switch": [*whole, "--json=yes"],
    }
    if all(action.nargs != "*" for action in parser.arguments):
        found["too much"] = [*whole, "--", "one", "two"]
    for action in parser.arguments:
        name = action.option_strings[0] if action.option_strings else ""
        others = right(parser, action, folder)
        if action.nargs != "*" and is_needed(action, parser, action):
            found[f"no {action.dest}"] = others
        if name and action.nargs is None and not isinstance(action.const, bool):
            found[f"{name} without a value"] = [*others, name]
        if action.choices:
            found[f"{name} that is none"] = [*others, f"{name}=ไม่มี"]
        if action.type in (values.whole_number, values.seconds, values.day):
            found[f"{name} of another kind"] = [*others, f"{name}=ไม่ใช่" if name else "ไม่ใช่"]
    for group in parser._mutually_exclusive_groups:
        first, second = group._group_actions[:2]
        both = [each.option_strings[0] + "=1" * (each.nargs != 0) for each in (first, second)]
        found["one beside another"] = [*right(parser, first, folder), *both]
    return found


@pytest.mark.parametrize("name", COMMANDS)
def test_whatever_is_wrong_is_said_in_thai(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file.txt").write_text("ข้อความ", encoding="utf-8")
    tried = wrong(parser_of(COMMANDS[name]), tmp_path)
    assert len(tried) > 4 + len(COMMON) - 1
    for what, line in tried.items():
        assert main([*name.split(), *line]) == 2, what
        said = capsys.readouterr()
        choices = [str(c) for a in parser_of(COMMANDS[name]).arguments for c in a.choices or ()]
        assert said.out == "" and said.err.count("\n") == 1, (what, said)
        assert said.err.endswith(f"(ดูวิธีใช้: tambon-desk {name} --help)\n"), (what, said.err)
        left = english(said.err, *choices, str(tmp_path), "one", "two", "yes")
        assert left == "", (what, said.err)


def test_each_value_says_in_the_users_language_what_it_must_be() -> None:
    """A bare int or date would speak of itself: "invalid fromisoformat value"."""
    known = {*paths.METAVARS, *values.METAVARS, None}
    for command in COMMANDS.values():
        for action in parser_of(command).arguments:
            assert action.type in known or action.dest == "form", (command.name, action.dest)


def test_an_option_must_be_written_in_full(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["forms", "--lang", "en"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("ไม่มีตัวเลือก --lang ในคำสั่งนี้ ท่านหมายถึง --language ")


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("imprt", "import"),
        ("backpu", "backup"),
        ("central ingst", "central ingest"),
        ("central statsu", "central status"),
        ("key reqest", "key request"),
        ("versoin", "version"),
        ("halp", "help"),
    ],
)
def test_an_unknown_command_names_the_nearest(
    typed: str, near: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(typed.split()) == 2
    said = capsys.readouterr().err
    assert f"ไม่มีคำสั่ง {typed} ท่านหมายถึง {near}" in said and "help" in said


def test_a_command_that_is_like_no_other_is_refused_without_a_guess(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["กกกก"]) == 2
    assert capsys.readouterr().err == "ไม่มีคำสั่ง กกกก ดูคำสั่งทั้งหมดด้วย help\n"
    assert nearest("กกกก", list(COMMANDS)) == []


@pytest.mark.parametrize("word", ["central", "key"])
def test_half_a_command_names_the_other_halves(
    word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([word]) == 2
    said = capsys.readouterr().err
    assert said.startswith(f"หลัง {word} ต้องมีอีกหนึ่งคำ")
    for name in COMMANDS:
        assert not name.startswith(f"{word} ") or name.split()[1] in said


@pytest.mark.parametrize("language", [["--language", "en"], ["--language=en"]])
def test_what_is_wrong_is_said_in_english_when_asked(
    language: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        assert main(["export", *language]) == 2
    finally:
        i18n.use("th")
    said = capsys.readouterr().err
    assert said == (
        "one of the arguments --out --check is required (see tambon-desk export --help)\n"
    )
    assert argparse._("usage: ") == "usage: "  # type: ignore[attr-defined]
