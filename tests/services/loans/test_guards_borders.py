"""Both sides of every border of guarantors, payments, decisions and of a loan file's steps."""

from datetime import date
from typing import Any

import pytest

from app.core.codes.group import ROLES
from app.core.codes.loan import DECISION_OUTCOMES, GUARANTOR_KINDS, LOAN_STATUSES
from app.core.codes.visit import VISIT_KINDS
from app.services.loans.allocation import lay
from app.services.loans.instalments import Terms, table
from app.services.loans.loan_account import arrears
from app.services.office.desk import Desk
from app.services.records import records
from tests.makers.loans import LENT
from tests.makers.office import (
    announce,
    asked,
    change,
    from_elsewhere,
    group,
    join,
    loan,
    looking,
    person,
    weighed,
)

DAY = "2025-05-06"
ROWS = [{"number": 1, "due_on": "2025-05-05", "principal": 100_00, "interest": 10_00, "balance": 0}]


def test_a_grace_leaves_the_principal_to_the_other_instalments() -> None:
    rows = table(Terms(1_200_00, 6, 0, 0, None, principal_grace=2, principal_unit=1_00))

    assert [row["principal"] for row in rows] == [0, 0, 300_00, 300_00, 300_00, 300_00]
    assert [row["balance"] for row in rows][:3] == [1_200_00, 1_200_00, 900_00]


def test_a_grace_of_the_whole_term_leaves_it_to_the_last() -> None:
    rows = table(Terms(1_200_00, 3, 0, 0, None, principal_grace=9))
    assert [row["principal"] for row in rows] == [0, 0, 1_200_00]


def test_a_row_that_says_nothing_asks_for_nothing() -> None:
    (share,) = lay([{}], 5).shares

    assert (share.number, share.due_on, share.principal, share.interest) == (0, "", 0, 0)
    assert lay([{}], 5).surplus == 5


@pytest.mark.parametrize("kind", [code for code, _word in GUARANTOR_KINDS])
def test_the_salaried_earn_the_least_and_office_holders_need_not(desk: Desk, kind: str) -> None:
    file = from_elsewhere(desk, "loan_file", loan(person(desk, 1), "individual"))
    draft = {"loan_file": file, "person": person(desk, 2), "kind": kind}
    office = kind in ("local_authority", "village_head")

    for salary, is_low in ((1_500_000, False), (1_499_999, True), (None, True)):
        said = weighed(desk, "guarantor", draft | {"salary": salary}, DAY)
        assert said == ({"salary": "refuses"} if is_low and not office else {}), salary
    elsewhere = from_elsewhere(desk, "loan_file", {"round": "9999-9"})
    assert weighed(desk, "guarantor", draft | {"loan_file": elsewhere}, DAY) == {}


@pytest.mark.parametrize(
    ("changed", "code", "weight"),
    [
        ({"birth_date": "2005-05-06"}, "under_age", None),
        ({"birth_date": "2005-05-07"}, "under_age", "refuses"),
        ({"birth_date": "2005"}, "age_unknown", "warns"),
        ({"birth_date": "2005-05-06"}, "age_unknown", None),
        ({"life_status": "dead"}, "dead", "refuses"),
        ({"life_status": "living"}, "dead", None),
    ],
)
def test_a_guarantor_is_of_age_today_and_living(
    desk: Desk, changed: dict[str, Any], code: str, weight: str | None
) -> None:
    file = from_elsewhere(desk, "loan_file", loan(person(desk, 1), "individual"))
    draft = {"loan_file": file, "person": person(desk, 2, **changed), "kind": "village_head"}

    assert weighed(desk, "guarantor", draft, DAY).get(code) == weight
    kept = from_elsewhere(desk, "guarantor", draft)
    again = "warns" if weight and code == "dead" else weight
    assert weighed(desk, "guarantor", draft, DAY, kept).get(code) == again


