"""The documents that are made from the code say what the code does."""

import json
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from app.core.fields import ADDRESS_PARTS, Kind, check
from app.core.holding import flaw, longest
from app.core.json_text import MOST_DEPTH, canonical
from app.core.line import BODY, HEADER, untied
from app.core.schema import also, record
from app.models.records.base import entities, fields_of, rules_of
from app.sync.envelope import ENVELOPE, INSIDE
from app.sync.receipt import RECEIPT_RULE
from app.sync.trust import REQUEST, STATEMENT
from devtools import dictionary
from tests.makers.places import at, places, with_value, without
from tests.makers.readers import READERS

ROOT = Path(__file__).parents[2]
SCHEMAS = ROOT / "docs" / "schemas"
VECTORS = ROOT / "tests" / "vectors"
FIELDS = [(type_, field) for type_, entity in entities().items() for field in fields_of(entity)]
KINDS = sorted({field.kind for _type, field in FIELDS})


def schema(name):
    return json.loads((SCHEMAS / f"{name}.schema.json").read_text("utf-8"))


def validator(name):
    return Draft202012Validator(schema(name))


LINE = validator("line")
RECORDS = {type_: validator(f"records/{type_}") for type_ in entities()}


def faults_of(line):
    """Validate a line, and its data where the type is published."""
    found = [error.message for error in LINE.iter_errors(line)]
    record = RECORDS.get(line["h"]["type"])
    if record and "b" in line:
        found += [error.message for error in record.iter_errors(line["b"]["data"])]
    return found


def test_what_is_published_is_what_the_code_says():
    run = subprocess.run(
        [sys.executable, "-m", "devtools.dictionary", "check"],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )

    assert run.returncode == 0, run.stderr


def test_a_stale_document_and_one_too_many_are_named(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(dictionary, "ROOT", tmp_path)
    monkeypatch.setattr(dictionary, "DOCS", tmp_path / "docs")
    monkeypatch.setattr(dictionary, "VIEWER", tmp_path / "viewer.html")
    (tmp_path / "viewer.html").write_text('<script type="application/json" id="labels"></script>')
    assert dictionary.main("write") == 0
    assert dictionary.main("check") == 0
    capsys.readouterr()
    (tmp_path / "docs" / "data-dictionary.md").write_text("old")
    (tmp_path / "docs" / "schemas" / "records" / "gone.schema.json").write_text("{}")

    assert dictionary.main("check") == 1

    said = capsys.readouterr().err
    assert "data-dictionary.md" in said
    assert "gone.schema.json" in said
    assert dictionary.main("write") == 0
    assert not (tmp_path / "docs" / "schemas" / "records" / "gone.schema.json").exists()


def test_the_dictionary_names_every_field_in_thai_and_every_code():
    text = (ROOT / "docs" / "data-dictionary.md").read_text("utf-8")

    for _type, field in FIELDS:
        assert f"| `{field.name}` |" in text
        for code, _label in field.choices:
            assert f"| `{code}` |" in text
    assert "ค่าที่เก็บ" in text


@pytest.mark.parametrize("path", sorted(SCHEMAS.rglob("*.json")), ids=lambda path: path.stem)
def test_every_schema_is_one_of_draft_2020_12(path):
    Draft202012Validator.check_schema(json.loads(path.read_text("utf-8")))


@pytest.mark.xdist_group("demonstration")
def test_every_line_of_the_demonstration_fits_its_schemas(account):
    with sqlite3.connect(account.folder / "centre.db") as database:
        lines = [json.loads(row[0]) for row in database.execute("SELECT line FROM revision")]
    database.close()

    assert {line["h"]["type"] for line in lines} > {"group", "person", "loan_file", "guarantor"}
    assert [fault for line in lines for fault in faults_of(line)] == []
    for line in lines:
        complete = RECORDS[line["h"]["type"]].evolve(
            schema=RECORDS[line["h"]["type"]].schema["$defs"]["complete"]
        )
        assert list(complete.iter_errors(line["b"]["data"])) == []


@pytest.mark.parametrize("path", sorted(VECTORS.glob("*.ndjson")), ids=lambda path: path.stem)
def test_every_line_of_the_vectors_fits_the_schema_but_one_with_null_of_before(path):
    for raw in path.read_bytes().splitlines():
        faults = list(LINE.iter_errors(json.loads(raw)))
        assert bool(faults) == (b":null" in raw)


JUDGED = json.loads((VECTORS / "judged.json").read_text("utf-8"))


@pytest.mark.parametrize("why", JUDGED)
def test_the_schemas_refuse_the_same_lines_as_the_gate(why):
    faults = faults_of(json.loads(JUDGED[why]["line"]))

    # that a day is in no calendar, and how deep a chain may be, is beyond a schema
    assert bool(faults) == (JUDGED[why]["code"] == "field_form")


# What canonical JSON can hold: no fraction, nothing beyond 2^53.
SCALARS = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=20)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", max_size=3), inner, max_size=3)
    ),
    max_leaves=6,
)


