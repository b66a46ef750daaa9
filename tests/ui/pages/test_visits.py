"""A clerk comes back from the field: the visit is entered from the last one, in few keys."""

import pytest
from PySide6.QtWidgets import QPushButton

from app.services.records import records, search
from tests.ui.clerk import Clerk
from tests.ui.office import Office

pytestmark = pytest.mark.qt_log_ignore("grabbing the keyboard")


def only(office: Office, type_: str) -> str:
    (row,) = search.page(office.desk.store, type_, search.rows(office.desk.store, type_)[:1])
    return row.id


def entered_visit(office: Office, **changed: str) -> str:
    draft = {
        "group": only(office, "group"),
        "visited_on": "2025-02-10",
        "kind": "follow_up",
        "team": "คณะทำงานขับเคลื่อนฯ",
        "obstacles": [{"kind": "market", "text": "ตลาดซบเซา"}],
    }
    return records.save(office.desk.store, "field_visit", draft | changed).id


def test_a_visit_is_entered_from_the_last_one_in_fifteen_presses(
    office: Office, clerk: Clerk
) -> None:
    first = entered_visit(office)
    presses = ["Alt+2", "Down", "Enter", "Ctrl+D", *["Enter"] * 4, "Tab", "Ctrl+S"]
    for chord in presses[:4]:
        clerk.press(chord)
        office.rest()
    assert office.window.page.page.type == "field_visit"
    clerk.press(*presses[4:9])
    assert clerk.where() == "progress"
    clerk.type("ผลิตเพิ่มขึ้น")
    clerk.press(presses[9])
    office.rest()

    assert len(presses) <= 15
    record = office.window.page.editing.record
    assert record is not None and record.id != first
    assert record.data["progress"] == "ผลิตเพิ่มขึ้น"
    assert record.data["team"] == "คณะทำงานขับเคลื่อนฯ"
    assert record.data["obstacles"] == [{"kind": "market", "text": "ตลาดซบเซา"}]


def test_a_visit_is_copied_on_its_own_page_and_the_due_ones_are_listed(
    office: Office, clerk: Clerk
) -> None:
    entered_visit(office, next_step="นัดอบรม", due_on="2025-03-01")
    clerk.press("Alt+7")
    office.rest()
    clerk.press("Ctrl+D")  # nothing is open yet
    office.rest()
    clerk.press("Down", "Enter")
    office.rest()
    clerk.press("Ctrl+D")
    office.rest()
    assert office.window.page.editing.record is None
    assert office.window.page.form.draft()["team"] == "คณะทำงานขับเคลื่อนฯ"

    chips = office.window.page.list.findChildren(QPushButton)
    next(each for each in chips if each.text() == "ถึงกำหนดดำเนินการ").click()
    office.rest()
    assert len(office.rows()) == 1
