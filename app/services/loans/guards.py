"""What the steps of a loan file ask: purpose, papers, visit, sureties, decision, contract, debt."""

from collections.abc import Iterator

from app.core import thai
from app.core.errors import Problem
from app.core.i18n import _
from app.core.line import PUT
from app.models import shapes
from app.models.records.lines import lines_of
from app.services.loans.decisions import decision_of
from app.services.loans.loan_account import Account, account_of
from app.services.loans.loan_documents import needed
from app.services.loans.rounds import round_of
from app.services.loans.rules import (
    the_application_is_in_time,
    the_contract_keeps_its_day,
    the_purpose_adds_up,
)
from app.services.records.guards import guard
from app.services.records.record_view import View
from app.services.records.sources import S9


@guard(shapes.LOAN_FILE)
def the_purpose_is_whole(view: View, record_id: str, data: shapes.LoanFile) -> Iterator[Problem]:
    """Warn of an application without purpose lines, or whose lines do not sum to the amount."""
    if not data.get("purpose_lines"):
        message = _("It does not say yet what the money is for.")
        yield Problem("purpose_lines", message, "purpose_sum", warning=True)
    yield from the_purpose_adds_up(view, record_id, data)


@guard(shapes.LOAN_FILE)
def every_needed_paper_is_there(
    view: View, record_id: str, data: shapes.LoanFile
) -> Iterator[Problem]:
    """Warn, naming them, of papers of the round's list that are not noted as present."""
    wanting = [paper.name for paper in needed(view, record_id, data) if paper.is_wanting]
    if wanting:
        message = _("Papers that are not there: {papers}.").format(papers=", ".join(wanting))
        yield Problem("", message, "documents_missing", warning=True)


@guard(shapes.LOAN_FILE)
def the_papers_came_in_time(view: View, record_id: str, data: shapes.LoanFile) -> Iterator[Problem]:
    """Flag papers that were complete after the closing day, extensions counted (S9)."""
    yield from the_application_is_in_time(view, record_id, data)


@guard(shapes.LOAN_FILE)
def the_borrower_was_visited(
    view: View, record_id: str, data: shapes.LoanFile
) -> Iterator[Problem]:
    """Warn where no visit before the approval is noted for the file or for its group."""
    visits = view.where(shapes.FIELD_VISIT, loan_file=record_id)
    if data.get("borrower_kind") == "group" and not visits:
        visits = view.where(shapes.FIELD_VISIT, group=data.get("group"), kind="before_approval")
    if not visits:
        message = _("No visit to the borrower is noted.")
        yield Problem("", message, "not_visited", warning=True)


@guard(shapes.LOAN_FILE)
def the_guarantors_are_named(
    view: View, record_id: str, data: shapes.LoanFile
) -> Iterator[Problem]:
    """Warn of a person who borrows without a guarantor; how many are asked for is not published."""
    if data.get("borrower_kind") == "individual" and not view.where(
        shapes.GUARANTOR, loan_file=record_id
    ):
        message = _("No guarantor is entered.")
        yield Problem("", message, "no_guarantor", warning=True)


@guard(shapes.LOAN_FILE)
def the_decision_approves(view: View, record_id: str, data: shapes.LoanFile) -> Iterator[Problem]:
    """Refuse without a decision that approves the whole sum."""
    yield from _decided(view, record_id, "approved")


@guard(shapes.LOAN_FILE)
def the_decision_approves_in_part(
    view: View, record_id: str, data: shapes.LoanFile
) -> Iterator[Problem]:
    """Refuse without a decision that approves a part of the sum."""
    yield from _decided(view, record_id, "partly")


@guard(shapes.LOAN_FILE)
def the_decision_refuses(view: View, record_id: str, data: shapes.LoanFile) -> Iterator[Problem]:
    """Refuse without a decision that says no."""
    yield from _decided(view, record_id, "refused")


