"""The papers of a loan and what its page shows at a glance, from real records."""

from typing import Any

from app.services.loans import loan_documents, summary
from app.services.office.desk import Desk
from app.services.printing import gathering, printing
from app.services.records import records
from tests.makers.loans import pay, running
from tests.makers.office import (
    borrowing_group,
    change,
    from_elsewhere,
    loan,
    person,
    set_status,
    stopped,
)
from tests.makers.papers import text_of


def file_of_group(desk: Desk, **changed: Any) -> str:
    lines = [{"item": "ไม้จันทน์", "quantity": 100, "unit_price": 200_000}]
    draft = loan(borrowing_group(desk), purpose_lines=lines) | changed
    return records.save(desk.store, "loan_file", draft).id


def text(desk: Desk, form: str, file: str) -> str:
    return " ".join(text_of(printing.draw(desk.store, form, file).pdf).split())


def seen(desk: Desk, file: str) -> dict[str, tuple[str, str]]:
    return {fact.about: (fact.words, fact.tone) for fact in summary.facts(desk.store, file)}


def test_the_resolution_names_the_group_its_members_and_who_acts_for_it(desk: Desk) -> None:
    found = text(desk, "group_resolution", file_of_group(desk))

    for said in ("กลุ่มดอกไม้จันทน์ย่านซื่อ", "200,000.00", "ไม้จันทน์", "สมาชิก5 ตัวอย่าง", "ผู้นำกลุ่ม"):
        assert said in found
    assert "ผู้รับมอบอำนาจ สมาชิก1 ตัวอย่าง" in found


def test_another_document_is_named_on_the_application_by_what_it_is(desk: Desk) -> None:
    file = file_of_group(desk)
    for kind, note in (("id_card", "ของผู้นำกลุ่ม"), ("other", "หนังสือรับรองสถานที่"), ("other", "")):
        draft = {"loan_file": file, "kind": kind, "status": "complete"}
        records.save(desk.store, "document", draft | ({"note": note} if note else {}))

    found = text(desk, "loan_application", file)

    assert "หนังสือรับรองสถานที่, อื่น ๆ" in found
    assert "other" not in found and "ของผู้นำกลุ่ม" not in found


def test_every_guarantor_has_an_offer_of_a_page(desk: Desk) -> None:
    file = running(desk)
    assert len(gathering.gather(desk.store, "guarantee_offer", file).guarantors) == 0
    for number, kind in ((2, "village_head"), (3, "local_authority")):
        draft = {"loan_file": file, "person": person(desk, number), "kind": kind}
        records.save(desk.store, "guarantor", draft)

    done = printing.draw(desk.store, "guarantee_offer", file)

    assert printing.pages(done.pdf) == 2
    assert "สมาชิก3 ตัวอย่าง" in text_of(done.pdf) and "50,000.00" in text_of(done.pdf)


def test_the_inquiry_brings_what_the_last_visit_before_the_approval_saw(desk: Desk) -> None:
    file = file_of_group(desk)
    assert gathering.gather(desk.store, "loan_inquiry", file).visited_on == ""
    group = records.get(desk.store, "loan_file", file).data["group"]
    for day, progress in (("2025-03-11", "เริ่มผลิต"), ("2025-03-18", "ผลิตได้ 400 ชุด")):
        visit = {
            "group": group, "visited_on": day, "kind": "before_approval", "team": "วิชัย",
            "progress": progress, "obstacles": [{"kind": "none", "text": ""}],
        }  # fmt: skip
        records.save(desk.store, "field_visit", visit)

    found = text(desk, "loan_inquiry", file)

    assert "18 มีนาคม 2568" in found and "ผลิตได้ 400 ชุด" in found and "เริ่มผลิต" not in found

    alone = running(desk, person(desk, 60, occupation="ทอผ้า"))
    own = gathering.gather(desk.store, "loan_inquiry", alone)
    assert (own.occupation, own.members, own.capital) == ("ทอผ้า", "", 1_000_000)


