"""Rules about a person: the id number, the dates, the same person twice."""

from collections.abc import Iterator
from itertools import zip_longest

from app.core import places, thai
from app.core.codes.loan import ENDED
from app.core.errors import Problem
from app.core.i18n import _
from app.models import shapes
from app.models.groups import Group
from app.models.people.person import Person
from app.services.people.same_person import compared_with
from app.services.records.record_view import View
from app.services.records.rules import rule

# The least and the most baht of each income band of the training application (S16).
_BANDS = {
    "1-5000": (1, 5_000),
    "5001-9000": (5_001, 9_000),
    "9001-15000": (9_001, 15_000),
    "15001-20000": (15_001, 20_000),
    "20001-30000": (20_001, 30_000),
    "30001-40000": (30_001, 40_000),
    "40001-": (40_001, 10**9),
}


@rule(shapes.PERSON)
def the_id_number_fits_its_kind(
    view: View, record_id: str, data: shapes.Person
) -> Iterator[Problem]:
    """Ask for a number, check its check digit and its first digit (S30, S30b).

    The checksum is blind to the third digit, so a valid one proves nothing; a wrong one may still
    be what the card says, so it is kept with a reason until the document was checked.
    """
    kind, number = data.get("id_kind"), data.get("id_no", "")
    if kind == "none":
        yield Problem(
            "id_kind", _("A person without an id number: give the reason."), "no_id", warning=True
        )
        return
    if kind == "passport":
        if not data.get("passport_no"):
            yield Problem("passport_no", _("Fill in the passport number."), "missing")
        return
    if not number:
        yield Problem("id_no", _("Fill in the id number."), "missing")
        return
    if len(number) == 13 and not thai.citizen_id_is_valid(number):
        yield Problem(
            "id_no",
            _(
                "The last digit of {number} should be {digit}, not {typed}: compare all 13 digits "
                "with the card. It can be saved as awaiting a document check, with a reason."
            ).format(
                number=thai.format_citizen_id(number),
                digit=thai.citizen_id_check_digit(number[:12]),
                typed=number[12],
            ),
            "citizen_id_check",
            warning=True,
        )
    if kind == "thai13" and number[:1] in ("0", "6", "7"):
        yield Problem(
            "id_kind",
            _(
                "A number that begins with {digit} belongs to a foreigner or a person without "
                "civil status: choose the kind of id."
            ).format(digit=number[0]),
            "id_kind_digit",
            warning=True,
        )


@rule(shapes.PERSON)
def a_typed_number_is_typed_twice(
    view: View, record_id: str, data: shapes.Person
) -> Iterator[Problem]:
    """Ask for the number once more where it was typed from a copy: the reason is the number itself.

    The check digit is blind to the third digit (S30b), so only a second typing shows a slip there.
    Where the two differ the same question stays open: either typing may be the wrong one.
    """
    number = data.get("id_no", "")
    if data.get("id_verified") != "typed" or not number:
        return
    yield Problem(
        "id_no",
        _("Type the id number once more to confirm it."),
        "typed_twice",
        warning=True,
        question=_("Type the id number again"),
    )
    again = data.get("reasons", {}).get("typed_twice")
    if again is None:
        return
    digits = "".join(filter(str.isdigit, thai.to_arabic_digits(again)))
    if digits != number:
        pairs = zip_longest(number, digits)
        place = next(n for n, (first, second) in enumerate(pairs, 1) if first != second)
        yield Problem(
            "id_no",
            _("The two typings differ from digit {place} on: compare both with the paper.").format(
                place=place
            ),
            "typed_twice",
            question=_("Type the id number again"),
        )


@rule(shapes.PERSON)
def nobody_is_entered_twice(view: View, record_id: str, data: shapes.Person) -> Iterator[Problem]:
    """Name the person who has this number already, unless a clerk compared the two."""
    if not data.get("id_no"):
        return
    answered = compared_with(view.connection, record_id)
    for other_id, other in view.where(shapes.PERSON, id_no=data["id_no"]):
        if other_id not in {record_id, *answered}:
            yield Problem(
                "id_no",
                _("{name} has this id number already. Open that person instead.").format(
                    name=Person.title(other)
                ),
                "duplicate_id",
                warning=True,
                person=other_id,
            )
            return


