"""The instalment table of a loan: equal principal, interest on what is still owed."""

from dataclasses import dataclass
from datetime import date

from app.core.months import months_later
from app.models import shapes


@dataclass(frozen=True, slots=True)
class Terms:
    """What a table is computed from: satang, months, hundredths of a percent a year.

    The first `free_instalments` carry no interest: counted by instalment, not by the calendar
    (Royal Gazette 139 special 272 ง p. 7). The first falls due on `first_due_on`, the others on
    the same day of the following months, or on the last day of a shorter month. The first
    `principal_grace` pay interest alone; the last instalment always pays. A principal is rounded
    down to `principal_unit`; `day_count` is one of programme.DAY_COUNTS.
    """

    amount: int
    months: int
    free_instalments: int
    base_rate: int
    first_due_on: date | None
    principal_grace: int = 0
    principal_unit: int = 100
    day_count: str = "twelfths"


def table(terms: Terms) -> list[shapes.LoanFileScheduleRow]:
    """Return the rows of the table; the principals sum to the amount.

    What the unit leaves over is in the last instalment; interest is rounded half up to the satang.
    Rows have no due date while the first one is not known, and interest is then by twelfths.
    """
    grace = min(terms.principal_grace, terms.months - 1)
    each = terms.amount // (terms.months - grace) // terms.principal_unit * terms.principal_unit
    owed, rows = terms.amount, []
    for number in range(1, terms.months + 1):
        principal = 0 if number <= grace else each
        principal = owed if number == terms.months else principal
        row: shapes.LoanFileScheduleRow = {
            "number": number,
            "principal": principal,
            "interest": _interest(terms, number, owed),
            "balance": owed - principal,
        }
        if terms.first_due_on:
            row["due_on"] = months_later(terms.first_due_on, number - 1).isoformat()
        rows.append(row)
        owed -= principal
    return rows


def _interest(terms: Terms, number: int, owed: int) -> int:
    if number <= terms.free_instalments:
        return 0
    of_the_year = owed * terms.base_rate
    if terms.day_count == "twelfths" or not terms.first_due_on:
        return _half_up(of_the_year, 12 * 10_000)
    due, before = (months_later(terms.first_due_on, number - ago) for ago in (1, 2))
    return _half_up(of_the_year * (due - before).days, 365 * 10_000)


def _half_up(dividend: int, divisor: int) -> int:
    return (2 * dividend + divisor) // (2 * divisor)