def test_a_file_shows_its_decision_papers_and_what_is_left_to_lend(desk: Desk) -> None:
    file = file_of_group(desk)
    assert seen(desk, file)["มติ"] == ("ยังไม่มี", "")
    assert "วงเงินคงเหลือ" not in seen(desk, file)
    assert seen(desk, file)["เอกสาร"][0].startswith("0/10 · ขาด: สำเนาบัตรประชาชน")
    assert seen(desk, file)["การผ่อนชำระ"][0] == "24 งวด งวดแรก 8,333.00 งวดสุดท้าย 8,341.00 บาท"

    letter = {"round": "2568-1", "as_of": "2025-02-15", "amount": 12_000_000}
    records.save(desk.store, "allotment_letter", letter)
    assert seen(desk, file)["วงเงินคงเหลือ"] == (
        "หลังแฟ้มนี้เหลือ -80,000.00 บาท · ตามยอด ณ 15 ก.พ. 2568", "bad"
    )  # fmt: skip
    loan_documents.add_needed(desk.store, file)
    for document in records_of(desk, file):
        change(desk, "document", document, status="complete")
    assert seen(desk, file)["เอกสาร"] == ("10/10", "good")

    records.save(
        desk.store, "decision_letter",
        {"loan_file": file, "outcome": "partly", "amount": 10_000_000,
         "decided_on": "2025-04-10", "contract_by": "2025-05-31"},
    )  # fmt: skip
    assert seen(desk, file)["มติ"] == (
        "อนุมัติบางส่วน · 100,000.00 บาท · 10 เม.ย. 2568 · ตามหนังสือแจ้ง · ทำสัญญาภายใน 31 พ.ค. 2568",
        "caution",
    )
    assert seen(desk, file)["วงเงินคงเหลือ"][1] == ""
    change(desk, "loan_file", file, amount_requested=10_000_000, purpose_lines=None)
    set_status(desk, "loan_file", file, "approved")
    assert "วงเงินคงเหลือ" not in seen(desk, file)
    own = {"loan_file": file, "outcome": "refused", "decided_on": "2025-04-11"}
    from_elsewhere(desk, "loan_decision", own)
    assert seen(desk, file)["มติ"] == ("ไม่อนุมัติ · 11 เม.ย. 2568 · โดยส่วนกลาง", "bad")


def records_of(desk: Desk, file: str) -> list[str]:
    with desk.store.read() as connection:
        view = records.view_of(connection)
        return [document for document, _data in view.where("document", loan_file=file)]


def test_a_running_loan_shows_what_is_owed_and_how_late_it_is(desk: Desk) -> None:
    assert summary.facts(desk.store, "x") == []
    file = running(desk, first_due_on=None)
    assert seen(desk, file)["การชำระหนี้"] == ("ชำระปกติ", "good")
    assert seen(desk, file)["คงค้าง"][0].endswith("งวดต่อไป: งวดที่ 1 2,083.00 บาท -")

    change(desk, "loan_file", file, first_due_on="2025-05-05")
    words, tone = seen(desk, file)["การชำระหนี้"]
    assert words.startswith("ค้างชำระ ") and "เกินกำหนด" in words and tone == "bad"
    pay(desk, file, 5_000_100, reasons={"surplus": "รอคืน"})
    assert seen(desk, file)["การชำระหนี้"] == ("ชำระครบแล้ว", "good")
    assert seen(desk, file)["คงค้าง"][0] == "0.00 บาท เป็นเงินต้น 0.00 · ชำระเกิน 1.00 บาท"


def test_a_file_that_says_little_is_shown_and_printed_as_far_as_it_goes(desk: Desk) -> None:
    bare = {"round": "9999-9", "borrower_kind": "group", "status": "draft"}
    file = from_elsewhere(desk, "loan_file", bare)

    assert set(seen(desk, file)) == {"มติ", "เอกสาร"}
    assert gathering.gather(desk.store, "instalment_table", file).segments == ()
    checklist = gathering.gather(desk.store, "loan_checklist", file)
    assert (checklist.closes_on, checklist.left, checklist.awaits_allotment) == ("", None, False)
    for form in ("group_resolution", "loan_inquiry", "payment_card"):
        assert "None" not in text(desk, form, file)
    assert "round" in stopped(desk, "loan_file", loan(person(desk), "individual", round="9999-9"))


def test_a_death_stands_first_on_the_page(desk: Desk) -> None:
    alone = person(desk)
    file = running(desk, alone)
    change(desk, "person", alone, life_status="dead")

    first = summary.facts(desk.store, file)[0]

    assert (first.about, first.tone) == ("เสนอหัวหน้า", "bad") and "สมาชิก1" in first.words
