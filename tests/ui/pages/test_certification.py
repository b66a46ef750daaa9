"""A clerk takes a product from its checklist to paper, at the keyboard."""

from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QMenu, QTableWidget
from pytestqt.qtbot import QtBot

from app.core.fields import today
from app.core.months import months_later
from app.services.office import print_diary
from app.services.records import moves, records, search
from app.services.records.moves import Wanted
from app.ui.paper.paper_preview import INSTALLED, PaperPreview
from app.ui.records.related_list import RelatedList
from tests.makers.printers import file_printer
from tests.ui.clerk import Clerk
from tests.ui.office import Office

pytestmark = pytest.mark.qt_log_ignore("grabbing the keyboard")


def only(office: Office, type_: str) -> str:
    (row,) = search.page(office.desk.store, type_, search.rows(office.desk.store, type_)[:1])
    return row.id


def a_product(office: Office, **changed: Any) -> str:
    draft = {"group": only(office, "group"), "name": "ข้าวแต๋นน้ำแตงโม", "kind": "food"}
    return records.save(office.desk.store, "product", draft | changed).id


def a_file(office: Office, product: str, scheme: str = "tcps", **changed: Any) -> str:
    draft = {"product": product, "scheme": scheme} | changed
    reasons = {"second_file": "คนละรสชาติ"}
    return records.save(office.desk.store, "certification", draft, reasons=reasons).id


def test_a_product_is_entered_on_its_page_and_a_file_with_its_checklist(
    office: Office, clerk: Clerk
) -> None:
    clerk.press("Alt+P", "Ctrl+N")
    office.rest()
    clerk.type("ดอกไม้จันทน์")
    office.rest()
    clerk.press("Enter")
    clerk.type("พวงหรีดพัดลม")
    clerk.press("Enter")
    clerk.type("2")
    clerk.press("Enter", "Ctrl+S")
    office.rest()
    assert office.rows() == ["พวงหรีดพัดลม"]

    clerk.press("Alt+5", "Ctrl+N")
    office.rest()
    clerk.type("พวงหรีด")
    office.rest()
    clerk.press("Enter")
    clerk.type("มผช")
    clerk.press("Enter")
    assert "บันทึกแฟ้มก่อน" in clerk.words(office.window.page)
    clerk.press("Ctrl+S")
    office.rest()

    record = office.window.page.editing.record
    assert record is not None and record.data["template_version"] == "tcps/1"
    rows = office.window.page.findChild(QTableWidget, "answers.table")
    assert rows is not None and rows.rowCount() == len(record.data["items"]) == 15
    rows.setFocus()
    clerk.press("1", "Down", "2", "Down", "3", "Ctrl+S")
    office.rest()
    assert rows.currentRow() == 2
    saved = records.get(office.desk.store, "certification", record.id).data["answers"]
    assert [row["answer"] for row in saved] == ["present", "absent", "not_applicable"]
    assert "มี 1   ไม่มี 1   ไม่เกี่ยวข้อง 1   ยังไม่ตอบ 12" in clerk.words(office.window.page)


def test_the_list_names_the_standard_and_keeps_what_ends_soon(office: Office, clerk: Clerk) -> None:
    soon = a_file(office, a_product(office, kind="goods"))
    a_file(office, a_product(office, name="ข้าวเกรียบ"), "halal")
    certify(office, soon)
    clerk.press("Alt+5")
    office.rest()
    model = office.window.page.list.list.model()
    shown = {str(model.index(row, 1).data()) for row in range(model.rowCount())}
    assert shown == {"มผช.", "ฮาลาล"}

    for chord, count in (("Ctrl+2", 1), ("Ctrl+3", 1), ("Ctrl+4", 1), ("Ctrl+1", 2)):
        clerk.press(chord)
        office.rest()
        assert len(office.rows()) == count, chord


def certify(office: Office, file: str) -> None:
    """Take a file to a certificate that ends in some weeks."""
    day = months_later(today(), 1 - 36)
    reasons = dict.fromkeys(("checklist", "not_passed", "place_first"), "ตามเอกสาร")
    for name, typed in (
        ("apply", {"submitted_on": "2022-01-10"}),
        ("appoint", {}),
        ("inspect", {"inspected_on": "2022-01-20"}),
        ("certify", {"cert_no": "อท 1/2566", "standard_no": "มผช. 1/2560",
                     "issued_on": day.isoformat()}),
    ):  # fmt: skip
        heads = records.get(office.desk.store, "certification", file).heads
        wanted = Wanted(name, typed, reasons=reasons)
        moves.move(office.desk.store, "certification", file, wanted, base=heads)


