"""The six tracks of a group are seen at a glance and moved on by one key each."""

import pytest
from PySide6.QtWidgets import QPushButton

from app.services.records import records
from tests.ui.clerk import Clerk
from tests.ui.office import Office

pytestmark = pytest.mark.qt_log_ignore("grabbing the keyboard")


def track(office: Office, name: str) -> str:
    button = office.window.page.findChild(QPushButton, f"strip.track_{name}")
    assert button is not None and not button.icon().isNull()
    assert button.accessibleName() == button.text()
    return button.text()


def test_a_key_moves_a_track_on_and_a_save_keeps_it(office: Office, clerk: Clerk) -> None:
    clerk.press("Alt+2")
    office.rest()
    clerk.press("Down", "Enter")
    office.rest()
    assert track(office, "training") == "ฝึกอบรม: ยังไม่เริ่ม"

    clerk.press("Ctrl+1", "Ctrl+1", "Ctrl+3", "Ctrl+3", "Ctrl+3")
    assert track(office, "training").endswith("เสร็จแล้ว")
    assert track(office, "standard").endswith("ไม่เกี่ยวข้อง")
    clerk.press("Ctrl+S")
    office.rest()

    record = office.window.page.editing.record
    assert record is not None
    data = records.get(office.desk.store, "group", record.id).data
    assert (data["track_training"], data["track_standard"]) == ("done", "not_applicable")
    assert data["track_product"] == "not_started"

    clerk.press("Ctrl+3")
    assert track(office, "standard").endswith("ยังไม่เริ่ม")
    clerk.press("Ctrl+S")
    office.rest()


def test_pages_that_are_set_up_once_stand_below_the_daily_ones(
    office: Office, clerk: Clerk
) -> None:
    for name in ("budget_source", "target", "signer"):
        office.window.bring(name)
        office.rest()
        assert office.window.page.page.type == name
