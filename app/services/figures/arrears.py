# ruff: noqa: S608 (the fragments stand in questions; what is asked for comes as parameters)
"""What is owed and not paid as of a day, by how long: 1-30, 31-60, 61-90 and more days.

The payments made by then are laid on the instalments as repayment does; here they are summed up.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, text

from app.core import json_text
from app.models import shapes
from app.models.loans.file import LoanFile
from app.models.records.base import fields_of
from app.services.figures.counting import Scope, within
from app.services.loans.allocation import lay
from app.services.loans.loan_account import Account
from app.services.records.record_view import usable

STEPS = (30, 60, 90)


@dataclass(frozen=True, slots=True)
class Debt:
    """One loan that was paid out, and its account on the day; sums in satang."""

    id: str
    file_no: str
    group: str
    person: str
    paid: int
    account: Account

    @property
    def due(self) -> int:
        """Return the satang that fell due by the day, paid or not."""
        day = self.account.on.isoformat()
        return sum(
            share.principal + share.interest
            for share in self.account.shares
            if "" < share.due_on <= day
        )


@dataclass(frozen=True, slots=True)
class Ladder:
    """Loans in arrears of one step: up to so many days, 0 for more than the last step."""

    most: int
    ids: tuple[str, ...]
    baht: int


@dataclass(frozen=True, slots=True)
class Standing:
    """How the repayment stands: `due` and `paid` of what fell due by the day, in satang."""

    ladder: tuple[Ladder, ...]
    due: int
    paid: int

    @property
    def collected(self) -> int | None:
        """Return the percentage of the due money that came in, rounded down; None without any."""
        return self.paid * 100 // self.due if self.due else None


def debts(connection: Connection, scope: Scope) -> list[Debt]:
    """List the loans that are being repaid, by file number."""
    statement = text(
        'SELECT t.id, t.file_no, t."group", t.person, t.schedule, '
        "(SELECT coalesce(sum(p.amount), 0) FROM payment p WHERE p.loan_file = t.id "
        "AND p.void_reason IS NULL AND p.paid_on <= :as_of) AS paid FROM loan_file t "
        "WHERE t.void_reason IS NULL AND t.disbursed_on <= :as_of "
        "AND t.status <> 'restructured'" + within("loan_file", scope) + " ORDER BY t.file_no"
    )
    found = connection.execute(statement, scope.parameters)
    return [_debt(row, scope.as_of) for row in found]


def standing(found: Iterable[Debt]) -> Standing:
    """Sum debts up by the steps of the ladder."""
    rungs: dict[int, list[Debt]] = {each: [] for each in (*STEPS, 0)}
    due = paid = 0
    for debt in found:
        due, paid = due + debt.due, paid + min(debt.paid, debt.due)
        if debt.account.overdue:
            rungs[step_of(debt.account.days_late)].append(debt)
    ladder = tuple(
        Ladder(most, tuple(each.id for each in late), sum(each.account.overdue for each in late))
        for most, late in rungs.items()
    )
    return Standing(ladder, due, paid)


def step_of(days: int) -> int:
    """Return the step that so many days fall in, 0 beyond the last."""
    return next((most for most in STEPS if days <= most), 0)


def _debt(row: Row[Any], as_of: date) -> Debt:
    kept = {"schedule": json_text.kept(row.schedule)} if row.schedule else {}
    rows: list[shapes.LoanFileScheduleRow] = usable(fields_of(LoanFile), kept).get("schedule", [])
    names = (row.file_no or "", row.group or "", row.person or "")
    return Debt(row.id, *names, row.paid, Account(as_of, lay(rows, row.paid), row.paid))
