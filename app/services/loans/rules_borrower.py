"""Rules about who borrows: a person, or a group and the people in it."""

from collections.abc import Iterator
from datetime import date

from app.core import thai
from app.core.codes.loan import ENDED
from app.core.errors import Problem
from app.core.i18n import _
from app.core.months import months_later
from app.models import shapes
from app.models.groups import Group
from app.models.people.person import Person
from app.services.groups.rules import active_group, living_members_of, members_of
from app.services.loans.rounds import round_of
from app.services.people.ages import is_alive, is_at_least, is_thai, too_young
from app.services.records.record_view import View
from app.services.records.rules import rule
from app.services.records.sources import S4, S4_2B, S6, S6B


@rule(shapes.LOAN_FILE)
def the_borrower_is_named(view: View, record_id: str, data: shapes.LoanFile) -> Iterator[Problem]:
    """Ask for the person or the group, as the kind of borrower says."""
    kind = data.get("borrower_kind")
    if kind == "individual" and not data.get("person"):
        yield Problem("person", _("Choose the borrowing person."), "missing")
    if kind == "group" and not data.get("group"):
        yield Problem("group", _("Choose the borrowing group."), "missing")


@rule(shapes.LOAN_FILE)
def a_person_may_borrow(view: View, record_id: str, data: shapes.LoanFile) -> Iterator[Problem]:
    """Refuse a borrower who is not Thai or is under the round's age (S3, S4)."""
    fund_round, person = (
        round_of(view, data.get("round")),
        view.get(shapes.PERSON, data.get("person")),
    )
    if data.get("borrower_kind") != "individual" or fund_round is None or person is None:
        return
    if is_signed(view, record_id):
        return
    if not is_thai(person):
        yield Problem("person", _("Only a Thai national may borrow."), "not_thai", S4)
    years = fund_round.least_age
    words = _("The borrower must be {years} years old or more.").format(years=years)
    refused = Problem("person", words, "under_age", S4)
    yield from too_young(person, years, filed_on(view, data), refused)
    if not is_alive(person) and view.get(shapes.LOAN_FILE, record_id) is None:
        yield Problem("person", _("This person has died."), "dead")


@rule(shapes.LOAN_FILE)
def a_group_has_enough_members(
    view: View, record_id: str, data: shapes.LoanFile
) -> Iterator[Problem]:
    """Refuse a group with fewer than five Thai members of 20 or more (S4, S6)."""
    fund_round, group_id = round_of(view, data.get("round")), data.get("group")
    if data.get("borrower_kind") != "group" or fund_round is None or not group_id:
        return
    if is_signed(view, record_id):
        return
    needed, years, on = fund_round.group.least_members, fund_round.least_age, filed_on(view, data)
    thai_people = [person for person in living_members_of(view, group_id) if is_thai(person)]
    ages = [is_at_least(person, years, on) for person in thai_people]
    able = len(ages) - ages.count(False)
    if able < needed:
        yield Problem(
            "group",
            _(
                "The group must have at least {needed} Thai members of {years} or more; "
                "{count} are entered."
            ).format(needed=needed, years=years, count=able),
            "few_members",
            S4,
        )
    elif ages.count(True) < needed:
        yield Problem(
            "group",
            _("The age of some members may be under {years}: check the documents.").format(
                years=years
            ),
            "age_unknown",
            S4,
            warning=True,
        )


@rule(shapes.LOAN_FILE)
def no_member_is_in_another_group(
    view: View, record_id: str, data: shapes.LoanFile
) -> Iterator[Problem]:
    """Refuse a home-worker group whose member is also in another group (S4 no. 2(b)).

    For the programme's list alone it is lawful: the round says whether it applies.
    """
    fund_round, group_id = round_of(view, data.get("round")), data.get("group")
    if data.get("borrower_kind") != "group" or fund_round is None or not group_id:
        return
    if not fund_round.needs_homeworker_registration or is_signed(view, record_id):
        return
    for membership, person in members_of(view, group_id):
        for _id, other in view.where(shapes.MEMBERSHIP, person=membership["person"]):
            if other.get("group") == group_id or other.get("left_on"):
                continue
            if group := active_group(view, other):
                yield Problem(
                    "group",
                    _(
                        "{name} is also a member of {group}; by {rule} a member of a home-worker "
                        "group may not belong to another."
                    ).format(name=Person.title(person), group=Group.title(group), rule=S4_2B),
                    "other_group",
                    S4_2B,
                )
                return


