import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest

from app.core.line import parse_line
from app.sync import merge
from app.sync.merge import DIFFERENT, NONE, SAME, Conflict, Fork, Group, heads, shown

VECTORS = Path(__file__).parents[1] / "vectors"
BASE = {"name": "ก", "phone": "1", "note": "ข้อมูลตัวอย่าง"}


@pytest.fixture
def two(desks):
    """Give two desks and the line on which both stand."""
    first, second = next(desks), next(desks)
    return first, second, first.write("person", 1, BASE)


def rev(line):
    return line.header.rev


def without_body(line):
    return replace(line, body=None)


def test_a_record_without_lines_shows_nothing():
    assert shown([]) == merge.Shown(None, ())


def test_the_last_of_a_chain_is_shown(desk):
    first = desk.write("person", 1, BASE)
    second = desk.write("person", 1, BASE | {"phone": "2"}, [first])

    found = shown([first, second])

    assert (found.data, found.heads, found.level) == (second.body.data, (rev(second),), NONE)


def test_heads_that_touched_different_fields_are_shown_together(two):
    one, other, base = two
    left = one.write("person", 1, BASE | {"phone": "2"}, [base])
    right = other.write("person", 1, BASE | {"name": "ข"}, [base])

    found = shown([base, left, right])

    assert found.data == BASE | {"phone": "2", "name": "ข"}
    assert found.level == DIFFERENT
    by_field = {conflict.fields: conflict for conflict in found.conflicts}
    assert by_field.keys() == {("phone",), ("name",)}
    assert by_field["phone",].taken == rev(left)
    assert dict(by_field["phone",].versions) == {
        rev(left): {"phone": "2"},
        rev(right): {"phone": "1"},
    }


def test_heads_that_touched_the_same_field_are_both_listed(two):
    one, other, base = two
    left = one.write("person", 1, BASE | {"phone": "2", "note": "x"}, [base])
    right = other.write("person", 1, BASE | {"phone": "3"}, [base])

    found = shown([base, left, right])

    assert found.level == SAME
    conflict = found.conflicts[1]
    assert (conflict.fields, conflict.level) == (("phone",), SAME)
    assert conflict.taken == max(rev(left), rev(right))
    assert [each for each, _ in conflict.versions] == sorted([rev(left), rev(right)])
    assert found.data["note"] == "x"
    assert found.conflicts[0].level == DIFFERENT


def test_yes_and_one_are_two_values_that_somebody_must_choose_between(two):
    one, other, base = two
    left = one.write("person", 1, BASE | {"newer": 1}, [base])
    right = other.write("person", 1, BASE | {"newer": True}, [base])

    assert shown([base, left, right]).level == SAME


def test_the_deeper_head_goes_first_until_it_is_settled(two):
    one, other, base = two
    left = one.write("person", 1, BASE | {"phone": "2"}, [base])
    deeper = one.write("person", 1, BASE | {"phone": "22"}, [left])
    right = other.write("person", 1, BASE | {"phone": "3"}, [base])

    assert shown([base, left, deeper, right]).data["phone"] == "22"


def test_the_owner_of_a_group_goes_before_the_deeper_head(two):
    one, other, base = two
    left = one.write("person", 1, BASE | {"phone": "2"}, [base])
    deeper = one.write("person", 1, BASE | {"phone": "22"}, [left])
    right = other.write("person", 1, BASE | {"phone": "3"}, [base])
    owned = Group(("phone",), lambda header: header.replica == other.replica)

    assert shown([base, left, deeper, right], [owned]).data["phone"] == "3"


def test_the_fields_of_a_group_come_from_one_hand(two):
    one, other, base = two
    left = one.write("person", 1, BASE | {"name": "ซ้าย", "phone": "2"}, [base])
    right = other.write("person", 1, BASE | {"name": "ขวา", "note": "x"}, [base])

    found = shown([base, left, right], [Group(("name", "phone"))])

    assert {name: found.data[name] for name in ("name", "phone")} in (
        {"name": "ซ้าย", "phone": "2"},
        {"name": "ขวา", "phone": "1"},
    )
    assert found.data["note"] == "x"
    assert found.conflicts[0].fields == ("name", "phone")


def test_a_field_that_was_taken_out_counts_as_touched(two):
    one, other, base = two
    left = one.write("person", 1, {"name": "ก", "note": BASE["note"]}, [base])
    right = other.write("person", 1, BASE | {"name": "ข"}, [base])

    assert shown([base, left, right]).data == {"name": "ข", "note": BASE["note"]}


def test_both_hands_writing_the_same_is_no_conflict(two):
    one, other, base = two
    left = one.write("person", 1, BASE | {"phone": "2"}, [base])
    right = other.write("person", 1, BASE | {"phone": "2"}, [base])

    found = shown([base, left, right])

    assert (found.data, found.level, len(found.heads)) == (BASE | {"phone": "2"}, NONE, 2)


