"""The page of what the centre sent: read by keys, and a decision leads to its loan file."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.services import central, exchange
from app.services.central import Centre
from app.services.records import records
from app.ui.exchange.centre_page import CentrePage
from app.ui.widgets.wrapping import plain
from devtools.pen import uuid
from tests.makers.announcements import MILLION, decision
from tests.makers.office import ROUND, borrowing_group, from_elsewhere, loan
from tests.ui.clerk import Clerk
from tests.ui.office import Office

REASONS = {"purpose_sum": "รอ", "capital": "รอ", "documents": "รอ", "allotment": "รอ"}


def page_of(office: Office) -> CentrePage:
    office.clerk.press("Alt+0")
    office.rest()
    assert isinstance(office.window.front, CentrePage)
    return office.window.front


def entries(page: CentrePage) -> list[str]:
    return [plain(page.list.item(row).text()) for row in range(page.list.count())]


@pytest.fixture
def loan_file(office: Office) -> str:
    draft = loan(borrowing_group(office.desk, first=10)) | {
        "docs_complete_on": "2025-03-11",
        "status": "documents_complete",
    }
    return records.save(office.desk.store, "loan_file", draft, reasons=REASONS).id


def test_before_the_first_receipt_the_page_says_what_is_missing(
    office: Office, clerk: Clerk
) -> None:
    page = page_of(office)
    words = entries(page)
    assert words.count("ส่วนกลางยังไม่ได้ส่งข้อมูลส่วนนี้มา") == 5
    assert any(ROUND in each and "มากับโปรแกรม" in each for each in words)
    assert "แก้ไขที่นี่ไม่ได้" in clerk.words(page)
    clerk.press("Enter")
    assert office.window.front is page


def test_what_the_centre_decided_is_read_and_leads_to_its_loan_file(
    loan_file: str,
    trusted: Office,
    clerk: Clerk,
    centre: Centre,
    receipt: Callable[[Path], Path],
    tmp_path: Path,
) -> None:
    desk, page = trusted.desk, page_of(trusted)
    central.ingest(centre, exchange.export(desk.store, tmp_path).path)
    announced = {"code": ROUND, "name": "รอบของส่วนกลาง", "pot": 5 * MILLION}
    announced |= {"apply_from": "2024-12-01", "apply_to": "2025-04-30"}
    announced |= {"contract_by": "2025-08-31"}
    central.announce_round(centre, announced)
    central.allot(centre, "15", ROUND, MILLION)
    decided = decision(amount=10_000_000, meeting="3/2568", reason="เอกสารครบ")
    central.decide(centre, "15", loan_file, decided)
    central.put_table(centre, "occupations", {"version": 3})
    letter = {"round": ROUND, "apply_to": "2025-05-31", "letter_no": "รง 1/2568"}
    records.save(desk.store, "round_extension", letter)

    trusted.window.take_file(receipt(exchange.export(desk.store, tmp_path).path))
    trusted.rest()
    clerk.press("Enter")
    trusted.rest()

    words = "\n".join(entries(page))
    for wanted in (
        "ใบตอบรับที่ 1",
        "1,000,000.00",
        "900,000.00",
        "รอบของส่วนกลาง",
        "31 พ.ค. 2568 (หนังสือ รง 1/2568)",
        "31 ส.ค. 2568",
        "occupations",
        "3/2568",
        "เอกสารครบ",
    ):
        assert wanted in words
    for _entry in range(page.list.count()):
        if "ดอกไม้จันทน์" not in page.list.currentItem().text():
            clerk.press("Down")
    clerk.press("Enter")
    trusted.rest()
    assert trusted.window.page.editing.record is not None
    assert trusted.window.page.editing.record.id == loan_file


def test_a_decision_on_a_file_that_is_not_here_is_said_so(office: Office) -> None:
    from_elsewhere(office.desk, "loan_decision", decision(loan_file=uuid(7)), uuid(1))
    page = page_of(office)
    assert any("ไม่มีในเครื่องนี้" in each for each in entries(page))
    assert page.list.currentItem() is not None
