"""Two hands wrote one record: the clerk sees both and settles it with one line."""

from pathlib import Path
from typing import Any

import pytest

from app.core.errors import Changed, UserError
from app.core.line import DELETE, ERASE
from app.models.records.lines import heads_of
from app.services.office.desk import Desk
from app.services.records import acts, conflicts, disputes, history, records
from app.services.records.disputes import Dispute, Question
from app.sync.receipt import Remark
from devtools.pen import uuid
from tests.makers.answers import Voice
from tests.makers.office import announce, from_elsewhere, group, join
from tests.makers.pens import introduce, new_centre
from tests.makers.people import SOMCHAI, enter


def change_here(desk: Desk, record_id: str, **changed: Any) -> None:
    opened = records.get(desk.store, "person", record_id)
    records.save(
        desk.store,
        "person",
        opened.data | changed,
        record_id=record_id,
        base=opened.opened_from,
    )


def two_hands(desk: Desk, here: dict[str, Any], there: dict[str, Any]) -> str:
    """Enter a person, and let this desk and another change it without knowing of one another."""
    entered = enter(desk)
    parents = records.get(desk.store, "person", entered).heads
    change_here(desk, entered, **here)
    from_elsewhere(desk, "person", SOMCHAI | there, entered, parents=parents, depth=2)
    return entered


def opened(desk: Desk, record_id: str, type_: str = "person") -> Dispute:
    return disputes.opened(desk.store, type_, record_id)


def question(dispute: Dispute, name: str) -> Question:
    return next(each for each in dispute.questions if each.fields == (name,))


def data_of(desk: Desk, record_id: str) -> dict[str, Any]:
    return records.get(desk.store, "person", record_id).data


def test_both_versions_stand_side_by_side_with_who_wrote_them(desk: Desk) -> None:
    entered = two_hands(desk, {"phone": "0811111111"}, {"phone": "0822222222", "note": "แก้"})

    found = opened(desk, entered)

    assert conflicts.count(desk.store) == 1
    (listed,) = conflicts.listed(desk.store)
    assert (listed.type, listed.id, listed.title, listed.versions) == (
        "person",
        entered,
        "นายสมชาย ใจดี",
        2,
    )
    assert listed.at == max(version.at for version in found.versions)
    here = [version.is_here for version in found.versions].index(True)
    assert found.versions[here].by == "กานดา"
    phone = question(found, "phone")
    assert phone.is_open
    assert phone.label == "โทรศัพท์"
    assert sorted(phone.words) == ["0811111111", "0822222222"]
    assert phone.answers[here] == {"phone": "0811111111"}
    assert not question(found, "note").is_open
    assert found.can_be_settled
    assert not found.is_whole


def test_what_was_chosen_is_one_line_over_every_head_and_is_undone_like_any_act(
    desk: Desk,
) -> None:
    entered = two_hands(desk, {"phone": "0811111111"}, {"phone": "0822222222", "note": "แก้"})
    found = opened(desk, entered)
    phone = question(found, "phone")
    other = 1 - phone.shown
    answer = phone.answers[other]
    assert answer is not None

    saved = conflicts.settle(desk.store, found, {("phone",): answer})

    assert data_of(desk, entered)["phone"] == answer["phone"]
    assert data_of(desk, entered)["note"] == "แก้"
    (last, *_before) = history.history(desk.store, "person", entered)
    assert (last.act, set(last.parents)) == (saved.act, set(found.heads))
    assert conflicts.count(desk.store) == 0
    with pytest.raises(UserError) as refused:
        opened(desk, entered)
    assert refused.value.code == "settled"

    history.undo(desk.store, saved.act)
    assert data_of(desk, entered)["phone"] == phone.answers[phone.shown]["phone"]  # type: ignore[index]


def test_a_value_of_her_own_may_be_typed_and_a_field_left_empty(desk: Desk) -> None:
    entered = two_hands(desk, {"note": "ก", "phone": "0811111111"}, {"note": "ข"})
    found = opened(desk, entered)

    conflicts.settle(desk.store, found, {("note",): {"note": "ทั้งสอง"}, ("phone",): {}})

    assert data_of(desk, entered)["note"] == "ทั้งสอง"
    assert "phone" not in data_of(desk, entered)


def test_a_version_that_arrives_meanwhile_is_looked_at_first(desk: Desk) -> None:
    entered = two_hands(desk, {"note": "ก"}, {"note": "ข"})
    found = opened(desk, entered)
    from_elsewhere(desk, "person", SOMCHAI | {"note": "ค"}, entered)

    with pytest.raises(Changed):
        conflicts.settle(desk.store, found, {})
    assert len(opened(desk, entered).versions) == 3


def test_deleted_by_one_and_changed_by_another_is_asked_as_a_whole(desk: Desk) -> None:
    entered = enter(desk)
    heads = records.get(desk.store, "person", entered).heads
    change_here(desk, entered, note="ยังใช้")
    from_elsewhere(desk, "person", {}, entered, op=DELETE, parents=heads, depth=2)

    found = opened(desk, entered)
    assert found.is_whole
    assert found.questions == ()
    assert {version.data is None for version in found.versions} == {True, False}

    kept = conflicts.settle(desk.store, found, {})
    assert data_of(desk, entered)["note"] == "ยังใช้"
    history.undo(desk.store, kept.act)