def test_a_save_that_names_all_heads_settles_it(two):
    one, other, base = two
    left = one.write("person", 1, BASE | {"phone": "2"}, [base])
    right = other.write("person", 1, BASE | {"phone": "3"}, [base])
    settled = one.write("person", 1, BASE | {"phone": "3"}, [left, right])

    found = shown([base, left, right, settled])

    assert (found.data["phone"], found.level, found.heads) == ("3", NONE, (rev(settled),))


def test_what_was_settled_stays_so_beside_a_late_version_of_the_loser(two):
    one, other, base = two
    left = one.write("person", 1, BASE | {"phone": "2"}, [base])
    right = other.write("person", 1, BASE | {"phone": "3"}, [base])
    settled = one.write("person", 1, BASE | {"phone": "2"}, [left, right])
    late = other.write("person", 1, BASE | {"phone": "3", "note": "late"}, [right])

    found = shown([base, left, right, settled, late])

    assert found.data == BASE | {"phone": "2", "note": "late"}
    assert found.level == DIFFERENT


def test_two_desks_that_settle_one_conflict_differently_leave_a_new_one(two):
    one, other, base = two
    left = one.write("person", 1, BASE | {"phone": "2"}, [base])
    right = other.write("person", 1, BASE | {"phone": "3"}, [base])
    mine = one.write("person", 1, BASE | {"phone": "2"}, [left, right])
    theirs = other.write("person", 1, BASE | {"phone": "3"}, [left, right])

    found = shown([base, left, right, mine, theirs])

    assert set(found.heads) == {rev(mine), rev(theirs)} and found.level == SAME
    (conflict,) = found.conflicts
    assert conflict.fields == ("phone",) and conflict.taken in found.heads
    assert found.data["phone"] == ("2" if conflict.taken == rev(mine) else "3")


def test_two_desks_that_settle_one_conflict_alike_leave_none(two):
    one, other, base = two
    left = one.write("person", 1, BASE | {"phone": "2"}, [base])
    right = other.write("person", 1, BASE | {"phone": "3"}, [base])
    both = [desk.write("person", 1, BASE | {"phone": "3"}, [left, right]) for desk in (one, other)]

    found = shown([base, left, right, *both])

    assert (found.data["phone"], found.conflicts) == ("3", ())


def test_what_was_changed_back_counts_as_touched(two):
    one, other, base = two
    changed = one.write("person", 1, BASE | {"phone": "2"}, [base])
    back = one.write("person", 1, BASE, [changed])
    right = other.write("person", 1, BASE | {"phone": "3"}, [base])

    assert shown([base, changed, back, right]).level == SAME


def test_three_heads_show_each_its_own_fields(two, desks):
    one, other, base = two
    third = next(desks)
    left = one.write("person", 1, BASE | {"phone": "2"}, [base])
    right = other.write("person", 1, BASE | {"name": "ข"}, [base])
    last = third.write("person", 1, BASE | {"note": "y"}, [base])

    found = shown([base, left, right, last])

    assert found.data == {"phone": "2", "name": "ข", "note": "y"}
    assert found.level == DIFFERENT


def test_a_missing_ancestor_makes_more_fields_count_as_touched_until_it_arrives(two):
    one, other, base = two
    left = one.write("person", 1, BASE | {"phone": "2"}, [base])
    right = other.write("person", 1, BASE | {"name": "ข"}, [base])

    assert shown([left, right]).level == SAME
    assert shown([left, right, base]).level == DIFFERENT


def test_an_erased_record_shows_nothing_whatever_was_written_beside_it(two):
    one, other, base = two
    erased = without_body(other.write("person", 1, {}, [base], op="erase"))
    late = one.write("person", 1, BASE | {"phone": "2"}, [base])

    found = shown([without_body(base), erased, late])

    assert found.data is None
    assert found.conflicts == (
        Conflict(
            (),
            SAME,
            tuple(sorted([(rev(erased), None), (rev(late), late.body.data)])),
            rev(erased),
        ),
    )


def test_a_deletion_gives_way_to_a_version_that_someone_still_wrote_on(two):
    one, other, base = two
    deleted = one.write("person", 1, {}, [base], op="del")
    late = other.write("person", 1, BASE | {"phone": "2"}, [base])

    assert shown([base, deleted]).data is None
    again = one.write("person", 1, {}, [deleted], op="del")  # deeper, and yet it gives way
    assert shown([base, deleted, again, late]).conflicts[0].taken == rev(late)
    found = shown([base, deleted, late])
    assert found.data == BASE | {"phone": "2"}
    assert (found.level, found.conflicts[0].fields, found.conflicts[0].taken) == (
        SAME,
        (),
        rev(late),
    )


