"""Ages that may be a range: a birth date can be a year alone."""

from datetime import date

from app.core import thai
from app.models import shapes


def is_at_least(person: shapes.Person, years: int, on: date) -> bool | None:
    """Tell whether a person has reached an age; None where the documents must say."""
    if not person.get("birth_date"):
        return None
    youngest, oldest = thai.age_range(person["birth_date"], on)
    if youngest >= years:
        return True
    return None if oldest >= years else False


def is_alive(person: shapes.Person) -> bool:
    """Tell whether a person is not marked as deceased."""
    return person.get("life_status") != "dead"


def is_thai(person: shapes.Person) -> bool:
    """Tell the nationality as entered; the first digit of an id number never says (S30)."""
    return str(person.get("nationality", "")) == "ไทย"
