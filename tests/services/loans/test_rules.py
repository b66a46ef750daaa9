"""Rules about loan files and guarantors, each as the clerk is told of it."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from app.core.months import months_later
from app.models.office.store import set_setting
from app.services.office.clock import clock_problem, clock_problem_of
from app.services.office.desk import Desk
from app.services.records import records
from tests.makers.office import (
    announce,
    borrowing_group,
    change,
    from_elsewhere,
    group,
    join,
    loan,
    looking,
    person,
    said,
    set_status,
    stopped,
    told,
)

NOWHERE = "0190aaaa-0000-7000-8000-000000000000"


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        ({"round": "9999-9"}, "round"),
        ({"borrower_kind": "individual"}, "missing"),
        ({"borrower_kind": "group"}, "missing"),
        ({"borrower_kind": "group", "group": NOWHERE}, "few_members"),
        ({"borrower_kind": "group", "months": 61}, "months"),
        ({"borrower_kind": "individual", "months": 25}, "months"),
        ({"submitted_on": "2024-11-30"}, "early"),
        ({"submitted_on": "2025-03-02", "docs_complete_on": "2025-03-01"}, "order"),
        ({"submitted_on": "2025-03-02", "contract_on": "2025-03-01"}, "order"),
        ({"submitted_on": "2025-04-01"}, "late"),
        ({"submitted_on": "2025-06-01"}, "future"),
        ({"purpose_lines": [{"item": "ก", "quantity": 1, "unit_price": 1}]}, "purpose_sum"),
    ],
)
def test_what_is_said_of_a_file(desk: Desk, draft: dict[str, Any], code: str) -> None:
    whole = {"round": "2568-1", "amount_requested": 5_000_000, "months": 12} | draft

    assert code in told(desk, "loan_file", whole, "2025-05-01")


def test_a_file_that_says_nothing_yet_is_not_lectured(desk: Desk) -> None:
    assert told(desk, "loan_file", {}, "2025-03-01") == set()
    assert told(desk, "loan_file", {"round": "2568-1"}, "2025-03-01") == set()
    assert told(desk, "loan_file", {"docs_complete_on": "2025-03-01"}, "2025-03-01") == set()


def test_a_borrower_under_age_or_dead_is_refused(desk: Desk) -> None:
    young = person(desk, 1, birth_date="2010-01-01")
    dead = person(desk, 2, life_status="dead")

    assert "under_age" in stopped(desk, "loan_file", loan(young, "individual"))
    assert "dead" in stopped(desk, "loan_file", loan(dead, "individual"))
    assert set(said(desk, "loan_file", loan(NOWHERE, "individual"))) == {"not_here"}


def test_a_group_whose_ages_are_open_asks_for_the_documents(desk: Desk) -> None:
    made = borrowing_group(desk, members=4)
    join(desk, made, person(desk, 50, birth_date="2005"))

    assert set(said(desk, "loan_file", loan(made))) == {"age_unknown"}


def test_a_member_who_left_the_other_group_holds_up_nothing(desk: Desk) -> None:
    made, other = borrowing_group(desk), group(desk, "กลุ่มทอผ้า")
    shared = person(desk, 80)
    join(desk, other, shared, left_on="2024-01-01")
    join(desk, made, shared)

    assert said(desk, "loan_file", loan(made)) == {}


def test_a_member_of_a_group_that_is_not_here_holds_up_nothing(desk: Desk) -> None:
    made, shared = borrowing_group(desk), person(desk, 80)
    from_elsewhere(desk, "membership", {"group": NOWHERE, "person": shared, "role": "member"})
    join(desk, made, shared)

    assert said(desk, "loan_file", loan(made)) == {}


@pytest.mark.parametrize(
    ("changed", "code", "warning"),
    [
        ({"capital": 999_999}, "capital", False),
        ({"capital": None}, "capital", True),
        ({"founded_on": "2024-12-11"}, "young_group", True),
    ],
)
def test_a_group_must_be_ready(
    desk: Desk, changed: dict[str, Any], code: str, warning: bool
) -> None:
    made = borrowing_group(desk, **changed)

    found = said(desk, "loan_file", loan(made))

    assert set(found) == {code} and found[code].warning is warning


def test_three_months_together_are_counted_by_the_calendar(desk: Desk) -> None:
    made = borrowing_group(desk, founded_on="2024-12-10")
    assert said(desk, "loan_file", loan(made)) == {}


def test_a_group_without_its_registration_is_pointed_out(desk: Desk) -> None:
    made = group(desk)
    for number in range(1, 6):
        join(desk, made, person(desk, number), role="leader" if number == 1 else "member")

    assert set(said(desk, "loan_file", loan(made))) == {"homeworker_registration"}
    announce(desk, needs_homeworker_registration=False)
    assert said(desk, "loan_file", loan(made)) == {}


def test_one_borrower_has_one_open_file(desk: Desk) -> None:
    alone = person(desk)
    first = records.save(desk.store, "loan_file", loan(alone, "individual"))

    found = said(desk, "loan_file", loan(alone, "individual"))
    assert records.get(desk.store, "loan_file", first.id).title in found["open_loan"].message

    set_status(desk, "loan_file", first.id, "closed")
    assert said(desk, "loan_file", loan(alone, "individual")) == {}


def test_a_co_borrower_counts_as_a_borrower_both_ways(desk: Desk) -> None:
    made, member = borrowing_group(desk), person(desk, 80)
    joined = join(desk, made, member, co_borrower=True)
    own = records.save(desk.store, "loan_file", loan(member, "individual"))

    assert set(said(desk, "loan_file", loan(made))) == {"open_loan"}

    set_status(desk, "loan_file", own.id, "refused")
    records.save(desk.store, "loan_file", loan(made))
    assert set(said(desk, "loan_file", loan(member, "individual"))) == {"open_loan"}
    change(desk, "membership", joined, left_on="2025-03-01")
    assert said(desk, "loan_file", loan(member, "individual")) == {}


def test_the_contract_keeps_the_last_day_that_the_centre_gave(desk: Desk) -> None:
    announce(desk, contract_by="2025-06-30")
    draft = loan(NOWHERE, contract_on="2025-07-01")

    assert "late_contract" in told(desk, "loan_file", draft, "2025-08-01")
    in_time = draft | {"contract_on": "2025-06-30"}
    assert "late_contract" not in told(desk, "loan_file", in_time, "2025-08-01")


def test_an_allotment_without_its_date_says_nothing(desk: Desk) -> None:
    from_elsewhere(desk, "allotment_letter", {"round": "2568-1", "amount": 1})
    from_elsewhere(desk, "allotment_letter", {"round": "2568-1", "as_of": "2025-01-01"})

    assert "allotment" not in told(desk, "loan_file", loan(NOWHERE), "2025-03-10")


def test_an_allotment_that_is_enough_says_nothing(desk: Desk) -> None:
    letter = {"round": "2568-1", "as_of": "2025-01-01", "amount": 20_000_000}
    records.save(desk.store, "allotment_letter", letter)

    assert "allotment" not in told(desk, "loan_file", loan(NOWHERE), "2025-03-10")


GUARANTOR = {"kind": "company", "employer": "บริษัทตัวอย่าง", "salary": 1_500_000}


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, set()),
        ({"salary": 1_499_900}, {"salary"}),
        ({"salary": None}, {"salary"}),
        ({"kind": "village_head", "salary": None}, set()),
        ({"kind": "local_authority", "salary": 0}, set()),
    ],
)
def test_a_guarantor_earns_enough_or_holds_an_office(
    desk: Desk, changed: dict[str, Any], expected: set[str]
) -> None:
    file = records.save(desk.store, "loan_file", loan(person(desk), "individual"))
    draft = GUARANTOR | {"loan_file": file.id, "person": person(desk, 2)} | changed

    assert set(said(desk, "guarantor", draft)) == expected


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"birth_date": "2010"}, {"under_age"}),
        ({"birth_date": None}, {"age_unknown"}),
        ({"life_status": "dead"}, {"dead"}),
    ],
)
def test_a_guarantor_is_of_age_and_living(
    desk: Desk, changed: dict[str, Any], expected: set[str]
) -> None:
    file = records.save(desk.store, "loan_file", loan(person(desk), "individual"))
    draft = GUARANTOR | {"loan_file": file.id, "person": person(desk, 2, **changed)}

    assert set(said(desk, "guarantor", draft)) == expected


def test_a_borrower_does_not_answer_for_himself(desk: Desk) -> None:
    alone = person(desk)
    file = records.save(desk.store, "loan_file", loan(alone, "individual"))

    draft = GUARANTOR | {"loan_file": file.id}
    assert set(said(desk, "guarantor", draft | {"person": alone})) == {"own_guarantor"}
    assert set(said(desk, "guarantor", draft)) == {"missing"}
    assert "own_guarantor" not in told(desk, "guarantor", {"person": alone}, "2025-03-10")


def test_a_co_borrower_does_not_answer_for_the_group_but_another_member_may(desk: Desk) -> None:
    made, member = borrowing_group(desk), person(desk, 80)
    joined = join(desk, made, member)
    file = records.save(desk.store, "loan_file", loan(made))
    draft = GUARANTOR | {"loan_file": file.id, "person": member}

    assert set(said(desk, "guarantor", draft)) == {"member_guarantor"}
    change(desk, "membership", joined, co_borrower=True)
    assert set(said(desk, "guarantor", draft)) == {"own_guarantor"}
    assert set(said(desk, "guarantor", draft | {"person": person(desk, 81)})) == set()


def test_scenario_21_a_clock_that_is_wrong_is_said_and_the_typed_day_is_kept(desk: Desk) -> None:
    now = datetime.now(UTC)
    draft = loan(NOWHERE)
    past, far = f"{now.year - 2}-06-01", f"{now.year + 2}-06-01"

    assert "clock" in told(desk, "loan_file", draft, past)
    assert "clock" in told(desk, "loan_file", draft, far)
    assert "clock" not in told(desk, "loan_file", {"round": "2568-1"}, far)
    assert clock_problem(desk.store) is None
    with looking(desk, past) as view:
        found = clock_problem_of(view)
    assert found is not None and found.warning and "ก่อนรายการล่าสุด" in found.message

    made = borrowing_group(desk)
    saved = records.save(desk.store, "loan_file", loan(made))
    kept = records.get(desk.store, "loan_file", saved.id)
    assert kept.data["submitted_on"] == "2025-03-10"
    assert kept.created_at[:10] == datetime.now(UTC).date().isoformat()


def test_a_desk_that_has_written_nothing_believes_its_clock(desk: Desk) -> None:
    new_epoch = {"office": "15", "replica": "e" * 32, "epoch": "f" * 32}
    desk.store.write(lambda connection: set_setting(connection, "origin", new_epoch))

    assert clock_problem(desk.store) is None


def test_months_are_counted_back_to_the_last_day_of_a_shorter_one() -> None:
    assert months_later(date(2025, 5, 31), -3) == date(2025, 2, 28)
    assert months_later(date(2025, 1, 10), -3) == date(2024, 10, 10)