@guard(shapes.LOAN_FILE)
def the_contract_is_in_time(view: View, record_id: str, data: shapes.LoanFile) -> Iterator[Problem]:
    """Refuse a contract after its last day (S9)."""
    yield from the_contract_keeps_its_day(view, record_id, data)


@guard(shapes.LOAN_FILE)
def the_amount_was_approved(view: View, record_id: str, data: shapes.LoanFile) -> Iterator[Problem]:
    """Refuse a contract without a decision that approves a sum, or before it."""
    found = decision_of(view, record_id)
    if found is None or not found.approves or not found.amount:
        message = _("Enter the decision that approves the sum first.")
        yield Problem("", message, "no_decision")
    elif data.get("contract_on", found.decided_on) < found.decided_on:
        message = _("The contract is before the decision.")
        yield Problem("contract_on", message, "order")


@guard(shapes.LOAN_FILE)
def the_transfer_follows_the_contract(
    view: View, record_id: str, data: shapes.LoanFile
) -> Iterator[Problem]:
    """Refuse a transfer before the contract, or a first instalment before the transfer.

    Money is transferred once: it warns where the file stood there before.
    """
    lent_on, due_on = data.get("disbursed_on", ""), data.get("first_due_on", "")
    if lent_on and lent_on < data.get("contract_on", ""):
        message = _("The money was transferred before the contract.")
        yield Problem("disbursed_on", message, "order")
    if due_on and due_on <= lent_on:
        message = _("The first instalment is due after the transfer.")
        yield Problem("first_due_on", message, "order")
    if _stood_at(view, record_id, "disbursed"):
        message = _("The money of this file was noted as transferred before. It is sent once.")
        yield Problem("disbursed_on", message, "transferred_before", warning=True)


@guard(shapes.LOAN_FILE)
def nothing_is_owed(view: View, record_id: str, data: shapes.LoanFile) -> Iterator[Problem]:
    """Warn, with the sum, of an account that is closed while something is owed."""
    found = account_of(view, record_id)
    if found and found.owed:
        message = _("{owed} baht are still owed.").format(owed=thai.format_baht(found.owed))
        yield Problem("", message, "owed", warning=True)


@guard(shapes.LOAN_FILE)
def something_is_owed(view: View, record_id: str, data: shapes.LoanFile) -> Iterator[Problem]:
    """Refuse to follow up a debt that is paid back."""
    found: Account | None = account_of(view, record_id)
    if found is None or not found.owed:
        yield Problem("", _("Nothing is owed any more."), "nothing_owed")


@guard(shapes.LOAN_FILE)
def the_window_is_closed(view: View, record_id: str, data: shapes.LoanFile) -> Iterator[Problem]:
    """Refuse to call an application late that can still come, or came, in time (S9)."""
    if not _is_late(view, data):
        yield Problem("", _("The application is not late."), "in_time", S9)


@guard(shapes.LOAN_FILE)
def the_window_is_open(view: View, record_id: str, data: shapes.LoanFile) -> Iterator[Problem]:
    """Refuse to take up a late application again before a letter extends the round (S9)."""
    if _is_late(view, data):
        message = _("Enter the letter that extends the round first.")
        yield Problem("", message, "still_late", S9)


def _decided(view: View, record_id: str, outcome: str) -> Iterator[Problem]:
    found = decision_of(view, record_id)
    if found is None:
        yield Problem("", _("Enter the decision letter first."), "no_decision")
    elif found.outcome != outcome:
        yield Problem("", _("The decision says otherwise."), "other_decision")


def _is_late(view: View, data: shapes.LoanFile) -> bool:
    fund_round = round_of(view, data.get("round"))
    counted = data.get("docs_complete_on") or view.today.isoformat()
    return fund_round is not None and counted > fund_round.closes_on.isoformat()


def _stood_at(view: View, record_id: str, status: str) -> bool:
    found = lines_of(view.connection, "loan_file", record_id)
    return any(
        line.body is not None and line.header.op == PUT and line.body.data.get("status") == status
        for line in found
    )
