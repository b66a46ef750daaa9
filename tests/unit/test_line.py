import json
from dataclasses import replace

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from app.core import line
from app.core.errors import Invalid
from app.core.json_text import canonical
from app.core.line import Body, Header, Line, new_body, parse_header, parse_line

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
keys = st.text(st.characters(max_codepoint=127), max_size=8)
scalars = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | texts
allowed = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)
records = st.dictionaries(keys, scalars | st.lists(scalars, max_size=4), max_size=6)

BODY = Body("0" * 32, {"given_name": "สมหญิง", "note": "ข้อมูลตัวอย่าง"})
HEADER = Header(
    id="01900000-0000-7000-8000-000000000001",
    type="person",
    office="10A",
    replica="1f" * 16,
    epoch="a0" * 16,
    seq=2,
    act="01900000-0000-7000-8000-0000000000ac",
    op="put",
    parents=("0" * 64, "1" * 64),
    prev="2" * 64,
    depth=2,
    by="01",
    at="2025-10-01T02:03:04.567Z",
    v=1,
    digest=BODY.digest,
)


def refusal(raw: bytes) -> str:
    with pytest.raises(Invalid) as caught:
        parse_line(raw)
    return caught.value.code


def with_header(**changes: object) -> bytes:
    return canonical({"h": HEADER.as_data() | changes, "b": BODY.as_data()})


@given(allowed)
def test_the_canonical_form_is_rfc_8785(value):
    assert canonical(value) == rfc8785.dumps(value)


@given(records)
def test_a_line_comes_back_from_its_bytes(data):
    body = new_body(data)
    written = Line(replace(HEADER, digest=body.digest), body)

    assert parse_line(written.to_bytes()) == written


@given(records)
def test_two_bodies_of_the_same_data_have_different_digests(data):
    assert new_body(data).digest != new_body(data).digest


def test_a_line_without_its_body_keeps_its_rev():
    withheld = parse_line(Line(HEADER, None).to_bytes())

    assert withheld.body is None
    assert withheld.header.rev == HEADER.rev


def test_the_rev_depends_on_every_part_of_the_header():
    changed = {
        "id": "01900000-0000-7000-8000-000000000002",
        "type": "group",
        "office": "42",
        "replica": "00" * 16,
        "epoch": "00" * 16,
        "seq": 3,
        "act": "01900000-0000-7000-8000-000000000002",
        "op": "del",
        "parents": ("3" * 64,),
        "prev": "3" * 64,
        "depth": 3,
        "by": "02",
        "at": "2025-10-01T02:03:04.568Z",
        "v": 2,
        "digest": "3" * 64,
    }

    revs = {replace(HEADER, **{name: value}).rev for name, value in changed.items()}

    assert set(changed) == set(Header.__dataclass_fields__)
    assert len(revs | {HEADER.rev}) == len(changed) + 1


@pytest.mark.parametrize(
    "data",
    [
        {"weight": 1.5},
        {"weight": [1.0]},
        {"weight": float("nan")},
        {"sum": 2**53},
        {"sum": -(2**53)},
        {"name": "\ud800"},
        {"ชื่อ": "ก"},
        {1: "ก"},
        {"name": b"bytes"},
        {"name": ("a", "tuple")},
        {"a": [[[[[[]]]]]]},
    ],
    ids=lambda data: ascii(data)[:30],
)
def test_data_that_could_not_be_sent_is_refused_when_it_enters(data):
    with pytest.raises(Invalid) as caught:
        new_body(data)

    assert caught.value.code == "uncanonical"


def test_the_deepest_data_that_enters_can_be_read_back():
    body = new_body({"a": [[[[[]]]]]})

    assert parse_line(Line(replace(HEADER, digest=body.digest), body).to_bytes()).body == body


def test_the_longest_data_that_enters_can_be_read_back():
    body = new_body({"note": "x" * (line.MOST_DATA_BYTES - 11)})
    parents = tuple(f"{number:064x}" for number in range(1000))
    longest = Line(replace(HEADER, parents=parents, digest=body.digest), body)

    assert parse_line(longest.to_bytes()) == longest


