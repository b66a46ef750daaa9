"""What each step of a loan file asks, and the way from the counter to the closed account."""

from typing import Any

import pytest

from app.core.errors import Invalid, UserError
from app.services.loans import loan_documents, restructuring
from app.services.office.desk import Desk
from app.services.records import records, search
from tests.makers.loans import pay, running, says, step
from tests.makers.office import (
    borrowing_group,
    change,
    from_elsewhere,
    id_number,
    join,
    loan,
    looking,
    person,
    said,
    set_status,
)

PURPOSE = [{"item": "จักรเย็บผ้า", "quantity": 10, "unit_price": 500_000}]


def file_at(desk: Desk, status: str = "draft", **changed: Any) -> str:
    file = records.save(desk.store, "loan_file", loan(person(desk), "individual", **changed)).id
    if status != "draft":
        set_status(desk, "loan_file", file, status)
    return file


def decide(desk: Desk, file: str, outcome: str = "approved", **changed: Any) -> None:
    draft = {"loan_file": file, "outcome": outcome, "decided_on": "2025-04-10"}
    if outcome in ("approved", "partly"):
        draft["amount"] = 5_000_000 if outcome == "approved" else 4_000_000
    records.save(desk.store, "decision_letter", draft | changed)


def stops(desk: Desk, file: str, name: str, **draft: Any) -> set[str]:
    try:
        step(desk, file, name, "ตามหนังสือ", **draft)
    except Invalid as refused:
        return {problem.code for problem in refused.problems}
    return set()


def test_a_file_goes_from_the_counter_to_the_closed_account(desk: Desk) -> None:
    file = file_at(desk, purpose_lines=PURPOSE)
    records.save(
        desk.store, "guarantor",
        {"loan_file": file, "person": person(desk, 2), "kind": "village_head"},
    )  # fmt: skip
    loan_documents.add_needed(desk.store, file)
    records.save(
        desk.store, "field_visit",
        {"loan_file": file, "visited_on": "2025-03-20", "kind": "before_approval",
         "team": "วิชัย", "obstacles": [{"kind": "none"}]},
    )  # fmt: skip

    step(desk, file, "lodge", submitted_on="2025-03-10")
    step(desk, file, "papers_complete", docs_complete_on="2025-03-15")
    step(desk, file, "visited")
    step(desk, file, "propose")
    decide(desk, file)
    step(desk, file, "approve")
    step(desk, file, "sign_contract", contract_no="อท 1/2568", contract_on="2025-04-20")
    step(desk, file, "disburse", disbursed_on="2025-04-25", first_due_on="2025-05-05")
    pay(desk, file, 5_000_000)
    step(desk, file, "close")

    kept = records.get(desk.store, "loan_file", file).data
    assert kept["status"] == "closed"
    assert set(kept["reasons"]) == {"documents_missing"}


def test_an_application_says_what_the_money_is_for(desk: Desk) -> None:
    file = file_at(desk)
    assert says(desk, file, "lodge") == {"purpose_sum": True}
    change(desk, "loan_file", file, purpose_lines=PURPOSE)
    assert says(desk, file, "lodge") == {}


def test_the_papers_that_are_not_there_are_named_and_entered_at_once(desk: Desk) -> None:
    file = file_at(desk, "submitted")
    records.save(
        desk.store, "guarantor",
        {"loan_file": file, "person": person(desk, 2), "kind": "company", "salary": 2_000_000},
    )  # fmt: skip
    bank = {"loan_file": file, "kind": "bank_book", "status": "complete", "note": "ออมสิน"}
    records.save(desk.store, "document", bank)
    assert says(desk, file, "papers_complete") == {"documents_missing": True}

    assert loan_documents.add_needed(desk.store, file)
    assert loan_documents.add_needed(desk.store, file) == ""

    with looking(desk, "2025-03-20") as view:
        data = view.get("loan_file", file) or {}
        papers = loan_documents.needed(view, file, data)
        documents = view.where("document", loan_file=file)
    wanting = [paper.name for paper in papers if paper.is_wanting]
    assert len(documents) == 11 and len(wanting) == 10
    assert "หนังสือรับรองเงินเดือน สมาชิก2 ตัวอย่าง" in wanting
    assert not any("คำสั่งแต่งตั้ง" in name for name in wanting)
    noted = [paper for paper in papers if paper.kind == "bank_book"]
    assert [(paper.status, paper.note) for paper in noted] == [("complete", "ออมสิน")]

    for document, draft in documents:
        change(desk, "document", document, status="complete", note=draft.get("note"))
    assert says(desk, file, "papers_complete") == {}


