"""Scenarios 17 to 26: what a clerk meets with a loan, from the counter to the last instalment."""

from typing import Any

import pytest

from app.core.errors import Invalid
from app.services.loans import loan_account, loan_lists
from app.services.loans.loan_account import ledger
from app.services.office.desk import Desk
from app.services.printing import gathering, printing, prints
from app.services.records import history, records, search
from app.services.records.verify import verify
from tests.makers.loans import pay, running, says, step
from tests.makers.office import (
    borrowing_group,
    change,
    id_number,
    join,
    loan,
    looking,
    person,
    said,
    set_status,
    stopped,
)
from tests.makers.papers import text_of


def text(desk: Desk, form: str, record: str) -> str:
    return " ".join(text_of(printing.draw(desk.store, form, record).pdf).split())


def test_scenario_17_a_group_of_four_is_stopped_and_goes_on_with_the_fifth(desk: Desk) -> None:
    made = borrowing_group(desk, members=4)
    stop = said(desk, "loan_file", loan(made))["few_members"]
    assert not stop.warning and "ต้องมีสมาชิกไม่น้อยกว่า 5 คน" in stop.message

    join(desk, made, person(desk, 50))
    assert stopped(desk, "loan_file", loan(made)) == set()


def test_scenario_18_each_borrower_has_a_ceiling_and_the_head_may_pass_a_small_sum(
    desk: Desk,
) -> None:
    made, alone = borrowing_group(desk), person(desk, 70)
    assert stopped(desk, "loan_file", loan(alone, "individual", amount_requested=8_000_000)) == {
        "ceiling"
    }
    assert stopped(desk, "loan_file", loan(made, amount_requested=30_000_100)) == {"ceiling"}
    small = loan(made, amount_requested=4_000_000)
    assert said(desk, "loan_file", small)["announced_least"].warning
    assert records.save(
        desk.store, "loan_file", small, reasons={"announced_least": "หัวหน้าอนุญาต"}
    ).act


def test_scenario_19_beyond_the_allotment_waits_for_a_check_and_the_checklist_says_so(
    desk: Desk,
) -> None:
    made = borrowing_group(desk)
    letter = {"round": "2568-1", "letter_no": "รง 0309/1", "as_of": "2025-02-15"}
    records.save(desk.store, "allotment_letter", letter | {"amount": 12_000_000})
    warning = said(desk, "loan_file", loan(made))["allotment"]
    assert warning.warning and "15 ก.พ. 2568" in warning.message

    reasons = {"allotment": "รอตรวจสอบวงเงิน"}
    saved = records.save(desk.store, "loan_file", loan(made), reasons=reasons)

    assert records.get(desk.store, "loan_file", saved.id).data["reasons"] == reasons
    assert gathering.gather(desk.store, "loan_checklist", saved.id).awaits_allotment
    printed = text(desk, "loan_checklist", saved.id)
    assert "รอตรวจสอบวงเงิน" in printed
    assert "วงเงินคงเหลือที่ได้รับแจ้ง 120,000.00 บาท ณ วันที่ 15 กุมภาพันธ์ 2568" in printed


def test_scenario_20_papers_complete_too_late_come_in_time_by_a_letter(desk: Desk) -> None:
    made = borrowing_group(desk)
    draft = loan(made, submitted_on="2025-03-31")
    file = records.save(
        desk.store, "loan_file", draft | {"docs_complete_on": "2025-04-02"},
        reasons={"late": "เอกสารขาด 2 ฉบับ"},
    ).id  # fmt: skip
    set_status(desk, "loan_file", file, "submitted")
    kept = records.get(desk.store, "loan_file", file).data

    assert "พ้นกำหนด" in said(desk, "loan_file", kept, file)["late"].message
    assert says(desk, file, "papers_complete")["late"]
    assert "ปิดรับ 31 มี.ค. 2568" in text(desk, "loan_checklist", file)

    extension = {"round": "2568-1", "apply_to": "2025-04-30", "letter_no": "รง 0309/ว 12"}
    records.save(desk.store, "round_extension", extension)

    assert "late" not in said(desk, "loan_file", kept, file)
    assert "late" not in says(desk, file, "papers_complete")
    assert records.get(desk.store, "loan_file", file).data == kept
    assert "ปิดรับ 30 เม.ย. 2568" in text(desk, "loan_checklist", file)


def test_scenario_22_lines_that_do_not_sum_keep_the_plan_from_being_printed(desk: Desk) -> None:
    made = borrowing_group(desk)
    lines = [{"item": "จักรเย็บผ้า", "quantity": 499, "unit_price": 50_000}]
    short = loan(made, amount_requested=25_000_000, purpose_lines=lines)
    file = records.save(desk.store, "loan_file", short, reasons={"purpose_sum": "รอแก้"}).id
    with pytest.raises(Invalid):
        printing.draw(desk.store, "loan_budget_plan", file)

    lines[0]["quantity"] = 500
    change(desk, "loan_file", file, purpose_lines=lines)
    assert "สองแสนห้าหมื่นบาทถ้วน" in text(desk, "loan_budget_plan", file)


def test_scenario_23_instalments_are_to_the_satang_on_the_printed_table(desk: Desk) -> None:
    alone = running(desk)
    printed = text(desk, "instalment_table", alone)
    assert printed.count("2,083.00 0.00") == 23 and "2,091.00 0.00" in printed
    made = running(
        desk, borrowing_group(desk, first=10), "group", months=60, amount_requested=30_000_000
    )
    table = text(desk, "instalment_table", made)
    assert "5,000.00 450.00 3 5,450.00 175,000.00" in table
    assert "300,000.00 8,325.00 308,325.00" in table


