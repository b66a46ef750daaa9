"""Rules about a loan file: who may borrow, how much, until when."""

from collections.abc import Iterator
from datetime import date, timedelta

from app.core import thai
from app.core.errors import Problem
from app.core.i18n import _
from app.core.line import Data
from app.core.programme import Round
from app.models.person import Person
from app.services.rounds import round_of
from app.services.rules import rule
from app.services.rules.ages import is_at_least, is_thai
from app.services.rules.group import S4, members_of
from app.services.view import View

S6 = "S6, S12: เพดานเงินกู้กองทุนเพื่อผู้รับงานไปทำที่บ้าน"
S9 = "S9: ราชกิจจานุเบกษา เล่ม 139 ตอนพิเศษ 272 ง หน้า 7"
S4_2B = S4 + " ข้อ 2(ข)"
ENDED = ("refused", "closed", "withdrawn", "late_application", "late_contract")


@rule("loan_file")
def the_round_is_known(view: View, record_id: str, data: Data) -> Iterator[Problem]:
    """Refuse a round that neither the program nor the centre knows."""
    if data.get("round") and round_of(view, data["round"]) is None:
        yield Problem("round", _("Choose a round of the list."), "round")


@rule("loan_file")
def the_borrower_is_named(view: View, record_id: str, data: Data) -> Iterator[Problem]:
    """Ask for the person or the group, as the kind of borrower says."""
    kind = data.get("borrower_kind")
    if kind == "individual" and not data.get("person"):
        yield Problem("person", _("Choose the borrowing person."), "missing")
    if kind == "group" and not data.get("group"):
        yield Problem("group", _("Choose the borrowing group."), "missing")


@rule("loan_file")
def the_amount_is_within_the_ceiling(view: View, record_id: str, data: Data) -> Iterator[Problem]:
    """Refuse more than the round lends to this kind of borrower (S6, S12).

    Two ceilings, not one range: the least sum of the announcement (S1) only warns.
    """
    fund_round, amount = round_of(view, data.get("round")), data.get("amount_requested")
    if fund_round is None or amount is None:
        return
    tier = fund_round.tier(data.get("borrower_kind", ""))
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
            "S1",
            warning=True,
        )
    if data.get("months", 0) > tier.most_months:
        yield Problem(
            "months",
            _("The loan must be repaid within {months} months.").format(months=tier.most_months),
            "months",
            S6,
        )


@rule("loan_file")
def a_person_may_borrow(view: View, record_id: str, data: Data) -> Iterator[Problem]:
    """Refuse a borrower who is not Thai or is under the round's age (S3, S4)."""
    fund_round, person = round_of(view, data.get("round")), view.get("person", data.get("person"))
    if data.get("borrower_kind") != "individual" or fund_round is None or person is None:
        return
    if not is_thai(person):
        yield Problem("person", _("Only a Thai national may borrow."), "not_thai", S4)
    of_age = is_at_least(person, fund_round.least_age, _filed_on(view, data))
    if of_age is False:
        yield Problem(
            "person",
            _("The borrower must be {years} years old or more.").format(years=fund_round.least_age),
            "under_age",
            S4,
        )
    if of_age is None:
        yield Problem(
            "person",
            _("The age may be under {years}: check the documents.").format(
                years=fund_round.least_age
            ),
            "age_unknown",
            S4,
            warning=True,
        )
    if person.get("life_status") == "dead":
        yield Problem("person", _("This person has died."), "dead")


@rule("loan_file")
def a_group_has_enough_members(view: View, record_id: str, data: Data) -> Iterator[Problem]:
    """Refuse a group with fewer than five Thai members of 20 or more (S4, S6)."""
    fund_round = round_of(view, data.get("round"))
    if data.get("borrower_kind") != "group" or fund_round is None or not data.get("group"):
        return
    needed, on = fund_round.group.least_members, _filed_on(view, data)
    thai_members = [p for _m, p in members_of(view, data["group"]) if is_thai(p)]
    ages = [is_at_least(person, fund_round.least_age, on) for person in thai_members]
    if len([age for age in ages if age is not False]) < needed:
        yield Problem(
            "group",
            _(
                "The group must have at least {needed} Thai members of {years} or more; "
                "{count} are entered."
            ).format(needed=needed, years=fund_round.least_age, count=len([a for a in ages if a])),
            "few_members",
            S4,
        )
    elif ages.count(True) < needed:
        yield Problem(
            "group",
            _("The age of some members may be under {years}: check the documents.").format(
                years=fund_round.least_age
            ),
            "age_unknown",
            S4,
            warning=True,
        )


@rule("loan_file")
def no_member_is_in_another_group(view: View, record_id: str, data: Data) -> Iterator[Problem]:
    """Refuse a home-worker group whose member is also in another group (S4 no. 2(b)).

    For the programme's list alone it is lawful: the round says whether it applies.
    """
    fund_round = round_of(view, data.get("round"))
    if (
        data.get("borrower_kind") != "group"
        or fund_round is None
        or not fund_round.needs_homeworker_registration
    ):
        return
    for membership, person in members_of(view, data.get("group")):
        for _id, other in view.where("membership", person=membership["person"]):
            if other.get("group") != data["group"] and not other.get("left_on"):
                group = view.get("group", other["group"]) or {}
                yield Problem(
                    "group",
                    _(
                        "{name} is also a member of {group}; by {rule} a member of a home-worker "
                        "group may not belong to another."
                    ).format(name=Person.title(person), group=group.get("name", "-"), rule=S4_2B),
                    "other_group",
                    S4_2B,
                )
                return


