"""What a field is: its Kind knows how to read what was typed, show it and check it.

A model column carries one Field; the editor, the table heading, the check, the text on paper,
the bundle's schema and the spreadsheet column all come from it. Values are plain: text, int
(satang for money), bool, a list of rows, a dict of parts; an empty value is absent.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta, timezone, datetime
from enum import StrEnum
from typing import Any

from app.core import thai
from app.core.errors import Invalid, Problem
from app.core.i18n import _

Draft = dict[str, Any]


class Kind(StrEnum):
    """The kinds of value a clerk enters."""

    TEXT = "text"  # one line
    NOTE = "note"  # several lines
    CITIZEN_ID = "citizen_id"  # 13 digits; the check digit is a rule of the record, not of the kind
    DIGITS = "digits"  # account numbers, postcodes, phone numbers
    BAHT = "baht"  # integer satang
    WHOLE = "whole"  # a whole number
    DATE = "date"  # a full ISO date
    PARTIAL_DATE = "partial_date"  # 1947, 1947-03 or 1947-03-15
    CHOICE = "choice"  # a code out of Field.choices
    FLAG = "flag"  # yes or no
    SUBDISTRICT = "subdistrict"  # the six digits of a tambon or khwaeng
    ADDRESS = "address"  # a dict of ADDRESS_PARTS
    RECORD = "record"  # the id of a record of type Field.target
    ROWS = "rows"  # a list of dicts of Field.rows


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record; labels are English msgids.

    `least` and `most` bound satang, whole numbers or the count of rows; for text and digits they
    bound the count of characters. `choices` are (code, label) in the order of the paper form.
    `hint` is an example shown while the field is empty. `derived` fields are computed by a
    service and are not typed.
    """

    name: str
    label: str
    kind: Kind
    required: bool = False
    least: int | None = None
    most: int | None = None
    choices: tuple[tuple[str, str], ...] = ()
    target: str = ""
    rows: tuple["Field", ...] = ()
    hint: str = ""
    default: Any = None
    derived: bool = False


def today() -> date:
    """Give the day in Thailand; +07:00 has no summer time and Windows has no zone data."""
    return datetime.now(THAILAND).date()


THAILAND = timezone(timedelta(hours=7))


def parse(field: Field, text: str, *, on: date) -> Any:
    """Read what was typed into a field; "" is None. Raises Invalid with the reason.

    `on` is today, for dates typed without a year.
    """
    text = thai.normalise(text)
    return _RULES[field.kind].parse(field, text, on) if text else None


def show(field: Field, value: Any, *, thai_digits: bool = False) -> str:
    """Write a value as the clerk reads it in a list or on paper; an absent value is ""."""
    if value is None or value == "":
        return ""
    text = _RULES[field.kind].show(field, value)
    return thai.to_thai_digits(text) if thai_digits else text


def check(field: Field, value: Any) -> list[Problem]:
    """List what is wrong with the form of one value; rules between fields live in services."""
    if value is None or value == "" or value == [] or value == {}:
        return [_problem(field, _("Fill in: {label}"), "missing")] if field.required else []
    if not isinstance(value, _RULES[field.kind].type) or (
        isinstance(value, bool) and field.kind is not Kind.FLAG
    ):
        return [_problem(field, _("{label}: the value is not of the right kind."), "kind")]
    return _bounds(field, value) + _RULES[field.kind].check(field, value)


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


def is_right_aligned(field: Field) -> bool:
    """Tell whether a table shows the field's values at the right: money and numbers."""
    return field.kind in (Kind.BAHT, Kind.WHOLE)


ADDRESS_PARTS = (
    Field("house_no", "House number", Kind.TEXT, most=40),
    Field("moo", "Village number (moo)", Kind.DIGITS, most=3),
    Field("village", "Village", Kind.TEXT, most=80),
    Field("soi", "Lane (soi)", Kind.TEXT, most=80),
    Field("road", "Road", Kind.TEXT, most=80),
    Field("subdistrict", "Subdistrict", Kind.SUBDISTRICT),
    Field("postcode", "Postcode", Kind.DIGITS, least=5, most=5),
    Field("house_code", "House registration code", Kind.DIGITS, least=11, most=11),
    Field("card_text", "Address as read from the card", Kind.TEXT, most=200),
)


@dataclass(frozen=True, slots=True)
class _KindRules:
    type: type
    parse: Callable[[Field, str, date], Any]
    show: Callable[[Field, Any], str]
    check: Callable[[Field, Any], list[Problem]] = lambda _field, _value: []


def _problem(field: Field, message: str, code: str, **values: Any) -> Problem:
    return Problem(field.name, message.format(label=_(field.label), **values), code=code)


def _bounds(field: Field, value: Any) -> list[Problem]:
    size = value if isinstance(value, int) else len(value)
    worded = thai.format_baht if field.kind is Kind.BAHT else str
    if field.least is not None and size < field.least:
        message = (
            _("{label}: at least {bound}")
            if isinstance(value, int)
            else _("{label}: at least {bound} characters")
        )
        return [_problem(field, message, "least", bound=worded(field.least))]
    if field.most is not None and size > field.most:
        message = (
            _("{label}: at most {bound}")
            if isinstance(value, int)
            else _("{label}: at most {bound} characters")
        )
        return [_problem(field, message, "most", bound=worded(field.most))]
    return []


def _clean_value(field: Field, value: Any) -> Any:
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


def _parse_text(field: Field, text: str, on: date) -> str:
    return text


def _parse_digits(field: Field, text: str, on: date) -> str:
    digits = thai.to_arabic_digits(text)
    for blank in " -–.()":
        digits = digits.replace(blank, "")
    if not (digits.isascii() and digits.isdigit()):
        raise Invalid(
            _("{label}: digits only, for example {hint}").format(
                label=_(field.label), hint=field.hint or "123456"
            ),
            code="digits",
        )
    return digits


