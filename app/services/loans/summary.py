"""A loan file at a glance: decision, papers, what is owed, what is left to lend after it."""

from collections.abc import Iterator

from app.core import thai
from app.core.i18n import _
from app.models import shapes
from app.models.office.store import Store
from app.services.loans.allotments import last_allotment
from app.services.loans.decisions import decision_of, lent
from app.services.loans.loan_account import Account, account_of, standing
from app.services.loans.loan_documents import needed
from app.services.loans.rules_people import those_who_answer_for_it_live
from app.services.records import naming, records
from app.services.records.facts import Fact
from app.services.records.record_view import View

_UNDECIDED = ("draft", "submitted", "documents_asked", "documents_complete", "visited",
              "proposed", "returned")  # fmt: skip
_NAMED = 2  # papers named of those that are wanting; the list below has them all
_TONES = {"approved": "good", "partly": "caution", "refused": "bad", "returned": "caution"}


def facts(store: Store, file_id: str) -> list[Fact]:
    """List what a clerk wants to know of a file before reading its form."""
    with store.read() as connection:
        view = records.view_of(connection)
        data = view.get(shapes.LOAN_FILE, file_id)
        return [] if data is None else list(_facts(view, file_id, data))


def _facts(view: View, file_id: str, data: shapes.LoanFile) -> Iterator[Fact]:
    for problem in those_who_answer_for_it_live(view, file_id, data):
        yield Fact(_("For the head"), problem.message, "bad")
    yield _decision(view, file_id)
    found = account_of(view, file_id)
    if found:
        yield from _account(found)
        return
    yield _papers(view, file_id, data)
    yield from _schedule(data)
    if data.get("status") in _UNDECIDED:
        yield from _left_to_lend(view, file_id, data)


def _decision(view: View, file_id: str) -> Fact:
    found = decision_of(view, file_id)
    if found is None:
        return Fact(_("Decision"), _("None yet"), "")
    outcome = naming.chosen("decision_letter", "outcome", {"outcome": found.outcome})
    by = _("by the central office") if found.is_of_the_centre else _("by letter")
    words = [outcome, _baht(found.amount) if found.amount else "", _day(found.decided_on), by]
    if found.contract_by:
        words.append(_("contract by {date}").format(date=_day(found.contract_by)))
    return Fact(_("Decision"), " · ".join(filter(None, words)), _TONES.get(found.outcome, ""))


def _papers(view: View, file_id: str, data: shapes.LoanFile) -> Fact:
    papers = [each for each in needed(view, file_id, data) if each.required]
    wanting = [each.name for each in papers if each.is_wanting]
    count = _("{there} of {needed}").format(there=len(papers) - len(wanting), needed=len(papers))
    if not wanting:
        return Fact(_("Papers"), count, "good")
    first, more = ", ".join(wanting[:_NAMED]), len(wanting) - _NAMED
    named = _("{papers} and {count} more").format(papers=first, count=more) if more > 0 else first
    missing = _("wanting: {papers}").format(papers=named)
    return Fact(_("Papers"), f"{count} · {missing}", "caution")


def _schedule(data: shapes.LoanFile) -> Iterator[Fact]:
    rows = data.get("schedule", ())
    if rows:
        words = _("{count} instalments, the first {first}, the last {last} baht").format(
            count=len(rows),
            first=thai.format_baht(rows[0]["principal"] + rows[0]["interest"]),
            last=thai.format_baht(rows[-1]["principal"] + rows[-1]["interest"]),
        )
        yield Fact(_("Instalments"), words, "")


def _left_to_lend(view: View, file_id: str, data: shapes.LoanFile) -> Iterator[Fact]:
    last = last_allotment(view, data.get("round"))
    if last:
        after = last.left - lent(view, file_id, data)
        words = _("{amount} after this file · by the figure of {date}").format(
            amount=_baht(after), date=_day(last.as_of)
        )
        yield Fact(_("Left to lend"), words, "bad" if after < 0 else "")


def _account(found: Account) -> Iterator[Fact]:
    words = [standing(found)]
    if found.overdue:
        words.append(_("overdue {amount}").format(amount=_baht(found.overdue)))
    tone = "good" if not found.days_late else "bad" if found.step else "caution"
    yield Fact(_("Repayment"), " · ".join(words), tone)
    words = [_("{amount}, of it {principal} principal").format(
        amount=_baht(found.owed), principal=thai.format_baht(found.principal_owed)
    )]  # fmt: skip
    if found.next:
        words.append(
            _("next: no. {number}, {amount}, {date}").format(
                number=found.next.number,
                amount=_baht(found.next.owed),
                date=_day(found.next.due_on) if found.next.due_on else "-",
            )
        )
    if found.laid.surplus:
        words.append(_("paid too much {amount}").format(amount=_baht(found.laid.surplus)))
    yield Fact(_("Owed"), " · ".join(words), "")


def _baht(satang: int) -> str:
    return _("{amount} baht").format(amount=thai.format_baht(satang))


def _day(iso: str) -> str:
    return thai.format_date(iso, "short")
