"""What was typed is asked about, kept, undone and brought back."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QMessageBox,
    QTableWidget,
)
from pytestqt.qtbot import QtBot

from app.services.records import records
from tests.ui.clerk import Clerk
from tests.ui.office import Office


def open_first_person(office: Office, clerk: Clerk) -> None:
    clerk.press("Alt+3")
    office.rest()
    clerk.press("Down", "Enter")
    office.rest()


def test_a_saved_change_is_undone_by_one_key(office: Office, clerk: Clerk) -> None:
    open_first_person(office, clerk)
    office.window.page.form.go_to("last_th")
    clerk.type("เปลี่ยนแล้ว")
    clerk.press("Ctrl+S")
    office.rest()
    record = office.window.page.editing.record
    assert record is not None
    assert record.data["last_th"] == "เปลี่ยนแล้ว"
    clerk.press("Ctrl+Z")
    office.rest()
    assert clerk.reads(office.window.page, "last_th") == "คำแสน"
    assert records.get(office.desk.store, "person", record.id).data["last_th"] == "คำแสน"


def test_leaving_a_changed_form_asks_and_saves_by_default(office: Office, clerk: Clerk) -> None:
    open_first_person(office, clerk)
    office.window.page.form.go_to("last_th")
    clerk.type("เปลี่ยนแล้ว")
    clerk.press("Esc")
    assert "ยังไม่ได้บันทึก" in clerk.words(office.dialog(QMessageBox))
    clerk.press("Enter")
    office.rest()
    assert clerk.where() == "filter.person"
    clerk.press("Down", "Enter")
    office.rest()
    assert clerk.reads(office.window.page, "last_th") == "เปลี่ยนแล้ว"


def test_discarding_returns_to_what_was_saved(office: Office, clerk: Clerk) -> None:
    open_first_person(office, clerk)
    office.window.page.form.go_to("last_th")
    clerk.type("ผิด")
    clerk.press("Esc", "Tab", "Enter")
    office.rest()
    assert clerk.reads(office.window.page, "last_th") == "คำแสน"


def test_what_was_thrown_away_of_a_new_record_is_gone_from_the_form(
    office: Office, clerk: Clerk, qtbot: QtBot
) -> None:
    office.window.show_page("person")
    clerk.press("Ctrl+N")
    office.window.page.form.go_to("first_th")
    clerk.type("ทิ้งแล้ว")
    qtbot.waitUntil(lambda: "เก็บเป็นร่างแล้ว" in clerk.words(office.window.page))
    clerk.press("Esc", "Tab", "Enter")
    office.rest()
    assert clerk.where() == "filter.person"
    assert clerk.reads(office.window.page, "first_th") == ""
    assert "เก็บเป็นร่างแล้ว" not in clerk.words(office.window.page)
    assert not office.window.page.is_dirty()


def test_what_was_thrown_away_of_a_record_is_not_called_kept(
    office: Office, clerk: Clerk, qtbot: QtBot
) -> None:
    open_first_person(office, clerk)
    office.window.page.form.go_to("last_th")
    clerk.type("ผิด")
    qtbot.waitUntil(lambda: "เก็บเป็นร่างแล้ว" in clerk.words(office.window.page))
    clerk.press("Esc", "Tab", "Enter")
    office.rest()
    assert "เก็บเป็นร่างแล้ว" not in clerk.words(office.window.page)


def test_a_clean_form_is_left_without_a_question(office: Office, clerk: Clerk) -> None:
    open_first_person(office, clerk)
    clerk.press("Esc")
    assert clerk.where() == "filter.person"


def test_what_was_typed_before_a_crash_can_be_gone_on_with(
    open_office: Callable[[Path], Office], office: Office, clerk: Clerk, folder: Path, qtbot: QtBot
) -> None:
    open_first_person(office, clerk)
    office.window.page.form.go_to("last_th")
    clerk.type("พิมพ์ค้าง")
    qtbot.waitUntil(lambda: "เก็บเป็นร่างแล้ว" in clerk.words(office.window.page))
    office.program.window.hide()
    office.close()
    again = open_office(folder)
    again.sign_in()
    assert "ร่างค้าง 1 รายการ" in clerk.words(again.window)
    draft_list = next(a for a in again.window.findChildren(QAction) if "ร่าง" in a.text())
    draft_list.trigger()
    clerk.press("Enter")
    again.rest()
    assert clerk.reads(again.window.page, "last_th") == "พิมพ์ค้าง"
    assert clerk.reads(again.window.page, "first_th") == "เกษม"
    clerk.press("Ctrl+S")
    again.rest()
    assert not again.window.page.form.is_dirty()


@pytest.mark.parametrize(("choice", "kept"), [("Enter", "ของเขา"), ("Tab", "ของฉัน")])
def test_a_record_that_someone_saved_first_is_loaded_or_kept(
    office: Office, clerk: Clerk, choice: str, kept: str
) -> None:
    open_first_person(office, clerk)
    office.window.page.form.go_to("last_th")
    clerk.type("ของฉัน")
    mine = office.window.page.editing.record
    assert mine is not None
    theirs = dict(mine.data) | {"last_th": "ของเขา"}
    records.save(office.desk.store, "person", theirs, record_id=mine.id, base=mine.heads)
    clerk.press("Ctrl+S")
    office.rest()
    clerk.press(*(["Enter"] if choice == "Enter" else ["Tab", "Enter"]))
    office.rest()
    assert clerk.reads(office.window.page, "last_th") == kept
    assert records.get(office.desk.store, "person", mine.id).data["last_th"] == kept


def test_the_history_of_a_record_is_one_key_away(office: Office, clerk: Clerk) -> None:
    open_first_person(office, clerk)
    office.window.page.form.go_to("last_th")
    clerk.type("เปลี่ยนแล้ว")
    clerk.press("Ctrl+S")
    office.rest()
    clerk.press("F9")
    office.rest()
    table = office.dialog().findChild(QTableWidget)
    assert [table.item(row, 2).text() for row in range(2)] == ["นามสกุล, ชื่อเดิม", "บันทึกครั้งแรก"]


@pytest.mark.qt_log_ignore("grabbing the keyboard")
def test_a_record_is_taken_out_of_use_with_a_reason_and_brought_back(
    office: Office, clerk: Clerk
) -> None:
    open_first_person(office, clerk)
    clerk.press("Alt+E", "T")
    clerk.type("บันทึกซ้ำ")
    clerk.press("Enter", "Enter")
    office.rest()
    assert len(office.rows()) == 2
    clerk.press("Ctrl+Z")
    office.rest()
    assert len(office.rows()) == 3


def waiting(office: Office) -> int:
    """Read how many lines wait to be sent from the foot of the window, 0 where it is silent."""
    found = re.search("รอส่ง ([0-9,]+) รายการ", office.clerk.words(office.window))
    return int(found[1].replace(",", "")) if found else 0


def test_the_foot_of_the_window_counts_what_waits_to_be_sent(
    office: Office, clerk: Clerk, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: waiting(office) > 0)
    before = waiting(office)
    open_first_person(office, clerk)
    office.window.page.form.go_to("last_th")
    clerk.type("เปลี่ยนแล้ว")
    clerk.press("Ctrl+S")
    office.rest()
    assert waiting(office) == before + 1
    clerk.press("Ctrl+Z")
    office.rest()
    assert waiting(office) == before + 2