# Ids, and what is nearly one.
IDS = st.builds(
    lambda made, change: change(str(made)),
    st.uuids(),
    st.sampled_from([str, str.upper, lambda made: made[1:], lambda made: f"{made} "]),
)


def odd(field):
    """Draw texts and lists at the border of what can be kept, and texts with odd letters."""
    most = longest(field)
    texts = ["ก" * most, "ก" * (most + 1), *(f"ก{letter}ข" for letter in ODD_LETTERS)]
    rows = [{each.name: value} for each in field.rows or ADDRESS_PARTS for value in (None, 5, "\0")]
    return st.sampled_from([*texts, *rows, rows, [{}] * most, [{}] * (most + 1)])


ODD_DAYS = [
    "",
    "0000-00-00",
    "9999-99-99",
    "2025-02-29",
    "2025-02-30",
    "2025-1-1",
    "0000",
    "2025-13",
]
ODD_LETTERS = "\0\x01\b\t\n\v\f\r\x1f\x7f\x80\x85\x9f\xa0\u200b\u2028\u202e\ufffd\ufffe\uffff"


def of_kind(kind):
    return st.sampled_from([(type_, field) for type_, field in FIELDS if field.kind is kind])


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data(), value=VALUES)
def test_a_schema_refuses_exactly_what_the_centre_rejects(kind, data, value):
    type_, field = data.draw(of_kind(kind))
    if kind in (Kind.RECORD, Kind.ROWS):
        named = data.draw(IDS)
        value = data.draw(st.sampled_from([value, named, [{"group": named}], [{"group": value}]]))
    if kind in (Kind.DATE, Kind.PARTIAL_DATE):
        value = data.draw(st.sampled_from([value, *ODD_DAYS]) | near(field))
    given_value = {field.name: data.draw(st.just(value) | odd(field))}

    assert RECORDS[type_].is_valid(given_value) == (
        flaw(rules_of(entities()[type_]), given_value) is None
    )


MARKS = [
    {"void_reason": None}, {"void_reason": 5}, {"void_reason": "\0"}, {"void_reason": "ก" * 8001},
    {"void_reason": "ก" * 8000}, {"void_reason": "บรรทัด\nสอง"}, {"reasons": None}, {"reasons": {}},
    {"reasons": []}, {"reasons": {"a": None}}, {"reasons": {"a": "\r"}}, {"reasons": {"a": "ข"}},
    {"reasons": {str(n): "ข" for n in range(200)}}, {"reasons": {str(n): "ข" for n in range(201)}},
]  # fmt: skip


@pytest.mark.parametrize("data", MARKS, ids=lambda data: str(data)[:40])
def test_a_schema_and_the_centre_agree_about_the_marks_of_any_record(data):
    for type_, entity in entities().items():
        assert RECORDS[type_].is_valid(data) == (flaw(rules_of(entity), data) is None)


COMPLETE = {
    type_: Draft202012Validator(record.schema["$defs"]["complete"] | {"required": []})
    for type_, record in RECORDS.items()
}


def near(field):
    """Draw values about the bounds of a field."""
    if field.kind in (Kind.BAHT, Kind.WHOLE):
        ends = [edge for edge in (field.least, field.most) if edge is not None]
        return st.sampled_from([edge + by for edge in ends or [0] for by in (-1, 0, 1)])
    if field.kind in (Kind.DATE, Kind.PARTIAL_DATE):
        return st.dates().map(str).flatmap(lambda day: st.sampled_from([day, day[:7], day[:4]]))
    if field.kind is Kind.CHOICE:
        return st.sampled_from([code for code, _label in field.choices]) | st.text("abc")
    if field.kind in (Kind.ADDRESS, Kind.ROWS, Kind.FLAG):
        return VALUES
    if field.kind is Kind.RECORD:
        return IDS
    sizes = {edge + by for edge in (field.least, field.most, 13) if edge for by in (-1, 0, 1)}
    letters = st.sampled_from(["9", "ก", "๙", "0"])
    return st.builds(lambda letter, size: letter * size, letters, st.sampled_from(sorted(sizes)))


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
def test_the_complete_schema_draws_the_very_bounds_of_the_check(kind, data):
    type_, field = data.draw(of_kind(kind))
    value = data.draw(near(field).filter(lambda value: value not in (None, "", [], {})))
    if field.kind in (Kind.ADDRESS, Kind.ROWS) and holds_empty(value):
        return  # inside, too, no empty value is ever stored

    assert COMPLETE[type_].is_valid({field.name: value}) == (check(field, value) == [])


