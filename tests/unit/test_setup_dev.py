"""dev.py: what it asks of the machine, and that it sets up once."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

import dev

SOURCE = Path(dev.__file__)
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="Debian packages are Debian's")
NEEDS = {"libglib2.0-0": "libc.so.6", "zbar-tools": "no-such-program", "libfoo1": "libfoo.so.1"}


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """A PATH on which each program only notes how it was called; gives the notes."""
    notes = tmp_path / "called"
    notes.touch()
    for name in ("apt-get", "uv", "python"):
        program = tmp_path / "bin" / name
        program.parent.mkdir(exist_ok=True)
        program.write_text(f'#!/bin/sh\necho "{name} $*" >> "{notes}"\n')
        program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    return lambda: notes.read_text().splitlines()


@LINUX
def test_a_plain_user_gets_the_exact_line_for_what_is_missing(machine, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    with pytest.raises(dev.Missing) as said:
        dev.system_packages(NEEDS)

    line = "sudo apt-get install -y --no-install-recommends zbar-tools libfoo1"
    assert str(said.value).splitlines()[-1] == line
    assert machine() == []


@LINUX
def test_root_installs_what_is_missing_and_no_more(machine, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 0)

    dev.system_packages(NEEDS)

    assert machine() == [
        "apt-get update -qq",
        "apt-get install -y --no-install-recommends zbar-tools libfoo1 -qq",
    ]


@LINUX
def test_a_machine_that_has_everything_is_left_alone(machine):
    dev.system_packages({"libglib2.0-0": "libc.so.6", "uv": "uv"})

    assert machine() == []


@LINUX
def test_without_apt_the_packages_are_named(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(dev.Missing, match="zbar-tools"):
        dev.system_packages(NEEDS)


@LINUX
def test_the_environment_is_set_up_again_only_when_the_lock_changed(machine, tmp_path, monkeypatch):
    lock = tmp_path / "requirements.lock"
    lock.write_text("one")
    monkeypatch.setattr(dev, "VENV", tmp_path)
    monkeypatch.setattr(dev, "LOCK", lock)
    monkeypatch.setattr(dev, "PYTHON", Path(sys.executable))

    for text in ("one", "one", "two"):
        lock.write_text(text)
        dev.environment()

    sync = f"uv pip sync --quiet --require-hashes --python {sys.executable} {lock}"
    assert machine() == [sync, sync]


PYTEST = "python -m pytest"
REPORT = "python -m coverage report --skip-covered --show-missing"
WHOLE = "--include=app/core/*,app/services/*,app/reports/*,app/sync/*"


@LINUX
@pytest.mark.parametrize(
    ("asked", "done"),
    [
        ("", [PYTEST]),
        ("tests/unit -q", [f"{PYTEST} tests/unit -q"]),
        (
            "--cover -p randomly",
            [
                f"{PYTEST} --cov --cov-report= -p randomly",
                f"{REPORT} --fail-under=90",
                f"{REPORT} {WHOLE} --fail-under=100",
            ],
        ),
    ],
)
def test_only_who_asks_for_it_waits_for_the_tracing_and_is_held_to_gates(
    machine, tmp_path, monkeypatch, asked, done
):
    monkeypatch.setattr(dev, "PYTHON", tmp_path / "bin" / "python")

    dev.test(asked.split())

    assert [line.rstrip() for line in machine()] == done


@LINUX
@pytest.mark.parametrize("low", ["", "=90", "=100"])
def test_a_test_that_fails_or_a_gate_that_is_missed_fails_the_run(tmp_path, monkeypatch, low):
    program = tmp_path / "python"
    program.write_text(f'#!/bin/sh\ncase "$*" in *"{low or "pytest"}"*) exit 7;; esac\n')
    program.chmod(0o755)
    monkeypatch.setattr(dev, "PYTHON", program)

    assert dev.test(["--cover"]) == 7


def test_a_command_finds_the_program_from_any_folder(tmp_path):
    assert dev.run(sys.executable, "-c", "import app", cwd=tmp_path) == 0


def test_the_exit_code_of_a_task_comes_through():
    assert dev.run(sys.executable, "-c", "raise SystemExit(3)") == 3


def test_every_task_is_on_the_menu():
    menu = subprocess.run([sys.executable, SOURCE], capture_output=True, text=True, check=True)

    assert [name for name in dev.TASKS if f"dev.py {name} " not in menu.stdout] == []


def test_an_unknown_task_shows_the_menu_and_is_refused():
    asked = subprocess.run([sys.executable, SOURCE, "tset"], capture_output=True, check=False)

    assert (asked.returncode, b"dev.py test" in asked.stdout) == (2, True)


def test_an_older_python_can_read_as_far_as_the_sentence_about_its_age():
    tree = ast.parse(SOURCE.read_text(encoding="utf-8"), feature_version=(3, 8))

    assert isinstance(tree.body[3], ast.If)


def test_it_needs_nothing_but_the_standard_library():
    tree = ast.parse(SOURCE.read_text(encoding="utf-8"))

    froms = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    names = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    assert {str(name).split(".")[0] for name in froms | names} <= sys.stdlib_module_names