@rule(shapes.LOAN_FILE)
def a_group_is_ready_to_borrow(
    view: View, record_id: str, data: shapes.LoanFile
) -> Iterator[Problem]:
    """Check capital (S6), age of the group (S6b) and its home-worker registration (S4, S10)."""
    fund_round, group = round_of(view, data.get("round")), view.get(shapes.GROUP, data.get("group"))
    if data.get("borrower_kind") != "group" or fund_round is None or group is None:
        return
    if is_signed(view, record_id):
        return
    tier, capital = fund_round.group, group.get("capital")
    if capital is None or capital < tier.least_capital:
        yield Problem(
            "group",
            _("The group needs capital or assets of {least} baht.").format(
                least=thai.format_baht(tier.least_capital)
            ),
            "capital",
            S6,
            warning=capital is None,
        )
    founded_by = months_later(filed_on(view, data), -tier.least_months_together)
    if group.get("founded_on", "") > founded_by.isoformat():
        yield Problem(
            "group",
            _("The group has worked together for less than {months} months.").format(
                months=tier.least_months_together
            ),
            "young_group",
            S6B,
            warning=True,
        )
    registered = view.where(shapes.GROUP_REGISTRATION, group=data["group"], kind="home_worker")
    if fund_round.needs_homeworker_registration and not registered:
        yield Problem(
            "group",
            _("No home-worker registration of the group is entered."),
            "homeworker_registration",
            S4,
            warning=True,
        )


@rule(shapes.LOAN_FILE)
def nobody_has_two_open_loans(
    view: View, record_id: str, data: shapes.LoanFile
) -> Iterator[Problem]:
    """Warn where the borrower or a co-borrower stands in another file that has not ended."""
    if data.get("status") in ENDED:
        return
    by_group = data.get("borrower_kind") == "group"
    name, borrower = ("group", data.get("group")) if by_group else ("person", data.get("person"))
    for file_id, file in _files_beside(view, name, borrower):
        if file_id != record_id and file.get("status") not in ENDED:
            yield Problem(
                name,
                _("The borrower or a co-borrower has another open file: {number}.").format(
                    number=file.get("file_no", "-")
                ),
                "open_loan",
                warning=True,
            )


def _files_beside(view: View, name: str, borrower: str | None) -> list[tuple[str, shapes.LoanFile]]:
    """List the files of a borrower, and those in which one person borrows in both."""
    if not borrower:
        return []
    if name == "person":
        shared = view.where(shapes.MEMBERSHIP, co_borrower=True, person=borrower)
        others = [("group", m.get("group")) for m in _not_left(shared)]
    else:
        shared = view.where(shapes.MEMBERSHIP, co_borrower=True, group=borrower)
        others = [("person", m.get("person")) for m in _not_left(shared)]
    return [
        found
        for column, value in dict.fromkeys([(name, borrower), *others])
        for found in view.where(shapes.LOAN_FILE, **{column: value})
    ]


def _not_left(found: list[tuple[str, shapes.Membership]]) -> list[shapes.Membership]:
    return [membership for _id, membership in found if not membership.get("left_on")]


def is_signed(view: View, record_id: str) -> bool:
    """Tell whether the contract of a file was signed before this save.

    Who may borrow is asked until then; what becomes of the group later undoes no loan.
    """
    return bool((view.get(shapes.LOAN_FILE, record_id) or {}).get("contract_on"))


def filed_on(view: View, data: shapes.LoanFile) -> date:
    """Return the day that ages and terms are counted on: that of the submission, else today."""
    return date.fromisoformat(data.get("submitted_on") or view.today.isoformat())
