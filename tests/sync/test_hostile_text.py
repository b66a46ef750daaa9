"""Lines and facts that are validly signed and still no text of ours."""

import json

import pytest

from app.core import schema
from app.core.json_text import canonical
from app.sync import trust
from app.sync.bundle import Refused

# what stands for a value of a record, and the code with which its line is turned away
VALUES = {
    "a float": (b"1.5", "uncanonical"),
    "an exponent": (b"1e3", "uncanonical"),
    "minus zero": (b"-0", "line_form"),
    "minus zero as a float": (b"-0.0", "uncanonical"),
    "a number beyond 2^53": (b"9007199254740993", "uncanonical"),
    "a number beyond 2^64": (b"18446744073709551617", "uncanonical"),
    "a number of a million digits": (b"9" * 900_000, "line_form"),
    "a number without end": (b"1e999", "line_form"),
    "no number": (b"NaN", "line_form"),
    "a leading zero": (b"007", "line_form"),
    "half a letter": (b'"\\ud800"', "line_form"),
    "half a letter in UTF-8": (b'"\xed\xa0\x80"', "line_form"),
    "an overlong letter": (b'"\xc0\xaf"', "line_form"),
    "a bare zero byte": (b'"\0"', "line_form"),
    "an escaped letter": (b'"\\u0e01"', "line_form"),
    "a key given twice": (b'{"a":1,"a":2}', "line_form"),
    "a key out of order": (b'{"b":1,"a":2}', "line_form"),
    "a key that is not ASCII": ('{"ก":1}'.encode(), "uncanonical"),
    "a blank": (b"[1, 2]", "line_form"),
    "seven lists in one another": (b"[" * 7 + b"]" * 7, "uncanonical"),
    "a thousand lists in one another": (b"[" * 1000 + b"]" * 1000, "uncanonical"),
    "lists without end": (b"[" * 400_000, "line_form"),
    "objects without end": (b'{"a":' * 150_000, "line_form"),
}


def problems(forger, content):
    entries = forger.entries() | {"data/person.ndjson": content}
    with forger.desk.open(forger.entries_sealed(entries)) as opened:
        return [entry.problem.code for entry in opened.lines() if entry.problem]


def first_line(forger, change):
    rows = forger.entries()["data/person.ndjson"].split(b"\n")
    return problems(forger, b"\n".join([change(rows[0]), *rows[1:]]))


@pytest.mark.parametrize("name", VALUES)
def test_a_value_that_json_has_and_the_format_has_not_is_named(forger, name):
    value, code = VALUES[name]

    found = first_line(
        forger, lambda row: row.replace(b'"data":{', b'"data":{"a":' + value + b",", 1)
    )

    assert found in ([code], ["line_digest"])
    assert code != "uncanonical" or found == [code]


@pytest.mark.parametrize(
    "change",
    [
        lambda row: b"\xef\xbb\xbf" + row,
        lambda row: row + b"\r",
        lambda row: row + b" ",
        lambda row: b"\t" + row,
        lambda row: row + row,
        lambda row: b"[" + row + b"]",
        lambda row: row[:-1],
        lambda row: row.decode().encode("utf-16"),
        lambda row: b"\xff" * 100,
        lambda row: b"\0" * 100,
        lambda row: b"",
        lambda row: b"null",
        lambda row: b'"h"',
        lambda row: b'{"b":1}',
        lambda row: b'{"h":' + row + b"}",
    ],
)
def test_a_line_in_another_form_is_named_and_stops_no_other(forger, change):
    assert first_line(forger, change) in (["line_form"], ["line_header"])


def test_line_ends_of_another_system_are_named_line_by_line(forger):
    content = forger.entries()["data/person.ndjson"].replace(b"\n", b"\r\n")

    assert problems(forger, content) == ["line_form"] * 3


def test_the_last_line_counts_without_its_line_feed(forger):
    assert problems(forger, forger.entries()["data/person.ndjson"][:-1]) == []


@pytest.mark.parametrize("seq", [0, -1, 2**53, 2**63, 2**64, True, 1.0, "1", None, [], {}])
@pytest.mark.parametrize("name", ["seq", "depth", "v"])
def test_a_number_of_a_header_that_is_none_is_named(forger, name, seq):
    def change(row):
        whole = json.loads(row)
        whole["h"][name] = seq
        return json.dumps(whole, separators=(",", ":"), ensure_ascii=False).encode()

    (code,) = first_line(forger, change)

    assert code in {"line_header", "line_form", "uncanonical"}


def test_facts_of_nothing_but_brackets_are_refused_before_they_fill_the_memory(forger):
    entries = forger.entries()
    brackets = b"[" + b"[]," * 1_000_000 + b"[]]"
    facts = entries["bundle.json"].replace(b'"runs":', b'"more":' + brackets + b',"runs":')

    path = forger.entries_sealed(entries | {"bundle.json": facts})

    assert forger.desk.refusal(path) == "facts"


@pytest.mark.parametrize(
    "value", [b"1.5", b"-0.0", b"[" * 8 + b"]" * 8, b"[" * 90 + b"]" * 90, '{"ก":1}'.encode()]
)
def test_what_the_format_has_not_is_not_read_where_anything_may_stand(value):
    fine, wrong = b'{"a":[[{"b":[true,null,"",-5]}]]}', b'{"a":' + value + b"}"

    assert schema.load(fine) == json.loads(fine)
    with pytest.raises(schema.Unfit):
        schema.load(wrong)


@pytest.mark.parametrize(
    "at",
    ["2025-02-30T00:00:00Z", "2025-13-01T00:00:00Z", "2025-01-01T24:00:01Z", "0000-01-01T00:00:00Z",
     "9999-12-31T23:59:59Z", "๒๕๖๘-01-01T00:00:00Z", "2025-01-01T00:00:00", 1, None],
)  # fmt: skip
def test_a_time_that_no_clock_shows_is_refused(forger, at):
    data = json.loads(forger.sealed.envelope.to_bytes()) | {"created_at": at}

    assert forger.desk.refusal(forger.frame(canonical(data), b"payload")) == "envelope"


def test_ten_million_empty_lines_are_refused_before_the_first_is_taken(forger):
    entries = forger.entries()
    path = forger.entries_sealed(entries | {"data/person.ndjson": b"\n" * 10_000_000})

    with forger.desk.open(path) as opened:
        taken = 0
        with pytest.raises(Refused) as caught:
            for _entry in opened.lines():
                taken += 1

    assert caught.value.code == "count"
    assert taken < 20


def test_a_bundle_that_promises_more_lines_than_its_bytes_can_hold_is_refused(forger):
    entries = forger.entries()
    facts = json.loads(entries["bundle.json"])
    facts["counts"]["person"] += 100_000
    facts["seq_to"] = facts["runs"][0]["seq_to"] = 100_010
    entries |= {
        "bundle.json": canonical(facts),
        "data/person.ndjson": entries["data/person.ndjson"] + b"\n" * 100_000,
    }

    assert forger.desk.refusal(forger.entries_sealed(entries, seq_to=100_010)) == "count"


@pytest.mark.parametrize("content", [b"", b"\n", b"x" * 2_000_000, b"\xff\xfe", b"[" * 900_000])
@pytest.mark.parametrize("read", [trust.read_trust, trust.read_request])
def test_a_file_that_holds_no_keys_is_refused(read, content, tmp_path):
    path = tmp_path / "trust.txt"
    path.write_bytes(content)

    with pytest.raises(Refused) as caught:
        trust.follow(None, read(path)) if read is trust.read_trust else read(path)

    assert caught.value.code == "note_form"