def holds_empty(value):
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return value in (None, "", [], {}) or any(holds_empty(one) for one in inner)


@given(parents=st.integers(0, 2), seq=st.integers(1, 2), linked=st.booleans(), depth=st.integers())
def test_the_line_s_schema_ties_seq_to_prev_and_depth_to_parents(parents, seq, linked, depth):
    header = {
        **dict.fromkeys(("id", "act"), "01900000-0000-7000-8000-000000000001"),
        **dict.fromkeys(("replica", "epoch"), "0" * 32),
        **{"type": "person", "office": "42", "op": "put", "by": "01", "v": 1},
        **{"at": "2025-10-01T02:03:04.567Z", "digest": "0" * 64, "seq": seq, "depth": depth},
        "prev": "1" * 64 if linked else "",
        "parents": [f"{number:064x}" for number in range(parents)],
    }

    fits = depth >= 1 and linked == (seq != 1) and (depth == 1) == (parents == 0)
    assert LINE.is_valid({"h": header}) == (fits and depth < 2**53)


@pytest.mark.parametrize("wrapped", [MOST_DEPTH - 3, MOST_DEPTH - 2])
def test_the_line_s_schema_counts_levels_as_the_program_does(wrapped):
    from app.core.errors import Invalid
    from app.core.line import new_body

    value = 1
    for _level in range(wrapped):
        value = [value]
    data = {"deep": value}
    try:
        new_body(data)
        taken = True
    except Invalid:
        taken = False
    body = {"$ref": "#/$defs/body", "$defs": LINE.schema["$defs"]}

    assert taken == Draft202012Validator(body).is_valid({"salt": "0" * 32, "data": data})
    assert taken == (wrapped == MOST_DEPTH - 3)
    assert canonical(data)


LINE_RULE = record({"h": also(HEADER, untied)}, {"b": BODY})
PARTS = {
    "envelope": (READERS["envelope"].document, ENVELOPE),
    "bundle": (READERS["facts"].document, INSIDE),
    "receipt": (READERS["receipt"].document, RECEIPT_RULE),
    "key-request": (READERS["key request"].document, REQUEST),
    "trust": (READERS["statement"].document, STATEMENT),
    "line": (READERS["line"].document, LINE_RULE),
}
BEYOND_A_SCHEMA = {"recipient", "recipients", "escrow"}  # whether age can seal for it
EDGES = [0, 1, -1, 2**53 - 1, True, "", "0" * 16, "0" * 32, "0" * 64, "A" * 32, "0" * 63]


def pattern_at(schema, way):
    """Give the pattern that a schema has for the text at a place, "" where it has none."""
    for step in way:
        if "$ref" in schema:
            schema = LINE.schema["$defs"][schema["$ref"].rpartition("/")[2]]
        inner = schema.get("items" if isinstance(step, int) else "properties", {})
        schema = inner if isinstance(step, int) else inner.get(step, {})
    return schema.get("pattern", "")


def broken(draw, document, schema):
    """Change, leave out or add something at one place of a document."""
    ways = [way for way in places(document) if way[0] not in BEYOND_A_SCHEMA]
    way = draw(st.sampled_from(ways))
    found, pattern = at(document, way), pattern_at(schema, way)
    change = draw(st.sampled_from(["value", "edge", "pattern", "without", "more", "many"]))
    if change == "without":
        return without(document, way)
    if change == "more":
        objects = [(), *(each for each in ways if isinstance(at(document, each), dict))]
        way = (*draw(st.sampled_from(objects)), draw(st.text("av_", min_size=1, max_size=4)))
    value = draw(VALUES)
    if change == "edge":
        value = draw(st.sampled_from(EDGES))
    if change == "pattern" and pattern and not pattern.endswith("Z$"):
        # a line feed at the end is one to Python's "$" and none to ECMA-262's
        value = draw(st.from_regex(pattern, fullmatch=True)).rstrip("\n")
        value += draw(st.sampled_from(["", "0", " ", "ก"]))
    if change == "many" and isinstance(found, list):
        value = (found or ["0" * 16]) * draw(st.sampled_from(MANY))
    return with_value(document, way, value)


MANY = [0, 2, 10, 11, 20, 21, 1000, 1001]


@pytest.mark.parametrize("name", PARTS)
@given(data=st.data())
def test_a_part_of_a_bundle_fits_its_rule_exactly_when_its_schema_takes_it(name, data):
    document, rule = PARTS[name]
    value = broken(data.draw, document, schema(name))

    assert rule.fits(document) and validator(name).is_valid(document)
    assert rule.fits(value) == validator(name).is_valid(value)


def test_the_schemas_stay_with_the_patterns_of_ecma_262():
    text = "".join(path.read_text("utf-8") for path in SCHEMAS.rglob("*.json"))

    assert not re.search(r"\(\?P|\\\\[AZzd]", text)
