"""The papers that a borrower hands in: application, budget plan, resolution, offer (P10-P13)."""

from collections.abc import Iterator
from datetime import date

from app.core import thai
from app.core.errors import Problem
from app.core.i18n import _
from app.models import shapes
from app.models.people.person import Person
from app.reports.forms.group_resolution import Attendant, GroupResolution
from app.reports.forms.guarantee_offer import GuaranteeOffer
from app.reports.forms.loan_application import LoanApplication
from app.reports.forms.loan_budget_plan import LoanBudgetPlan
from app.reports.loans import BorrowingGroup
from app.reports.stamp import Stamp
from app.services.groups.rules import members_of
from app.services.loans.on_paper import borrower_name, guarantor, purpose_lines
from app.services.loans.rounds import round_of
from app.services.loans.rules import purpose_total
from app.services.loans.rules_borrower import filed_on
from app.services.people import on_paper
from app.services.printing import gathering
from app.services.printing.gathering import gathers
from app.services.records.record_view import View


def _sum_up(data: shapes.LoanFile) -> Iterator[Problem]:
    """A loan paper whose lines do not sum to the amount would contradict itself."""
    total = purpose_total(data)
    if total != data.get("amount_requested"):
        yield Problem(
            "purpose_lines",
            _("The lines sum to {total} baht, the amount asked for is {amount}.").format(
                total=thai.format_baht(total),
                amount=thai.format_baht(data.get("amount_requested", 0)),
            ),
            "purpose_sum",
        )


@gathers("loan_application", shapes.LOAN_FILE, ready=_sum_up)
def loan_application(
    view: View, stamp: Stamp, record_id: str, data: shapes.LoanFile
) -> LoanApplication:
    """Gather P10: the borrower, the money, the guarantors and the papers that were seen."""
    is_group = data.get("borrower_kind") == "group"
    group = view.get(shapes.GROUP, data.get("group")) or {}
    members = members_of(view, data.get("group")) if is_group else []
    on = date.fromisoformat(data.get("submitted_on") or view.today.isoformat())
    applicant = view.get(shapes.PERSON, data.get("person")) or {}
    if is_group:
        applicant = next((p for m, p in members if m.get("role") == "leader"), shapes.Person())
    fund_round = round_of(view, data.get("round"))
    registered = view.where(shapes.GROUP_REGISTRATION, group=data.get("group"), kind="home_worker")
    seen = view.where(shapes.DOCUMENT, loan_file=record_id, status="complete")
    return LoanApplication(
        stamp=stamp,
        kind=data.get("borrower_kind", "individual"),
        applicant=on_paper.person(applicant, on),
        submitted_on=data.get("submitted_on", ""),
        round_name=fund_round.name if fund_round else "",
        home_worker_no=registered[0][1].get("number", "") if is_group and registered else "",
        group=_borrowing_group(group, len(members)),
        income=group.get("income_after") if is_group else applicant.get("income"),
        capital=group.get("capital") if is_group else data.get("borrower_capital"),
        amount=data.get("amount_requested", 0),
        months=data.get("months", 0),
        purpose_lines=purpose_lines(data),
        **gathering.texts(data, "bank", "account_no", "account_name"),
        co_borrowers=tuple(
            on_paper.person(p, on, m) for m, p in members if m.get("role") != "leader"
        ),
        guarantors=tuple(
            guarantor(view, each, on)
            for _id, each in view.where(shapes.GUARANTOR, loan_file=record_id)
        ),
        documents=tuple(_on_hand(each) for _id, each in seen),
    )


def _on_hand(document: shapes.Document) -> str:
    """Return the code of a document, or what it is: the form has a line for others, no box."""
    kind: str = document.get("kind", "")
    if kind != "other":
        return kind
    return document.get("note") or gathering.shown(shapes.DOCUMENT, "kind", document)


@gathers("loan_budget_plan", shapes.LOAN_FILE, ready=_sum_up)
def loan_budget_plan(
    view: View, stamp: Stamp, record_id: str, data: shapes.LoanFile
) -> LoanBudgetPlan:
    """Gather P11: what the money is for, and the largest instalment beside today's income."""
    is_group = data.get("borrower_kind") == "group"
    person = view.get(shapes.PERSON, data.get("person")) or {}
    group = view.get(shapes.GROUP, data.get("group")) or {}
    due = [each["principal"] + each["interest"] for each in data.get("schedule", ())]
    return LoanBudgetPlan(
        stamp=stamp,
        borrower=borrower_name(view, data),
        occupation=(
            gathering.shown(shapes.GROUP, "occupation_type", group)
            if is_group
            else person.get("occupation", "")
        ),
        amount=data.get("amount_requested", 0),
        months=data.get("months", 0),
        instalment=max(due, default=None),
        income=group.get("income_after") if is_group else person.get("income"),
        purpose_lines=purpose_lines(data),
    )


@gathers(
    "group_resolution", shapes.LOAN_FILE, fits=lambda data: data.get("borrower_kind") == "group"
)
def group_resolution(
    view: View, stamp: Stamp, record_id: str, data: shapes.LoanFile
) -> GroupResolution:
    """Gather P12: what the group resolves, and who may come; the leader acts for it."""
    group, members = (
        view.get(shapes.GROUP, data.get("group")) or {},
        members_of(view, data.get("group")),
    )
    return GroupResolution(
        stamp=stamp,
        group_name=borrower_name(view, data),
        group_no=group.get("group_no", ""),
        place=gathering.address(group.get("address")).text,
        amount=data.get("amount_requested", 0),
        months=data.get("months", 0),
        purpose_lines=purpose_lines(data),
        proxy=next((Person.title(p) for m, p in members if m.get("role") == "leader"), ""),
        members=tuple(
            Attendant(Person.title(person), gathering.shown(shapes.MEMBERSHIP, "role", membership))
            for membership, person in members
        ),
    )


@gathers("guarantee_offer", shapes.LOAN_FILE)
def guarantee_offer(
    view: View, stamp: Stamp, record_id: str, data: shapes.LoanFile
) -> GuaranteeOffer:
    """Gather P13: each guarantor of the file."""
    on = filed_on(view, data)
    known = view.where(shapes.GUARANTOR, loan_file=record_id)
    return GuaranteeOffer(
        stamp=stamp,
        borrower=borrower_name(view, data),
        amount=data.get("amount_requested", 0),
        months=data.get("months", 0),
        guarantors=tuple(guarantor(view, each, on) for _id, each in known),
    )


def _borrowing_group(group: shapes.Group, members: int) -> BorrowingGroup:
    return BorrowingGroup(
        **gathering.texts(group, "name", "group_no", "founded_on"),
        occupation=gathering.shown(shapes.GROUP, "occupation_type", group),
        members=members or None,
        address=gathering.address(group.get("address")),
    )
