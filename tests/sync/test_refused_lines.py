import hashlib
import json
from dataclasses import replace

import pytest

from app.core.errors import Invalid
from app.core.json_text import canonical
from app.core.line import MOST_BYTES
from app.sync.bundle import FULL, Run


def with_facts(forger, **changes):
    entries = forger.entries()
    facts = json.loads(entries["bundle.json"]) | changes
    return forger.entries_sealed(entries | {"bundle.json": canonical(facts)})


RUN = {
    "replica": "01" * 16,
    "epoch": "11" * 16,
    "seq_from": 1,
    "seq_to": 10,
    "before": "",
    "head": "0" * 64,
}


@pytest.mark.parametrize(
    "changes",
    [
        {"office": "43"},
        {"replica": "02" * 16},
        {"epoch": "02" * 16},
        {"kind": "full"},
        {"seq_from": 2},
        {"seq_to": 11},
        {"v": 2},
        {"more": 1},
        {"counts": {"group": 4, "membership": 3, "person": 2}},
        {"counts": {"group": 4, "membership": 6}, "schemas": {"group": 1, "membership": 1}},
        {"counts": {"Group": 10}, "schemas": {"Group": 1}},
        {"schemas": {"loan": 1}},
        {"schemas": {"person": 0}},
        {"runs": []},
        {"runs": [RUN, RUN]},
        {"runs": [RUN | {"seq_to": 9}]},
        {"runs": [RUN | {"replica": "02" * 16}]},
        {"runs": [RUN | {"before": "1" * 64}]},
        {"runs": [RUN | {"seq_from": 6, "seq_to": 5, "before": "1" * 64}]},
        {"runs": [1]},
    ],
    ids=lambda changes: str(changes)[:40],
)
def test_inner_facts_that_are_not_the_envelope_s_are_refused(forger, changes):
    assert forger.desk.refusal(with_facts(forger, **changes)) == "facts"


@pytest.mark.parametrize("order", [[0, 1], [1, 0], [0, 2], [0, 3]])
def test_the_runs_of_a_full_bundle_are_sorted_and_apart(desks, tmp_path, order):
    desk = next(desks).people(10)
    heads = [line.header.rev for line in desk.lines]
    base = desk.facts(kind=FULL)

    def run(seq_from, seq_to):
        before = heads[seq_from - 2] if seq_from > 1 else ""
        return Run(desk.replica, desk.epoch, seq_from, seq_to, before, heads[seq_to - 1])

    runs = [run(1, 5), run(6, 10), run(5, 9), run(5, 5)]
    facts = {"runs": tuple(runs[place] for place in order)}
    total = sum(each.seq_to - each.seq_from + 1 for each in facts["runs"])
    desk.lines = desk.lines[:total]
    kept = replace(base, **facts)
    desk.facts = lambda *_, **__: kept
    sealed = desk.seal(tmp_path)

    assert desk.refusal(sealed.path) == ("" if order == [0, 1] else "facts")


def test_a_bundle_that_promises_too_many_lines_is_refused_before_they_are_counted(forger):
    last = 2**52
    runs, counts = [RUN | {"seq_to": last}], {"group": 1, "membership": 1, "person": last - 2}
    entries = forger.entries()
    facts = json.loads(entries["bundle.json"]) | {"runs": runs, "counts": counts, "seq_to": last}
    entries = forger.listed(entries | {"bundle.json": canonical(facts)})
    content_id = hashlib.sha256(entries["tagmanifest-sha256.txt"]).hexdigest()
    payload = forger.encrypt(forger.zip(entries))

    path = forger.seal(payload, content_id=content_id, seq_to=last)

    assert forger.desk.refusal(path) == "too_big"


def line_problems(forger, entries):
    with forger.desk.open(forger.entries_sealed(entries)) as opened:
        return [entry.problem.code for entry in opened.lines() if entry.problem]


def test_a_wrong_line_comes_with_its_problem_and_stops_no_other(forger):
    entries = forger.entries()
    rows = entries["data/person.ndjson"].split(b"\n")
    rows[1] = rows[1].replace(b'"op":"put"', b'"op":"pot"')

    path = forger.entries_sealed(entries | {"data/person.ndjson": b"\n".join(rows)})

    with forger.desk.open(path) as opened:
        found = list(opened.lines())
    assert len(found) == 10
    wrong = [entry for entry in found if entry.problem]
    assert [(entry.type, entry.number, entry.raw, entry.line, entry.rev) for entry in wrong] == [
        ("person", 2, rows[1], None, "")
    ]
    assert wrong[0].header is None
    assert isinstance(wrong[0].problem, Invalid)
    assert wrong[0].problem.code == "line_header"


