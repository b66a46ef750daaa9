"""What is written from the code: a migration and the shapes, the documents in today's words."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCHEMA = "app/models/office/schema.py"
CATALOGUE = "resources/locale/th/LC_MESSAGES/app.po"
NO_BYTES = shutil.ignore_patterns("__pycache__")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Copy what the two commands read, without anything that was built."""
    for part in ("app", "devtools", "resources", "docs/viewer"):
        shutil.copytree(ROOT / part, tmp_path / part, ignore=NO_BYTES)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def run(tree: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *command], cwd=tree, capture_output=True, text=True, check=False
    )


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert text.count(old) == 1, path
    path.write_text(text.replace(old, new), "utf-8", newline="\n")


def last(tree: Path) -> Path:
    return max((tree / "app" / "migrations" / "versions").glob("0*.py"))


def test_a_migration_is_formatted_and_raises_the_number_of_the_schema(tree: Path) -> None:
    before = last(tree)
    number = f"{int(before.name[:4]) + 1:04d}"
    heading = "    capital: Mapped[int | None]"
    name = "rooms_for_the_work_of_all_members"  # too long for the line that Alembic writes
    field = f'    {name}: Mapped[int | None] = field(N_("Capital"), Kind.WHOLE, index=True)\n'
    change(tree / "app" / "models" / "groups.py", heading, field + heading)

    done = run(tree, "devtools.migration", "a group has rooms")

    assert done.returncode == 0, done.stderr
    made = last(tree)
    assert made.name == f"{number}_a_group_has_rooms.py" and made.name in done.stdout
    written = made.read_text("utf-8")
    assert "add_column(" in written and f'"{name}"' in written
    assert "E501" not in done.stdout + done.stderr
    assert run(tree, "ruff", "format", "--check", str(made)).returncode == 0
    assert run(tree, "ruff", "check", str(made)).returncode == 0
    assert f'\nSCHEMA = "{number}"\n' in (tree / SCHEMA).read_text("utf-8")
    assert f"    {name}: int\n" in (tree / "app/models/shapes/groups.py").read_text("utf-8")
    assert run(tree, "devtools.shapes", "check").returncode == 0


@pytest.mark.parametrize(
    ("tool", "words", "said"),
    [
        ("devtools.migration", (), 'Say what changed: python3 dev.py migration "'),
        ("devtools.shots", ("--help",), "Nothing, paper, --readme or one of 100, 150, 200"),
    ],
)
def test_a_tool_that_is_asked_wrongly_says_what_to_ask(
    tree: Path, tool: str, words: tuple[str, ...], said: str
) -> None:
    done = run(tree, tool, *words)

    assert done.returncode == 1
    assert done.stderr.startswith(said)


def test_a_schema_that_is_not_the_last_migration_s_is_put_right_first(tree: Path) -> None:
    before = last(tree)
    change(tree / SCHEMA, f'SCHEMA = "{before.name[:4]}"', 'SCHEMA = "0001"')

    done = run(tree, "devtools.migration", "too early")

    assert done.returncode == 1
    assert (
        done.stderr
        == f'{SCHEMA} does not say SCHEMA = "{before.name[:4]}": put that right first.\n'
    )
    assert last(tree) == before
    assert 'SCHEMA = "0001"' in (tree / SCHEMA).read_text("utf-8")


def test_the_dictionary_is_written_in_the_words_of_the_catalogue_though_none_is_built(
    tree: Path,
) -> None:
    change(tree / CATALOGUE, 'msgid "Group name"\nmsgstr "', 'msgid "Group name"\nmsgstr "คำใหม่ของ')

    done = run(tree, "devtools.dictionary", "write")

    assert done.returncode == 0, done.stderr
    assert "คำใหม่ของ" in (tree / "docs" / "data-dictionary.md").read_text("utf-8")
