"""Rules about a loan file: how much, until when, for what, with which papers."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from app.core import thai
from app.core.errors import Problem
from app.core.i18n import _
from app.models import shapes
from app.services.loans.allotments import last_allotment
from app.services.loans.decisions import contract_by
from app.services.loans.rounds import round_of
from app.services.loans.rules_borrower import is_signed
from app.services.office.clock import clock_problem_of
from app.services.records.record_view import View
from app.services.records.rules import rule
from app.services.records.sources import S1, S6, S9


@rule(shapes.LOAN_FILE)
def the_round_is_known(view: View, record_id: str, data: shapes.LoanFile) -> Iterator[Problem]:
    """Refuse a round that neither the program nor the centre knows."""
    if data.get("round") and round_of(view, data["round"]) is None:
        yield Problem("round", _("Choose a round of the list."), "round")


@rule(shapes.LOAN_FILE)
def the_amount_is_within_the_ceiling(
    view: View, record_id: str, data: shapes.LoanFile
) -> Iterator[Problem]:
    """Refuse more than the round lends to this kind of borrower (S6, S12).

    Two ceilings, not one range: the least sum of the announcement (S1) only warns.
    """
    fund_round, amount = round_of(view, data.get("round")), data.get("amount_requested")
    kind = data.get("borrower_kind")
    if fund_round is None or amount is None or kind is None:
        return
    tier = fund_round.tier(kind)
    if amount > tier.most:
        yield Problem(
            "amount_requested",
            _("The round lends at most {most} baht to this kind of borrower.").format(
                most=thai.format_baht(tier.most)
            ),
            "ceiling",
            S6,
        )
    if tier.announced_least and amount < tier.announced_least:
        yield Problem(
            "amount_requested",
            _("This is less than the {least} baht of the announcement.").format(
                least=thai.format_baht(tier.announced_least)
            ),
            "announced_least",
            S1,
            warning=True,
        )
    if data.get("months", 0) > tier.most_months:
        yield Problem(
            "months",
            _("The loan must be repaid within {months} months.").format(months=tier.most_months),
            "months",
            S6,
        )


@rule(shapes.LOAN_FILE)
def the_allotment_lasts(view: View, record_id: str, data: shapes.LoanFile) -> Iterator[Problem]:
    """Warn, with its date, where the last known allotment is smaller than the sum asked for."""
    last = last_allotment(view, data.get("round"))
    if data.get("continues") or is_signed(view, record_id):
        return
    if last and data.get("amount_requested", 0) > last.left:
        yield Problem(
            "amount_requested",
            _(
                "Left to lend on {date}: {amount} baht. Ask the central office; it can be saved as "
                "awaiting a check of the allotment, with a reason."
            ).format(
                date=thai.format_date(last.as_of, "short"), amount=thai.format_baht(last.left)
            ),
            "allotment",
            warning=True,
        )


@rule(shapes.LOAN_FILE)
def the_purpose_adds_up(view: View, record_id: str, data: shapes.LoanFile) -> Iterator[Problem]:
    """Warn while the lines do not sum to the amount; the paper cannot be printed until they do."""
    total = purpose_total(data)
    if data.get("purpose_lines") and total != data.get("amount_requested"):
        yield Problem(
            "purpose_lines",
            _("The lines sum to {total} baht, the amount asked for is {amount}.").format(
                total=thai.format_baht(total),
                amount=thai.format_baht(data.get("amount_requested", 0)),
            ),
            "purpose_sum",
            warning=True,
        )


@rule(shapes.LOAN_FILE)
def the_application_is_in_time(
    view: View, record_id: str, data: shapes.LoanFile
) -> Iterator[Problem]:
    """Flag an application whose documents were complete after the closing date (S9).

    It counts from the day the documents were complete; an extension letter recorded later makes
    it timely again without touching the file. A file that restructures another lends nothing new.
    """
    fund_round = round_of(view, data.get("round"))
    submitted, complete = data.get("submitted_on"), data.get("docs_complete_on")
    if fund_round is None or not submitted or data.get("continues"):
        return
    if submitted < fund_round.apply_from.isoformat():
        yield Problem(
            "submitted_on",
            _("The round opens on {date}.").format(date=_worded(fund_round.apply_from)),
            "early",
            S9,
            warning=True,
        )
    waits = not complete and bool(_wanting(view, record_id))
    counted = complete or (view.today.isoformat() if waits else submitted)
    if max(counted, submitted) > fund_round.closes_on.isoformat():
        yield Problem(
            "docs_complete_on" if complete or waits else "submitted_on",
            _("Past the closing date: the round closed on {date}.").format(
                date=_worded(fund_round.closes_on)
            ),
            "late",
            S9,
            warning=True,
        )


@rule(shapes.LOAN_FILE)
def the_dates_follow_each_other(
    view: View, record_id: str, data: shapes.LoanFile
) -> Iterator[Problem]:
    """Refuse steps in an impossible order."""
    submitted, complete = data.get("submitted_on"), data.get("docs_complete_on")
    signed = data.get("contract_on")
    if submitted and complete and complete < submitted:
        yield Problem(
            "docs_complete_on", _("The documents were complete before the submission."), "order"
        )
    if submitted and signed and signed < submitted:
        yield Problem("contract_on", _("The contract was signed before the submission."), "order")


@rule(shapes.LOAN_FILE)
def the_contract_keeps_its_day(
    view: View, record_id: str, data: shapes.LoanFile
) -> Iterator[Problem]:
    """Refuse a contract after the last day that the decision gives, or else the round (S9)."""
    last, signed = contract_by(view, record_id, data), data.get("contract_on")
    if last and signed and signed > last.isoformat():
        yield Problem(
            "contract_on",
            _("The contract had to be signed by {date}.").format(date=_worded(last)),
            "late_contract",
            S9,
        )


@rule(shapes.LOAN_FILE)
def the_day_of_submission_is_believable(
    view: View, record_id: str, data: shapes.LoanFile
) -> Iterator[Problem]:
    """Warn of a day in the future, and of a day typed while the clock of the computer is wrong.

    The file keeps the day that was typed; the line it is kept in has the machine's time.
    """
    if not data.get("submitted_on"):
        return
    if data["submitted_on"] > view.today.isoformat():
        yield Problem("submitted_on", _("This date is in the future."), "future", warning=True)
    if problem := clock_problem_of(view):
        yield replace(problem, field="submitted_on")


@rule(shapes.LOAN_FILE)
def the_documents_are_there(view: View, record_id: str, data: shapes.LoanFile) -> Iterator[Problem]:
    """Warn where the documents are called complete while one is missing or to be corrected."""
    wanting = _wanting(view, record_id)
    if data.get("docs_complete_on") and wanting:
        yield Problem(
            "docs_complete_on",
            _("{count} documents are noted as missing or to be corrected.").format(
                count=len(wanting)
            ),
            "documents_missing",
            warning=True,
        )


def purpose_total(data: shapes.LoanFile) -> int:
    """Sum the purpose lines of a file, in satang."""
    return sum(
        line.get("quantity", 0) * line.get("unit_price", 0)
        for line in data.get("purpose_lines", ())
    )


def _wanting(view: View, record_id: str) -> list[shapes.Document]:
    return [
        document
        for _id, document in view.where(shapes.DOCUMENT, loan_file=record_id)
        if document.get("status") in ("missing", "to_correct")
    ]


def _worded(day: date) -> str:
    return thai.format_date(day.isoformat(), "short")
