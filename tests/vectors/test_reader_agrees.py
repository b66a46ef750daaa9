"""The program and the reference reader share no code, and say the same of whatever comes."""

import hashlib
import io
import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.line import DELETE, ERASE, PUT, Line
from app.sync import merge
from app.sync.bundle import Bundle, Limits, Refused
from app.sync.keys import EnrolledKey
from app.sync.unbag import BagReader
from devtools import vectors, vectors_expected
from devtools.vectors_bad import Forger

READER = Path(__file__).parents[2] / "docs" / "reader"
PEOPLE = "data/person.ndjson"
ODD = [0, 1, -1, 1.5, True, None, "", "ก", [], {}, [1], {"a": 1}, {"ก": 1}, 2**53, 2**53 - 1]
ODD += [2**64, "0" * 64, "f" * 32, "a\n", [[[[[[[1]]]]]]], "\x7f\u2028"]


@pytest.fixture(scope="module")
def reader():
    sys.path.insert(0, str(READER))
    try:
        import read_bundle

        yield read_bundle
    finally:
        sys.path.remove(str(READER))


@pytest.fixture(scope="module")
def forger(tmp_path_factory):
    return Forger(tmp_path_factory.mktemp("forged"))


def said_by_program(forger, entries):
    """Give the code of a refusal, or the wrong lines by place with their codes."""
    plain, name = forger.zip(entries.items()), forger.envelope.name
    content_id = hashlib.sha256(entries["tagmanifest-sha256.txt"]).hexdigest()
    envelope = replace(forger.envelope, content_id=content_id)
    key = EnrolledKey(forger.key.public, envelope.office)
    try:
        bag = BagReader(io.BytesIO(plain), name, Limits())
        found = Bundle(envelope, key, bag, Limits()).lines()
        return {(one.type, one.number): one.problem.code for one in found if one.problem}
    except Refused as refused:
        return refused.code


def said_by_reader(reader, forger, entries):
    try:
        bag = reader.read_zip(forger.zip(entries.items()), forger.envelope.name)
        reader.check_bag(bag)
        envelope = json.loads(forger.envelope.to_bytes())
        envelope["content_id"] = hashlib.sha256(bag["tagmanifest-sha256.txt"]).hexdigest()
        _sound, wrong = reader.read_lines(bag, reader.read_facts(bag, envelope))
        return {(one["type"], one["number"]): one["code"] for one, _header in wrong}
    except reader.Refused as refused:
        return str(refused)


def twisted(value, draw):
    """Change one thing somewhere in a JSON value."""
    inside = isinstance(value, dict | list) and value and draw(st.integers(0, 4))
    if not inside:
        return draw(st.sampled_from(ODD))
    places = sorted(value) if isinstance(value, dict) else range(len(value))
    place, act = draw(st.sampled_from(list(places))), draw(st.integers(0, 5))
    changed = value.copy()
    if act == 0:
        changed.pop(place)
    elif act == 1 and isinstance(changed, dict):
        changed["more"] = 1
    else:
        changed[place] = twisted(value[place], draw)
    return changed


def written(value, draw):
    """Write JSON, mostly canonical."""
    how = {"sort_keys": draw(st.integers(0, 9)) > 0, "ensure_ascii": draw(st.integers(0, 9)) == 0}
    return json.dumps(value, separators=(",", ":"), **how).encode()


def with_digest(line, draw):
    if isinstance(line, dict) and isinstance(line.get("h"), dict) and "b" in line:
        line["h"]["digest"] = hashlib.sha256(written(line["b"], draw)).hexdigest()
    return line


RAW = [b"", b"null", b"[]", b'{"h":1}', b"\xff", b"[" * 100_000, b'{"h":{"a":"\\ud800"}}', b"1e999"]


def changed_people(content, draw):
    rows = content.split(b"\n")[:-1]
    place, act = draw(st.integers(0, len(rows) - 1)), draw(st.integers(0, 9))
    if act == 0:
        rows[place] = draw(st.sampled_from(RAW))
    elif act == 1:
        rows.append(rows[place])
    elif act == 2:
        rows.pop(place)
    elif act == 3:
        rows[place] = rows[0]
    else:
        line = twisted(json.loads(rows[place]), draw)
        rows[place] = written(with_digest(line, draw) if act > 5 else line, draw)
    return b"\n".join(rows) + draw(st.sampled_from([b"\n", b"\n", b"", b"\n\n"]))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_both_name_the_same_lines_of_a_bag_that_somebody_changed_and_signed(reader, forger, data):
    entries = dict(forger.entries)
    entries[PEOPLE] = changed_people(entries[PEOPLE], data.draw)

    entries = forger.listed(entries)

    ours, theirs = said_by_program(forger, entries), said_by_reader(reader, forger, entries)
    if isinstance(ours, dict) and isinstance(theirs, dict):
        assert ours.keys() == theirs.keys()
        # a number that is too large may hide another fault of the same line, or be hidden by it
        differing = {place for place in ours if ours[place] != theirs[place]}
        assert {theirs[place] for place in differing} <= {"uncanonical"}
    else:
        assert ours == theirs


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_both_refuse_the_same_facts(reader, forger, data):
    facts = twisted(json.loads(forger.entries["bundle.json"]), data.draw)
    entries = forger.listed({"bundle.json": written(facts, data.draw)})

    assert said_by_program(forger, entries) == said_by_reader(reader, forger, entries)


VALUES = st.sampled_from([0, 1, True, "1", None, [1], {"a": 1}])
STEPS = st.lists(
    st.tuples(
        st.integers(1, 2),  # which desk writes
        st.sets(st.integers(0, 7), max_size=3),  # on which earlier lines
        st.dictionaries(st.sampled_from(["name", "note"]), VALUES, max_size=2),
        st.sampled_from([PUT, PUT, PUT, PUT, DELETE, ERASE]),
        st.booleans(),  # whether its body is there
        st.integers(0, 5),  # 0: the line is missing
    ),
    max_size=8,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_both_merge_any_history_alike(reader, steps):
    pens, history, kept = {1: vectors.Pen(1), 2: vectors.Pen(2)}, [], []
    for desk, on, data, op, has_body, is_there in steps:
        parents = tuple(history[place] for place in on if place < len(history))
        history.append(pens[desk].write("person", 1, data, parents, op=op))
        line = history[-1] if has_body else Line(history[-1].header, None)
        kept += [line] if is_there else []
    ours = merge.shown(kept)
    lines = {
        line.header.rev: (line.header.as_data(), line.body and line.body.as_data(), True)
        for line in kept
    }

    data, conflicts = reader.merge(lines)

    assert tuple(reader.heads_of(lines)) == ours.heads
    assert data == ours.data
    assert conflicts == vectors_expected.conflicts_of(ours)
