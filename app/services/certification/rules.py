"""Rules about certification files: the standard, its numbers, the days and the answers."""

from collections.abc import Iterator
from typing import Literal

from app.core import thai
from app.core.errors import Problem
from app.core.i18n import _
from app.models import shapes
from app.services.certification import expiry, templates
from app.services.records.record_view import View
from app.services.records.rules import rule
from app.services.records.sources import S18, S20

_Day = Literal[
    "submitted_on", "inspected_on", "sampled_on", "result_on", "issued_on"
]  # fmt: skip

ENDED = ("expired", "failed", "revoked", "withdrawn")
ONCE_CERTIFIED = (*expiry.CERTIFIED, "expired", "revoked")


@rule(shapes.CERTIFICATION)
def the_standard_is_for_the_product(
    view: View, record_id: str, data: shapes.Certification
) -> Iterator[Problem]:
    """Refuse an unknown standard, and one that is published not to be for this kind of product.

    Where only general knowledge says so, and for a standard that has ended, warn: a service has no
    food number (S18) and no community product standard (S20).
    """
    scheme = templates.scheme_of(data.get("scheme"))
    if scheme is None:
        if data.get("scheme"):
            yield Problem(
                "scheme", _("This standard is not known. Choose one of the list."), "unknown_scheme"
            )
        return
    if view.get(shapes.CERTIFICATION, record_id) is None and not scheme.is_in_force(view.today):
        yield Problem(
            "scheme", _("This standard is not in force today."), "not_in_force", warning=True
        )
    product = view.get(shapes.PRODUCT, data.get("product")) or {}
    kind = product.get("kind")
    if kind and kind not in scheme.kinds:
        source = scheme.published("kinds")
        yield Problem(
            "scheme",
            _("{name} is not for a product of this kind.").format(name=scheme.name),
            "not_for_kind",
            source,
            warning=not source,
        )


@rule(shapes.CERTIFICATION)
def the_product_has_one_open_file(
    view: View, record_id: str, data: shapes.Certification
) -> Iterator[Problem]:
    """Warn of a second file of one product for one standard, while the first has not ended."""
    if not data.get("product") or not data.get("scheme") or data.get("status") in ENDED:
        return
    for other_id, other in view.where(
        shapes.CERTIFICATION, product=data["product"], scheme=data["scheme"]
    ):
        if other_id != record_id and other.get("status") not in ENDED:
            yield Problem(
                "scheme",
                _("The product has file {number} for this standard already.").format(
                    number=other.get("file_no", "-")
                ),
                "second_file",
                warning=True,
            )
            return


@rule(shapes.CERTIFICATION)
def the_food_numbers_agree(
    view: View, record_id: str, data: shapes.Certification
) -> Iterator[Problem]:
    """Refuse a food serial number that does not begin with the number of its place (S18).

    The place is the file's own, or where none is written those of the group's other files.
    """
    serial = data.get("serial_no")
    places = place_numbers(view, data)
    if serial and places and serial[:8] not in places:
        yield Problem(
            "serial_no",
            _(
                "The serial number begins with {begin}, the number of the place is {places}: "
                "the first eight digits are the place's."
            ).format(begin=serial[:8], places=", ".join(places)),
            "place_of_serial",
            S18,
        )


@rule(shapes.CERTIFICATION)
def the_standard_is_numbered(
    view: View, record_id: str, data: shapes.Certification
) -> Iterator[Problem]:
    """Refuse a standard number that does not match the standard's own numbering (S22)."""
    scheme, number = templates.scheme_of(data.get("scheme")), data.get("standard_no")
    if scheme is not None and number and not scheme.numbers_standards(number):
        yield Problem(
            "standard_no",
            _("Write the number of the standard as {form}.").format(form=scheme.standard_form),
            "standard_form",
            scheme.published("numbers"),
        )


@rule(shapes.CERTIFICATION)
def the_days_follow_one_another(
    view: View, record_id: str, data: shapes.Certification
) -> Iterator[Problem]:
    """Refuse a day before the one of an earlier step (S20), and one that has not come.

    A place is inspected and samples are taken again after defects, in either order.
    """
    for name, earlier in _AFTER.items():
        day = data.get(name, "")
        if day > view.today.isoformat():
            yield Problem(name, _("This date is in the future."), "future")
        before = max((data.get(each, "") for each in earlier), default="")
        if day and day < before and not (name == "result_on" and data.get("status") == "sampled"):
            yield Problem(
                name,
                _("This day is before an earlier step, {date}.").format(
                    date=thai.format_date(before, "short")
                ),
                "order",
                S20,
            )
    if data.get("expires_on", "9999") <= data.get("issued_on", ""):
        yield Problem("expires_on", _("A certificate ends after it was issued."), "order", S20)