@pytest.mark.parametrize("role", [code for code, _word in ROLES])
@pytest.mark.parametrize("borrows", [True, False])
def test_whoever_leads_or_borrows_with_the_group_does_not_answer_for_it(
    desk: Desk, role: str, borrows: bool
) -> None:
    made, member = group(desk), person(desk, 1)
    joined = join(desk, made, member, role=role, co_borrower=borrows)
    file = from_elsewhere(desk, "loan_file", loan(made))
    draft = {"loan_file": file, "person": member, "kind": "village_head"}
    is_own = borrows or role == "leader"

    said = weighed(desk, "guarantor", draft, DAY)
    assert said == ({"own_guarantor": "refuses"} if is_own else {"member_guarantor": "warns"})
    assert weighed(desk, "guarantor", draft | {"person": person(desk, 2)}, DAY) == {}

    signed = records.get(desk.store, "loan_file", file).data | {"contract_on": "2025-04-20"}
    change(desk, "person", member, life_status="dead")
    died = weighed(desk, "loan_file", signed, DAY, file)
    assert died.get("borrower_died") == ("warns" if is_own else None)
    for left_on, answers in (("2025-04-20", True), ("2025-04-19", False)):
        change(desk, "membership", joined, left_on=left_on)
        died = weighed(desk, "loan_file", signed, DAY, file)
        assert ("borrower_died" in died) == (is_own and answers), left_on
        unsigned = loan(made)
        assert "borrower_died" not in weighed(desk, "loan_file", unsigned, DAY, file)


def test_a_guarantor_who_dies_is_flagged_in_the_file(desk: Desk) -> None:
    file = from_elsewhere(desk, "loan_file", loan(person(desk, 1), "individual"))
    died = person(desk, 2, life_status="dead")
    from_elsewhere(desk, "guarantor", {"loan_file": file, "person": died, "kind": "company"})
    data = records.get(desk.store, "loan_file", file).data

    assert weighed(desk, "loan_file", data, DAY, file).get("guarantor_died") == "warns"
    assert "guarantor_died" not in weighed(desk, "loan_file", data, DAY)


@pytest.mark.parametrize(
    ("changed", "code", "weight"),
    [
        ({"paid_on": "2025-04-25"}, "not_lent", None),
        ({"paid_on": "2025-04-24"}, "not_lent", "refuses"),
        ({"paid_on": DAY}, "future", None),
        ({"paid_on": "2025-05-07"}, "future", "warns"),
        ({"amount": 110_00}, "surplus", None),
        ({"amount": 110_01}, "surplus", "warns"),
        ({"amount": 110_01, "void_reason": "ซ้ำ"}, "surplus", None),
        ({"amount": None}, "surplus", None),
    ],
)
def test_a_rule_of_a_payment_speaks_on_one_side_of_its_border(
    desk: Desk, changed: dict[str, Any], code: str, weight: str | None
) -> None:
    lent = loan(person(desk), "individual", **LENT) | {"schedule": ROWS, "status": "disbursed"}
    file = from_elsewhere(desk, "loan_file", lent)
    draft = {"loan_file": file, "paid_on": "2025-05-05", "amount": 1, "receipt_no": "1"} | changed

    assert weighed(desk, "payment", draft, DAY).get(code) == weight
    without = from_elsewhere(desk, "loan_file", {"disbursed_on": "2025-04-25"})
    assert "surplus" not in weighed(desk, "payment", draft | {"loan_file": without}, DAY)


def test_what_others_paid_counts_to_the_debt_and_the_surplus_is_ones_own(desk: Desk) -> None:
    lent = loan(person(desk), "individual", **LENT) | {"schedule": ROWS, "status": "disbursed"}
    file = from_elsewhere(desk, "loan_file", lent)
    kept = from_elsewhere(desk, "payment", {"loan_file": file, "amount": 200_00})
    from_elsewhere(desk, "payment", {"loan_file": file})
    draft = {"loan_file": file, "paid_on": "2025-05-05", "amount": 5_00, "receipt_no": "2"}

    (problem,) = [
        each for each in records.check(desk.store, "payment", draft) if each.code == "surplus"
    ]
    assert "5.00" in problem.message and "95.00" not in problem.message
    assert "surplus" not in weighed(desk, "payment", draft | {"amount": 110_00}, DAY, kept)
    assert "surplus" not in weighed(desk, "payment", draft | {"amount": 0}, DAY)


