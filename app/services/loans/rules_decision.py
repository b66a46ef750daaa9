"""Rules about a decision letter: what was decided of a loan file, typed from paper."""

from collections.abc import Iterator

from app.core import thai
from app.core.errors import Problem
from app.core.i18n import _
from app.models import shapes
from app.services.loans.decisions import APPROVING, decision_of
from app.services.records.record_view import View
from app.services.records.rules import rule
from app.services.records.sources import S6


@rule(shapes.DECISION_LETTER)
def the_approved_sum_fits(
    view: View, record_id: str, data: shapes.DecisionLetter
) -> Iterator[Problem]:
    """Ask for the sum of an approval; refuse more than was asked for (S6)."""
    loan, amount = view.get(shapes.LOAN_FILE, data.get("loan_file")) or {}, data.get("amount")
    outcome, asked = data.get("outcome"), loan.get("amount_requested")
    if outcome in APPROVING and not amount:
        yield Problem("amount", _("Fill in the sum that was approved."), "missing")
    if outcome not in APPROVING and amount:
        yield Problem("amount", _("What was not approved has no sum."), "no_sum")
    if not amount or asked is None or outcome not in APPROVING:
        return
    if amount > asked:
        yield Problem(
            "amount",
            _("Not more than was asked for can be approved: {asked} baht.").format(
                asked=thai.format_baht(asked)
            ),
            "more_than_asked",
            S6,
        )
    if (amount < asked) is (outcome == "approved"):
        yield Problem(
            "outcome",
            _("{asked} baht were asked for: is it approved in whole or in part?").format(
                asked=thai.format_baht(asked)
            ),
            "outcome_and_sum",
            warning=True,
        )


@rule(shapes.DECISION_LETTER)
def the_days_of_the_letter_fit(
    view: View, record_id: str, data: shapes.DecisionLetter
) -> Iterator[Problem]:
    """Refuse a decision before the application or in the future, and a last day before it."""
    decided = data.get("decided_on")
    loan = view.get(shapes.LOAN_FILE, data.get("loan_file")) or {}
    if not decided:
        return
    if decided < loan.get("submitted_on", ""):
        yield Problem("decided_on", _("The decision is before the application."), "order")
    if decided > view.today.isoformat():
        yield Problem("decided_on", _("This date is in the future."), "future")
    if data.get("contract_by", decided) < decided:
        yield Problem("contract_by", _("The last day is before the decision."), "order")


@rule(shapes.DECISION_LETTER)
def the_letter_says_what_the_centre_says(
    view: View, record_id: str, data: shapes.DecisionLetter
) -> Iterator[Problem]:
    """Warn where the centre's own decision says another outcome or sum: the centre's counts."""
    found = decision_of(view, data.get("loan_file", ""))
    if not found or not found.is_of_the_centre:
        return
    if (found.outcome, found.amount) != (data.get("outcome"), data.get("amount")):
        yield Problem(
            "outcome",
            _(
                "The central office decided otherwise, and its decision counts: {amount} baht."
            ).format(amount=thai.format_baht(found.amount or 0)),
            "centre_differs",
            warning=True,
        )
