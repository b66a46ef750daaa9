"""Null is no value: no gate lets it in, and what an older program let in is read as absent."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from app.core.errors import Invalid, UserError
from app.models.central import tables
from app.models.office import backup
from app.models.people.person import Person
from app.models.records.journal import forget_dirty
from app.services import central, exchange
from app.services.central import Centre
from app.services.office.desk import Desk
from app.services.records import records
from app.services.records.acts import act
from app.services.records.verify import state_digest, verify
from app.services.safekeeping import backups, restoring
from devtools.pen import uuid
from tests.makers.office import from_elsewhere, person
from tests.makers.pens import Pen
from tests.makers.senders import befriend, seal_for
from tests.services.conftest import PASSWORD

NULLS: list[dict[str, Any]] = [
    {"id_no": None},
    {"void_reason": None},
    {"reasons": None},
    {"reasons": {"no_id": None}},
    {"address": None},
    {"address": {"road": None}},
    {"former_names": None},
    {"former_names": [{"first_th": None}]},
]
every_null = pytest.mark.parametrize("null", NULLS, ids=str)


@every_null
def test_the_centre_returns_a_line_with_null(
    centre: Centre, pen: Pen, tmp_path: Path, null: dict[str, Any]
) -> None:
    pen.write("person", 1, {"first_th": "ก"} | null)

    taken = central.ingest(centre, pen.seal(tmp_path))

    assert (taken.accepted, taken.rejected) == (0, 1)
    with tables.reading(centre.engine) as connection:
        (row,) = connection.execute(tables.revisions.select()).mappings()
    assert row["code"] == "field_form" and "รูปแบบค่าไม่ถูกต้อง" in row["reason"]


@every_null
def test_a_desk_leaves_a_line_with_null_out_of_another_desk_s_file_and_names_it(
    desk: Desk, tmp_path: Path, null: dict[str, Any]
) -> None:
    sender = befriend(desk, Pen())
    sender.write("person", 1, {"first_th": "ก"} | null)
    sender.person(2, "ข")

    taken = exchange.import_bundle(desk.store, seal_for(desk, sender, tmp_path))

    assert (taken.new, taken.left_out) == (1, 1)
    assert verify(desk.store).ok
    assert records.get(desk.store, "person", uuid(2)).data == {"first_th": "ข"}
    (named,) = exchange.lines_left_out(desk.store)
    assert (named.type, named.id, named.code) == ("person", uuid(1), "field_form")
    assert named.file == taken.name and "รูปแบบค่าไม่ถูกต้อง" in named.reason


@every_null
def test_a_desk_writes_no_null_whoever_asks_it_to(desk: Desk, null: dict[str, Any]) -> None:
    data = {"first_th": "ก"} | null

    with pytest.raises(Invalid) as refused:
        act(desk.store, lambda acting: acting.put("person", uuid(1), data, ()))

    assert refused.value.code == "field_form"
    assert verify(desk.store).ok


@every_null
def test_an_old_line_with_null_is_read_as_if_it_said_nothing(
    desk: Desk, tmp_path: Path, null: dict[str, Any]
) -> None:
    record_id = from_elsewhere(desk, "person", {"first_th": "ก"} | null)

    assert records.get(desk.store, "person", record_id).data in (
        {"first_th": "ก"},
        {"first_th": "ก", next(iter(null)): {}},
        {"first_th": "ก", next(iter(null)): [{}]},
    )
    assert verify(desk.store).ok
    kept = backup.write(desk.store.main, tmp_path / "kept")
    digest, folder = state_digest(desk.store), desk.store.folder
    desk.close()

    restored = restoring.restore(folder, kept, user="กานดา", password=PASSWORD)

    try:
        assert verify(restored.store).ok and state_digest(restored.store) == digest
        assert records.get(restored.store, "person", record_id).data["first_th"] == "ก"
    finally:
        restored.close()


def test_a_record_with_an_old_null_is_changed_and_voided_like_any_other(desk: Desk) -> None:
    record_id = from_elsewhere(desk, "person", {"first_th": "ก", "id_no": None})
    opened = records.get(desk.store, "person", record_id)

    draft = opened.data | {"last_th": "ข", "id_kind": "none", "nationality": "ไทย"}
    reasons = dict.fromkeys(("no_id", "no_number"), "ไม่มีบัตร")
    records.save(
        desk.store, "person", draft, record_id=record_id, base=opened.heads, reasons=reasons
    )
    records.void(desk.store, "person", record_id, "บันทึกซ้ำ\x00\r\nกับคนอื่น")

    voided = records.get(desk.store, "person", record_id)
    assert voided.void_reason == "บันทึกซ้ำ\nกับคนอื่น"
    assert verify(desk.store).ok


def test_a_record_that_holds_what_no_gate_lets_in_any_more_can_be_voided(desk: Desk) -> None:
    odd = {"first_th": "ก\x07ข", "last_th": "ยาว" * 500, "address": {"road": "ถนน\x00"}}
    record_id = from_elsewhere(desk, "person", odd)

    records.void(desk.store, "person", record_id, "บันทึกผิด")

    assert records.get(desk.store, "person", record_id).data == {
        "first_th": "กข",
        "address": {"road": "ถนน"},
        "void_reason": "บันทึกผิด",
    }


def test_a_reason_for_voiding_that_is_out_of_all_measure_is_refused(desk: Desk) -> None:
    record_id = from_elsewhere(desk, "person", {"first_th": "ก"})

    records.void(desk.store, "person", record_id, "ก" * 2_000)
    with pytest.raises(Invalid) as refused:
        records.void(desk.store, "person", record_id, "ก" * 2_001)

    assert refused.value.problems[0].code == "most"


def _astray(desk: Desk, record_id: str) -> None:
    """Change a row behind the journal's back, as a fault of the program or of the disk does."""
    table = Person.__table__

    def work(connection: Connection) -> None:
        connection.execute(table.update().where(table.c.id == record_id).values(first_th="ผิด"))
        forget_dirty(connection)

    desk.store.write(work)


def test_a_backup_whose_rows_are_astray_is_put_back_with_its_rows_computed_anew(
    desk: Desk, tmp_path: Path
) -> None:
    record_id = person(desk)
    _astray(desk, record_id)
    verdict = verify(desk.store)
    assert (verdict.ok, verdict.rows_astray) == (False, True)
    kept, folder = backups.back_up(desk.store, tmp_path / "kept").path, desk.store.folder
    desk.close()

    restored = restoring.restore(folder, kept, user="กานดา", password=PASSWORD)

    try:
        assert verify(restored.store).ok
        assert records.get(restored.store, "person", record_id).data["first_th"] == "สมาชิก1"
        assert "คำนวณ" in restored.notice and "ตรวจ" in restored.notice
    finally:
        restored.close()


def test_a_backup_of_which_a_line_is_gone_is_refused_whatever_its_rows_say(
    desk: Desk, tmp_path: Path
) -> None:
    record_id = person(desk)
    _astray(desk, record_id)
    from_elsewhere(desk, "person", {"first_th": "ก"}, seq=2, prev="0" * 64)  # its first is gone
    kept, folder = backup.write(desk.store.main, tmp_path / "kept"), desk.store.folder
    desk.close()

    with pytest.raises(UserError) as refused:
        restoring.restore(folder, kept, user="กานดา", password=PASSWORD)
    assert refused.value.code == "backup_damaged"
