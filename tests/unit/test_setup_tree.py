"""What the check says about the tree and about code that Windows cannot run."""

import subprocess
from pathlib import Path

import pytest

from devtools import borrowed, portable, tree


@pytest.mark.parametrize(
    "source",
    [
        "import fcntl",
        "from os import fork",
        "import os\nos.rename(a, b)",
        "path.rename(other)",
        "import signal\nsignal.SIGKILL",
        "from zoneinfo import ZoneInfo",
        "day.strftime('%-d')",
        "path.read_text()",
        "path.write_text(text)",
        "open(name)",
        "open(name, 'w', newline='')",
        "path.open('r')",
        "path.open(mode='a')",
        "with path.open() as file: pass",
    ],
)
def test_what_windows_cannot_do_is_found(source):
    assert len(portable.faults(source)) == 1


@pytest.mark.parametrize(
    "source",
    [
        "import os\nos.replace(a, b)",
        "path.replace(other)",
        "path.read_text(encoding='utf-8')",
        "path.write_text(text, 'utf-8')",
        "open(name, 'rb')",
        "path.open('wb')",
        "archive.open(name, 'w')",
        "open(name, **how)",
        "dialog.open()",
        "desk.open(folder, user=user)",
        "if sys.platform != 'win32':\n    import fcntl\n    os.fork()",
        "size = os.statvfs(p) if os.name == 'posix' else None",
    ],
)
def test_what_windows_can_do_is_left_alone(source):
    assert portable.faults(source) == []


def test_a_fault_names_its_line():
    assert portable.faults("a = 1\n\nimport pwd\n") == ["3: import pwd; use getpass.getuser"]


def test_the_tree_names_what_must_not_be_tracked(tmp_path):
    files = _write(tmp_path, {"uv.lock": "", "notes.md": f"see {tree.BESIDE}/plan.md"})

    assert tree.faults(tmp_path, files) == [
        "uv.lock: must not be tracked",
        f"notes.md: names {tree.BESIDE}, which is not part of the project",
    ]


def test_a_module_of_the_program_may_have_400_lines_and_no_more(tmp_path):
    files = _write(
        tmp_path,
        {
            "app/a.py": "1\n" * 401,
            "app/b.py": "1\n" * 400,
            "app/migrations/versions/0001_c.py": "1\n" * 900,
            "tests/d.py": "1\n" * 900,
        },
    )

    assert tree.faults(tmp_path, files) == ["app/a.py: 401 lines; more than 400"]
    assert [lines for _path, lines in tree.lengths(tmp_path, files)] == [401, 400]


def test_a_posix_call_in_the_program_is_a_fault_with_file_and_line(tmp_path):
    files = _write(tmp_path, {"app/a.py": "import pwd\n", "tests/b.py": "import pwd\n"})

    assert tree.faults(tmp_path, files) == ["app/a.py:1: import pwd; use getpass.getuser"]


def test_the_files_are_those_git_tracks(tmp_path):
    _write(tmp_path, {"app/ตำบล.py": "", "app/new.py": ""})
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    subprocess.run(["git", "add", "app/ตำบล.py"], cwd=tmp_path, check=True)

    assert [path.as_posix() for path in tree.tracked(tmp_path)] == ["app/ตำบล.py"]


def test_an_unpacked_archive_is_walked_without_what_is_made(tmp_path):
    _write(tmp_path, {"app/a.py": "", ".venv/b.py": "", "build/c.ttf": "", ".ci/run": ""})

    assert [path.as_posix() for path in tree.tracked(tmp_path)] == [".ci/run", "app/a.py"]


def _write(folder, files):
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return [(folder / name).relative_to(folder) for name in files]


A_TEST = Path("tests", "ui", "test_a.py")
A_MAKER = Path("tests", "makers", "people.py")


@pytest.mark.parametrize(
    "source",
    [
        "from tests.services.test_b import told",
        "from tests.services import test_b",
        "import tests.services.test_b as other",
        "from . import test_b",
        "def test_it():\n    from tests.test_b import told",
    ],
)
def test_a_test_that_imports_from_another_is_found(source):
    assert len(borrowed.faults(A_TEST, source)) == 1
    assert len(borrowed.faults(A_MAKER, f'"""Says what it makes."""\n{source}')) == 1


@pytest.mark.parametrize(
    "source",
    ["from tests.makers.people import enter", "import tests.pace", "from app.x import test_print"],
)
def test_a_test_may_use_what_is_made_for_all(source):
    assert borrowed.faults(A_TEST, source) == []


def test_a_maker_says_what_it_makes_and_has_300_lines_at_most():
    said = '"""Says what it makes."""\n'

    assert borrowed.faults(A_MAKER, said + "1\n" * 299) == []
    assert borrowed.faults(A_TEST, "1\n" * 999) == []
    assert borrowed.faults(A_MAKER, said + "1\n" * 300) == ["1: 301 lines; a maker has 300 at most"]
    assert borrowed.faults(A_MAKER, "1") == ["1: a maker says in its first line what it makes"]


def test_the_tree_names_the_test_that_leans_on_another(tmp_path):
    files = _write(tmp_path, {"tests/test_a.py": "\nimport tests.test_b\n"})

    assert tree.faults(tmp_path, files) == [
        "tests/test_a.py:2: imports from tests.test_b; move what both need to tests/makers"
    ]
