"""The account of a loan where a payment, a row or a day says nothing, and what each payment is."""

from datetime import date
from typing import Any

import pytest

from app.services.loans.allocation import lay
from app.services.loans.loan_account import Account, account_of, arrears, ledger, standing
from app.services.office.desk import Desk
from tests.makers.office import from_elsewhere, looking

ROWS: list[dict[str, Any]] = [
    {"number": 1, "due_on": "2025-05-05", "principal": 100_00, "interest": 10_00, "balance": 50_00},
    {"number": 2, "due_on": "2025-06-05", "principal": 50_00, "interest": 5_00, "balance": 0},
]
LENT = {"disbursed_on": "2025-04-25", "schedule": ROWS, "status": "disbursed"}


def test_a_row_without_its_day_is_neither_due_nor_late() -> None:
    undated = [{"number": 1, "principal": 100_00, "interest": 10_00}]
    found = Account(date(2025, 5, 5), lay(undated, 0), 0)

    assert (found.due, found.overdue, found.days_late) == (0, 0, 0)
    assert found.to_restructure == 100_00 and found.owed == 110_00


@pytest.mark.parametrize(
    ("day", "due", "overdue", "days"),
    [
        (date(2025, 5, 4), 0, 0, 0),
        (date(2025, 5, 5), 110_00, 0, 0),
        (date(2025, 5, 6), 110_00, 110_00, 1),
        (date(2025, 6, 5), 165_00, 110_00, 31),
        (date(2025, 6, 6), 165_00, 165_00, 32),
    ],
)
def test_an_instalment_is_due_on_its_day_and_late_after_it(
    day: date, due: int, overdue: int, days: int
) -> None:
    found = Account(day, lay(ROWS, 0), 0)

    assert (found.due, found.overdue, found.days_late) == (due, overdue, days)
    assert found.lent == found.principal_owed == 150_00


def test_a_payment_without_its_sum_pays_nothing(desk: Desk) -> None:
    file = from_elsewhere(desk, "loan_file", LENT)
    from_elsewhere(desk, "payment", {"loan_file": file})
    from_elsewhere(desk, "payment", {"loan_file": file, "amount": 110_00})

    with looking(desk, "2025-05-06") as view:
        found = account_of(view, file)
        assert found is not None and (found.paid, found.overdue) == (110_00, 0)
        assert arrears(view) == {}
        assert sorted(each.amount for each in ledger(view, file)) == [0, 110_00]
    with looking(desk, "2025-06-06") as view:
        assert arrears(view)[file].paid == 110_00


def test_a_running_file_without_its_transfer_is_in_no_arrears(desk: Desk) -> None:
    from_elsewhere(desk, "loan_file", {"schedule": ROWS, "status": "disbursed"})
    owing = from_elsewhere(desk, "loan_file", LENT)
    with looking(desk, "2025-05-06") as view:
        assert list(arrears(view)) == [owing]
    with looking(desk, "2025-05-05") as view:
        assert arrears(view) == {}


def test_each_payment_is_told_what_it_alone_went_to(desk: Desk) -> None:
    file = from_elsewhere(desk, "loan_file", LENT)
    for number, amount in enumerate((4_00, 10_00, 200_00, 7_00), 1):
        payment = {"loan_file": file, "amount": amount, "paid_on": f"2025-05-0{number}"}
        from_elsewhere(desk, "payment", payment)
    voided = {"loan_file": file, "amount": 9_00, "paid_on": "2025-05-02", "void_reason": "ซ้ำ"}
    from_elsewhere(desk, "payment", voided)

    with looking(desk, "2025-06-06") as view:
        found = ledger(view, file)

    kept = [each for each in found if not each.void_reason]
    assert [each.interest for each in kept] == [4_00, 6_00, 5_00, 0]
    assert [each.principal for each in kept] == [0, 4_00, 146_00, 0]
    assert [each.surplus for each in kept] == [0, 0, 49_00, 7_00]
    assert [each.principal_left for each in kept] == [150_00, 146_00, 0, 0]
    (void,) = [each for each in found if each.void_reason]
    assert (void.interest, void.principal, void.surplus) == (0, 0, 0)


def test_what_stands_of_a_loan_is_said_by_what_is_owed() -> None:
    said = [standing(Account(date(2025, 5, day), lay(ROWS, 0), 0)) for day in (5, 6)]
    paid = standing(Account(date(2025, 7, 1), lay(ROWS, 165_00), 165_00))

    assert said == ["ชำระปกติ", "ค้างชำระ 1 วัน"] and paid == "ชำระครบแล้ว"
