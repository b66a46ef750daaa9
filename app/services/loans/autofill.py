"""What a loan file completes by itself: the instalment table beside its terms."""

from datetime import date

from app.models import shapes
from app.services.loans.decisions import lent
from app.services.loans.instalments import Terms, table
from app.services.loans.rounds import round_of
from app.services.records.autofill import completes
from app.services.records.record_view import View


@completes(shapes.LOAN_FILE)
def with_schedule(view: View, record_id: str, data: shapes.LoanFile) -> shapes.LoanFile:
    """Return the file with the instalment table beside the terms it comes from, as it was printed.

    It is of the sum approved, once there is a decision, else of the sum asked for. A signed
    contract keeps its sum and its table, whatever the round or a decision says later; only other
    months or another first day make its table anew.
    """
    before = view.get(shapes.LOAN_FILE, record_id) or {}
    is_signed = bool(data.get("contract_on") and before.get("contract_on"))
    if is_signed and _has_table(data):
        return data
    signed_for = _sum_of(data) if is_signed else 0
    data = data.copy()
    data.pop("schedule", None)
    fund_round = round_of(view, data.get("round"))
    amount, months = signed_for or lent(view, record_id, data), data.get("months")
    if fund_round is None or not amount or not months or not 0 < months <= 120:
        return data
    first = data.get("first_due_on")
    terms = Terms(
        amount=amount,
        months=months,
        free_instalments=max(0, fund_round.free_instalments - _run_before(view, data)),
        base_rate=fund_round.base_rate,
        first_due_on=date.fromisoformat(first) if first else None,
        principal_grace=fund_round.principal_grace or 0,
        principal_unit=fund_round.principal_unit,
        day_count=fund_round.day_count,
    )
    return data | {"schedule": table(terms)}


def _run_before(view: View, data: shapes.LoanFile) -> int:
    """Count the instalments that a restructured file had run when this one goes on from it.

    Free of interest are the first instalments of a loan, and it stays one loan.
    """
    former = view.get(shapes.LOAN_FILE, data.get("continues")) or {}
    begins = data.get("submitted_on") or view.today.isoformat()
    due = [row.get("due_on", "") for row in former.get("schedule", ())]
    return len([day for day in due if day and day < begins])


def _has_table(data: shapes.LoanFile) -> bool:
    """Tell whether the table in the data has the months and the first day beside it."""
    rows = data.get("schedule") or [{}]
    return (len(rows), rows[0].get("due_on")) == (data.get("months"), data.get("first_due_on"))


def _sum_of(data: shapes.LoanFile) -> int:
    return sum(row.get("principal", 0) for row in data.get("schedule") or ())