def test_scenario_24_a_receipt_typed_twice_is_voided_and_ledger_and_card_agree(
    desk: Desk,
) -> None:
    file = running(desk)
    first = pay(desk, file, 3 * 208_300, "บ 101/68", "2025-05-05")
    again = pay(
        desk, file, 3 * 208_300, "บ 101/68", "2025-05-05", reasons={"receipt_twice": "พิมพ์ต่อ"}
    )
    assert owed(desk, file) == 5_000_000 - 6 * 208_300

    records.void(desk.store, "payment", again, "พิมพ์ใบเสร็จซ้ำ")

    assert owed(desk, file) == 5_000_000 - 3 * 208_300
    with looking(desk, "2025-05-06") as view:
        lines = ledger(view, file)
    assert {(each.id, each.void_reason) for each in lines} == {
        (first, ""), (again, "พิมพ์ใบเสร็จซ้ำ")
    }  # fmt: skip
    assert sum(each.principal for each in lines) == 3 * 208_300
    card = gathering.gather(desk.store, "payment_card", file)
    assert (card.paid, card.owed) == (3 * 208_300, owed(desk, file))
    printed = text(desk, "payment_card", file)
    assert "ยกเลิก:พิมพ์ใบเสร็จซ้ำ" in printed.replace(" ", "") and printed.count("บ 101/68") == 3
    assert "ไม่ใช่ใบเสร็จรับเงินของทางราชการ" in printed
    told = history.history(desk.store, "payment", again)
    assert [line.op for line in told] == ["put", "put"] and verify(desk.store).ok


def owed(desk: Desk, file: str) -> int:
    found = loan_account.account(desk.store, file)
    assert found is not None
    return found.owed


def test_scenario_25_the_leader_dies_with_an_open_loan(desk: Desk) -> None:
    made = borrowing_group(desk, members=6)
    file = running(desk, made, "group")
    leader = search.find(desk.store, id_number(1))[0].id
    signed = printing.draw(desk.store, "group_resolution", file)
    (out,) = prints.request(desk.store, [signed]).prints
    assert loan_lists.for_the_head(desk.store) == []

    change(desk, "person", leader, life_status="dead", died_on="2025-06-20")
    membership = membership_of(desk, leader)
    change(desk, "membership", membership, left_on="2025-06-20")
    join(desk, made, person(desk, 60, first_th="ผู้นำใหม่"), role="leader")

    assert loan_lists.for_the_head(desk.store) == [file]
    data = records.get(desk.store, "loan_file", file).data
    flag = said(desk, "loan_file", data, file)["borrower_died"]
    assert flag.warning and "สมาชิก1 ตัวอย่าง" in flag.message and "หัวหน้า" in flag.message
    assert "สมาชิก1 ตัวอย่าง" in text_of(prints.copy_of(desk.store, out.no))
    assert "ผู้รับมอบอำนาจ ผู้นำใหม่" in text(desk, "group_resolution", file)

    opened = records.get(desk.store, "loan_file", file)
    records.save(
        desk.store, "loan_file", opened.data, record_id=file, base=opened.heads,
        reasons={"borrower_died": "หัวหน้าทราบแล้ว ให้กลุ่มชำระต่อ"},
    )  # fmt: skip
    assert loan_lists.for_the_head(desk.store) == []


def membership_of(desk: Desk, person_id: str) -> str:
    rows = search.rows(desk.store, "membership", equal={"person": person_id})
    return search.page(desk.store, "membership", rows)[0].id


def test_scenario_25_a_dead_guarantor_and_a_dead_borrower_are_shown_to_the_head(
    desk: Desk,
) -> None:
    alone, surety = person(desk), person(desk, 2)
    file = running(desk, alone)
    records.save(
        desk.store, "guarantor", {"loan_file": file, "person": surety, "kind": "village_head"}
    )
    change(desk, "person", surety, life_status="dead")
    assert loan_lists.for_the_head(desk.store) == [file]
    change(desk, "person", alone, life_status="dead")
    assert loan_lists.for_the_head(desk.store) == [file]

    pay(desk, file, 5_000_000)
    opened = records.get(desk.store, "loan_file", file)
    reasons = {"borrower_died": "ทายาทชำระแล้ว", "guarantor_died": "ทายาทชำระแล้ว"}
    records.save(
        desk.store, "loan_file", opened.data, record_id=file, base=opened.heads, reasons=reasons
    )
    step(desk, file, "close")
    assert loan_lists.for_the_head(desk.store) == []
    records.void(desk.store, "loan_file", file, "ทดสอบ")
    assert loan_lists.for_the_head(desk.store) == []


@pytest.mark.parametrize(
    ("changed", "refused"),
    [
        ({"kind": "village_head"}, set()),
        ({"kind": "company", "salary": 1_499_900}, {"salary"}),
        ({"kind": "company", "salary": 1_500_000}, set()),
    ],
)
def test_scenario_26_a_village_head_needs_no_salary_and_a_company_guarantor_does(
    desk: Desk, changed: dict[str, Any], refused: set[str]
) -> None:
    file = records.save(desk.store, "loan_file", loan(person(desk), "individual")).id
    draft = {"loan_file": file, "person": person(desk, 2)} | changed
    found = said(desk, "guarantor", draft)
    assert set(found) == refused
    assert all("15,000.00" in each.message for each in found.values())


def test_scenario_26_a_co_borrower_guarantees_nothing(desk: Desk) -> None:
    made, member = borrowing_group(desk), person(desk, 80)
    join(desk, made, member, co_borrower=True)
    file = records.save(desk.store, "loan_file", loan(made)).id
    draft = {"loan_file": file, "person": member, "kind": "village_head"}

    stop = said(desk, "guarantor", draft)["own_guarantor"]

    assert not stop.warning and stop.source.startswith("S3")
    assert stopped(desk, "guarantor", draft) == {"own_guarantor"}
