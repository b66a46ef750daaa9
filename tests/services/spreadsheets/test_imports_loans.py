"""Loan files and payments from a list: borrowers and files are named as people name them."""

from pathlib import Path

from app.services.loans import loan_account
from app.services.office.desk import Desk
from app.services.records import records, search
from app.services.spreadsheets import imports
from tests.makers.lists import xlsx
from tests.makers.loans import pay, running
from tests.makers.office import borrowing_group, id_number, person

PAID = ("เลขที่แฟ้ม", "วันที่ชำระ", "เลขที่ใบเสร็จ", "จำนวนเงิน", "ช่องทาง")


def number_of(desk: Desk, file: str) -> str:
    return str(records.get(desk.store, "loan_file", file).data["file_no"])


def paid_rows(desk: Desk, file: str) -> list[tuple[str, ...]]:
    number = number_of(desk, file)
    return [
        (number, "5/5/2568", "1/68", "2,083.00", "เงินสด"),
        ("อท 1/2568", "5/6/2568", "2/68", "2083", "โอน"),
        ("15-9999-A-0001", "5/7/2568", "3/68", "2083", "เงินสด"),
        (number, "5/7/2568", "1/68", "2083", "เงินสด"),
        (number, "1/4/2568", "4/68", "2083", "เงินสด"),
    ]


def test_payments_of_a_list_find_their_file_and_refuse_by_row(desk: Desk, tmp_path: Path) -> None:
    file = running(desk)
    path = xlsx(tmp_path / "paid.xlsx", paid_rows(desk, file), PAID)

    plan = imports.plan(desk.store, path, "payments")

    assert plan.counts["new"] == 2 and plan.counts["refused"] == 3
    refused = {(each.row, each.field) for each in plan.refusals}
    assert refused >= {(4, "loan_file"), (5, "receipt_no"), (6, "paid_on")}
    assert loan_account.account(desk.store, file).paid == 0  # type: ignore[union-attr]

    imports.commit(desk.store, plan, reason="")
    assert loan_account.account(desk.store, file).paid == 2 * 208_300  # type: ignore[union-attr]
    again = imports.plan(desk.store, path, "payments")
    assert again.counts["same"] == 2 and again.counts["new"] == 0


def test_a_list_changes_no_payment(desk: Desk, tmp_path: Path) -> None:
    file = running(desk)
    pay(desk, file, 100_000, "1/68")
    row = (number_of(desk, file), "5/5/2568", "1/68", "2083", "เงินสด")

    plan = imports.plan(desk.store, xlsx(tmp_path / "paid.xlsx", [row], PAID), "payments")

    assert [each.reason for each in plan.refusals] == [
        "รายการรับชำระแก้ไขไม่ได้ ให้ยกเลิกพร้อมเหตุผล แล้วบันทึกรายการที่ถูกต้อง"
    ]


def test_loan_files_of_a_list_name_a_person_or_a_group(desk: Desk, tmp_path: Path) -> None:
    borrowing_group(desk, name="กลุ่มข้าวมาลี")
    person(desk, 60)
    for twice in ("กลุ่มทอผ้า", "กลุ่มทอผ้า"):
        borrowing_group(desk, members=0, name=twice)
    rows = [
        ("กลุ่มผู้กู้", "เลขบัตรผู้กู้", "วงเงินที่ขอ", "จำนวนงวด", "วันที่ยื่น", "ทุนและทรัพย์สินของผู้กู้ (บาท)"),
        ("กลุ่มข้าวมาลี", "", "200,000", "60", "10/3/2568", ""),
        ("", id_number(60), "50,000", "24", "10/3/2568", "10000"),
        ("กลุ่มทอผ้า", "", "200,000", "60", "10/3/2568", ""),
        ("", id_number(61), "50,000", "24", "10/3/2568", "10000"),
    ]
    path = xlsx(tmp_path / "loans.xlsx", rows[1:], rows[0])

    plan = imports.plan(desk.store, path, "loans")

    assert {each.row for each in plan.refusals} == {4, 5}
    imports.commit(desk.store, plan, reason="")
    kept = search.page(desk.store, "loan_file", search.rows(desk.store, "loan_file"))
    assert {row.data["borrower_kind"] for row in kept} == {"group", "individual"}
    assert len({row.data["file_no"] for row in kept}) == 2
    assert all(row.data["round"] == "2568-1" and row.data["schedule"] for row in kept)