def test_papers_after_the_closing_day_are_flagged_until_a_letter_extends_it(desk: Desk) -> None:
    late = {"docs_complete_on": "2025-04-02"}
    file = records.save(
        desk.store, "loan_file", loan(person(desk), "individual", **late), reasons={"late": "ขาด"}
    ).id
    set_status(desk, "loan_file", file, "submitted")
    assert says(desk, file, "papers_complete")["late"] is True
    assert says(desk, file, "came_late") == {}
    step(desk, file, "came_late", "เอกสารครบหลังวันปิดรับ")
    assert says(desk, file, "take_up_again") == {"still_late": False}

    letter = {"round": "2568-1", "apply_to": "2025-04-30", "letter_no": "รง 0309/ว 12"}
    records.save(desk.store, "round_extension", letter)
    assert says(desk, file, "take_up_again") == {}
    step(desk, file, "take_up_again", "มีหนังสือขยายเวลา")
    assert says(desk, file, "came_late") == {"in_time": False}
    assert "late" not in says(desk, file, "papers_complete")


def test_a_file_of_an_unknown_round_is_never_late(desk: Desk) -> None:
    data = loan(person(desk), "individual", round="9999-9", status="submitted")
    file = from_elsewhere(desk, "loan_file", data)
    assert "in_time" in says(desk, file, "came_late")


def test_a_visit_and_a_guarantor_are_asked_for_before_the_proposal(desk: Desk) -> None:
    file = file_at(desk, "documents_complete")
    assert says(desk, file, "propose") == {"not_visited": True, "no_guarantor": True}
    made = borrowing_group(desk, first=10)
    of_group = records.save(desk.store, "loan_file", loan(made)).id
    set_status(desk, "loan_file", of_group, "documents_complete")
    assert says(desk, of_group, "propose") == {"not_visited": True}
    visit = {
        "group": made, "visited_on": "2025-03-20", "kind": "before_approval",
        "team": "วิชัย", "obstacles": [{"kind": "none"}],
    }  # fmt: skip
    records.save(desk.store, "field_visit", visit)
    assert says(desk, of_group, "propose") == {}


@pytest.mark.parametrize(
    ("name", "outcome"),
    [("approve", "approved"), ("approve_partly", "partly"), ("refuse", "refused")],
)
def test_a_decision_is_needed_and_must_say_so(desk: Desk, name: str, outcome: str) -> None:
    file = file_at(desk, "proposed")
    assert says(desk, file, name) == {"no_decision": False}
    decide(desk, file, "returned")
    assert says(desk, file, name) == {"other_decision": False}
    assert stops(desk, file, name) == {"other_decision"}
    decide(desk, file, outcome, decided_on="2025-04-11")
    assert says(desk, file, name) == {}


def test_a_contract_follows_its_decision_and_keeps_the_last_day(desk: Desk) -> None:
    file = file_at(desk, "approved")
    signed = {"contract_no": "อท 1/2568", "contract_on": "2025-04-20"}
    assert stops(desk, file, "sign_contract", **signed) == {"no_decision"}
    decide(desk, file, contract_by="2025-05-31")
    early, late = signed | {"contract_on": "2025-04-09"}, signed | {"contract_on": "2025-06-01"}
    assert stops(desk, file, "sign_contract", **early) == {"order"}
    assert stops(desk, file, "sign_contract", **late) == {"late_contract"}
    assert stops(desk, file, "sign_contract", **signed) == set()


def test_money_is_transferred_after_the_contract_and_once(desk: Desk) -> None:
    file = file_at(desk, "contracted", contract_no="อท 1/2568", contract_on="2025-04-20")
    sent = {"disbursed_on": "2025-04-25", "first_due_on": "2025-05-05"}
    assert stops(desk, file, "disburse", **(sent | {"disbursed_on": "2025-04-19"})) == {"order"}
    assert stops(desk, file, "disburse", **(sent | {"first_due_on": "2025-04-25"})) == {"order"}
    assert stops(desk, file, "disburse", **sent) == set()
    set_status(desk, "loan_file", file, "contracted")
    assert says(desk, file, "disburse") == {"transferred_before": True}


