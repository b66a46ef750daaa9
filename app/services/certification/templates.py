"""The checklist a certification file begins with: shipped with its standard, or edited here."""

from dataclasses import dataclass
from datetime import date

from app.core.codes import Choices
from app.core.schemes import Scheme, schemes
from app.models import shapes
from app.services.records.record_view import View


@dataclass(frozen=True, slots=True)
class Checklist:
    """The items of a standard as a file keeps them; `version` names the standard too."""

    version: str
    items: list[shapes.CertificationItemsRow]


def scheme_of(code: str | None) -> Scheme | None:
    """Return a standard by its code, None for one that this program does not know."""
    return schemes().get(code or "")


def choices(view: View) -> Choices:
    """List the (code, name) of the standards, those a file may be begun for today first."""
    known = sorted(schemes().values(), key=lambda each: not each.is_in_force(view.today))
    return tuple((each.code, each.name) for each in known)


def name_of(code: str) -> str:
    """Name a standard as lists do; one that is not known is named by its code."""
    scheme = scheme_of(code)
    return scheme.name if scheme else code


def checklist(view: View, code: str, kind: str) -> Checklist | None:
    """Return the checklist that a file of a kind of product begins with today.

    The newest copy of the office that is valid goes before what is shipped. Its lines are for
    every kind of product: the head sees the whole list and says so in words. None for a standard
    that is not known.
    """
    scheme = scheme_of(code)
    if scheme is None:
        return None
    own = _own_copy(view, code, view.today)
    if own is not None:
        return Checklist(f"{code}/{OWN}{own.get('version', 1)}", own.get("items", []))
    return shipped(scheme, kind)


def shipped(scheme: Scheme, kind: str) -> Checklist:
    """Return the checklist of a standard for a kind of product; "" may be of any kind."""
    asked = [each for each in scheme.items if not (kind and each.kinds) or kind in each.kinds]
    rows: list[shapes.CertificationItemsRow] = [
        {"code": each.code, "text": each.text, "need": each.need} for each in asked
    ]
    return Checklist(f"{scheme.code}/{scheme.version}", rows)


OWN = "office-"  # before the version of a copy that the office edited


def _own_copy(view: View, code: str, on: date) -> shapes.LocalTemplate | None:
    valid = [
        data
        for _id, data in view.where(shapes.LOCAL_TEMPLATE, scheme=code)
        if data.get("valid_from", "9999") <= on.isoformat()
    ]
    return max(valid, key=lambda data: (data["valid_from"], data.get("version", 0)), default=None)
