"""Guards of a certification file: what is asked before it is lodged, certified or has run out."""

from collections.abc import Iterator
from itertools import groupby

from app.core import thai
from app.core.errors import Problem
from app.core.fields import Field
from app.core.i18n import _
from app.core.schemes import OF_PRODUCT, Scheme
from app.models import shapes
from app.models.certification import Certification
from app.models.records.base import fields_of
from app.services.certification import expiry, templates
from app.services.certification.rules import files_of_group, place_numbers
from app.services.records.guards import guard
from app.services.records.record_view import View


@guard(shapes.CERTIFICATION)
def the_checklist_is_complete(
    view: View, record_id: str, data: shapes.Certification
) -> Iterator[Problem]:
    """Warn of what is needed and not there: which papers an office waives is its own to say."""
    lacking = missing(data)
    if lacking:
        yield Problem(
            "",
            _("{count} items of the checklist are not there: {items}.").format(
                count=len(lacking), items=" · ".join(lacking)
            ),
            "checklist",
            warning=True,
        )


@guard(shapes.CERTIFICATION)
def food_has_its_place_first(
    view: View, record_id: str, data: shapes.Certification
) -> Iterator[Problem]:
    """Warn where the standard asks for another one first and no file or number of it is here."""
    scheme = templates.scheme_of(data.get("scheme"))
    kind = (view.get(shapes.PRODUCT, data.get("product")) or {}).get("kind")
    for first in scheme.prerequisites if scheme else ():
        if kind in first.kinds and not any(_is_had(view, data, code) for code in first.schemes):
            yield Problem(
                "",
                _("This standard asks for {names} first: enter that file, or its number.").format(
                    names=", ".join(templates.name_of(code) for code in first.schemes)
                ),
                "place_first",
                scheme.published("prerequisites") if scheme else "",
                warning=True,
            )


@guard(shapes.CERTIFICATION)
def the_scheme_numbers_are_there(
    view: View, record_id: str, data: shapes.Certification
) -> Iterator[Problem]:
    """Refuse a certificate without the numbers it consists of (S18, S22)."""
    scheme = templates.scheme_of(data.get("scheme"))
    described = {each.name: each for each in fields_of(Certification)}
    for name in scheme.numbers if scheme else ():
        if not data.get(name) and not (name == "place_no" and place_numbers(view, data)):
            yield _lacks(described[name], scheme)


@guard(shapes.CERTIFICATION)
def the_test_was_passed(
    view: View, record_id: str, data: shapes.Certification
) -> Iterator[Problem]:
    """Warn where samples are tested and no passed test is entered."""
    scheme = templates.scheme_of(data.get("scheme"))
    if scheme is not None and scheme.has_samples and data.get("result") != "passed":
        yield Problem("result", _("No passed test is entered."), "not_passed", warning=True)


@guard(shapes.CERTIFICATION)
def the_certificate_has_run_out(
    view: View, record_id: str, data: shapes.Certification
) -> Iterator[Problem]:
    """Refuse to call a certificate expired before its last day is over."""
    if not expiry.has_run_out(data, view.today):
        end = data.get("expires_on")
        told = thai.format_date(end, "short") if end else _("not entered")
        yield Problem(
            "expires_on",
            _("The certificate has not run out; its last day is {date}.").format(date=told),
            "not_over",
        )


def missing(data: shapes.Certification) -> list[str]:
    """List the texts of the items that are needed and not there.

    "Does not apply" is an answer like "there". Of choices that follow one another one is enough.
    """
    answers = {row.get("code"): row.get("answer") for row in data.get("answers", [])}
    lacking: list[str] = []
    for need, run in groupby(data.get("items", []), key=lambda row: row.get("need")):
        rows = list(run)
        open_ones = [row["text"] for row in rows if answers.get(row.get("code")) not in _SETTLED]
        if need == "must":
            lacking += open_ones
        elif need == "choice" and len(open_ones) == len(rows):
            lacking.append(_(" or ").join(open_ones))
    return lacking


_SETTLED = ("present", "not_applicable")


def _is_had(view: View, data: shapes.Certification, code: str) -> bool:
    """Tell whether a standard is had: by its numbers in this file, or by a certified file."""
    scheme = templates.scheme_of(code)
    numbers = scheme.numbers if scheme else ()
    if numbers and all(each in OF_PRODUCT and data.get(each) for each in numbers):
        return True
    return any(
        file.get("scheme") == code and file.get("status") in expiry.CERTIFIED
        for _id, file in files_of_group(view, data)
    )


def _lacks(field: Field, scheme: Scheme | None) -> Problem:
    """Word what is missing; only what a published text asks for blocks."""
    source = scheme.published("numbers") if scheme else ""
    message = _("Fill in: {label}").format(label=_(field.label))
    return Problem(field.name, message, "missing", source, warning=not source)