def test_twenty_checklists_of_a_filter_are_printed_in_six_presses(
    office: Office, clerk: Clerk, qtbot: QtBot, tmp_path: Any, monkeypatch: Any
) -> None:
    product = a_product(office)
    files = [a_file(office, product, ("tcps", "halal")[number % 2]) for number in range(20)]
    paper = tmp_path / "paper.pdf"
    monkeypatch.setattr(
        "app.ui.paper.paper_preview.INSTALLED",
        type(INSTALLED)(lambda: ["ห้องทะเบียน"], lambda _name: file_printer(paper)),
    )
    clerk.presses = 0

    clerk.press("Alt+5", "Ctrl+2")
    office.rest()
    clerk.press("Ctrl+Shift+P")
    office.rest()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [action.text() for action in menu.actions()] == [
        "&1  แต่ละแฟ้มตามแบบของตน (20)",
        "&2  แบบตรวจรายการ มผช. (10)",
        "&3  แบบตรวจรายการมาตรฐานอื่น (10)",
    ]
    clerk.press("1")
    office.rest()
    preview = office.dialog(PaperPreview)
    clerk.press("Enter")
    office.rest()
    clerk.press("Enter")
    office.rest()

    assert clerk.presses <= 6
    assert not preview.isVisible() and paper.exists()
    for file in files:
        (printed,) = print_diary.of_record(office.desk.store, file)
        assert printed.copy == 1 and printed.confirmed


def test_what_a_form_does_not_print_is_named_before_the_rest(office: Office, clerk: Clerk) -> None:
    product = a_product(office)
    for scheme in ("tcps", "halal"):
        a_file(office, product, scheme)
    clerk.press("Alt+5")
    office.rest()
    clerk.press("Ctrl+Shift+P")
    office.rest()
    clerk.press("2")
    office.rest()
    assert "ไม่พิมพ์ 1 รายการ" in clerk.words(office.dialog())
    clerk.press("Enter")
    office.rest()
    assert office.dialog(PaperPreview).windowTitle() == "แบบตรวจรายการ มผช. (1)"
    clerk.press("Esc")


def test_a_group_shows_its_products_and_a_product_its_files(office: Office, clerk: Clerk) -> None:
    product = a_product(office)
    file = a_file(office, product)
    clerk.press("Alt+2")
    office.rest()
    clerk.press("Down", "Enter")
    office.rest()
    related(office, "product")._list.setFocus()
    clerk.press("Down", "Enter")
    office.rest()
    assert office.window.page.page.type == "product"
    assert office.window.page.editing.record is not None
    assert office.window.page.editing.record.id == product

    files = related(office, "certification")
    files._list.setFocus()
    clerk.press("Ins")
    office.rest()
    clerk.type("ฮาลาล")
    clerk.press("Enter", "Ctrl+S")
    office.rest()
    assert files._list.model().rowCount() == 2
    files._list.setFocus()
    clerk.press("Home", "Enter")
    office.rest()
    assert office.window.page.editing.record is not None
    assert office.window.page.editing.record.id == file


def related(office: Office, type_: str) -> RelatedList:
    lists = office.window.page.findChildren(RelatedList)
    return next(each for each in lists if each._related.type == type_)


def test_the_head_begins_a_copy_of_the_checklist_from_a_file(office: Office, clerk: Clerk) -> None:
    a_file(office, a_product(office), "gap")
    clerk.press("Alt+5")
    office.rest()
    clerk.press("Ctrl+D")  # nothing is open yet
    clerk.press("Down", "Enter")
    office.rest()
    clerk.press("Ctrl+D")
    office.rest()
    assert office.window.page.page.type == "local_template"
    assert clerk.reads(office.window.page, "scheme") == "GAP"
    assert clerk.reads(office.window.page, "items.0.text") == "แบบคำขอการรับรองแหล่งผลิต GAP"
    clerk.press("Ctrl+S")
    office.rest()

    kept = records.get(office.desk.store, "local_template", only(office, "local_template")).data
    assert (kept["scheme"], kept["version"], len(kept["items"])) == ("gap", 1, 6)
