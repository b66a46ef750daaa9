"""Rules about a guarantor: of age, with the salary or the office, and not a borrower (S3)."""

from collections.abc import Iterator

from app.core import thai
from app.core.errors import Problem
from app.core.i18n import _
from app.core.line import Data
from app.services.rounds import round_of
from app.services.rules import rule
from app.services.rules.ages import is_at_least
from app.services.rules.group import members_of
from app.services.view import View

S3 = "S3: กรมการจัดหางาน, คุณสมบัติผู้ค้ำประกัน"
SALARIED = ("official", "permanent_employee", "state_enterprise", "company")


@rule("guarantor")
def the_guarantor_qualifies(view: View, record_id: str, data: Data) -> Iterator[Problem]:
    """Refuse a guarantor under age or under the salary; office-holders need none (S3)."""
    loan = view.get("loan_file", data.get("loan_file")) or {}
    fund_round = round_of(view, loan.get("round"))
    person = view.get("person", data.get("person"))
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
    years = fund_round.guarantor_least_age
    of_age = is_at_least(person, years, view.today)
    if of_age is False:
        yield Problem(
            "person",
            _("The guarantor must be {years} years old or more.").format(years=years),
            "under_age",
            S3,
        )
    if of_age is None:
        yield Problem(
            "person",
            _("The age may be under {years}: check the documents.").format(years=years),
            "age_unknown",
            S3,
            warning=True,
        )


@rule("guarantor")
def the_guarantor_does_not_borrow(view: View, record_id: str, data: Data) -> Iterator[Problem]:
    """Refuse the borrower or a co-borrower as guarantor of the same loan (S3)."""
    loan = view.get("loan_file", data.get("loan_file")) or {}
    borrowers = {loan.get("person")}
    if loan.get("borrower_kind") == "group":
        borrowers = {membership["person"] for membership, _p in members_of(view, loan.get("group"))}
    if data.get("person") in borrowers:
        yield Problem(
            "person", _("A borrower cannot guarantee the same loan."), "own_guarantor", S3
        )
