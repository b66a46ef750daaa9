"""The program has no circle of imports, neither of modules nor of rooms."""

from pathlib import Path

import pytest

from devtools import circles

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def program():
    return circles.imports(ROOT, "app")


def test_no_modules_of_the_program_import_each_other(program):
    assert circles.circles(program) == []


def test_no_rooms_of_the_program_import_each_other(program):
    assert circles.circles(circles.rooms(program)) == []


@pytest.mark.parametrize(
    "above",
    [
        "from app.below import name",
        "import app.below",
        "def late():\n    from app.below import name",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from app import below",
    ],
)
def test_a_circle_is_found_however_it_is_imported(tmp_path, above):
    _write(tmp_path, {"app/__init__.py": "", "app/above.py": above})
    _write(tmp_path, {"app/below.py": "from app import above"})

    found = circles.circles(circles.imports(tmp_path, "app"))

    assert found == ["app.above > app.below > app.above"]


def test_a_module_that_is_read_by_its_name_is_not_imported(tmp_path):
    _write(tmp_path, {"app/__init__.py": "", "app/above.py": "from app import below"})
    _write(tmp_path, {"app/below.py": "import importlib\nimportlib.import_module('app.above')"})

    assert circles.circles(circles.imports(tmp_path, "app")) == []


def test_rooms_can_be_in_a_circle_whose_modules_are_in_none(tmp_path):
    _write(
        tmp_path,
        {
            "app/ui/shell/window.py": "from app.ui.pages import loans",
            "app/ui/pages/loans.py": "from app.ui.shell.front import Front",
            "app/ui/shell/front.py": "",
        },
    )
    edges = circles.imports(tmp_path, "app")

    assert circles.circles(edges) == []
    assert circles.circles(circles.rooms(edges)) == ["app.ui.pages > app.ui.shell > app.ui.pages"]


def test_each_of_several_circles_is_told_once():
    edges = {"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"e"}, "e": {"d", "a"}}

    assert circles.circles(edges) == ["a > b > c > a", "d > e > d"]


def _write(root, sources):
    for name, source in sources.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source, encoding="utf-8")