def test_data_that_is_too_long_is_refused_when_it_enters():
    with pytest.raises(Invalid) as caught:
        new_body({"note": "x" * line.MOST_DATA_BYTES})

    assert caught.value.code == "line_too_long"


def test_a_line_that_is_too_long_is_refused_before_it_is_read():
    assert refusal(b"\xff" * (line.MOST_BYTES + 1)) == "line_too_long"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff",
        b"[]",
        b"{}",
        b'"h"',
        canonical({"b": BODY.as_data()}),
        canonical({"h": HEADER.as_data(), "b": BODY.as_data(), "x": 1}),
        canonical({"h": HEADER.as_data(), "b": []}),
        canonical({"h": HEADER.as_data(), "b": {"data": {}}}),
        canonical({"h": HEADER.as_data(), "b": {"data": {}, "salt": 1}}),
        canonical({"h": HEADER.as_data(), "b": {"data": {}, "salt": "0" * 31}}),
        canonical({"h": HEADER.as_data(), "b": {"data": [], "salt": "0" * 32}}),
        canonical({"h": HEADER.as_data(), "b": {"data": {}, "salt": "0" * 32, "x": 1}}),
        Line(HEADER, BODY).to_bytes() + b" ",
        Line(HEADER, BODY).to_bytes().replace(b'"salt":', b'"salt":"","salt":'),
        Line(HEADER, BODY).to_bytes().replace("ส".encode(), b"\\u0e2a"),
        b"[" * 5000,
        b'{"h":"\\ud800"}',
    ],
    ids=lambda raw: repr(raw[-20:]),
)
def test_a_line_in_another_form_is_refused(raw):
    assert refusal(raw) == "line_form"


@pytest.mark.parametrize(
    "raw",
    [
        b'{"b":{"data":{"a":1.0}},"h":{}}',
        b'{"b":{"data":{"\xe0\xb8\x81":1}},"h":{}}',
        b'{"b":[[[[[[[[1]]]]]]]],"h":{}}',
    ],
)
def test_a_line_with_values_that_have_no_canonical_form_is_refused(raw):
    assert refusal(raw) == "uncanonical"


def test_a_number_beyond_2_to_the_53_is_refused():
    raw = Line(HEADER, BODY).to_bytes().replace(b'"seq":2', b'"seq":9007199254740992')

    assert refusal(raw) == "uncanonical"


def test_a_body_that_is_not_the_header_s_is_refused():
    assert refusal(with_header(digest="3" * 64)) == "line_digest"


@pytest.mark.parametrize(
    "changes",
    [
        {"id": "01900000-0000-7000-8000-00000000000G"},
        {"type": "Person"},
        {"office": "1"},
        {"office": 42},
        {"replica": "1F" * 16},
        {"epoch": ""},
        {"seq": 0},
        {"seq": True},
        {"seq": "2"},
        {"act": ""},
        {"op": "patch"},
        {"parents": {}},
        {"parents": ["0"]},
        {"parents": [1]},
        {"parents": ["1" * 64, "0" * 64]},
        {"parents": ["0" * 64, "0" * 64]},
        {"parents": []},
        {"parents": [f"{number:064x}" for number in range(1001)]},
        {"prev": ""},
        {"seq": 1},
        {"depth": 1},
        {"depth": -1},
        {"by": ""},
        {"at": "2025-10-01"},
        {"at": "๒๐๒๕-10-01T02:03:04.567Z"},
        {"v": 0},
        {"digest": "0"},
        {"more": 1},
    ],
    ids=lambda changes: ascii(changes)[:30],
)
def test_a_header_in_another_form_is_refused(changes):
    assert refusal(with_header(**changes)) == "line_header"


def test_a_header_is_an_object_with_every_name():
    for value in ([], {}, {"id": HEADER.id}):
        with pytest.raises(Invalid) as caught:
            parse_header(value)
        assert caught.value.code == "line_header"


def test_the_first_line_of_an_epoch_and_of_a_record_stands_on_nothing():
    first = replace(HEADER, seq=1, prev="", parents=(), depth=1)

    assert parse_header(json.loads(canonical(first.as_data()))) == first


@given(st.binary(max_size=200))
def test_bytes_of_any_kind_are_refused_and_never_crash(raw):
    assert refusal(raw) in {"line_form", "line_header", "uncanonical"}
