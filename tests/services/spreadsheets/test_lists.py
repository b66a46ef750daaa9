"""Every list that an area registers is whole, and what reads lists names no record type."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core.fields import Kind
from app.services.records import lists, records
from app.services.records.lists import ListKind
from app.services.spreadsheets import imports, sheets

SPREADSHEETS = Path(imports.__file__).parents[1]
WORDS = SPREADSHEETS / "sheets" / "words.py"  # its keys are names of fields, some as a type's
ENGINE = (
    "app.services.records",
    "app.services.spreadsheets",
    "app.services.people.full_names",
    "app.services.people.titles",
)
KINDS = tuple(lists.kinds().values())
OF_ROWS = [kind for kind in KINDS if kind.days is None]
TYPES = sorted({type_ for kind in KINDS for type_ in kind.types})


def names(type_: str) -> set[str]:
    return {field.name for field in records.fields(type_)}


def target(type_: str, name: str) -> str:
    return next(field.target for field in records.fields(type_) if field.name == name)


@pytest.mark.parametrize("type_", TYPES)
def test_what_a_list_knows_a_record_by_and_leaves_out_are_fields_of_it(type_: str) -> None:
    listed = lists.listed(type_)

    assert {*listed.known_by, *listed.named_by, *listed.never} <= names(type_)


@pytest.mark.parametrize("kind", OF_ROWS, ids=lambda kind: kind.name)
def test_a_list_can_fill_what_its_rows_are_known_by(kind: ListKind) -> None:
    fillable = {field.name for field in imports.fields(kind.name)}

    assert set(lists.listed(kind.type).known_by) <= fillable
    assert set(kind.without) <= names(kind.type) - fillable


@pytest.mark.parametrize("kind", OF_ROWS, ids=lambda kind: kind.name)
def test_every_record_that_a_row_may_name_has_a_word_by_which_it_is_named(kind: ListKind) -> None:
    offered = {field.name: field.kind for field in imports.fields(kind.name)}
    links = [field for field in records.fields(kind.type) if field.kind is Kind.RECORD]

    for field in links:
        if field.name in offered:
            assert lists.listed(field.target).named_by, field.name
    assert Kind.RECORD not in offered.values()


@pytest.mark.parametrize("kind", OF_ROWS, ids=lambda kind: kind.name)
def test_a_list_finds_its_columns_under_the_labels_of_its_fields(
    kind: ListKind, tmp_path: Path
) -> None:
    offered = sheets.targets(imports.fields(kind.name))
    path = tmp_path / "template.xlsx"
    sheets.write_rows(path, [each.label for each in offered], [])

    columns = sheets.find_columns(sheets.open_sheets(path)[0], imports.fields(kind.name))

    assert list(columns.targets) == [each.name for each in offered]


def test_a_type_that_no_row_may_name_is_told_with_the_place_to_describe_it() -> None:
    with pytest.raises(KeyError, match=r"signer: register a Listed of it in the lists\.py"):
        lists.listed("signer")


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.place], ids=lambda kind: kind.name)
def test_a_place_names_its_row_and_its_owner(kind: ListKind) -> None:
    place = kind.place
    assert place is not None

    assert target(place.type, place.member) == kind.type
    assert target(place.type, kind.owner) == kind.owner
    assert {*place.own, *filter(None, [place.ended])} <= names(place.type)
    assert {target(type_, place.member) for type_ in place.asked} == {kind.type}
    assert kind.no_owner


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.days], ids=lambda kind: kind.name)
def test_a_list_of_days_names_whom_it_marks_and_its_owner(kind: ListKind) -> None:
    days = kind.days
    assert days is not None
    member = target(kind.type, days.member)

    assert set(lists.listed(member).known_by) < set(days.named_by) < names(member)
    assert target(kind.type, kind.owner) == kind.owner
    assert days.field in names(kind.type)
    statuses = next(field for field in records.fields(kind.type) if field.name == "status")
    assert set(days.statuses) < set(dict(statuses.choices))
    assert kind.no_owner


def test_what_reads_lists_names_no_type_of_record() -> None:
    named = [
        f"{path.relative_to(SPREADSHEETS)}:{node.lineno}: {node.value}"
        for path, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and node.value in records.types() and path != WORDS
    ]

    assert named == []


def test_what_reads_lists_asks_no_area() -> None:
    imported = {
        f"{node.module}.{name.name}"
        for _path, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for name in node.names
    }

    asked = {name for name in imported if name.startswith("app.services.")}
    assert {name for name in asked if not name.startswith(ENGINE)} == set()


def modules() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(SPREADSHEETS.rglob("*.py")):
        yield path, ast.parse(path.read_bytes())
