"""Help: every command in its group, with a line and an example that can be typed."""

import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from app import __version__
from app.cli import main
from app.cli.columns import aligned, width
from app.cli.commands import COMMANDS, GROUPS
from app.cli.parser import parser_of
from app.core.i18n import _
from app.reports.registry import FORMS
from tests.makers.command_lines import english

ROOT = Path(__file__).parents[3]
EXAMPLES = {word for each in COMMANDS.values() for word in each.example.split()}


def shown(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(words) == 0
    said = capsys.readouterr()
    assert said.err == ""
    return said.out


def test_help_lists_every_command_with_its_line_and_an_example(
    capsys: pytest.CaptureFixture[str],
) -> None:
    said = shown(capsys, "--help")
    assert said == shown(capsys, "help") == shown(capsys, "-h")
    for group, commands in GROUPS:
        assert f"\n\n{_(group)}\n" in said
        for each in commands:
            example = f"tambon-desk {each.name} {each.example}".rstrip()
            assert f"{_(each.line)}\n      {example}\n" in f"{said}\n", each.name
    assert english(said, *EXAMPLES, "TambonDesk", "th", "en", "help") == ""


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_a_command_tells_each_argument_and_an_example(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    said = shown(capsys, "help", *name.split())
    assert said == shown(capsys, *name.split(), "--help")
    parser, command = parser_of(COMMANDS[name]), COMMANDS[name]
    assert _(command.line) in said and f"\n  tambon-desk {name} {command.example}".rstrip() in said
    choices = {str(choice) for each in parser.arguments for choice in each.choices or ()}
    for each in parser.arguments:
        assert each.help, each.dest
        is_list = (name, each.dest) == ("report", "name")  # its help lists the reports
        assert is_list or _(each.help) != each.help, each.dest
        assert all(option in said for option in each.option_strings)
    if name != "report":
        files = ("xlsx", "xls", "ods", "csv", "postgresql+psycopg://USER@HOST/NAME", "build/demo")
        quoted = (*EXAMPLES, *choices, *files, "person", "approved", "all", "sample")
        assert english(said, *quoted) == ""


@pytest.mark.parametrize("name", COMMANDS)
def test_the_example_of_a_command_is_one_that_it_takes(name: str) -> None:
    command = COMMANDS[name]
    assert parser_of(command).read(shlex.split(command.example)).run


def test_help_of_half_a_command_lists_the_whole_ones(capsys: pytest.CaptureFixture[str]) -> None:
    for word in ("central", "key"):
        said = shown(capsys, word, "--help")
        assert said == shown(capsys, "help", word)
        listed = [line.split("  ")[1] for line in said.splitlines()[::2]]
        assert listed == [each for each in COMMANDS if each.startswith(f"{word} ")]


def test_the_version_is_given_for_people_and_for_programs(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert shown(capsys, "--version") == shown(capsys, "version")
    assert f'"program": "{__version__}"' in shown(capsys, "--json", "--version")


@pytest.mark.parametrize("word", ["--version", "--help", "imprt"])
def test_only_the_module_of_the_named_command_is_read(word: str) -> None:
    script = (
        "import sys\nfrom app.cli import main\nmain(sys.argv[1:])\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script, word], cwd=ROOT, capture_output=True, check=True
    )
    read = set(ran.stderr.decode().split())
    modules = {f"app.cli.{each.module}" for each in COMMANDS.values()}
    assert not read & {*modules, "app.services", "sqlalchemy", "PySide6", "reportlab", "alembic"}


def test_the_list_of_forms_needs_no_database_and_no_pen() -> None:
    script = (
        "import sys\nfrom app.cli import main\nmain(['forms', '--json'])\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    ran = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, check=True)

    read = set(ran.stderr.decode().split())
    heavy = {"sqlalchemy", "sqlcipher3", "reportlab", "PIL", "PySide6", "pypdfium2", "alembic"}
    assert not read & {*heavy, "app.services", "app.models"}
    assert len(ran.stdout.splitlines()) == len(FORMS)


def test_a_command_reads_no_module_of_another() -> None:
    script = (
        "import sys\nfrom app.cli.commands import COMMANDS\nfrom app.cli.parser import parser_of\n"
        "parser_of(COMMANDS['report'])\nprint(*sys.modules)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    read = set(ran.stdout.split())
    assert "app.cli.report" in read
    assert not read & {"app.cli.centre", "app.cli.exchange", "app.services.central", "PySide6"}


def test_marks_above_and_below_letters_take_no_place_in_a_column() -> None:
    assert width("ที่อยู่") == 3 and width("น้ำ") == 2
    first, second = aligned([("ที่", "ก"), ("abcd", "ข")])
    assert width(first) == width(second) and first.endswith("ก") and second.endswith("ข")
    assert aligned([]) == []