def test_a_line_with_a_wrong_body_still_gives_its_header(forger):
    entries = forger.entries()
    changed = entries["data/person.ndjson"].replace(b'"salt":"', b'"salt":"0', 1)
    changed = changed.replace("ตัวอย่าง".encode(), "แก้แล้ว".encode(), 1)

    for content in (changed, entries["data/person.ndjson"].replace("ต".encode(), b"x", 1)):
        with forger.desk.open(
            forger.entries_sealed(entries | {"data/person.ndjson": content})
        ) as opened:
            wrong = [entry for entry in opened.lines() if entry.problem]
        assert [entry.line for entry in wrong] == [None]
        assert wrong[0].header in {line.header for line in forger.desk.lines}


def test_a_line_of_another_type_or_office_is_named(forger):
    entries = forger.entries()
    person, group = entries["data/person.ndjson"], entries["data/group.ndjson"]
    first, rest = person.split(b"\n", 1)
    swapped = group.split(b"\n", 1)[0] + b"\n" + rest
    foreign = first.replace(b'"office":"42"', b'"office":"43"') + b"\n" + rest

    assert line_problems(forger, entries | {"data/person.ndjson": swapped}) == ["line_foreign"]
    assert line_problems(forger, entries | {"data/person.ndjson": foreign}) == ["line_foreign"]


def test_a_line_given_twice_is_named(forger):
    entries = forger.entries()
    first, _, rest = entries["data/person.ndjson"].split(b"\n", 2)
    twice = first + b"\n" + first + b"\n" + rest

    assert line_problems(forger, entries | {"data/person.ndjson": twice}) == ["line_twice"]


def test_a_line_outside_of_the_range_is_named(forger):
    entries = forger.entries()
    first, rest = entries["data/person.ndjson"].split(b"\n", 1)
    outside = first.replace(b'"seq":3', b'"seq":11')
    elsewhere = first.replace(forger.desk.replica.encode(), b"77" * 16)

    for other in (outside, elsewhere):
        changed = entries | {"data/person.ndjson": other + b"\n" + rest}
        assert line_problems(forger, changed) == ["line_outside"]


@pytest.mark.parametrize("length", [MOST_BYTES + 1, 3 * MOST_BYTES])
@pytest.mark.parametrize("end", [b"", b"\n"])
def test_a_line_without_end_is_cut_and_named(forger, length, end):
    entries = forger.entries()
    rows = entries["data/person.ndjson"].split(b"\n")[:-1]
    rows[1] = b"x" * length

    content = b"\n".join(rows) + end
    assert line_problems(forger, entries | {"data/person.ndjson": content}) == ["line_too_long"]
    last = b"\n".join([*rows[:1], rows[2], rows[1]]) + end
    assert line_problems(forger, entries | {"data/person.ndjson": last}) == ["line_too_long"]


@pytest.mark.parametrize("change", [lambda rows: rows[1:], lambda rows: [rows[0], *rows]])
def test_another_number_of_lines_than_promised_is_refused(forger, change):
    entries = forger.entries()
    rows = entries["data/person.ndjson"].split(b"\n")
    path = forger.entries_sealed(entries | {"data/person.ndjson": b"\n".join(change(rows))})

    assert forger.desk.refusal(path) == "count"


def test_a_chain_that_was_made_from_changed_data_is_refused(desk, tmp_path):
    desk.people(10)
    desk.lines[4] = replace(desk.lines[4], header=replace(desk.lines[4].header, by="99"))

    assert desk.refusal(desk.seal(tmp_path).path) == "chain"


def test_a_head_that_is_not_the_last_line_s_is_refused(desk, tmp_path):
    desk.people(10)
    run = replace(desk.facts().runs[0], head="0" * 64)

    assert desk.refusal(desk.seal(tmp_path, runs=(run,)).path) == "chain"


def test_a_line_in_the_place_of_another_is_named(forger):
    counts = {"group": 4, "membership": 3, "person": 3}
    entries = forger.entries()
    doubled = entries["data/person.ndjson"].split(b"\n")[:-1]
    doubled[2] = doubled[1]
    path = forger.entries_sealed(entries | {"data/person.ndjson": b"\n".join(doubled) + b"\n"})

    with forger.desk.open(path) as opened:
        assert opened.inside.counts == counts
        problems = [entry.problem.code for entry in opened.lines() if entry.problem]
    assert problems == ["line_twice"]
