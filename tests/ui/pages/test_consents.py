"""A person's answers are entered without a preset tick, and taken back by one key."""

import pytest
from PySide6.QtWidgets import QCheckBox

from app.services.records import search
from app.ui.records.record_table import RecordList
from tests.ui.clerk import Clerk
from tests.ui.office import Office

pytestmark = pytest.mark.qt_log_ignore("grabbing the keyboard")


def consents(office: Office) -> list[dict[str, object]]:
    store = office.desk.store
    return [row.data for row in search.page(store, "consent", search.rows(store, "consent"))]


def answers(office: Office) -> RecordList:
    found = office.window.page.findChildren(RecordList)
    return next(each for each in found if each.accessibleName() == "ความยินยอม")


def test_an_answer_is_never_preset_and_is_taken_back_by_a_key(office: Office, clerk: Clerk) -> None:
    clerk.press("Alt+3")
    office.rest()
    clerk.press("Down", "Enter")
    office.rest()
    related = answers(office).parent()
    related.add()
    office.rest()
    box = office.dialog().findChild(QCheckBox, "agrees")
    assert box is not None and "ยังไม่ตอบ" in box.text()
    clerk.press("1")
    clerk.press("Ctrl+S")
    office.rest()
    assert consents(office) == []  # the answer is still missing

    box.setFocus()
    clerk.press("0")
    assert box.text().endswith("ไม่ใช่")
    clerk.press("1")
    assert box.text().endswith(": ใช่")
    office.dialog().form.put("purpose", "linking")
    office.dialog().form.put("given_on", "2025-03-10")
    clerk.press("Ctrl+S")
    office.rest()
    assert [each["agrees"] for each in consents(office)] == [True]

    answers(office).setFocus()
    clerk.press("Ctrl+W")  # nothing is selected yet
    clerk.press("Down", "Ctrl+W")
    office.rest()
    assert consents(office)[0].get("withdrawn_on")