@rule(shapes.CERTIFICATION)
def the_certificate_has_its_years(
    view: View, record_id: str, data: shapes.Certification
) -> Iterator[Problem]:
    """Warn where the last day is not the one that the years of the standard give."""
    end = expiry.end_of(data)
    if end and data.get("expires_on", end) != end:
        yield Problem(
            "expires_on",
            _("By the years of this standard the certificate ends on {date}.").format(
                date=thai.format_date(end, "short")
            ),
            "years",
            warning=True,
        )


@rule(shapes.CERTIFICATION)
def the_mark_follows_the_certificate(
    view: View, record_id: str, data: shapes.Certification
) -> Iterator[Problem]:
    """Refuse a mark on a label without a certificate (S20); warn of one older than it.

    After a renewal the day of the mark is older than the issue, and rightly so.
    """
    shown = data.get("mark_used_on", "")
    if not shown:
        return
    if data.get("status") not in ONCE_CERTIFIED:
        yield Problem(
            "mark_used_on",
            _("The mark may be shown once the product is certified."),
            "mark_first",
            S20,
        )
    elif data.get("status") == "marked" and shown < data.get("issued_on", ""):
        yield Problem(
            "mark_used_on",
            _("The mark was shown before this certificate was issued."),
            "mark_older",
            warning=True,
        )
    if shown > view.today.isoformat():
        yield Problem("mark_used_on", _("This date is in the future."), "future")


@rule(shapes.CERTIFICATION)
def the_follow_ups_are_in_order(
    view: View, record_id: str, data: shapes.Certification
) -> Iterator[Problem]:
    """Refuse follow-ups whose years or days do not rise, and one in the future."""
    year, day = 0, data.get("inspected_on", "")
    for number, row in enumerate(data.get("follow_ups", [])):
        if row.get("year", year + 1) <= year or row.get("on", day) < day:
            yield Problem(
                f"follow_ups.{number}.year",
                _("Follow-ups stand in the order of their years and days."),
                "follow_up_order",
            )
        if row.get("on", "") > view.today.isoformat():
            yield Problem(f"follow_ups.{number}.on", _("This date is in the future."), "future")
        year, day = row.get("year", year), row.get("on", day)


@rule(shapes.CERTIFICATION)
def the_answers_are_of_the_checklist(
    view: View, record_id: str, data: shapes.Certification
) -> Iterator[Problem]:
    """Refuse an answer to an item that the file does not have, and two answers to one."""
    items = {row.get("code") for row in data.get("items", [])}
    answered = set[str]()
    for number, row in enumerate(data.get("answers", [])):
        code = row.get("code", "")
        if code not in items or code in answered:
            yield Problem(
                f"answers.{number}.code",
                _(
                    "The answers are of another checklist. Clear them, or begin a new file for "
                    "the other standard."
                ),
                "other_checklist",
            )
            return
        answered.add(code)


def group_of(view: View, data: shapes.Certification) -> str | None:
    """Return the group whose product a file is about, None where the product is not here."""
    return (view.get(shapes.PRODUCT, data.get("product")) or {}).get("group")


def files_of_group(
    view: View, data: shapes.Certification
) -> list[tuple[str, shapes.Certification]]:
    """List the (id, data) of the certification files of all products of the file's group."""
    group = group_of(view, data)
    products = [product_id for product_id, _data in view.where(shapes.PRODUCT, group=group)]
    return [
        found
        for product_id in (products if group else ())
        for found in view.where(shapes.CERTIFICATION, product=product_id)
    ]


def place_numbers(view: View, data: shapes.Certification) -> list[str]:
    """List the numbers of the places where a product is made: the file's own, or its group's."""
    if data.get("place_no"):
        return [data["place_no"]]
    known = [file.get("place_no", "") for _id, file in files_of_group(view, data)]
    return sorted(set(filter(None, known)))


_AFTER: dict[_Day, tuple[_Day, ...]] = {
    "submitted_on": (),
    "inspected_on": ("submitted_on",),
    "sampled_on": ("submitted_on",),
    "result_on": ("submitted_on", "sampled_on"),
    "issued_on": ("submitted_on", "inspected_on", "result_on"),
}
