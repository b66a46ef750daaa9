"""From records to paper: for each form one function that gathers everything it prints."""

from datetime import date
from itertools import takewhile

from app.core.line import Data
from app.models.people.person import Person as PersonRecord
from app.reports.forms.group_registration import GroupRegistration, Registration
from app.reports.forms.instalment_table import Instalment, InstalmentTable, RateSegment
from app.reports.forms.loan_application import LoanApplication
from app.reports.forms.loan_budget_plan import LoanBudgetPlan
from app.reports.forms.member_list import MemberList
from app.reports.loans import BorrowingGroup, Guarantor, PurposeLine
from app.reports.stamp import Stamp
from app.services.groups.rules import members_of
from app.services.loans.rounds import round_of
from app.services.printing import gathering
from app.services.printing.gathering import gathers
from app.services.records.record_view import View


@gathers("group_registration")
def group_registration(view: View, stamp: Stamp, record_id: str, data: Data) -> GroupRegistration:
    """Gather P1: the group, its other registrations, and who has an office in it."""
    members = members_of(view, record_id)
    registrations = view.where("group_registration", group=record_id)
    return GroupRegistration(
        stamp=stamp,
        **gathering.texts(data, "name", "group_no", "registered_on", "occupation_type", "phone"),
        **gathering.texts(data, "founded_on", "products", "capacity", "sales_channels"),
        **gathering.texts(data, "income_before_on", "income_after_on", "problems", "needs"),
        address=gathering.address(data.get("address")),
        members=len(members),
        registrations=tuple(
            Registration(**gathering.texts(each, "kind", "number", "issued_on", "issuer"))
            for _id, each in registrations
        ),
        capital=data.get("capital"),
        income_before=data.get("income_before"),
        income_after=data.get("income_after"),
        committee=tuple(
            gathering.person(person, view.today, membership)
            for membership, person in members
            if membership.get("role", "member") != "member"
        ),
    )


@gathers("member_list")
def member_list(view: View, stamp: Stamp, record_id: str, data: Data) -> MemberList:
    """Gather P2: every active member, leader first."""
    return MemberList(
        stamp=stamp,
        group_name=data.get("name", ""),
        group_no=data.get("group_no", ""),
        place=gathering.address(data.get("address")).text,
        listed_on=view.today.isoformat(),
        members=tuple(
            gathering.person(person, view.today, membership)
            for membership, person in members_of(view, record_id)
        ),
    )


@gathers("loan_application")
def loan_application(view: View, stamp: Stamp, record_id: str, data: Data) -> LoanApplication:
    """Gather P10: the borrower, the money, the guarantors and the papers that were seen."""
    is_group = data.get("borrower_kind") == "group"
    group = view.get("group", data.get("group")) or {}
    members = members_of(view, data.get("group")) if is_group else []
    on = date.fromisoformat(data.get("submitted_on") or view.today.isoformat())
    applicant = view.get("person", data.get("person")) or {}
    if is_group:
        applicant = next((p for m, p in members if m.get("role") == "leader"), {})
    fund_round = round_of(view, data.get("round"))
    registered = view.where("group_registration", group=data.get("group"), kind="home_worker")
    seen = view.where("document", loan_file=record_id, status="complete")
    return LoanApplication(
        stamp=stamp,
        kind=data.get("borrower_kind", "individual"),
        applicant=gathering.person(applicant, on),
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
            gathering.person(p, on, m) for m, p in members if m.get("role") != "leader"
        ),
        guarantors=tuple(
            guarantor(view, each, on) for _id, each in view.where("guarantor", loan_file=record_id)
        ),
        documents=tuple(each.get("kind", "") for _id, each in seen),
    )


@gathers("loan_budget_plan")
def loan_budget_plan(view: View, stamp: Stamp, record_id: str, data: Data) -> LoanBudgetPlan:
    """Gather P11: what the money is for, and the largest instalment beside today's income."""
    is_group = data.get("borrower_kind") == "group"
    person = view.get("person", data.get("person")) or {}
    group = view.get("group", data.get("group")) or {}
    due = [each["principal"] + each["interest"] for each in data.get("schedule", ())]
    return LoanBudgetPlan(
        stamp=stamp,
        borrower=borrower_name(view, data),
        occupation=(
            gathering.shown("group", "occupation_type", group)
            if is_group
            else person.get("occupation", "")
        ),
        amount=data.get("amount_requested", 0),
        months=data.get("months", 0),
        instalment=max(due, default=None),
        income=group.get("income_after") if is_group else person.get("income"),
        purpose_lines=purpose_lines(data),
    )


@gathers("instalment_table")
def instalment_table(view: View, stamp: Stamp, record_id: str, data: Data) -> InstalmentTable:
    """Gather P18: the table kept in the file, and its rates."""
    fund_round, months = round_of(view, data.get("round")), data.get("months", 0)
    segments: tuple[RateSegment, ...] = ()
    if fund_round and months:
        free = len(list(takewhile(lambda row: not row["interest"], data.get("schedule", ()))))
        ends = ((1, free, 0), (free + 1, months, fund_round.base_rate))
        segments = tuple(RateSegment(*each) for each in ends if each[0] <= each[1])
    return InstalmentTable(
        stamp=stamp,
        borrower=borrower_name(view, data),
        contract_no=data.get("contract_no", ""),
        contract_on=data.get("contract_on", ""),
        amount=sum(each["principal"] for each in data.get("schedule", ())),
        segments=segments,
        instalments=tuple(
            Instalment(**({"due_on": ""} | each)) for each in data.get("schedule", ())
        ),
    )


def borrower_name(view: View, data: Data) -> str:
    """Name who borrows: the group or the person."""
    if data.get("borrower_kind") == "group":
        return str((view.get("group", data.get("group")) or {}).get("name", ""))
    return PersonRecord.title(view.get("person", data.get("person")) or {})


def _borrowing_group(group: Data, members: int) -> BorrowingGroup:
    return BorrowingGroup(
        **gathering.texts(group, "name", "group_no", "founded_on"),
        occupation=gathering.shown("group", "occupation_type", group),
        members=members or None,
        address=gathering.address(group.get("address")),
    )


def purpose_lines(data: Data) -> tuple[PurposeLine, ...]:
    """Return what the money of a file is for."""
    return tuple(PurposeLine(**each) for each in data.get("purpose_lines", ()))


def guarantor(view: View, data: Data, on: date) -> Guarantor:
    """Return a guarantor as forms print one, the age counted on a day."""
    person = view.get("person", data.get("person")) or {}
    return Guarantor(
        gathering.person(person, on),
        data.get("kind", ""),
        data.get("employer", ""),
        data.get("salary"),
    )