def test_an_account_is_closed_when_nothing_is_owed(desk: Desk) -> None:
    file = running(desk)
    assert says(desk, file, "close") == {"owed": True}
    assert says(desk, file, "litigate") == says(desk, file, "restructure") == {}
    pay(desk, file, 5_000_000)
    assert says(desk, file, "close") == {}
    assert says(desk, file, "litigate") == {"nothing_owed": False}


def test_a_restructured_debt_goes_on_in_a_file_of_its_own(desk: Desk) -> None:
    file = running(desk)
    pay(desk, file, 1_000_000)
    draft = loan(person(desk, 7), "individual", continues=file)
    assert said(desk, "loan_file", draft)["not_restructured"].warning is False
    for not_ended in (file, "x"):
        with pytest.raises(UserError) as refused:
            restructuring.begun_from(desk.store, not_ended)
        assert refused.value.code == "not_restructured"

    step(desk, file, "restructure", "รายได้ลดลง")
    draft = restructuring.begun_from(desk.store, file) | {"months": 12}
    new = records.save(desk.store, "loan_file", draft).id

    begun = records.get(desk.store, "loan_file", new).data
    assert (begun["continues"], begun["amount_requested"]) == (file, 4_000_000)
    assert begun["status"] == "draft" and said(desk, "loan_file", begun, new) == {}
    assert sum(row["principal"] for row in begun["schedule"]) == 4_000_000
    other = said(desk, "loan_file", begun | {"amount_requested": 3_000_000}, new)
    assert other["owed_before"].warning and "40,000.00" in other["owed_before"].message


def test_a_debt_that_goes_on_does_not_begin_its_free_instalments_anew(desk: Desk) -> None:
    file = running(desk, borrowing_group(desk), "group", months=60, amount_requested=30_000_000)
    set_status(desk, "loan_file", file, "restructured")
    data = records.get(desk.store, "loan_file", file).data
    draft = {
        name: data[name] for name in ("round", "borrower_kind", "group", "amount_requested")
    } | {"continues": file, "months": 48, "submitted_on": "2026-05-06"}

    new = records.save(desk.store, "loan_file", draft, reasons={"owed_before": "-", "future": "-"})

    schedule = records.get(desk.store, "loan_file", new.id).data["schedule"]
    assert next(row["number"] for row in schedule if row["interest"]) == 24 - 13 + 1


def test_a_person_who_borrows_has_some_capital(desk: Desk) -> None:
    alone = person(desk)
    known = said(desk, "loan_file", loan(alone, "individual", borrower_capital=499_900))["capital"]
    assert not known.warning and known.source.startswith("S3") and "5,000.00" in known.message
    unknown = said(desk, "loan_file", loan(alone, "individual", borrower_capital=None))
    assert unknown["capital"].warning
    assert said(desk, "loan_file", loan(alone, "individual", borrower_capital=500_000)) == {}


def test_a_death_flags_the_file_and_does_not_stop_it(desk: Desk) -> None:
    alone, surety = person(desk), person(desk, 2)
    file = running(desk, alone)
    draft = {"loan_file": file, "person": surety, "kind": "village_head"}
    guarantor = records.save(desk.store, "guarantor", draft).id
    change(desk, "person", alone, life_status="dead")
    change(desk, "person", surety, life_status="dead")

    data = records.get(desk.store, "loan_file", file).data
    found = said(desk, "loan_file", data, file)
    assert {code for code in found if found[code].warning} == {"borrower_died", "guarantor_died"}
    assert "สมาชิก2 ตัวอย่าง" in found["guarantor_died"].message
    kept = records.get(desk.store, "guarantor", guarantor).data
    assert said(desk, "guarantor", kept, guarantor)["dead"].warning


def test_what_becomes_of_a_group_after_the_contract_stops_no_save(desk: Desk) -> None:
    made = borrowing_group(desk)
    file = running(desk, made, "group")
    other = borrowing_group(desk, first=20, name="กลุ่มทอผ้า")
    for number in (2, 3):
        member = search.find(desk.store, id_number(number))[0].id
        change(desk, "person", member, life_status="dead")
    shared = search.find(desk.store, id_number(4))[0].id
    join(desk, other, shared, reasons={"other_group": "ทำสองอาชีพ"})
    records.save(
        desk.store, "allotment_letter", {"round": "2568-1", "as_of": "2025-06-01", "amount": 0}
    )

    change(desk, "loan_file", file, note="โทรถามแล้ว")

    fresh = {name: value for name, value in loan(made).items() if name != "group"}
    assert {"few_members", "allotment"} <= set(said(desk, "loan_file", fresh | {"group": made}))
