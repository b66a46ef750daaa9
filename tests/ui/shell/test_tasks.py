"""The smaller errands of the window: lists, menus, drafts, backup, keys and receipts."""

from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog, QListWidget, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.services.office import print_diary
from app.ui.paper import paper_preview
from tests.makers.tasks import run_command, told
from tests.ui.clerk import Clerk
from tests.ui.office import Office


def button(inside: QWidget, word: str) -> QPushButton:
    return next(each for each in inside.findChildren(QPushButton) if word in each.text())


# --- the list


def test_a_chip_keeps_only_its_records(office: Office, clerk: Clerk) -> None:
    button(office.window.page.list, "ขึ้นทะเบียนแล้ว").setFocus()
    clerk.press("Space")
    office.rest()
    assert office.rows() == []
    button(office.window.page.list, "ทั้งหมด").setFocus()
    clerk.press("Space")
    office.rest()
    assert len(office.rows()) == 1


def test_a_heading_sorts_the_list_and_a_second_click_turns_it_round(
    office: Office, clerk: Clerk
) -> None:
    clerk.press("Alt+3")
    office.rest()
    headings = office.window.page.list.list.horizontalHeader()
    for order, first in ((0, "เกษม"), (1, "อรทัย")):
        headings.setSortIndicator(0, type(headings.sortIndicatorOrder())(order))
        office.rest()
        assert office.rows()[0] == first


def test_letters_typed_in_the_list_go_on_in_the_filter(office: Office, clerk: Clerk) -> None:
    clerk.press("Alt+3")
    office.rest()
    clerk.press("Down")
    clerk.type("สมช")
    office.rest()
    assert clerk.reads(office.window, "filter.person") == "สมช"
    assert office.rows() == ["สมชาย"]


def test_a_list_of_loans_names_its_borrower(office: Office, clerk: Clerk) -> None:
    clerk.press("Alt+6", "Ctrl+N")
    office.rest()
    clerk.press("Enter")
    clerk.type("1")
    clerk.press("Enter", "Enter")
    clerk.type("เกษม")
    office.rest()
    clerk.press("Enter")
    office.window.page.form.go_to("amount_requested")
    clerk.type("50000")
    clerk.press("Enter")
    clerk.type("24")
    clerk.press("Enter")
    clerk.type("10000")  # the borrower's own capital
    clerk.press("Ctrl+S")
    office.rest()
    model = office.window.page.list.list.model()
    shown = [str(model.index(0, column).data()) for column in range(model.columnCount())]
    assert "นายเกษม คำแสน" in shown, clerk.words(office.window.page)


# --- keys of the Thai layout


@pytest.mark.qt_log_ignore("grabbing the keyboard")
def test_menus_pages_and_commands_open_under_the_thai_layout(office: Office, clerk: Clerk) -> None:
    clerk.press_thai("ื", 57, held="Ctrl")  # N
    assert clerk.where() == "name"
    clerk.press_thai("า", 45, held="Ctrl")  # K
    assert office.dialog().windowTitle() == "ค้นหาทุกอย่าง"
    clerk.press("Esc")
    clerk.press_thai("ด", 41, held="Alt")  # F
    assert clerk.at().title() == "แฟ้ม(&F)"
    clerk.press("Esc", "Esc")


# --- drafts and related records


def test_a_draft_can_be_thrown_away(office: Office, clerk: Clerk, qtbot: QtBot) -> None:
    clerk.press("Ctrl+N")
    clerk.type("กลุ่มที่ยังไม่ครบ")
    qtbot.waitUntil(lambda: "เก็บเป็นร่าง" in clerk.words(office.window.page))
    clerk.press("Esc", "Tab", "Tab", "Enter")
    office.window.count_drafts()
    office.rest()
    assert "ร่างค้าง 1" in clerk.words(office.window)
    office.window.page.form.mark_saved()
    run_command(office, "ร่าง")
    assert "กลุ่มที่ยังไม่ครบ" in office.dialog().findChild(QListWidget).item(0).text()
    clerk.press("Del")
    office.rest()
    assert "ร่างค้าง" not in clerk.words(office.window)


def test_members_are_added_one_after_another_and_one_is_corrected(
    office: Office, clerk: Clerk
) -> None:
    clerk.press("Down", "Enter")
    office.rest()
    button(office.window.page, "เพิ่ม (Ins)").setFocus()
    clerk.press("Ins")
    for name, role, keys in (("อรทัย", "1", "Ctrl+Enter"), ("เกษม", "6", "Ctrl+S")):
        clerk.type(name)
        office.rest()
        clerk.press("Enter")
        clerk.type(role)
        clerk.press(keys)
        office.rest()
    assert "สมาชิก: 2" in clerk.words(office.window.page)
    related = office.window.page._related[0]
    related._list.setFocus()
    clerk.press("Down", "Enter")
    office.rest()
    assert "นายเกษม คำแสน" in clerk.reads(office.dialog(), "person")
    clerk.press("Esc")


# --- paper, backup, the centre


def test_the_keys_the_about_box_and_the_report_are_in_the_help_menu(
    office: Office, clerk: Clerk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "report.zip"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    run_command(office, "เกี่ยวกับ")
    assert "CC BY 4.0" in clerk.words(office.dialog())
    clerk.press("Esc")
    run_command(office, "บันทึกรายงาน")
    assert target.exists()


def test_a_backup_is_written_where_the_clerk_says(office: Office, usb: Path) -> None:
    run_command(office, "สำรองข้อมูล")
    assert "สำรองข้อมูลไว้ที่" in told(office)
    assert len(list(usb.iterdir())) == 1


def test_an_errand_without_a_place_is_no_errand(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: "")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: ("", ""))
    for words in ("สำรองข้อมูล", "คำขอกุญแจ", "เปิดไฟล์จากส่วนกลาง"):
        run_command(office, words)
    assert [box for box in office.window.findChildren(QMessageBox) if box.isVisible()] == []


@pytest.mark.qt_log_ignore("grabbing the keyboard")
def test_a_print_is_noted_when_it_goes_out_and_confirmed_by_the_answer(
    office: Office, clerk: Clerk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def open_printer(_name: str) -> QPrinter:
        printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "paper.pdf"))
        return printer

    monkeypatch.setattr(
        paper_preview, "INSTALLED", paper_preview.Printers(lambda: ["ห้องทะเบียน"], open_printer)
    )
    clerk.press("Down")
    office.rest()
    record = office.window.page.editing.record
    assert record is not None
    clerk.press("Ctrl+P", "2")
    office.rest()
    clerk.press("Enter")
    office.rest()
    (noted,) = print_diary.of_record(office.desk.store, record.id)
    assert (noted.copy, noted.confirmed) == (1, False)
    clerk.press("Enter")
    office.rest()
    assert (tmp_path / "paper.pdf").exists()
    (noted,) = print_diary.of_record(office.desk.store, record.id)
    assert (noted.copy, noted.confirmed) == (1, True)
