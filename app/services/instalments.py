"""The instalment table of a loan: equal principal, interest on what is still owed."""

import calendar
from dataclasses import dataclass
from datetime import date

from app.core.line import Data


@dataclass(frozen=True, slots=True)
class Terms:
    """What a table is computed from: satang, months, hundredths of a percent a year.

    The first `free_instalments` carry no interest: counted by instalment, not by the calendar
    (Royal Gazette 139 special 272 ง p. 7). The first falls due on `first_due_on`, the others on
    the same day of the following months, or on the last day of a shorter month. The first
    `principal_grace` pay interest alone; the last instalment always pays.
    """

    amount: int
    months: int
    free_instalments: int
    base_rate: int
    first_due_on: date | None
    principal_grace: int = 0


def table(terms: Terms) -> list[Data]:
    """Give the rows of the table; the principals sum to the amount.

    Principal is whole baht, the remainder in the last instalment; interest is rounded half up to
    the satang. Rows have no due date while the first one is not known.
    """
    grace = min(terms.principal_grace, terms.months - 1)
    each = terms.amount // (terms.months - grace) // 100 * 100
    owed, rows = terms.amount, []
    for number in range(1, terms.months + 1):
        principal = 0 if number <= grace else each
        principal = owed if number == terms.months else principal
        row: Data = {
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


def months_later(first: date, months: int) -> date:
    """Give the same day so many months on, or back; the last day of a shorter month."""
    years, month = divmod(first.month - 1 + months, 12)
    year = first.year + years
    day = min(first.day, calendar.monthrange(year, month + 1)[1])
    return date(year, month + 1, day)


def _interest(terms: Terms, number: int, owed: int) -> int:
    if number <= terms.free_instalments:
        return 0
    return (owed * terms.base_rate + 60_000) // 120_000
