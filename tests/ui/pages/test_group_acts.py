"""A group splits, merges and chooses a leader at the keyboard, and one key takes it back."""

import pytest
from PySide6.QtWidgets import QApplication, QMenu

from app.services.records import records, search
from tests.ui.clerk import Clerk
from tests.ui.office import Office

pytestmark = pytest.mark.qt_log_ignore("grabbing the keyboard")


def ids(office: Office, type_: str) -> list[str]:
    store = office.desk.store
    return [row.id for row in search.page(store, type_, search.rows(store, type_))]


def enter_members(office: Office) -> str:
    (group,) = ids(office, "group")
    for person, role in zip(ids(office, "person"), ("leader", "member", "member"), strict=True):
        draft = {"group": group, "person": person, "role": role}
        records.save(office.desk.store, "membership", draft)
    return group


def choose(office: Office, clerk: Clerk, number: str) -> None:
    clerk.press("Alt+2")
    office.rest()
    clerk.press("Ctrl+G")  # nothing is open yet
    assert QApplication.activePopupWidget() is None
    clerk.press("Down", "Enter")
    office.rest()
    clerk.press("Ctrl+G")
    assert isinstance(QApplication.activePopupWidget(), QMenu)
    clerk.press(number)
    office.rest()


def test_a_new_leader_is_chosen_and_the_choice_undone(office: Office, clerk: Clerk) -> None:
    enter_members(office)
    choose(office, clerk, "3")
    clerk.press("Enter")
    clerk.type("อรทัย")
    office.rest()
    clerk.press("Enter", "Ctrl+S")
    office.rest()

    def leader() -> str:
        data = [records.get(office.desk.store, "membership", m).data for m in _members(office)]
        (person,) = [each["person"] for each in data if each["role"] == "leader"]
        return str(records.get(office.desk.store, "person", person).data["first_th"])

    assert leader() == "อรทัย"
    clerk.press("Ctrl+Z")
    office.rest()
    assert leader() != "อรทัย"


def test_a_merge_without_the_other_group_says_what_is_missing(office: Office, clerk: Clerk) -> None:
    enter_members(office)
    choose(office, clerk, "2")
    clerk.press("Ctrl+S")
    office.rest()
    dialog = office.dialog()
    assert "กลุ่มที่รวมด้วย" in clerk.words(dialog)
    clerk.press("Esc")
    office.rest()
    assert len(ids(office, "group")) == 1


def test_a_merge_with_a_group_that_nobody_has_goes_to_the_field_and_does_nothing(
    office: Office, clerk: Clerk
) -> None:
    enter_members(office)
    choose(office, clerk, "2")
    clerk.press("Enter")
    clerk.type("กลุ่มที่ไม่มี")
    office.rest()
    clerk.press("Ctrl+S")
    office.rest()

    assert "กลุ่มที่รวมด้วย: โปรดเลือกจากรายการ หรือเพิ่มรายการใหม่" in clerk.words(office.dialog())
    assert clerk.where() == "others"
    clerk.press("Esc")
    office.rest()
    assert len(ids(office, "group")) == 1


def test_a_split_asks_for_its_members(office: Office, clerk: Clerk) -> None:
    enter_members(office)
    choose(office, clerk, "1")
    clerk.press("Enter")
    clerk.type("กลุ่มพวงหรีด")
    clerk.press("Ctrl+S")
    office.rest()
    assert "สมาชิกที่ย้ายไป" in clerk.words(office.dialog())
    clerk.press("Esc")
    office.rest()
    assert len(ids(office, "group")) == 1


def _members(office: Office) -> list[str]:
    return ids(office, "membership")