def test_of_two_versions_beside_a_deletion_the_larger_rev_is_taken(two, desks):
    one, other, base = two
    deleted = next(desks).write("person", 1, {}, [base], op="del")
    left = one.write("person", 1, BASE | {"phone": "2"}, [base])
    right = other.write("person", 1, BASE | {"phone": "3"}, [base])

    found = shown([base, deleted, left, right])

    assert found.conflicts[0].fields == ()
    assert found.conflicts[0].taken == max(rev(left), rev(right))


def test_an_erasure_is_taken_whichever_rev_is_larger(two):
    one, other, base = two
    erased = without_body(one.write("person", 1, {}, [base], op="erase"))
    others = [other.write("person", 1, BASE | {"phone": str(each)}, [base]) for each in range(9)]
    assert max(map(rev, others)) > rev(erased)  # or the proof proves nothing

    for each in others:
        assert shown([base, erased, each]).conflicts[0].taken == rev(erased)


def test_two_ends_of_a_record_are_no_conflict(two):
    one, other, base = two
    left = one.write("person", 1, {}, [base], op="del")
    right = without_body(other.write("person", 1, {}, [base], op="erase"))

    found = shown([base, left, right])

    assert (found.data, found.conflicts, len(found.heads)) == (None, (), 2)


def test_a_void_is_an_ordinary_field_and_merges_like_one(two):
    one, other, base = two
    void = one.write("person", 1, BASE | {"void_reason": "ซ้ำ"}, [base])
    edit = other.write("person", 1, BASE | {"phone": "2"}, [base])

    found = shown([base, void, edit])

    assert found.data == BASE | {"void_reason": "ซ้ำ", "phone": "2"}
    assert found.level == DIFFERENT


def test_a_withheld_record_shows_nothing(two):
    _, _, base = two

    assert shown([without_body(base)]).data is None


def test_a_record_written_again_after_its_erasure_is_shown(two):
    one, _, base = two
    erased = without_body(one.write("person", 1, {}, [base], op="erase"))
    again = one.write("person", 1, {"name": "ใหม่"}, [erased])

    assert shown([without_body(base), erased, again]).data == {"name": "ใหม่"}


def test_a_body_that_comes_later_than_its_header_is_used(two):
    _, _, base = two

    for order in ([without_body(base), base], [base, without_body(base)]):
        assert shown(order).data == BASE


def test_a_cloned_desk_is_found_by_the_place_of_its_lines(desks):
    one = next(desks).people(3)
    at = one.lines[2].header
    twin = replace(at, act="01900000-0000-7000-8000-00000000ffff")
    headers = [line.header for line in one.lines]

    assert merge.forks([*headers, twin, twin]) == (
        Fork(at.replica, at.epoch, 3, tuple(sorted([at.rev, twin.rev]))),
    )
    assert merge.forks([*headers, *headers]) == ()


def test_forks_are_listed_by_their_place_in_whatever_order_lines_come(desks):
    desk = next(desks)
    headers = [desk.write("person", each, {"name": "ก"}).header for each in range(1, 4)]
    twins = [replace(each, id=replace(each).id[::-1]) for each in headers]

    found = [each.seq for each in merge.forks([*reversed(headers), *twins])]

    assert found == [1, 2, 3]


def test_the_state_digest_is_that_of_the_sorted_rows():
    records = [("person", "2", ["b", "a"]), ("group", "1", ["c"])]

    rows = b"group 1 c\nperson 2 a,b\n"
    assert merge.state_digest(records) == hashlib.sha256(rows).hexdigest()
    assert merge.state_digest(records[::-1]) == merge.state_digest(records)


@pytest.mark.parametrize("name", json.loads((VECTORS / "expected.json").read_text("utf-8")))
def test_heads_forks_and_state_of_the_vectors(name):
    expected = json.loads((VECTORS / "expected.json").read_text("utf-8"))[name]
    raws = (VECTORS / f"{name}.ndjson").read_bytes().split(b"\n")[:-1]
    records = {}
    for line in map(parse_line, raws):
        records.setdefault((line.header.type, line.header.id), []).append(line)

    found = {
        f"{type} {id}": list(heads(line.header for line in lines))
        for (type, id), lines in records.items()
    }
    forks = merge.forks(line.header for lines in records.values() for line in lines)
    state = merge.state_digest((*record.split(" "), revs) for record, revs in found.items())

    assert found == expected["heads"]
    assert [[f.replica, f.epoch, f.seq, list(f.revs)] for f in forks] == expected["forks"]
    assert state == expected["state_digest"]
    for record, wanted in expected.get("shown", {}).items():
        result = shown(records[tuple(record.split(" "))])
        assert {"level": result.level, "data": result.data} == wanted