@rule(shapes.PERSON)
def the_dates_are_possible(view: View, record_id: str, data: shapes.Person) -> Iterator[Problem]:
    """Refuse a birth or a death in the future, and a death without its mark."""
    born, died = data.get("birth_date", ""), data.get("died_on", "")
    for name, day in (("birth_date", born), ("died_on", died)):
        if day > view.today.isoformat():
            yield Problem(name, _("This date is in the future."), "future")
    if died and died < born[: len(died)]:
        yield Problem("died_on", _("The day of death is before that of birth."), "order")
    if died and data.get("life_status") != "dead":
        yield Problem(
            "life_status", _("A date of death is given: mark the person as deceased."), "not_dead"
        )


@rule(shapes.PERSON)
def what_a_death_leaves_is_seen_to(
    view: View, record_id: str, data: shapes.Person
) -> Iterator[Problem]:
    """Flag the loan files and the groups in which a person who died still stands."""
    if data.get("life_status") != "dead" or not record_id:
        return
    files = [each.get("file_no", "-") for each in _open_files(view, record_id)]
    if files:
        yield Problem(
            "life_status",
            _("Loan files that have not ended name this person: {numbers}. Tell the head.").format(
                numbers=", ".join(files)
            ),
            "files_open",
            warning=True,
        )
    for _id, membership in view.where(shapes.MEMBERSHIP, person=record_id):
        group = view.get(shapes.GROUP, membership.get("group"))
        if membership.get("left_on") or group is None:
            continue
        sentence = _("{group} still lists this person: enter the day of leaving.")
        if membership.get("role") == "leader":
            sentence = _("This person leads {group}: let the group choose a new leader.")
        yield Problem(
            "life_status",
            sentence.format(group=Group.title(group)),
            "still_member",
            warning=True,
        )


def _open_files(view: View, person: str) -> list[shapes.LoanFile]:
    """List the files that have not ended in which a person borrows, borrows with or answers."""
    own = view.where(shapes.LOAN_FILE, person=person)
    shared = [
        file
        for _id, membership in view.where(shapes.MEMBERSHIP, person=person, co_borrower=True)
        for file in view.where(shapes.LOAN_FILE, group=membership.get("group"))
    ]
    answered = [
        (guarantor.get("loan_file", ""), file)
        for _id, guarantor in view.where(shapes.GUARANTOR, person=person)
        if (file := view.get(shapes.LOAN_FILE, guarantor.get("loan_file"))) is not None
    ]
    found = dict([*own, *shared, *answered])
    return [file for file in found.values() if file.get("status") not in ENDED]


@rule(shapes.PERSON)
def the_income_falls_in_its_band(
    view: View, record_id: str, data: shapes.Person
) -> Iterator[Problem]:
    """Warn where the baht typed do not fall in the band ticked (S16)."""
    band, income = data.get("income_band"), data.get("income")
    if band in _BANDS and income is not None:
        least, most = _BANDS[band]
        if not least * 100 <= income < (most + 1) * 100:
            yield Problem(
                "income",
                _("The income does not fall in the band ticked."),
                "income_band",
                warning=True,
            )


@rule(shapes.PERSON)
def the_postcode_fits_the_place(
    view: View, record_id: str, data: shapes.Person
) -> Iterator[Problem]:
    """Warn where a postcode is not one of the subdistrict's."""
    yield from _of_another_place("address", data.get("address", {}))
    yield from _of_another_place("current_address", data.get("current_address", {}))


@rule(shapes.GROUP)
def the_postcode_of_a_group_fits_the_place(
    view: View, record_id: str, data: shapes.Group
) -> Iterator[Problem]:
    """Warn where the postcode of the place of work is not one of the subdistrict's."""
    yield from _of_another_place("address", data.get("address", {}))


def _of_another_place(name: str, address: shapes.Address) -> Iterator[Problem]:
    place = places.subdistrict(address.get("subdistrict", ""))
    if address.get("subdistrict") and place is None:
        yield Problem(f"{name}.subdistrict", _("Choose the subdistrict from the list."), "place")
    elif place and address.get("postcode") and address["postcode"] not in place.postcodes:
        yield Problem(
            f"{name}.postcode",
            _("The postcode of {place} is {postcodes}.").format(
                place=place.text, postcodes=" / ".join(place.postcodes)
            ),
            "postcode",
            warning=True,
        )