def test_a_receipt_without_its_sum_or_file_is_named_all_the_same(desk: Desk) -> None:
    kept = from_elsewhere(desk, "payment", {"receipt_no": "7/68"})

    found = records.check(desk.store, "payment", {"receipt_no": "7/68"})
    (problem,) = [each for each in found if each.code == "receipt_twice"]
    assert problem.warning and "0.00" in problem.message
    own = weighed(desk, "payment", {"receipt_no": "7/68"}, DAY, kept)
    assert "receipt_twice" not in own
    assert "receipt_twice" not in weighed(desk, "payment", {"receipt_no": "8/68"}, DAY)


@pytest.mark.parametrize("name", ["loan_file", "paid_on", "amount", "receipt_no", "channel"])
def test_no_part_of_a_payment_is_edited(desk: Desk, name: str) -> None:
    file = from_elsewhere(desk, "loan_file", {"disbursed_on": "2025-04-25"})
    data = {"loan_file": file, "paid_on": "2025-05-05", "amount": 5, "receipt_no": "1"}
    kept = from_elsewhere(desk, "payment", data | {"channel": "cash"})
    others = {
        "loan_file": "x",
        "paid_on": DAY,
        "amount": 6,
        "receipt_no": "2",
        "channel": "transfer",
    }

    changed = data | {"channel": "cash", name: others[name]}

    assert weighed(desk, "payment", changed, DAY, kept)["payment_edited"] == "refuses"
    same = weighed(desk, "payment", data | {"channel": "cash", "note": "ก"}, DAY, kept)
    assert "payment_edited" not in same
    assert "payment_edited" not in weighed(desk, "payment", changed, DAY)


@pytest.mark.parametrize("outcome", [code for code, _word in DECISION_OUTCOMES])
@pytest.mark.parametrize("amount", [None, 4_999_999, 5_000_000, 5_000_001])
def test_an_outcome_and_its_sum_go_together(desk: Desk, outcome: str, amount: int | None) -> None:
    file = from_elsewhere(desk, "loan_file", loan("", "individual"))
    draft = {"loan_file": file, "outcome": outcome, "decided_on": "2025-04-10", "amount": amount}
    approves, expected = outcome in ("approved", "partly"), dict[str, str]()
    if approves and amount is None:
        expected = {"missing": "refuses"}
    elif not approves and amount is not None:
        expected = {"no_sum": "refuses"}
    elif approves and amount is not None:
        if amount > 5_000_000:
            expected["more_than_asked"] = "refuses"
        if (amount < 5_000_000) != (outcome == "partly"):
            expected["outcome_and_sum"] = "warns"

    assert weighed(desk, "decision_letter", draft, DAY) == expected
    without = from_elsewhere(desk, "loan_file", {"submitted_on": "2025-03-10"})
    said = weighed(desk, "decision_letter", draft | {"loan_file": without}, DAY)
    assert not {"more_than_asked", "outcome_and_sum"} & said.keys()


@pytest.mark.parametrize(
    ("changed", "code", "weight"),
    [
        ({"decided_on": "2025-03-10"}, "order", None),
        ({"decided_on": "2025-03-09"}, "order", "refuses"),
        ({"decided_on": DAY}, "future", None),
        ({"decided_on": "2025-05-07"}, "future", "refuses"),
        ({"decided_on": "2025-04-10", "contract_by": "2025-04-10"}, "order", None),
        ({"decided_on": "2025-04-10", "contract_by": "2025-04-09"}, "order", "refuses"),
        ({"contract_by": "2025-04-09"}, "order", None),
    ],
)
def test_the_days_of_a_letter_follow_one_another(
    desk: Desk, changed: dict[str, Any], code: str, weight: str | None
) -> None:
    draft = {"loan_file": from_elsewhere(desk, "loan_file", loan("", "individual"))} | changed
    assert weighed(desk, "decision_letter", draft, DAY).get(code) == weight


