# ruff: noqa: S608 (the fragments are ours; what is asked for comes as parameters)
"""R8: who looked at personal data when, and which receipts were voided and why."""

from datetime import datetime

from sqlalchemy import text

from app.core.fields import THAILAND
from app.core.i18n import _
from app.core.thai import format_date
from app.models.records.audit import audit
from app.services.figures.counting import within
from app.services.records import naming
from app.services.records.diary import ACTIONS
from app.services.reporting.report import Asked, Part, day, report


@report("access", "R8", "บันทึกการเข้าถึงข้อมูลส่วนบุคคล")
def access(asked: Asked) -> tuple[Part, ...]:
    """List the diary of access in the period, oldest first, and beside it the voided receipts."""
    first, last = asked.scope.period.first.isoformat(), asked.scope.period.last.isoformat()
    entries = []
    for row in asked.view.connection.execute(audit.select().order_by(audit.c.no)):
        at = datetime.fromisoformat(row.at).astimezone(THAILAND)
        if first <= at.date().isoformat() <= last:
            entries.append((at, row.user, row.action, row.subject))
    names = naming.titles(asked.view.connection, {("user", each[1]) for each in entries})
    rows = tuple(
        (
            f"{format_date(at.date().isoformat(), 'short')} {at:%H:%M}",
            names.get(("user", user), user),
            _(ACTIONS[action]),
            subject,
        )
        for at, user, action, subject in entries
    )
    return (Part("access", rows), Part("receipts", _receipts(asked)))


def _receipts(asked: Asked) -> tuple[tuple[str | int | None, ...], ...]:
    """List each voided receipt, and those of the same file, day and sum that stand."""
    statement = (
        "SELECT p.receipt_no, p.paid_on, t.file_no, p.amount, p.void_reason FROM payment p "
        "JOIN loan_file t ON t.id = p.loan_file WHERE p.paid_on BETWEEN :since AND :until "
        "AND EXISTS (SELECT 1 FROM payment v WHERE v.loan_file = p.loan_file "
        "AND v.paid_on = p.paid_on AND v.amount = p.amount AND v.void_reason IS NOT NULL)"
        + within("loan_file", asked.scope)
        + " ORDER BY p.paid_on, p.receipt_no"
    )
    found = asked.view.connection.execute(text(statement), asked.scope.parameters)
    return tuple(
        (
            row.receipt_no or "",
            day(row.paid_on),
            row.file_no or "",
            row.amount,
            row.void_reason or "",
        )
        for row in found
    )