@rule("loan_file")
def a_group_is_ready_to_borrow(view: View, record_id: str, data: Data) -> Iterator[Problem]:
    """Check capital (S6), age of the group (S6b) and its home-worker registration (S4, S10)."""
    fund_round, group = round_of(view, data.get("round")), view.get("group", data.get("group"))
    if data.get("borrower_kind") != "group" or fund_round is None or group is None:
        return
    tier = fund_round.group
    if group.get("capital") is None or group["capital"] < tier.least_capital:
        yield Problem(
            "group",
            _("The group needs capital or assets of {least} baht.").format(
                least=thai.format_baht(tier.least_capital)
            ),
            "capital",
            "S6",
            warning=group.get("capital") is None,
        )
    youngest = _filed_on(view, data) - timedelta(days=31 * tier.least_months_together)
    if group.get("founded_on", "") > youngest.isoformat():
        yield Problem(
            "group",
            _("The group has worked together for less than {months} months.").format(
                months=tier.least_months_together
            ),
            "young_group",
            "S6b",
            warning=True,
        )
    registered = view.where("group_registration", group=data["group"], kind="home_worker")
    if fund_round.needs_homeworker_registration and not registered:
        yield Problem(
            "group",
            _("No home-worker registration of the group is entered."),
            "homeworker_registration",
            S4,
            warning=True,
        )


@rule("loan_file")
def nobody_has_two_open_loans(view: View, record_id: str, data: Data) -> Iterator[Problem]:
    """Warn where the borrower has another file that has not ended."""
    name = "group" if data.get("borrower_kind") == "group" else "person"
    if not data.get(name):
        return
    for other_id, other in view.where("loan_file", **{name: data[name]}):
        if other_id != record_id and other.get("status") not in ENDED:
            yield Problem(
                name,
                _("There is another open file: {number}.").format(number=other.get("file_no")),
                "open_loan",
                warning=True,
            )


@rule("loan_file")
def the_dates_keep_the_round(view: View, record_id: str, data: Data) -> Iterator[Problem]:
    """Flag an application whose documents were complete after the closing date (S9).

    It counts from the day the documents were complete; an extension letter recorded later makes
    it timely again without touching the file.
    """
    fund_round = round_of(view, data.get("round"))
    submitted, complete = data.get("submitted_on"), data.get("docs_complete_on")
    if submitted and complete and complete < submitted:
        yield Problem(
            "docs_complete_on", _("The documents were complete before the submission."), "order"
        )
    if fund_round is None:
        return
    counted = complete or submitted
    if counted and counted > fund_round.closes_on.isoformat():
        yield _late(fund_round, "docs_complete_on" if complete else "submitted_on")
    if submitted and submitted < fund_round.apply_from.isoformat():
        yield Problem(
            "submitted_on",
            _("The round opens on {date}.").format(
                date=thai.format_date(fund_round.apply_from.isoformat(), "short")
            ),
            "early",
            S9,
            warning=True,
        )
    contract_by, signed = fund_round.contract_by, data.get("contract_on")
    if contract_by and signed and signed > contract_by.isoformat():
        yield Problem(
            "contract_on",
            _("The contract had to be signed by {date}.").format(
                date=thai.format_date(contract_by.isoformat(), "short")
            ),
            "late_contract",
            S9,
        )


@rule("loan_file")
def the_purpose_adds_up(view: View, record_id: str, data: Data) -> Iterator[Problem]:
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


@rule("loan_file")
def the_allotment_lasts(view: View, record_id: str, data: Data) -> Iterator[Problem]:
    """Warn, with its date, where the last known allotment is smaller than the sum asked for."""
    letters = [letter for _id, letter in view.where("allotment_letter", round=data.get("round"))]
    if not letters:
        return
    last = max(letters, key=lambda letter: str(letter.get("as_of", "")))
    if data.get("amount_requested", 0) > last["amount"]:
        yield Problem(
            "amount_requested",
            _("Left to lend on {date}: {amount} baht. Ask the central office.").format(
                date=thai.format_date(last["as_of"], "short"),
                amount=thai.format_baht(last["amount"]),
            ),
            "allotment",
            warning=True,
        )


@rule("loan_file")
def the_documents_are_there(view: View, record_id: str, data: Data) -> Iterator[Problem]:
    """Warn where the documents are called complete while one is noted as missing."""
    missing = view.where("document", loan_file=record_id, status="missing")
    if data.get("docs_complete_on") and missing:
        yield Problem(
            "docs_complete_on",
            _("{count} documents are noted as missing.").format(count=len(missing)),
            "documents_missing",
            warning=True,
        )


def purpose_total(data: Data) -> int:
    """Sum the purpose lines of a file, in satang."""
    return sum(
        line.get("quantity", 0) * line.get("unit_price", 0)
        for line in data.get("purpose_lines", ())
    )


def _filed_on(view: View, data: Data) -> date:
    return date.fromisoformat(data.get("submitted_on") or view.today.isoformat())


def _late(fund_round: Round, field: str) -> Problem:
    return Problem(
        field,
        _("Past the closing date: the round closed on {date}.").format(
            date=thai.format_date(fund_round.closes_on.isoformat(), "short")
        ),
        "late",
        S9,
        warning=True,
    )
