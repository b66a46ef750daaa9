"""The notices that go with the program."""

import ast
import sys
from importlib.metadata import distribution, packages_distributions
from pathlib import Path

import pytest
from packaging.utils import canonicalize_name

import app
from devtools import notices

SHIPPED = sorted(notices.shipped(notices._asked_for()))


@pytest.mark.parametrize("name", SHIPPED)
def test_every_package_that_ships_names_a_licence_that_lets_it(name):
    licence = notices.licence(distribution(name))

    assert licence
    assert "GPL" not in licence or "LGPL" in licence


def test_a_package_brings_its_own_needs_and_not_its_extras():
    assert "mako" in SHIPPED
    assert "pytest" not in SHIPPED
    assert "matplotlib" not in SHIPPED


def test_the_program_imports_nothing_that_does_not_ship():
    owners = packages_distributions()

    imported = {name for path in Path(app.__file__).parent.rglob("*.py") for name in _imports(path)}

    foreign = imported - sys.stdlib_module_names - {"app", "__future__"}
    shipped = {n for n in foreign if {canonicalize_name(o) for o in owners[n]} & set(SHIPPED)}
    assert foreign - shipped == set()


def test_the_notices_hold_the_texts_and_credits_we_owe(tmp_path):
    notices.write(tmp_path / "notices.txt")

    text = (tmp_path / "notices.txt").read_text(encoding="utf-8")
    for owed in (
        "GNU LESSER GENERAL PUBLIC LICENSE",
        "Creative Commons\nAttribution 4.0",
        "SIL OPEN FONT LICENSE Version 1.1",
        "The Sarabun Project Authors",
    ):
        assert owed in text


def _imports(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]
