"""A clerk enters, changes, voids and undoes records."""

import pytest

from app.core.errors import Changed, Invalid, UserError
from app.services.office.desk import Desk
from app.services.records import history, records, search
from tests.makers.people import SOMCHAI, enter


def codes(error: Invalid) -> set[str]:
    return {problem.code for problem in error.problems}


def test_what_was_entered_comes_back_as_it_was(desk: Desk) -> None:
    entered = enter(desk, phone="0812345678", address={"house_no": "12/3", "moo": "4"})

    found = records.get(desk.store, "person", entered)

    assert found.data == SOMCHAI | {
        "phone": "0812345678",
        "address": {"house_no": "12/3", "moo": "4"},
    }
    assert found.title == "นายสมชาย ใจดี"
    assert found.created_by == desk.store.user


def test_typed_text_is_stored_normalised_and_without_empty_fields(desk: Desk) -> None:
    entered = enter(desk, first_th="  นํ้าฝน\u200b ", middle_th=" ", last_th=None)

    data = records.get(desk.store, "person", entered).data

    assert data["first_th"] == "น้ำฝน"
    assert "middle_th" not in data and "last_th" not in data


def test_a_save_over_a_record_that_someone_else_saved_is_refused(desk: Desk) -> None:
    entered = enter(desk)
    opened = records.get(desk.store, "person", entered)
    records.save(
        desk.store,
        "person",
        opened.data | {"phone": "0811111111"},
        record_id=entered,
        base=opened.heads,
    )

    with pytest.raises(Changed):
        records.save(
            desk.store,
            "person",
            opened.data | {"phone": "0822222222"},
            record_id=entered,
            base=opened.heads,
        )

    assert records.get(desk.store, "person", entered).data["phone"] == "0811111111"


def test_a_save_that_changes_nothing_writes_nothing(desk: Desk) -> None:
    entered = enter(desk)
    opened = records.get(desk.store, "person", entered)

    saved = records.save(desk.store, "person", opened.data, record_id=entered, base=opened.heads)

    assert saved.act == ""
    assert len(history.history(desk.store, "person", entered)) == 1


def test_an_unknown_field_of_a_newer_program_survives_a_save(desk: Desk) -> None:
    entered = enter(desk, blood_group="AB")
    opened = records.get(desk.store, "person", entered)
    draft = {name: opened.data[name] for name in SOMCHAI}

    records.save(
        desk.store, "person", draft | {"phone": "0811111111"}, record_id=entered, base=opened.heads
    )

    assert records.get(desk.store, "person", entered).data["blood_group"] == "AB"


def test_a_warning_needs_a_reason_once(desk: Desk) -> None:
    with pytest.raises(Invalid) as refused:
        enter(desk, id_no="3100600445636")
    assert codes(refused.value) == {"citizen_id_check"}
    assert "5" in refused.value.sentence and "3-1006-00445-63-6" in refused.value.sentence

    saved = records.save(
        desk.store,
        "person",
        SOMCHAI | {"id_no": "3100600445636"},
        reasons={"citizen_id_check": "รอตรวจบัตรตัวจริง"},
    )

    opened = records.get(desk.store, "person", saved.id)
    assert opened.data["reasons"] == {"citizen_id_check": "รอตรวจบัตรตัวจริง"}
    again = records.save(
        desk.store,
        "person",
        opened.data | {"phone": "0811111111"},
        record_id=saved.id,
        base=opened.heads,
    )
    assert again.act


def test_nothing_is_stored_of_a_refused_draft(desk: Desk) -> None:
    with pytest.raises(Invalid) as refused:
        enter(desk, first_th="", birth_date="1957-02-29", phone="12", sex="x", work_years=-1)

    assert codes(refused.value) == {"missing", "date_stored", "least", "choice"}
    assert not search.rows(desk.store, "person")


def test_a_voided_record_leaves_the_lists_and_an_undo_brings_it_back(desk: Desk) -> None:
    entered = enter(desk)

    voided = records.void(desk.store, "person", entered, "กรอกซ้ำ")
    assert not search.rows(desk.store, "person")
    assert not search.find(desk.store, "สมชาย")
    assert records.get(desk.store, "person", entered).void_reason == "กรอกซ้ำ"

    history.undo(desk.store, voided.act)
    assert [hit.id for hit in search.find(desk.store, "สมชาย")] == [entered]


def test_voiding_needs_a_reason(desk: Desk) -> None:
    entered = enter(desk)
    with pytest.raises(Invalid):
        records.void(desk.store, "person", entered, " ")


def test_undoing_a_creation_takes_the_record_away_and_its_undo_brings_it_back(desk: Desk) -> None:
    saved = records.save(desk.store, "person", SOMCHAI)

    undone = history.undo(desk.store, saved.act)
    with pytest.raises(UserError):
        records.get(desk.store, "person", saved.id)

    history.undo(desk.store, undone)
    assert records.get(desk.store, "person", saved.id).data == SOMCHAI


def test_an_undo_that_would_lose_a_later_change_is_refused_by_name(desk: Desk) -> None:
    saved = records.save(desk.store, "person", SOMCHAI)
    opened = records.get(desk.store, "person", saved.id)
    records.save(
        desk.store,
        "person",
        opened.data | {"phone": "0811111111"},
        record_id=saved.id,
        base=opened.heads,
    )

    with pytest.raises(Invalid) as refused:
        history.undo(desk.store, saved.act)

    assert "สมชาย ใจดี" in refused.value.sentence


def test_a_record_can_be_seen_as_it_was(desk: Desk) -> None:
    entered = enter(desk)
    opened = records.get(desk.store, "person", entered)
    records.save(
        desk.store,
        "person",
        opened.data | {"last_th": "ใจงาม"},
        record_id=entered,
        base=opened.heads,
    )

    newest, oldest = history.history(desk.store, "person", entered)

    assert newest.data is not None and newest.data["last_th"] == "ใจงาม"
    assert history.as_of(desk.store, "person", entered, oldest.rev) == SOMCHAI
    with pytest.raises(UserError):
        history.as_of(desk.store, "person", entered, "0" * 64)


def test_a_type_that_the_centre_writes_is_refused(desk: Desk) -> None:
    with pytest.raises(UserError) as refused:
        records.save(desk.store, "fund_round", {"code": "2569-1"})
    assert refused.value.code == "foreign_writer"


@pytest.mark.parametrize(
    "typed",
    ["สมชาย", "สม", "ใจดี", "ใจดี สมชาย", "9-1006-00445-63-4", "๙๑๐๐๖", "0445", "สมชายใจดี"],
)
def test_a_person_is_found_by_any_part(desk: Desk, typed: str) -> None:
    entered = enter(desk)
    enter(desk, id_no="9123456789010", first_th="กานดา", last_th="คำแสน")

    assert [hit.id for hit in search.find(desk.store, typed)] == [entered]


def test_a_list_is_in_the_order_of_a_thai_dictionary(desk: Desk) -> None:
    for name in ("เก่ง", "ขวัญ", "กานดา", "แก้ว", "กิ่ง"):
        records.save(
            desk.store,
            "person",
            SOMCHAI | {"first_th": name, "id_no": None, "id_kind": "passport", "passport_no": name},
        )

    found = search.page(desk.store, "person", search.rows(desk.store, "person"))

    assert [row.data["first_th"] for row in found] == ["กานดา", "กิ่ง", "เก่ง", "แก้ว", "ขวัญ"]
