"""One field of a record, described once: editor, heading, check, text and schema come from it.

A field is described by its Kind; the editor in the window, the table heading, the text on paper,
the bundle's schema and the spreadsheet column all come from it. Values are plain data: text,
int, bool, dict and list, as they stand in a journal line. What each kind is stands in core.kinds
and core.kind_rules.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta, timezone
from typing import Any

from app.core import thai
from app.core.address import ADDRESS_PARTS
from app.core.errors import Problem
from app.core.holding import longest, unkept
from app.core.i18n import _
from app.core.kind_rules import RULES, problem
from app.core.kinds import Field, Kind

__all__ = [
    "ADDRESS_PARTS", "NUMBERS", "THAILAND", "Draft", "Field", "Kind",
    "check", "clean", "has_type", "is_right_aligned", "most_of", "parse", "show", "today",
]  # fmt: skip

Draft = dict[str, Any]

THAILAND = timezone(timedelta(hours=7))


def today() -> date:
    """Return the day in Thailand; +07:00 has no summer time and Windows has no zone data."""
    return datetime.now(THAILAND).date()


def parse(field: Field, text: str, *, on: date) -> Any:
    """Read what was typed into a field; "" is None. Raises Invalid with the reason.

    `on` is today, for dates typed without a year.
    """
    text = thai.normalise(text)
    return RULES[field.kind].parse(field, text, on) if text else None


def show(field: Field, value: Any, *, thai_digits: bool = False) -> str:
    """Write a value as the clerk reads it in a list or on paper; an absent value is "".

    A value of the wrong form, which only a file can bring, is written as it is.
    """
    if value is None or value == "":
        return ""
    text = RULES[field.kind].show(field, value) if has_type(field, value) else str(value)
    return thai.to_thai_digits(text) if thai_digits else text


def check(field: Field, value: Any) -> list[Problem]:
    """List what is wrong with the form of one value; rules between fields live in services."""
    if value is None or value in ("", [], {}):
        return [problem(field, _("Fill in: {label}"), "missing")] if field.required else []
    if not has_type(field, value):
        return [problem(field, _("{label}: the value is not of the right kind."), "kind")]
    if isinstance(value, str) and unkept(field.kind, value):
        return [problem(field, _("{label}: a character in it cannot be kept."), "characters")]
    return _bounds(field, value) + RULES[field.kind].check(field, value) + _inner(field, value)


def has_type(field: Field, value: Any) -> bool:
    """Tell whether a value that is there is of the type that its kind shows, checks and counts."""
    if isinstance(value, bool) and field.kind is not Kind.FLAG:
        return False
    if field.kind is Kind.ROWS and isinstance(value, list):
        return all(isinstance(row, dict) for row in value)
    return isinstance(value, RULES[field.kind].type)


def clean(fields: Iterable[Field], draft: Mapping[str, Any]) -> Draft:
    """Bring a draft into the form that is stored: NFC text, no blanks, no empty values.

    Keys that no field describes stay verbatim: a newer program may have written them.
    """
    known = {field.name: field for field in fields}
    cleaned = {
        name: _clean_value(known[name], value) if name in known else value
        for name, value in draft.items()
    }
    return {name: value for name, value in cleaned.items() if value not in (None, "", [], {})}


def most_of(field: Field) -> int | None:
    """Return the upper bound of an entry: the field's own, or the most that can be kept."""
    if field.most is not None or field.kind in (Kind.ADDRESS, Kind.FLAG):
        return field.most
    return _MOST_WHOLE if field.kind in NUMBERS else longest(field)


def is_right_aligned(field: Field) -> bool:
    """Tell whether a table shows the field's values at the right: money and numbers."""
    return field.kind in NUMBERS


NUMBERS = (Kind.BAHT, Kind.WHOLE, Kind.POINTS)

_MOST_WHOLE = 2**53 - 1  # the largest whole number that every JSON reader keeps exactly


def _bounds(field: Field, value: Any) -> list[Problem]:
    size = value if isinstance(value, int) else len(value)
    most = most_of(field)
    worded = _worded(field)
    too_small, too_large = _bound_sentences(field.kind)
    if field.least is not None and size < field.least:
        return [problem(field, too_small, "least", bound=worded(field.least))]
    if most is not None and size > most:
        return [problem(field, too_large, "most", bound=worded(most))]
    return []


def _worded(field: Field) -> Callable[[int], str]:
    """Return how a bound is written: a number as the field shows it, a count as it is."""
    if field.kind in (Kind.BAHT, Kind.POINTS):
        return lambda bound: RULES[field.kind].show(field, bound)
    return str


def _bound_sentences(kind: Kind) -> tuple[str, str]:
    if kind is Kind.ROWS:
        return _("{label}: at least {bound} lines"), _("{label}: at most {bound} lines")
    if kind in NUMBERS:
        return _("{label}: at least {bound}"), _("{label}: at most {bound}")
    return _("{label}: at least {bound} characters"), _("{label}: at most {bound} characters")


def _inner(field: Field, value: Any) -> list[Problem]:
    """Check the parts of an address or the rows of a list; a problem names its place by dots."""
    if field.kind is Kind.ADDRESS:
        return _within(field.name, ADDRESS_PARTS, value)
    return [
        found
        for number, row in enumerate(value if field.kind is Kind.ROWS else ())
        for found in _within(f"{field.name}.{number}", field.rows, row)
    ]


def _within(place: str, fields: Iterable[Field], values: Mapping[str, Any]) -> list[Problem]:
    return [
        Problem(f"{place}.{found.field}", found.message, found.code)
        for each in fields
        for found in check(each, values.get(each.name))
    ]


def _clean_value(field: Field, value: Any) -> Any:
    if field.kind is Kind.RECORD:
        return value  # nobody types an id, so nothing about one is put right
    if isinstance(value, str):
        if field.kind is Kind.NOTE:
            return "\n".join(thai.normalise(row) for row in value.splitlines()).strip()
        return thai.normalise(value)
    if field.kind is Kind.ADDRESS and isinstance(value, dict):
        return clean(ADDRESS_PARTS, value)
    if field.kind is Kind.ROWS and isinstance(value, list):
        rows = [clean(field.rows, row) if isinstance(row, dict) else row for row in value]
        return [row for row in rows if row]
    return value
