"""The page of the loan files: a file from the counter to paper, papers by key, payments, chips."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QMenu, QPushButton, QTableView, QWidget

from app.services.office.desk import Desk
from app.services.records import records, search
from app.ui.paper.paper_preview import PaperPreview
from app.ui.records.summary_bar import Glance
from app.ui.widgets.wrapping import plain
from tests.makers import office as entered
from tests.makers.loans import LENT
from tests.ui.clerk import Clerk
from tests.ui.office import Office

pytestmark = pytest.mark.qt_log_ignore("grabbing the keyboard")


@pytest.fixture
def folder(folder: Path) -> Path:
    """The desk of the office, with a group that may borrow and two who may answer for it."""
    from app.services.office import desk as desks
    from tests.ui.office import PASSWORD

    made = desks.open_desk(folder, user="kanda", password=PASSWORD)
    entered.borrowing_group(made, first=10, name="กลุ่มข้าวมาลี", address={"subdistrict": "150107"})
    for number, first in ((61, "วิเชียร"), (62, "มานพ")):
        entered.person(made, number, first_th=first)
    made.close()
    return folder


def glance(office: Office) -> str:
    return plain(office.window.page.findChild(Glance).accessibleName())


def chip(office: Office, word: str) -> QPushButton:
    found = office.window.page.list.findChildren(QPushButton)
    return next(each for each in found if word in each.text())


def running(desk: Desk) -> str:
    """Enter a loan that is in arrears."""
    draft = entered.loan(entered.person(desk, 70), "individual", **LENT)
    file = records.save(desk.store, "loan_file", draft).id
    entered.set_status(desk, "loan_file", file, "disbursed")
    return file


def open_first(office: Office, clerk: Clerk) -> None:
    clerk.press("Alt+6")
    office.rest()
    clerk.press("Down", "Enter")
    office.rest()


def test_a_file_with_two_guarantors_takes_62_presses_to_its_paper(
    office: Office, clerk: Clerk
) -> None:
    clerk.presses = 0
    clerk.press("Alt+6")
    office.rest()
    clerk.press("Ctrl+N", "Enter")
    clerk.type("2")
    clerk.press("Enter")
    clerk.type("ข้าว")
    office.rest()
    clerk.press("Enter", "Enter")
    clerk.type("10/3/68")
    clerk.press("Enter", "Enter")
    assert clerk.where() == "amount_requested"
    clerk.type("200000")
    clerk.press("Enter")
    clerk.type("60")
    clerk.press("Enter", "Enter")
    clerk.type("เตา")
    clerk.press("Enter")
    clerk.type("1")
    clerk.press("Enter")
    clerk.type("200000")
    clerk.press("Ctrl+G")
    office.rest()
    for name, keys in (("วิ", "Ctrl+Return"), ("มา", "Ctrl+S")):
        clerk.type(name)
        office.rest()
        clerk.press("Enter")
        clerk.type("6")
        clerk.press(keys)
        office.rest()
    clerk.press("Ctrl+P")
    office.rest()
    menu = next(each for each in office.window.findChildren(QMenu) if each.isVisible())
    assert "คำขอกู้ยืมเงิน" in menu.actions()[0].text()
    clerk.press("1")
    office.rest()

    assert isinstance(office.dialog(PaperPreview), PaperPreview)
    assert len(search.rows(office.desk.store, "guarantor")) == 2
    assert clerk.presses <= 62, clerk.presses


def test_the_page_shows_at_a_glance_where_a_file_stands(office: Office, clerk: Clerk) -> None:
    draft = entered.loan(entered.person(office.desk, 70), "individual")
    records.save(office.desk.store, "loan_file", draft)
    open_first(office, clerk)
    assert "มติ: ยังไม่มี" in glance(office) and "เอกสาร: 0/8 · ขาด:" in glance(office)
    assert "24 งวด งวดแรก 2,083.00 งวดสุดท้าย 2,091.00 บาท" in glance(office)

    clerk.press("Ctrl+D")
    office.rest()
    assert len(search.rows(office.desk.store, "document")) == 8
    clerk.press("Ctrl+D")
    office.rest()
    assert len(search.rows(office.desk.store, "document")) == 8

    more = next(each for each in office.window.page.form.findChildren(QPushButton) if each.menu())
    assert [action.text().split("  ")[1] for action in more.menu().actions()] == [
        "ผู้ค้ำประกัน (Ctrl+G)", "เพิ่มเอกสารที่ต้องใช้ (Ctrl+D)", "เปิดแฟ้มต่อเนื่อง (Ctrl+R)"
    ]  # fmt: skip
    more.menu().actions()[1].trigger()
    office.rest()
    assert len(search.rows(office.desk.store, "document")) == 8

    clerk.press("Ctrl+N")
    office.rest()
    assert glance(office) == ""


def test_a_payment_is_entered_and_voided_and_the_debt_follows(office: Office, clerk: Clerk) -> None:
    running(office.desk)
    open_first(office, clerk)
    assert "คงค้าง: 50,000.00 บาท" in glance(office)

    office.window.page.add_related("payment")
    office.rest()
    clerk.type("5/5/68")
    clerk.press("Enter")
    clerk.type("2083")
    clerk.press("Enter")
    clerk.type("101")
    clerk.press("Enter")
    clerk.type("1")
    clerk.press("Ctrl+S")
    office.rest()
    assert "คงค้าง: 47,917.00 บาท" in glance(office)

    lists = office.window.page.findChildren(QWidget)
    payments = next(each for each in lists if getattr(each, "type", "") == "payment")
    payments.findChildren(QTableView)[0].setFocus()
    clerk.press("Down", "Enter")
    office.rest()
    dialog = office.dialog(QDialog)
    void = next(each for each in dialog.findChildren(QPushButton) if "ยกเลิกรายการ" in each.text())
    void.setFocus()
    clerk.press("Space")
    office.rest()
    clerk.type("พิมพ์ซ้ำ")
    clerk.press("Enter", "Enter")
    office.rest()
    assert "คงค้าง: 50,000.00 บาท" in glance(office)
    assert len(search.rows(office.desk.store, "payment")) == 0


def test_chips_find_who_is_in_arrears_and_what_the_head_must_see(
    office: Office, clerk: Clerk
) -> None:
    file = running(office.desk)
    borrower = records.get(office.desk.store, "loan_file", file).data["person"]
    draft = entered.loan(entered.person(office.desk, 71), "individual")
    records.save(office.desk.store, "loan_file", draft)
    clerk.press("Alt+6")
    office.rest()
    assert len(office.rows()) == 2
    for word, before, after in (("ค้างชำระ", 1, 1), ("เสนอหัวหน้า", 0, 1)):
        chip(office, word).setFocus()
        clerk.press("Space")
        office.rest()
        assert len(office.rows()) == before
        entered.change(office.desk, "person", borrower, life_status="dead")
        office.window.page.refresh()
        office.rest()
        assert len(office.rows()) == after
        entered.change(office.desk, "person", borrower, life_status="living")


def test_a_file_goes_on_from_a_restructured_one(office: Office, clerk: Clerk) -> None:
    file = running(office.desk)
    entered.set_status(office.desk, "loan_file", file, "restructured")
    open_first(office, clerk)

    clerk.press("Ctrl+R")
    office.rest()

    page = office.window.page
    assert page.editing.record is None
    assert page.form.draft()["continues"] == file
    assert page.form.draft()["amount_requested"] == 5_000_000
