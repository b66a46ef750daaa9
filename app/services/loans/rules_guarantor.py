"""Rules about a guarantor: of age, with the salary or the office, and not a borrower (S3)."""

from collections.abc import Iterator

from app.core import thai
from app.core.errors import Problem
from app.core.i18n import _
from app.models import shapes
from app.services.groups.rules import members_of
from app.services.loans.rounds import round_of
from app.services.people.ages import is_alive, too_young
from app.services.records.record_view import View
from app.services.records.rules import rule
from app.services.records.sources import S3

SALARIED = ("official", "permanent_employee", "state_enterprise", "company")


@rule(shapes.GUARANTOR)
def the_guarantor_qualifies(
    view: View, record_id: str, data: shapes.Guarantor
) -> Iterator[Problem]:
    """Refuse a guarantor under age or under the salary; office-holders need none (S3)."""
    loan = view.get(shapes.LOAN_FILE, data.get("loan_file")) or {}
    fund_round = round_of(view, loan.get("round"))
    person = view.get(shapes.PERSON, data.get("person"))
    if fund_round is None or person is None:
        return
    least = fund_round.guarantor_least_salary
    if data.get("kind") in SALARIED and data.get("salary", 0) < least:
        yield Problem(
            "salary",
            _("A guarantor of this kind must earn {least} baht a month or more.").format(
                least=thai.format_baht(least)
            ),
            "salary",
            S3,
        )
    if not is_alive(person):
        is_kept = view.get(shapes.GUARANTOR, record_id) is not None
        yield Problem("person", _("This person has died."), "dead", warning=is_kept)
    years = fund_round.guarantor_least_age
    words = _("The guarantor must be {years} years old or more.").format(years=years)
    yield from too_young(person, years, view.today, Problem("person", words, "under_age", S3))


@rule(shapes.GUARANTOR)
def the_guarantor_does_not_borrow(
    view: View, record_id: str, data: shapes.Guarantor
) -> Iterator[Problem]:
    """Refuse the borrower or a co-borrower as guarantor of the same loan (S3).

    A member who does not borrow with the group may answer for it, but is pointed out.
    """
    person = data.get("person")
    loan = view.get(shapes.LOAN_FILE, data.get("loan_file"))
    if not person or loan is None:
        return
    refused = Problem(
        "person", _("A borrower cannot guarantee the same loan."), "own_guarantor", S3
    )
    if loan.get("borrower_kind") != "group":
        if loan.get("person") == person:
            yield refused
        return
    for membership, _person in members_of(view, loan.get("group")):
        if membership["person"] != person:
            continue
        if membership.get("co_borrower") or membership.get("role") == "leader":
            yield refused
        else:
            yield Problem(
                "person",
                _("This person is a member of the borrowing group."),
                "member_guarantor",
                warning=True,
            )
