"""Ages that may be a range: a birth date can be a year alone."""

from collections.abc import Iterator
from datetime import date

from app.core import thai
from app.core.errors import Problem
from app.core.i18n import _
from app.models import shapes


def is_at_least(person: shapes.Person, years: int, on: date) -> bool | None:
    """Tell whether a person has reached an age; None where the documents must say."""
    if not person.get("birth_date"):
        return None
    youngest, oldest = thai.age_range(person["birth_date"], on)
    if youngest >= years:
        return True
    return None if oldest >= years else False


def too_young(person: shapes.Person, years: int, on: date, refused: Problem) -> Iterator[Problem]:
    """Yield a problem of who has not reached an age; a warning where the documents must say."""
    of_age = is_at_least(person, years, on)
    if of_age is False:
        yield refused
    if of_age is None:
        doubt = _("The age may be under {years}: check the documents.").format(years=years)
        yield Problem(refused.field, doubt, "age_unknown", refused.source, warning=True)


def is_alive(person: shapes.Person) -> bool:
    """Tell whether a person is not marked as deceased."""
    return person.get("life_status") != "dead"


def is_thai(person: shapes.Person) -> bool:
    """Tell the nationality as entered; the first digit of an id number never says (S30)."""
    return str(person.get("nationality", "")) == "ไทย"