def test_deleted_it_stays_when_the_clerk_lets_it_go(desk: Desk) -> None:
    entered = enter(desk)
    heads = records.get(desk.store, "person", entered).heads
    change_here(desk, entered, note="ยังใช้")
    from_elsewhere(desk, "person", {}, entered, op=DELETE, parents=heads, depth=2)

    conflicts.let_go(desk.store, opened(desk, entered))

    with pytest.raises(UserError):
        records.get(desk.store, "person", entered)
    assert conflicts.count(desk.store) == 0


def test_an_erased_record_shows_nothing_and_is_let_go(desk: Desk) -> None:
    entered = enter(desk)
    heads = records.get(desk.store, "person", entered).heads
    change_here(desk, entered, note="ยังใช้")
    from_elsewhere(desk, "person", {}, entered, op=ERASE, parents=heads, depth=2)

    found = opened(desk, entered)

    assert found.is_whole
    assert (found.title, found.problems) == ("", ())
    with pytest.raises(Changed):
        conflicts.settle(desk.store, found, {})
    assert conflicts.listed(desk.store)[0].title == ""
    conflicts.let_go(desk.store, found)
    assert conflicts.listed(desk.store) == []


def test_out_of_use_or_not_is_chosen_too(desk: Desk) -> None:
    entered = enter(desk)
    parents = records.get(desk.store, "person", entered).heads
    records.void(desk.store, "person", entered, "ซ้ำ")
    from_elsewhere(
        desk, "person", SOMCHAI | {"void_reason": "ผิดคน"}, entered, parents=parents, depth=2
    )
    found = opened(desk, entered)
    out_of_use = question(found, "void_reason")
    assert sorted(out_of_use.words) == ["ซ้ำ", "ผิดคน"]

    conflicts.settle(desk.store, found, {("void_reason",): {}})

    assert "void_reason" not in data_of(desk, entered)
    with desk.store.read() as connection:
        assert len(heads_of(connection, "person", entered)) == 1


def test_reasons_of_both_hands_add_up_and_are_not_asked_about(desk: Desk) -> None:
    entered = two_hands(desk, {"note": "ก"}, {"note": "ก", "reasons": {"no_phone": "ไม่มีโทรศัพท์"}})
    found = opened(desk, entered)
    assert [each.fields for each in found.questions] == []
    conflicts.settle(desk.store, found, {}, reasons={"other": "เหตุผล"})
    assert conflicts.count(desk.store) == 0


def test_another_record_is_named_and_what_only_a_newer_program_knows_is_shown_as_it_is(
    desk: Desk,
) -> None:
    first, second = group(desk), group(desk, name="กลุ่มข้าวมาลี")
    person = enter(desk)
    member = join(desk, first, person)
    heads = records.get(desk.store, "membership", member).heads
    data = records.get(desk.store, "membership", member).data
    acts.act(
        desk.store,
        lambda acting: acting.put("membership", member, data | {"future": "ก"}, heads),
    )
    from_elsewhere(
        desk,
        "membership",
        data | {"group": second, "future": "ข"},
        member,
        parents=heads,
        depth=2,
    )

    found = opened(desk, member, "membership")

    by_field = {each.fields[0]: each for each in found.questions}
    assert "กลุ่มข้าวมาลี" in by_field["group"].words
    assert sorted(by_field["future"].words) == ["ก", "ข"]
    assert by_field["future"].label == "future"
    answer = by_field["future"].answers[1 - by_field["future"].shown]
    assert answer is not None
    conflicts.settle(desk.store, found, {("future",): answer}, reasons={"two_groups": "ตัวอย่าง"})
    assert records.get(desk.store, "membership", member).data["future"] == answer["future"]


def test_what_the_centre_writes_is_not_settled_here(desk: Desk) -> None:
    made = announce(desk)
    from_elsewhere(desk, "fund_round", {"code": "2568-1", "name": "อีกชื่อ"}, made)
    assert not opened(desk, made, "fund_round").can_be_settled


def test_a_copied_computer_is_named(desk: Desk) -> None:
    from_elsewhere(desk, "person", {"first_th": "ก"}, uuid(1), epoch="e" * 32)
    from_elsewhere(desk, "person", {"first_th": "ข"}, uuid(2), epoch="e" * 32)

    (fork,) = conflicts.forks(desk.store)

    assert (fork.replica, fork.epoch, fork.seq, len(fork.revs)) == ("c" * 32, "e" * 32, 1, 2)


def test_what_the_centre_flagged_is_listed_with_its_record(desk: Desk, tmp_path: Path) -> None:
    assert conflicts.notices(desk.store) == []
    centre = new_centre(tmp_path)
    introduce(desk, centre, tmp_path)
    entered = enter(desk)
    rev = records.get(desk.store, "person", entered).heads[0]
    flags = (
        Remark("person", entered, rev, uuid(2), "same_person", "อาจเป็นคนเดียวกัน", "person"),
        Remark("spaceship", uuid(9), rev, uuid(2), "strange", "เหตุผล", ""),
    )
    from app.services import exchange

    exchange.apply_receipt(desk.store, Voice(desk, centre, tmp_path).say(flagged=flags))

    assert [(each.title, each.reason) for each in conflicts.notices(desk.store)] == [
        ("นายสมชาย ใจดี", "อาจเป็นคนเดียวกัน"),
        ("", "เหตุผล"),
    ]
