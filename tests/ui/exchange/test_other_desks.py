"""What the clerk sees of other desks: their files are taken, and a copied desk says so itself."""

import shutil
from collections.abc import Callable
from pathlib import Path

from app.models.office import vault
from app.services import central, exchange
from app.services.office.desk import Desk
from app.services.records import records
from app.services.safekeeping import rebuilding
from tests.makers.tasks import told
from tests.sync.checker import ids_of
from tests.ui.clerk import Clerk
from tests.ui.office import PASSWORD, REASONS, Office


def introduce(office: Office, folder: Path) -> None:
    centre = central.open_centre(f"sqlite:///{folder / 'centre.db'}", folder / "keys")
    central.initialise(centre)
    request = exchange.request_key(office.desk.store, folder)
    exchange.apply_trust(office.desk.store, central.enrol(centre, request, folder)[1])
    centre.engine.dispose()


def test_the_file_of_another_desk_is_taken_and_what_both_changed_is_said(
    office: Office, clerk: Clerk, tmp_path: Path
) -> None:
    introduce(office, tmp_path)
    desk = office.desk
    whole = exchange.export(desk.store, tmp_path, full=True).path
    other, _fingerprint = rebuilding.join(
        tmp_path / "other",
        whole,
        recovery=(tmp_path / "recovery.txt").read_text(encoding="ascii"),
        user="อรทัย",
        password=PASSWORD,
        cost=vault.Cost(8, 1),
    )
    try:
        office.window.take_file(exchange.request_key(other.store, tmp_path))
        office.rest()
        assert "หน้าจอของอีกเครื่อง" in told(office)
        first, second, *_rest = ids_of(desk.store, "person")
        change_phone(other, second, "0833333333")
        office.window.take_file(exchange.export(other.store, tmp_path).path)
        office.rest()
        assert "รายการใหม่ 2 รายการ" in told(office)  # the phone, and the user who joined
        change_phone(desk, first, "0811111111")
        change_phone(other, first, "0822222222")
        office.window.take_file(exchange.export(other.store, tmp_path).path)
        office.rest()
        assert "1 ระเบียนที่แก้ทั้งสองเครื่อง" in told(office)
    finally:
        other.close()
    office.window.take_file(whole)
    office.rest()
    assert "มีอยู่ในเครื่องนี้แล้ว" in told(office)


def change_phone(desk: Desk, record_id: str, phone: str) -> None:
    opened = records.get(desk.store, "person", record_id)
    records.save(
        desk.store,
        "person",
        opened.data | {"phone": phone},
        record_id=record_id,
        base=opened.heads,
        reasons=REASONS,
    )


def test_a_desk_that_was_copied_says_so_at_the_door(
    office: Office, open_office: Callable[[Path], Office], tmp_path: Path
) -> None:
    original = office.desk.store.folder
    office.close()
    office.window.hide()
    again = open_office(shutil.copytree(original, tmp_path / "copied"))
    again.sign_in()
    assert "สำเนา" in told(again)