@pytest.mark.parametrize("status", [code for code, _word in LOAN_STATUSES])
def test_arrears_are_of_running_loans_and_debts_go_on_from_restructured_ones(
    desk: Desk, status: str
) -> None:
    lent = loan("", "individual", **LENT) | {"schedule": ROWS, "status": status}
    former = from_elsewhere(desk, "loan_file", lent)
    draft = loan("", "individual", continues=former, amount_requested=110_00)
    is_gone_on = status == "restructured"

    with looking(desk, DAY) as view:
        assert (former in arrears(view)) == (status in ("disbursed", "litigation"))
    said = weighed(desk, "loan_file", draft, DAY)
    assert said.get("not_restructured") == (None if is_gone_on else "refuses")
    assert "owed_before" not in said
    other = weighed(desk, "loan_file", draft | {"amount_requested": 110_01}, DAY)
    assert other.get("owed_before") == ("warns" if is_gone_on else None)
    itself = weighed(desk, "loan_file", draft | {"continues": former}, DAY, former)
    assert itself["not_restructured"] == "refuses"


def test_a_debt_without_an_account_is_nothing(desk: Desk) -> None:
    former = from_elsewhere(desk, "loan_file", {"status": "restructured"})
    draft = loan("", "individual", continues=former)

    assert "owed_before" in weighed(desk, "loan_file", draft | {"amount_requested": 1}, DAY)
    assert "owed_before" not in weighed(desk, "loan_file", draft | {"amount_requested": 0}, DAY)


@pytest.mark.parametrize("kind", [code for code, _word in VISIT_KINDS])
def test_a_visit_to_the_group_counts_when_it_was_before_the_approval(desk: Desk, kind: str) -> None:
    file = from_elsewhere(desk, "loan_file", loan(group(desk)))
    data = records.get(desk.store, "loan_file", file).data
    guard = "the_borrower_was_visited"
    assert asked(desk, guard, data, DAY, file) == {"not_visited": "warns"}

    from_elsewhere(desk, "field_visit", {"group": data["group"], "kind": kind})
    is_seen = kind == "before_approval"
    assert asked(desk, guard, data, DAY, file) == ({} if is_seen else {"not_visited": "warns"})
    alone = data | {"borrower_kind": "individual"}
    assert asked(desk, guard, alone, DAY, file) == {"not_visited": "warns"}
    from_elsewhere(desk, "field_visit", {"loan_file": file, "kind": kind})
    assert asked(desk, guard, alone, DAY, file) == {}


@pytest.mark.parametrize("outcome", [code for code, _word in DECISION_OUTCOMES])
def test_a_step_takes_the_decision_that_says_so(desk: Desk, outcome: str) -> None:
    file = from_elsewhere(desk, "loan_file", loan("", "individual"))
    steps = {
        "the_decision_approves": "approved",
        "the_decision_approves_in_part": "partly",
        "the_decision_refuses": "refused",
    }
    for guard in (*steps, "the_amount_was_approved"):
        assert asked(desk, guard, {}, DAY, file) == {"no_decision": "refuses"}

    letter = {"loan_file": file, "outcome": outcome, "decided_on": "2025-04-10"}
    from_elsewhere(desk, "decision_letter", letter)
    for guard, wanted in steps.items():
        expected = {} if outcome == wanted else {"other_decision": "refuses"}
        assert asked(desk, guard, {}, DAY, file) == expected
    amount = "the_amount_was_approved"
    assert asked(desk, amount, {}, DAY, file) == {"no_decision": "refuses"}

    from_elsewhere(
        desk, "decision_letter", letter | {"decided_on": "2025-04-11", "amount": 1_000_00}
    )
    approves = outcome in ("approved", "partly")
    for signed, is_early in (("2025-04-10", True), ("2025-04-11", False), (None, False)):
        draft = {"contract_on": signed} if signed else {}
        expected = {"order": "refuses"} if is_early else {}
        said = asked(desk, amount, draft, DAY, file)
        assert said == (expected if approves else {"no_decision": "refuses"})


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        ({"contract_on": "2025-04-20", "disbursed_on": "2025-04-20"}, {}),
        ({"contract_on": "2025-04-20", "disbursed_on": "2025-04-19"}, {"order": "refuses"}),
        ({"contract_on": "2025-04-20"}, {}),
        ({"disbursed_on": "2025-04-20"}, {}),
        ({"disbursed_on": "2025-04-20", "first_due_on": "2025-04-21"}, {}),
        ({"disbursed_on": "2025-04-20", "first_due_on": "2025-04-20"}, {"order": "refuses"}),
        ({"first_due_on": "2025-04-20"}, {}),
    ],
)
def test_a_transfer_lies_between_the_contract_and_the_first_instalment(
    desk: Desk, draft: dict[str, Any], expected: dict[str, str]
) -> None:
    assert asked(desk, "the_transfer_follows_the_contract", draft, DAY) == expected


