"""A group is taken from step to step at the keyboard, and the form says where it stands."""

import pytest
from PySide6.QtWidgets import QApplication, QMenu

from app.services.records import moves
from tests.ui.clerk import Clerk
from tests.ui.office import Office

pytestmark = pytest.mark.qt_log_ignore("grabbing the keyboard")


def open_group(office: Office, clerk: Clerk) -> None:
    clerk.press("Alt+2")
    office.rest()
    clerk.press("Down", "Enter")
    office.rest()


def steps(office: Office, clerk: Clerk) -> list[str]:
    """Open the steps by their key and read what the menu offers."""
    clerk.press("F6")
    office.rest()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return [action.text() for action in menu.actions() if action.text()]


def test_a_step_is_taken_with_its_day_and_its_reason(office: Office, clerk: Clerk) -> None:
    open_group(office, clerk)
    assert "ยื่นขอขึ้นทะเบียน" in clerk.words(office.window.page)

    offered = steps(office, clerk)
    assert offered[:3] == ["&1  รับตรวจเอกสาร", "&2  แจ้งขาดเอกสาร", "&3  ยุบเลิก"]
    clerk.press("2")
    office.rest()
    clerk.press("Ctrl+S")
    office.rest()
    assert clerk.where() == "status_reason"
    clerk.type("ขาดสำเนาบัตร")
    clerk.press("Ctrl+S")
    office.rest()

    words = clerk.words(office.window.page)
    assert "ขาดเอกสาร" in words and "ขาดสำเนาบัตร" in words
    told = steps(office, clerk)
    assert any("ขาดสำเนาบัตร" in line for line in told)
    clerk.press("Esc")
    past = moves.past(office.desk.store, "group", _only_group(office))
    assert [each.to for each in past] == ["applied", "incomplete"]


def test_esc_leaves_the_record_where_it_stood(office: Office, clerk: Clerk) -> None:
    open_group(office, clerk)
    steps(office, clerk)
    clerk.press("1")
    office.rest()
    clerk.press("Esc")
    office.rest()
    assert len(moves.past(office.desk.store, "group", _only_group(office))) == 1


def _only_group(office: Office) -> str:
    record = office.window.page.editing.record
    assert record is not None
    return record.id