def _parse_whole(field: Field, text: str, on: date) -> int:
    return int(_parse_digits(field, text.replace(",", ""), on))


def _parse_baht(field: Field, text: str, on: date) -> int:
    return thai.parse_baht(text)


def _parse_partial_date(field: Field, text: str, on: date) -> str:
    return thai.parse_date(text, today=on)


def _parse_date(field: Field, text: str, on: date) -> str:
    iso = thai.parse_date(text, today=on)
    if len(iso) != 10:
        raise Invalid(_("Give the day, month and year, for example 15/3/2568"), code="partial")
    return iso


def _parse_choice(field: Field, text: str, on: date) -> str:
    """Take a code, its place in the list, or the beginning of its label."""
    number = thai.to_arabic_digits(text)
    key = thai.search_key(text)
    for place, (code, label) in enumerate(field.choices, 1):
        if number in (code, str(place)) or key == thai.search_key(_(label)):
            return code
    begun = [code for code, label in field.choices if thai.search_key(_(label)).startswith(key)]
    if len(begun) == 1:
        return begun[0]
    raise Invalid(_("{label}: choose one of the list.").format(label=_(field.label)), code="choice")


def _parse_flag(field: Field, text: str, on: date) -> bool:
    word = thai.search_key(text)
    if word in {"1", "y", "yes", "x", "true", "✓", "✔", *map(thai.search_key, ("ใช่", "มี"))}:
        return True
    if word in {"0", "n", "no", "false", *map(thai.search_key, ("ไม่ใช่", "ไม่มี", "ไม่"))}:
        return False
    raise Invalid(_("{label}: answer yes or no.").format(label=_(field.label)), code="flag")


def _parse_not(field: Field, text: str, on: date) -> Any:
    raise AssertionError(f"{field.kind} is not typed as one text")


def _show_text(field: Field, value: Any) -> str:
    return str(value)


def _show_choice(field: Field, value: Any) -> str:
    return _(dict(field.choices).get(value, str(value)))


def _check_choice(field: Field, value: Any) -> list[Problem]:
    if value in dict(field.choices):
        return []
    return [_problem(field, _("{label}: choose one of the list."), "choice")]


def _check_digits(field: Field, value: Any) -> list[Problem]:
    if value.isascii() and value.isdigit():
        return []
    return [
        _problem(
            field,
            _("{label}: digits only, for example {hint}"),
            "digits",
            hint=field.hint or "123456",
        )
    ]


def _check_citizen_id(field: Field, value: Any) -> list[Problem]:
    if len(value) == 13 and value.isascii() and value.isdigit():
        return []
    return [
        _problem(
            field,
            _("{label}: 13 digits are needed, {count} were given."),
            "citizen_id_length",
            count=len(value),
        )
    ]


def _check_date(field: Field, value: Any) -> list[Problem]:
    try:
        thai.check_date(value)
    except Invalid as error:
        return [Problem(field.name, error.sentence, code=error.code)]
    if field.kind is Kind.DATE and len(value) != 10:
        return [
            _problem(field, _("Give the day, month and year, for example 15/3/2568"), "partial")
        ]
    return []


def _check_parts(field: Field, value: Any) -> list[Problem]:
    return [
        Problem(f"{field.name}.{problem.field}", problem.message, problem.code)
        for part in ADDRESS_PARTS
        for problem in check(part, value.get(part.name))
    ]


def _check_rows(field: Field, value: Any) -> list[Problem]:
    return [
        Problem(f"{field.name}.{number}.{problem.field}", problem.message, problem.code)
        for number, row in enumerate(value)
        for inner in field.rows
        for problem in check(inner, row.get(inner.name))
    ]


def _show_address(field: Field, value: Any) -> str:
    from app.core import places  # the place tables are read on first use

    return places.address_text(value)


def _show_subdistrict(field: Field, value: Any) -> str:
    from app.core import places  # the place tables are read on first use

    place = places.subdistrict(value)
    return place.text if place else str(value)


_RULES: dict[Kind, _KindRules] = {
    Kind.TEXT: _KindRules(str, _parse_text, _show_text),
    Kind.NOTE: _KindRules(str, _parse_text, _show_text),
    Kind.CITIZEN_ID: _KindRules(
        str, _parse_digits, lambda _field, value: thai.format_citizen_id(value), _check_citizen_id
    ),
    Kind.DIGITS: _KindRules(str, _parse_digits, _show_text, _check_digits),
    Kind.BAHT: _KindRules(int, _parse_baht, lambda _field, value: thai.format_baht(value)),
    Kind.WHOLE: _KindRules(int, _parse_whole, lambda _field, value: f"{value:,}"),
    Kind.DATE: _KindRules(
        str, _parse_date, lambda _field, value: thai.format_date(value, "short"), _check_date
    ),
    Kind.PARTIAL_DATE: _KindRules(
        str,
        _parse_partial_date,
        lambda _field, value: thai.format_date(value, "short"),
        _check_date,
    ),
    Kind.CHOICE: _KindRules(str, _parse_choice, _show_choice, _check_choice),
    Kind.FLAG: _KindRules(bool, _parse_flag, lambda _field, value: _("Yes") if value else _("No")),
    Kind.SUBDISTRICT: _KindRules(str, _parse_digits, _show_subdistrict, _check_digits),
    Kind.ADDRESS: _KindRules(dict, _parse_not, _show_address, _check_parts),
    Kind.RECORD: _KindRules(str, _parse_text, _show_text),
    Kind.ROWS: _KindRules(
        list,
        _parse_not,
        lambda field, value: _("{count} lines").format(count=len(value)),
        _check_rows,
    ),
}