@pytest.mark.parametrize("status", [code for code, _word in LOAN_STATUSES])
def test_money_that_was_sent_once_is_doubted_the_second_time(desk: Desk, status: str) -> None:
    file = from_elsewhere(desk, "loan_file", {"status": status})

    said = asked(desk, "the_transfer_follows_the_contract", {}, DAY, file)

    assert said == ({"transferred_before": "warns"} if status == "disbursed" else {})


@pytest.mark.parametrize(("paid", "is_owed"), [(109_99, True), (110_00, False)])
def test_an_account_is_closed_or_followed_up_by_what_is_owed(
    desk: Desk, paid: int, is_owed: bool
) -> None:
    lent = {"disbursed_on": "2025-04-25", "schedule": ROWS}
    file = from_elsewhere(desk, "loan_file", lent)
    from_elsewhere(desk, "payment", {"loan_file": file, "amount": paid})

    assert asked(desk, "nothing_is_owed", {}, DAY, file) == ({"owed": "warns"} if is_owed else {})
    owed = asked(desk, "something_is_owed", {}, DAY, file)
    assert owed == ({} if is_owed else {"nothing_owed": "refuses"})
    assert asked(desk, "something_is_owed", {}, DAY, "x") == {"nothing_owed": "refuses"}
    assert asked(desk, "nothing_is_owed", {}, DAY, "x") == {}


@pytest.mark.parametrize(
    ("draft", "day", "is_late"),
    [
        ({}, "2025-03-31", False),
        ({}, "2025-04-01", True),
        ({"docs_complete_on": "2025-03-31"}, "2025-04-01", False),
        ({"docs_complete_on": "2025-04-01"}, "2025-04-01", True),
        ({"round": "9999-9"}, "2025-04-01", False),
    ],
)
def test_the_window_closes_after_its_last_day(
    desk: Desk, draft: dict[str, Any], day: str, is_late: bool
) -> None:
    data = {"round": "2568-1"} | draft
    closed = asked(desk, "the_window_is_closed", data, day)
    opened = asked(desk, "the_window_is_open", data, day)
    assert closed == ({} if is_late else {"in_time": "refuses"})
    assert opened == ({"still_late": "refuses"} if is_late else {})


@pytest.mark.parametrize("kind", ["individual", "group"])
def test_a_person_names_a_guarantor_and_a_group_need_not(desk: Desk, kind: str) -> None:
    file = from_elsewhere(desk, "loan_file", {})
    guard = "the_guarantors_are_named"
    expected = {"no_guarantor": "warns"} if kind == "individual" else {}

    assert asked(desk, guard, {"borrower_kind": kind}, DAY, file) == expected
    from_elsewhere(desk, "guarantor", {"loan_file": file})
    assert asked(desk, guard, {"borrower_kind": kind}, DAY, file) == {}


@pytest.mark.parametrize(("day", "weight"), [("2025-06-30", None), ("2025-07-01", "refuses")])
def test_a_contract_keeps_the_rounds_last_day(desk: Desk, day: str, weight: str | None) -> None:
    announce(desk, contract_by=date(2025, 6, 30).isoformat())
    draft = loan("", "individual", contract_on=day)

    assert weighed(desk, "loan_file", draft, "2025-08-01").get("late_contract") == weight
    said = asked(desk, "the_contract_is_in_time", draft, "2025-08-01")
    assert said.get("late_contract") == weight


def test_a_purpose_is_said_and_sums_up(desk: Desk) -> None:
    guard = "the_purpose_is_whole"
    whole = [{"item": "ก", "quantity": 1, "unit_price": 5}]

    assert asked(desk, guard, {}, DAY) == {"purpose_sum": "warns"}
    assert asked(desk, guard, {"purpose_lines": whole, "amount_requested": 5}, DAY) == {}
    other = {"purpose_lines": whole, "amount_requested": 6}
    assert asked(desk, guard, other, DAY) == {"purpose_sum": "warns"}
