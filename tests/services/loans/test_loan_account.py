"""Repayment to the satang: what a payment goes to, what is owed, who is late and for how long."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import Invalid
from app.services.loans import loan_account, loan_lists
from app.services.loans.allocation import lay
from app.services.loans.instalments import Terms, table
from app.services.loans.loan_account import Account, account_of, ledger, standing
from app.services.office.desk import Desk
from app.services.records import history, records
from devtools.pen import uuid
from tests.makers.loans import pay, payment, running
from tests.makers.office import change, looking, said, set_status

terms = st.builds(
    Terms,
    amount=st.integers(min_value=100, max_value=30_000_000),
    months=st.integers(min_value=1, max_value=60),
    free_instalments=st.integers(min_value=0, max_value=24),
    base_rate=st.integers(min_value=0, max_value=1500),
    first_due_on=st.just(date(2025, 5, 5)),
    principal_grace=st.integers(min_value=0, max_value=12),
)
sums = st.lists(st.integers(min_value=1, max_value=12_000_000), max_size=12)


@given(terms)
def test_interest_is_a_twelfth_of_the_years_on_the_balance_half_a_satang_up(of: Terms) -> None:
    owed = of.amount
    for row in table(of):
        twelfth = owed * of.base_rate / 120_000 if row["number"] > of.free_instalments else 0
        assert abs(row["interest"] - twelfth) <= 0.5
        owed -= row["principal"]


@given(terms)
def test_a_grace_pays_interest_alone_and_the_rest_pays_the_principal(of: Terms) -> None:
    rows = table(of)
    grace = min(of.principal_grace, of.months - 1)
    assert not any(row["principal"] for row in rows[:grace])
    assert sum(row["principal"] for row in rows) == of.amount


@given(terms, sums)
def test_what_is_paid_is_laid_whole_and_never_beyond_an_instalment(
    of: Terms, paid: list[int]
) -> None:
    laid = lay(table(of), sum(paid))

    assert sum(share.paid for share in laid.shares) + laid.surplus == sum(paid)
    for share in laid.shares:
        assert 0 <= share.interest_paid <= share.interest
        assert 0 <= share.principal_paid <= share.principal
        assert share.interest_paid == share.interest or not share.principal_paid
    assert not laid.surplus or not any(share.owed for share in laid.shares)
    unpaid = [share.number for share in laid.shares if share.owed]
    touched = [share.number for share in laid.shares if share.paid]
    assert not unpaid or not touched or max(touched) <= min(unpaid)


@given(terms, sums, st.randoms(use_true_random=False))
def test_the_order_of_the_payments_changes_no_balance_and_a_void_restores_it(
    of: Terms, paid: list[int], chance: Any
) -> None:
    rows, shuffled = table(of), paid[:]
    chance.shuffle(shuffled)
    before = lay(rows, 0)
    one_by_one = [lay(rows, sum(shuffled[:count])) for count in range(len(shuffled) + 1)]

    assert one_by_one[-1] == lay(rows, sum(paid))
    assert one_by_one[0] == before
    voided = lay(rows, sum(paid) - sum(shuffled[:1]))
    assert voided == lay(rows, sum(shuffled[1:]))


def on(desk: Desk, file: str, day: str) -> Account:
    with looking(desk, day) as view:
        found = account_of(view, file)
    assert found is not None
    return found


def test_an_account_begins_when_the_money_is_transferred(desk: Desk) -> None:
    file = running(desk, disbursed_on=None)
    assert loan_account.account(desk.store, file) is None
    with looking(desk, "2025-06-01") as view:
        assert account_of(view, "x") is None
    change(desk, "loan_file", file, disbursed_on="2025-04-25")
    found = loan_account.account(desk.store, file)
    assert found is not None and found.owed == found.lent == 5_000_000


def test_arrears_are_counted_from_the_oldest_unpaid_instalment(desk: Desk) -> None:
    file = running(desk)
    assert on(desk, file, "2025-05-05").due == 208_300
    assert on(desk, file, "2025-05-05").overdue == 0
    assert standing(on(desk, file, "2025-05-05")) == "ชำระปกติ"

    pay(desk, file, 208_300)
    assert standing(on(desk, file, "2025-06-05")) == "ชำระปกติ"
    for day, days, step in (
        ("2025-06-06", 1, 0),
        ("2025-07-04", 29, 0),
        ("2025-07-05", 30, 30),
        ("2025-08-03", 59, 30),
        ("2025-08-04", 60, 60),
        ("2025-09-02", 89, 60),
        ("2025-09-03", 90, 90),
    ):
        found = on(desk, file, day)
        assert (found.days_late, found.step) == (days, step)
    assert standing(found) == "ค้างชำระ 90 วัน"
    assert found.overdue == 208_300 * 3 and found.next is not None and found.next.number == 2


def test_a_loan_of_two_rates_is_paid_interest_first(desk: Desk) -> None:
    rows = table(Terms(30_000_000, 60, 24, 300, date(2025, 5, 5)))
    laid = lay(rows, 24 * 500_000 + 45_100)

    assert laid.shares[24].interest_paid == 45_000
    assert laid.shares[24].principal_paid == 100
    whole = lay(rows, 30_000_000 + 832_500 + 1)
    assert (whole.principal_paid, whole.interest_paid, whole.surplus) == (30_000_000, 832_500, 1)


def test_a_payment_is_voided_and_never_edited(desk: Desk) -> None:
    file = running(desk)
    made = pay(desk, file, 208_300)
    for changed in ({"amount": 1}, {"paid_on": "2025-05-06"}, {"receipt_no": "2/68"}):
        with pytest.raises(Invalid) as refused:
            change(desk, "payment", made, **changed)
        assert [each.code for each in refused.value.problems] == ["payment_edited"]
    change(desk, "payment", made, note="รับที่ตลาด")

    voided = records.void(desk.store, "payment", made, "พิมพ์ซ้ำ")
    assert on(desk, file, "2025-05-05").paid == 0
    with pytest.raises(Invalid):
        change(desk, "payment", made, amount=1)
    with looking(desk, "2025-05-05") as view:
        assert [(each.void_reason, each.principal) for each in ledger(view, file)] == [("พิมพ์ซ้ำ", 0)]
    history.undo(desk.store, voided.act)
    assert on(desk, file, "2025-05-05").paid == 208_300


def test_the_ledger_says_what_each_payment_went_to(desk: Desk) -> None:
    file = running(desk)
    pay(desk, file, 4_900_000, "2/68", "2025-06-01")
    pay(desk, file, 100_000, "1/68", "2025-05-01")
    pay(desk, file, 50_000, "3/68", "2025-07-01", reasons={"surplus": "ชำระเกิน รอคืน"})

    with looking(desk, "2025-08-01") as view:
        found = [
            (each.receipt_no, each.principal, each.surplus, each.principal_left)
            for each in ledger(view, file)
        ]
        assert ledger(view, "x") == []

    assert found == [
        ("1/68", 100_000, 0, 4_900_000), ("2/68", 4_900_000, 0, 0), ("3/68", 0, 50_000, 0)
    ]  # fmt: skip
    assert standing(on(desk, file, "2025-08-01")) == "ชำระครบแล้ว"
    assert on(desk, file, "2025-08-01").next is None


@pytest.mark.parametrize(
    ("changed", "code", "warning"),
    [
        ({"amount": 5_000_100}, "surplus", True),
        ({"paid_on": "2025-04-24"}, "not_lent", False),
        ({"paid_on": "2999-01-01"}, "future", True),
    ],
)
def test_what_is_said_of_a_payment(
    desk: Desk, changed: dict[str, Any], code: str, warning: bool
) -> None:
    found = said(desk, "payment", payment(running(desk), 208_300) | changed)

    assert set(found) == {code} and found[code].warning is warning


def test_a_payment_of_a_file_without_a_loan_is_refused_and_a_used_receipt_named(
    desk: Desk,
) -> None:
    file = running(desk)
    made = pay(desk, file, 208_300)
    twice = said(desk, "payment", payment(file, 100))["receipt_twice"]
    assert twice.warning and "2,083.00" in twice.message and "-A-0001" in twice.message
    own = records.get(desk.store, "payment", made).data
    assert said(desk, "payment", own, made) == {}
    assert said(desk, "payment", own | {"void_reason": "ซ้ำ", "amount": 208_300}, made) == {}
    assert set(said(desk, "payment", payment(uuid(99), 1, "9/68"))) == {"not_here"}
    assert set(said(desk, "payment", payment(file, 1, "9/68") | {"paid_on": None})) == {"missing"}

    change(desk, "loan_file", file, disbursed_on=None)
    assert set(said(desk, "payment", payment(file, 1, "9/68"))) == {"not_lent"}


def test_who_is_in_arrears_is_listed_while_the_loan_runs(desk: Desk) -> None:
    file = running(desk)
    assert loan_lists.in_arrears(desk.store) == [file]

    pay(desk, file, 5_000_000)
    assert loan_lists.in_arrears(desk.store) == []
    change(desk, "loan_file", file, disbursed_on=None)
    assert loan_lists.in_arrears(desk.store) == []
    set_status(desk, "loan_file", file, "closed")
    assert loan_lists.in_arrears(desk.store) == []
