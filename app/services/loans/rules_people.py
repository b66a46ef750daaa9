"""Rules about the people of a loan file while it runs: who has died, what it goes on from."""

from collections.abc import Iterator

from app.core import thai
from app.core.errors import Problem
from app.core.i18n import _
from app.models import shapes
from app.models.people.person import Person
from app.services.loans.loan_account import account_of
from app.services.loans.rounds import round_of
from app.services.loans.rules_borrower import is_signed
from app.services.people.ages import is_alive
from app.services.records.record_view import View
from app.services.records.rules import rule
from app.services.records.sources import S3

DIED = ("borrower_died", "guarantor_died")


@rule(shapes.LOAN_FILE)
def those_who_answer_for_it_live(
    view: View, record_id: str, data: shapes.LoanFile
) -> Iterator[Problem]:
    """Flag for the head a file whose borrower, leader, co-borrower or guarantor has died.

    Who signed still counts after leaving the group: the debt is that of the day of the contract.
    """
    for name, code, person in _who_answer(view, record_id, data):
        if is_alive(person):
            continue
        message = (
            _("{name}, who borrows, has died. Show the file to the head of the office.")
            if code == "borrower_died"
            else _("{name}, the guarantor, has died. Show the file to the head of the office.")
        )
        yield Problem(name, message.format(name=Person.title(person)), code, warning=True)


@rule(shapes.LOAN_FILE)
def a_person_has_some_capital(
    view: View, record_id: str, data: shapes.LoanFile
) -> Iterator[Problem]:
    """Refuse a person without capital or assets of the round's least sum (S3, S6)."""
    fund_round, capital = round_of(view, data.get("round")), data.get("borrower_capital")
    if data.get("borrower_kind") != "individual" or fund_round is None or data.get("continues"):
        return
    if is_signed(view, record_id):
        return
    least = fund_round.individual.least_capital
    if capital is None or capital < least:
        yield Problem(
            "borrower_capital",
            _("The borrower needs capital or assets of {least} baht.").format(
                least=thai.format_baht(least)
            ),
            "capital",
            S3,
            warning=capital is None,
        )


@rule(shapes.LOAN_FILE)
def a_restructured_file_goes_on_with_what_is_owed(
    view: View, record_id: str, data: shapes.LoanFile
) -> Iterator[Problem]:
    """Refuse to go on from a file that was not restructured; warn of another sum than is owed."""
    former_id = data.get("continues")
    former = view.get(shapes.LOAN_FILE, former_id)
    if former is None:
        return
    if former_id == record_id or former.get("status") != "restructured":
        yield Problem(
            "continues",
            _("Only a file whose debt was restructured is gone on from."),
            "not_restructured",
        )
        return
    account = account_of(view, former_id or "")
    owed = account.to_restructure if account else 0
    if owed != data.get("amount_requested"):
        yield Problem(
            "amount_requested",
            _("Of the former file {owed} baht are owed.").format(owed=thai.format_baht(owed)),
            "owed_before",
            warning=True,
        )


def _who_answer(
    view: View, record_id: str, data: shapes.LoanFile
) -> Iterator[tuple[str, str, shapes.Person]]:
    """Yield (field, code, person) of everybody whose death the head must hear of."""
    if data.get("borrower_kind") == "group":
        for _id, membership in view.where(shapes.MEMBERSHIP, group=data.get("group")):
            if _signs(membership, data.get("contract_on", "")):
                person = view.get(shapes.PERSON, membership.get("person")) or {}
                yield "group", "borrower_died", person
    elif view.get(shapes.LOAN_FILE, record_id):
        yield "person", "borrower_died", view.get(shapes.PERSON, data.get("person")) or {}
    for _id, guarantor in view.where(shapes.GUARANTOR, loan_file=record_id):
        yield "", "guarantor_died", view.get(shapes.PERSON, guarantor.get("person")) or {}


def _signs(membership: shapes.Membership, contract_on: str) -> bool:
    """Tell whether a member owes: leads or borrows with the group, or did when it was signed."""
    if membership.get("role") != "leader" and not membership.get("co_borrower"):
        return False
    left_on = membership.get("left_on", "")
    return not left_on or (contract_on != "" and left_on >= contract_on)
