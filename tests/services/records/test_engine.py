"""The engine knows no area: it names no record type, and every area is named where it is loaded."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.models.records.base import entities, fields_of
from app.reports.registry import FORMS
from app.services import areas
from app.services.printing import gathering
from app.services.records import after_save, autofill, head, joined, lists, rules

ROOT = Path(__file__).parents[3]
SERVICES = ROOT / "app" / "services"
ENGINE = sorted(path for room in ("records", "printing") for path in (SERVICES / room).glob("*.py"))
LOADED = {
    "rule": areas.SAVING,
    "completes": areas.SAVING,
    "after_save": areas.SAVING,
    "guard": areas.MOVING,
    "register": areas.LISTING,
    "gathers": areas.PRINTING,
    "joins": areas.JOINING,
    "tells_the_head": areas.HEADING,
}


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def registering(path: Path) -> Iterator[str]:
    """Yield the names of the registers that a module decorates or calls at its top with."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        for each in _registrations(node):
            called = each.func if isinstance(each, ast.Call) else each
            if isinstance(called, ast.Name) and called.id in LOADED:
                yield called.id


def _registrations(node: ast.stmt) -> list[ast.AST]:
    if isinstance(node, ast.For):  # over every entity alike
        return list(ast.walk(node))
    if isinstance(node, ast.Expr):
        return [node.value]
    return [*node.decorator_list] if isinstance(node, ast.FunctionDef) else []


@pytest.mark.parametrize("path", ENGINE, ids=module_of)
def test_the_engine_names_no_record_type_and_no_form(path: Path) -> None:
    names = set(entities()) | set(FORMS)
    named = [
        (node.lineno, node.value)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and node.value in names
    ]

    assert named == []


@pytest.mark.parametrize("path", ENGINE, ids=module_of)
def test_the_engine_imports_no_described_record_no_shape_of_one_and_no_list_of_codes(
    path: Path,
) -> None:
    described = {entity.__module__ for entity in entities().values()}
    imported = [
        f"{node.module}.{each.name}"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom)
        for each in node.names
    ]

    assert [each for each in imported if each.rpartition(".")[0] in described] == []
    assert [each for each in imported if "core.codes" in each] == []
    shared = "app.models.shapes.parts."
    named = [each for each in imported if each.startswith("app.models.shapes")]
    assert [each for each in named if not each.startswith(shared)] == []


def test_every_module_that_registers_something_is_loaded_by_its_question() -> None:
    found = {
        (register, module_of(path))
        for path in SERVICES.rglob("*.py")
        for register in registering(path)
    }

    assert {register for register, _module in found} == set(LOADED)
    assert [pair for pair in sorted(found) if pair[1] not in LOADED[pair[0]]] == []
    named = {module for modules in LOADED.values() for module in modules}
    assert named - {module for _register, module in found} == set()


def test_every_form_of_a_record_has_a_gatherer_for_its_type_and_no_other_has() -> None:
    assert gathering.forms_of_records() == {
        name: form.entity for name, form in FORMS.items() if form.entity in entities()
    }


READ_BACKWARDS = """
from importlib import import_module
from app.services import areas
from app.services.records import rules
for name in reversed(areas.SAVING):
    import_module(name)
for type_, asked in sorted(rules.registered().items()):
    print(type_, *(f"{each.__module__}.{each.__name__}" for each in asked))
"""


def test_rules_are_asked_in_the_order_of_their_modules_whichever_was_read_first() -> None:
    read = subprocess.run(
        [sys.executable, "-c", READ_BACKWARDS], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    places = {module: place for place, module in enumerate(areas.SAVING)}
    for asked in rules.registered().values():
        assert asked == sorted(asked, key=lambda each: places[each.__module__])

    assert read == [
        " ".join([type_, *(f"{each.__module__}.{each.__name__}" for each in asked)])
        for type_, asked in sorted(rules.registered().items())
    ]


def test_every_type_that_something_is_registered_for_exists() -> None:
    registered = {
        *rules.registered(),
        *autofill.completed_types(),
        *after_save.followed_types(),
        *joined.joined_types(),
        *(type_ for kind in lists.kinds().values() for type_ in kind.types),
    }

    assert registered - set(entities()) == set()


@pytest.mark.parametrize("type_", sorted(entities()))
def test_what_an_entity_says_of_itself_names_its_own_columns(type_: str) -> None:
    entity = entities()[type_]
    derived = {each.name for each in fields_of(entity) if each.derived}

    assert {entity.numbered} - {""} <= derived
    assert set(entity.details) <= {each.name for each in fields_of(entity)}


def test_lines_name_the_records_of_one_type_as_their_writers() -> None:
    assert [type_ for type_, entity in entities().items() if entity.signs_in] == ["user"]


def test_one_area_tells_who_heads_the_office() -> None:
    assert [each.__module__ for each in head.telling()] == ["app.services.office.head"]
