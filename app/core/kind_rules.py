"""How a value of each kind is typed, how it reads, and why it is refused."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.core import ids, thai
from app.core.errors import Invalid, Problem
from app.core.i18n import _
from app.core.kinds import FILE_NAME, Field, Kind


@dataclass(frozen=True, slots=True)
class KindRules:
    """The Python type of a kind's values, and the three functions that know its form.

    `parse` takes normalised text that is not empty, and today. `show` and `check` take a value of
    the type; a value of the right type may still be nonsense that came by file, and is shown as
    it is.
    """

    type: type
    parse: Callable[[Field, str, date], Any]
    show: Callable[[Field, Any], str]
    check: Callable[[Field, Any], list[Problem]] = lambda _field, _value: []


def problem(field: Field, message: str, code: str, **values: Any) -> Problem:
    """Word a problem of a field; every such sentence names the field by {label}."""
    return Problem(field.name, message.format(label=_(field.label), **values), code=code)


def _parse_text(field: Field, text: str, on: date) -> str:
    return text


def _parse_digits(field: Field, text: str, on: date) -> str:
    digits = thai.to_arabic_digits(text)
    for blank in " -–.()":
        digits = digits.replace(blank, "")
    if not (digits.isascii() and digits.isdigit()):
        raise Invalid([_not_digits(field)])
    return digits


def _parse_whole(field: Field, text: str, on: date) -> int:
    """Take digits with commas every three or none: 1.5 is refused, never read as 15."""
    typed = thai.to_arabic_digits(text)
    if not _WHOLE.fullmatch(typed):
        message = _("{label}: whole numbers only, for example {hint}")
        raise Invalid([problem(field, message, "whole", hint=field.hint or "12")])
    return int(typed.replace(",", ""))


_WHOLE = re.compile(r"-?(?:[0-9]{1,16}|[0-9]{1,3}(?:,[0-9]{3}){1,5})")


def _parse_points(field: Field, text: str, on: date) -> int:
    """Take at most two decimals: 59.5 and 59.50 are 5950."""
    found = _POINTS.fullmatch(thai.to_arabic_digits(text))
    if not found:
        message = _("{label}: a number with at most two decimals, for example {hint}")
        raise Invalid([problem(field, message, "points", hint=field.hint or "75.50")])
    return int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))


_POINTS = re.compile(r"([0-9]{1,6})(?:\.([0-9]{1,2}))?")


def _parse_baht(field: Field, text: str, on: date) -> int:
    return thai.parse_baht(text)


def _parse_partial_date(field: Field, text: str, on: date) -> str:
    return thai.parse_date(text, today=on)


def _parse_date(field: Field, text: str, on: date) -> str:
    iso = thai.parse_date(text, today=on)
    if len(iso) != 10:
        raise Invalid([_not_whole_date(field)])
    return iso


def _parse_choice(field: Field, text: str, on: date) -> str:
    """Take a code, its place in the list, or the beginning of its label."""
    number = thai.to_arabic_digits(text)
    key = thai.search_key(text)
    for place, (code, label) in enumerate(field.choices, 1):
        if number in (code, str(place)) or key == thai.search_key(_(label)):
            return code
    begun = [code for code, label in field.choices if thai.search_key(_(label)).startswith(key)]
    if key and len(begun) == 1:
        return begun[0]
    raise Invalid([_not_a_choice(field)])


def _parse_flag(field: Field, text: str, on: date) -> bool:
    word = thai.search_key(text)
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise Invalid([problem(field, _("{label}: answer yes or no."), "flag")])


_YES = {"1", "y", "yes", "x", "true", "✓", "✔", *map(thai.search_key, ("ใช่", "มี"))}
_NO = {"0", "n", "no", "false", *map(thai.search_key, ("ไม่ใช่", "ไม่มี", "ไม่"))}


def _parse_record(field: Field, text: str, on: date) -> str:
    if ids.is_id(text):
        return text
    raise Invalid([_not_a_record(field)])


def _parse_not(field: Field, text: str, on: date) -> Any:
    raise AssertionError(f"{field.kind} is not typed as one text")


def _show_text(field: Field, value: Any) -> str:
    return str(value)


def _show_citizen_id(field: Field, value: Any) -> str:
    return thai.format_citizen_id(value)


def _show_baht(field: Field, value: Any) -> str:
    return thai.format_baht(value)


def _show_whole(field: Field, value: Any) -> str:
    return f"{value:,}"


def _show_points(field: Field, value: Any) -> str:
    return f"{value // 100}.{value % 100:02}"


def _show_date(field: Field, value: Any) -> str:
    try:
        return thai.format_date(value, "short")
    except Invalid:  # a file can bring anything; the record's problems name it
        return str(value)


def _show_choice(field: Field, value: Any) -> str:
    return _(dict(field.choices).get(value, str(value)))


def _show_flag(field: Field, value: Any) -> str:
    return _("Yes") if value else _("No")


def _show_subdistrict(field: Field, value: Any) -> str:
    from app.core import places  # the place tables are read on first use

    place = places.subdistrict(value)
    return place.text if place else str(value)


def _show_address(field: Field, value: Any) -> str:
    from app.core import places  # the place tables are read on first use

    return places.address_text({n: part for n, part in value.items() if isinstance(part, str)})


def _show_file(field: Field, value: Any) -> str:
    sha256, _dot, extension = value.partition(".")
    return f"{extension.upper()} {sha256[:8]}"


def _show_rows(field: Field, value: Any) -> str:
    return _("{count} lines").format(count=len(value))


def _check_choice(field: Field, value: Any) -> list[Problem]:
    return [] if value in dict(field.choices) else [_not_a_choice(field)]


def _check_digits(field: Field, value: Any) -> list[Problem]:
    return [] if value.isascii() and value.isdigit() else [_not_digits(field)]


def _check_citizen_id(field: Field, value: Any) -> list[Problem]:
    if len(value) == 13 and value.isascii() and value.isdigit():
        return []
    message = _("{label}: 13 digits are needed, {count} were given.")
    return [problem(field, message, "citizen_id_length", count=len(value))]


def _check_date(field: Field, value: Any) -> list[Problem]:
    try:
        thai.check_date(value)
    except Invalid as error:
        return [Problem(field.name, error.sentence, code=error.code)]
    if field.kind is Kind.DATE and len(value) != 10:
        return [_not_whole_date(field)]
    return []


def _check_file(field: Field, value: Any) -> list[Problem]:
    if FILE_NAME.fullmatch(value):
        return []
    return [problem(field, _("{label}: attach a JPEG, PNG or PDF file."), "file")]


def _check_record(field: Field, value: Any) -> list[Problem]:
    """Ask for the form of an id alone: the record itself may still be on its way here."""
    return [] if ids.is_id(value) else [_not_a_record(field)]


def _not_a_record(field: Field) -> Problem:
    message = _("{label}: choose from the list, or add a new one.")
    return problem(field, message, "record")


def _not_a_choice(field: Field) -> Problem:
    return problem(field, _("{label}: choose one of the list."), "choice")


def _not_digits(field: Field) -> Problem:
    message = _("{label}: digits only, for example {hint}")
    return problem(field, message, "digits", hint=field.hint or "123456")


def _not_whole_date(field: Field) -> Problem:
    message = _("Give the day, month and year, for example 15/3/2568")
    return Problem(field.name, message, "partial")


RULES: dict[Kind, KindRules] = {
    Kind.TEXT: KindRules(str, _parse_text, _show_text),
    Kind.NOTE: KindRules(str, _parse_text, _show_text),
    Kind.CITIZEN_ID: KindRules(str, _parse_digits, _show_citizen_id, _check_citizen_id),
    Kind.DIGITS: KindRules(str, _parse_digits, _show_text, _check_digits),
    Kind.BAHT: KindRules(int, _parse_baht, _show_baht),
    Kind.WHOLE: KindRules(int, _parse_whole, _show_whole),
    Kind.POINTS: KindRules(int, _parse_points, _show_points),
    Kind.DATE: KindRules(str, _parse_date, _show_date, _check_date),
    Kind.PARTIAL_DATE: KindRules(str, _parse_partial_date, _show_date, _check_date),
    Kind.CHOICE: KindRules(str, _parse_choice, _show_choice, _check_choice),
    Kind.FLAG: KindRules(bool, _parse_flag, _show_flag),
    Kind.SUBDISTRICT: KindRules(str, _parse_digits, _show_subdistrict, _check_digits),
    Kind.ADDRESS: KindRules(dict, _parse_not, _show_address),
    Kind.FILE: KindRules(str, _parse_not, _show_file, _check_file),
    Kind.RECORD: KindRules(str, _parse_record, _show_text, _check_record),
    Kind.ROWS: KindRules(list, _parse_not, _show_rows),
}
