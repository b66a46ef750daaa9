"""Undoing an act, and what undoing must not touch."""

import pytest

from app.core.errors import Invalid, UserError
from app.core.ids import new_id, short_id
from app.core.line import DELETE, ERASE
from app.models.records.lines import heads_of, lines_of
from app.services.office.desk import Desk
from app.services.records import history, naming, records, search
from app.services.records.acts import act
from app.services.records.verify import verify
from tests.makers.lines import last_act
from tests.makers.office import announce, change, from_elsewhere, person

PERSON = {"first_th": "สมชาย", "nationality": "ไทย"}


def heads(desk: Desk, type_: str, record_id: str) -> tuple[str, ...]:
    with desk.store.read() as connection:
        return heads_of(connection, type_, record_id)


def code(error: pytest.ExceptionInfo[UserError]) -> str:
    return error.value.code


def test_nothing_is_undone_by_an_act_that_never_was(desk: Desk) -> None:
    with pytest.raises(UserError) as error:
        history.undo(desk.store, new_id())
    assert code(error) == "not_found"


def test_what_the_centre_wrote_is_not_undone_at_a_desk(desk: Desk) -> None:
    made = announce(desk)

    with pytest.raises(UserError) as error:
        history.undo(desk.store, last_act(desk, "fund_round", made))

    assert code(error) == "foreign_writer"


def test_a_line_of_a_newer_program_is_not_undone_by_this_one(desk: Desk) -> None:
    act_id = new_id()
    from_elsewhere(desk, "hologram", {"name": "ก"}, act=act_id)

    with pytest.raises(UserError) as error:
        history.undo(desk.store, act_id)

    assert code(error) == "foreign_writer"
    assert verify(desk.store).ok


def test_a_change_on_a_line_that_has_not_arrived_is_not_undone(desk: Desk) -> None:
    missing = "a" * 64
    made = from_elsewhere(desk, "person", PERSON, parents=(missing,), depth=2)

    with pytest.raises(UserError) as error:
        history.undo(desk.store, last_act(desk, "person", made))

    assert code(error) == "withheld"
    assert records.get(desk.store, "person", made).data == PERSON


def test_what_a_change_stood_on_may_have_been_withheld(desk: Desk) -> None:
    entered = person(desk)
    erased = from_elsewhere(
        desk,
        "person",
        {},
        entered,
        op=ERASE,
        parents=heads(desk, "person", entered),
        depth=2,
    )
    back = from_elsewhere(
        desk, "person", PERSON, entered, parents=heads(desk, "person", erased), depth=3
    )
    rev = history.history(desk.store, "person", back)[-1].rev

    with pytest.raises(UserError) as error:
        history.as_of(desk.store, "person", back, rev)
    assert code(error) == "withheld"
    with pytest.raises(UserError) as error:
        history.undo(desk.store, last_act(desk, "person", back))
    assert code(error) == "withheld"


def test_undoing_a_resolution_shows_again_what_both_hands_made(desk: Desk) -> None:
    entered = person(desk)
    first = heads(desk, "person", entered)
    before = records.get(desk.store, "person", entered).data
    change(desk, "person", entered, phone="0811111111")
    from_elsewhere(
        desk, "person", before | {"email": "a@example.org"}, entered, parents=first, depth=2
    )
    both = records.get(desk.store, "person", entered)
    assert len(both.heads) == 2
    assert both.data["phone"] == "0811111111" and both.data["email"] == "a@example.org"
    resolved = records.save(
        desk.store,
        "person",
        both.data | {"phone": "0822222222"},
        record_id=entered,
        base=both.heads,
    )

    history.undo(desk.store, resolved.act)

    assert records.get(desk.store, "person", entered).data == both.data
    assert verify(desk.store).ok


def test_a_save_that_changes_nothing_still_settles_two_heads(desk: Desk) -> None:
    entered = person(desk)
    first = heads(desk, "person", entered)
    data = records.get(desk.store, "person", entered).data
    change(desk, "person", entered, phone="0811111111")
    from_elsewhere(desk, "person", data | {"line_id": "a"}, entered, parents=first, depth=2)
    both = records.get(desk.store, "person", entered)

    saved = records.save(desk.store, "person", both.data, record_id=entered, base=both.heads)

    assert saved.act and len(heads(desk, "person", entered)) == 1


def test_the_stamps_of_a_record_follow_its_lines_not_their_arrival(desk: Desk) -> None:
    entered = person(desk)
    later = from_elsewhere(desk, "person", PERSON, parents=("b" * 64,), depth=2, by="later")
    from_elsewhere(desk, "person", PERSON, later, by="first")

    assert records.get(desk.store, "person", later).created_by == "first"
    assert records.get(desk.store, "person", later).updated_by == "later"
    assert records.get(desk.store, "person", entered).updated_by == desk.store.user


def test_an_act_that_fails_half_way_leaves_nothing(desk: Desk) -> None:
    def work(acting: object) -> None:
        acting.put("person", new_id(), PERSON, ())  # type: ignore[attr-defined]
        raise Invalid("ไม่เอาแล้ว")

    with pytest.raises(Invalid):
        act(desk.store, work)

    assert not search.rows(desk.store, "person")
    assert verify(desk.store).ok


def test_a_record_put_twice_in_one_act_keeps_the_last(desk: Desk) -> None:
    made = new_id()

    def work(acting: object) -> None:
        acting.put("person", made, PERSON, ())  # type: ignore[attr-defined]
        acting.put("person", made, PERSON | {"phone": "0811111111"}, ())  # type: ignore[attr-defined]
        acting.put_many("person", [])  # type: ignore[attr-defined]

    act(desk.store, work)

    assert records.get(desk.store, "person", made).data["phone"] == "0811111111"
    with desk.store.read() as connection:
        assert lines_of(connection, "person", made)[-1].body is not None
    assert len(heads(desk, "person", made)) == 1 and verify(desk.store).ok


def test_a_record_that_is_not_here_is_neither_changed_nor_voided(desk: Desk) -> None:
    for change_it in (
        lambda: records.save(desk.store, "person", PERSON, record_id="x", base=("y",)),
        lambda: records.void(desk.store, "person", "x", "กรอกซ้ำ"),
        lambda: records.get(desk.store, "person", "x"),
    ):
        with pytest.raises(UserError) as error:
            change_it()
        assert code(error) == "not_found"


def test_every_type_is_named_and_described(desk: Desk) -> None:
    assert records.label("person") == "บุคคล"
    assert {"person", "group", "loan_file"} <= set(records.types())
    made = person(desk, phone="0811111111")
    joined = {"group": (elsewhere := new_id()), "person": made, "role": "member"}
    saved = records.save(desk.store, "membership", joined, reasons={"not_here": "รอไฟล์"})

    shown = dict(naming.described(desk.store, records.get(desk.store, "membership", saved.id)))

    assert shown["บุคคล"] == "สมาชิก1 ตัวอย่าง" and shown["หน้าที่ในกลุ่ม"] == "สมาชิก"
    assert shown["กลุ่ม"] == f"ไม่อยู่ในเครื่องนี้ (เลข {short_id(elsewhere)})"


def test_a_record_taken_back_at_one_desk_and_changed_at_another_is_shown_as_changed(
    desk: Desk,
) -> None:
    entered = person(desk)
    first = heads(desk, "person", entered)
    change(desk, "person", entered, phone="0811111111")

    from_elsewhere(desk, "person", {}, entered, op=DELETE, parents=first, depth=2)

    kept = records.get(desk.store, "person", entered)
    assert len(kept.heads) == 2 and kept.data["phone"] == "0811111111"
