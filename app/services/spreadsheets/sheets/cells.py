"""One cell read for one field: what spreadsheets do to ids, dates, phones and amounts undone."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from app.core import fields, thai
from app.core.errors import Invalid, Problem
from app.core.fields import Field, Kind
from app.core.i18n import _
from app.services.spreadsheets.sheets import words
from app.services.spreadsheets.sheets.workbook import Cell


@dataclass(frozen=True, slots=True)
class Rules:
    """How cells are read: `on` is today; `short_years` names the fields whose date cells hold
    Buddhist years typed with two digits (the spreadsheet made 1968 of 68).
    """

    on: date
    short_years: frozenset[str] = frozenset()


def read(field: Field, cell: Cell, rules: Rules) -> tuple[Any, list[Problem]]:
    """Read a cell for a field: the value as it is stored, or None, and what is to be said.

    A text must have gone through as_text.
    Problems with `warning` come with a value. The codes are "cell_digits_lost", "cell_date",
    "cell_number", "cell_zero", "cell_buddhist", "cell_short_year", "cell_gregorian",
    "cell_second" and those of fields.parse. Whether the value is allowed is for the record's own
    check.
    """
    if cell == "" or cell in _NOTHING:
        return None, []
    try:
        return _READERS.get(field.kind, _text)(field, cell, rules)
    except Invalid as error:
        return None, [Problem(field.name, error.sentence, error.code)]


def as_text(cell: Cell) -> str:
    """Return the text of a cell as the spreadsheet shows it; whole numbers without decimals.

    The apostrophe by which a spreadsheet is told "this is text" is dropped.
    """
    return thai.normalise(_shown(cell)).removeprefix("'")


def _shown(cell: Cell) -> str:
    return f"{cell:.0f}" if isinstance(cell, float) and cell.is_integer() else str(cell)


_NOTHING = ("-", "--", "–", "—", "..", "...")
_Answer = tuple[Any, list[Problem]]


def _text(field: Field, cell: Cell, rules: Rules) -> _Answer:
    if isinstance(cell, date):
        # 12/3 as a house number becomes the twelfth of March, or the third of December
        raise Invalid(
            _("{label}: the spreadsheet has made a date of it; type it again as text.").format(
                label=_(field.label)
            ),
            code="cell_date",
        )
    text = _shown(cell)
    code = words.CHOICES.get(field.name, {}).get(text.casefold())
    return code or fields.parse(field, text, on=rules.on), []


def _flag(field: Field, cell: Cell, rules: Rules) -> _Answer:
    return (cell, []) if isinstance(cell, bool) else _text(field, cell, rules)


def _digits(field: Field, cell: Cell, rules: Rules) -> _Answer:
    if isinstance(cell, str) and cell in _NONE_GIVEN:
        return None, []
    kept, *others = _SEVERAL.split(_shown(cell)) if _is_phone(field) else [_shown(cell)]
    if isinstance(cell, float) and not cell.is_integer():
        return _whole(field, cell, rules)
    if _SCIENTIFIC.fullmatch(kept) or _is_rounded(field, cell):
        raise Invalid(
            _("{label}: the spreadsheet has dropped digits; type the number again as text.").format(
                label=_(field.label)
            ),
            code="cell_digits_lost",
        )
    value = fields.parse(field, _ABROAD.sub("0", kept), on=rules.on)
    whole = _with_zero(field, value, was_number=isinstance(cell, float))
    said = []
    if whole != value:
        message = _("{label}: the 0 in front was put back: {value}")
        said.append(_warning(field, "cell_zero", message, value=whole))
    if others:
        message = _("{label}: only the first number was taken; left out: {others}")
        said.append(_warning(field, "cell_second", message, others=", ".join(others)))
    return whole, said


_NONE_GIVEN = ("ไม่มี", "ไม่ระบุ", "ไม่ทราบ")
_SEVERAL = re.compile(r" ?(?:,|;|/|หรือ) ?")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+?\d+", re.IGNORECASE)
_ABROAD = re.compile(r"^\+66[ -]?\(?0?\)?")
_MOST_EXACT = 10**15


def _is_phone(field: Field) -> bool:
    return field.name.endswith("phone")


def _is_rounded(field: Field, cell: Cell) -> bool:
    """Tell whether a number has lost its last digits: 1.1017E+12 saved as 1101700000000."""
    if field.kind is Kind.CITIZEN_ID and _shown(cell).endswith("000000"):
        return True
    return isinstance(cell, float) and abs(cell) >= _MOST_EXACT


def _with_zero(field: Field, value: str, *, was_number: bool) -> str:
    """Put back the 0 that a number cannot begin with, where only one length is possible."""
    if _is_phone(field) and re.fullmatch(r"[689]\d{8}|[2-7]\d{7}", value):
        return "0" + value
    if was_number and field.kind is Kind.CITIZEN_ID and len(value) == 12:
        return "0" + value
    return value


def _amount(field: Field, cell: Cell, rules: Rules) -> _Answer:
    if isinstance(cell, float):
        cell = f"{Decimal(repr(cell)):f}"
    return _text(field, cell, rules)


def _whole(field: Field, cell: Cell, rules: Rules) -> _Answer:
    if not isinstance(cell, date) and not _WHOLE.fullmatch(thai.to_arabic_digits(_shown(cell))):
        raise Invalid(
            _("{label}: a whole number is needed.").format(label=_(field.label)), code="cell_number"
        )
    return _text(field, cell, rules)


_WHOLE = re.compile(r"[0-9,]+")


def _date(field: Field, cell: Cell, rules: Rules) -> _Answer:
    if isinstance(cell, date):
        return _date_cell(field, cell, rules)
    text = _shown(cell)
    if isinstance(cell, float):
        if len(text) not in (4, 6, 7, 8):
            raise Invalid(
                _("{label}: {number} is a number, not a date; type the date again.").format(
                    label=_(field.label), number=text
                ),
                code="cell_number",
            )
        text = text.zfill(8) if len(text) == 7 else text
    text = _MIDNIGHT.sub("", text)
    try:
        return fields.parse(field, text, on=rules.on), []
    except Invalid as error:
        if error.code != "ce_year":
            raise
        return _gregorian(field, text, rules)


_MIDNIGHT = re.compile(r"[ T]0?0:00(?::00)?(?:\.0+)?$")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)|\d{4}$")


def _gregorian(field: Field, text: str, rules: Rules) -> _Answer:
    """Take a year such as 1977: in a list it can only be C.E., which is said."""
    buddhist = _YEAR.sub(lambda year: str(int(year[0]) + 543), thai.to_arabic_digits(text))
    value = fields.parse(field, buddhist, on=rules.on)
    message = _("{label}: the year was taken as C.E.: {date}")
    return value, [_warning(field, "cell_gregorian", message, date=fields.show(field, value))]


def _date_cell(field: Field, cell: date, rules: Rules) -> _Answer:
    if cell.year >= _FIRST_BUDDHIST:
        value = _buddhist(field, cell, cell.year, rules)
        message = _("{label}: the cell held the Buddhist year as if it were C.E.: {date}")
        return value, [_warning(field, "cell_buddhist", message, date=fields.show(field, value))]
    value = cell.date().isoformat() if isinstance(cell, datetime) else cell.isoformat()
    short = _short_year(field, cell, rules)
    if short is None:
        return value, []
    if field.name in rules.short_years:
        return short, []
    message = _("{label}: is {date} right? If the year was typed with two digits, it is {short}.")
    dates = {"date": fields.show(field, value), "short": fields.show(field, short)}
    return value, [_warning(field, "cell_short_year", message, **dates)]


_FIRST_BUDDHIST = 2300


def _short_year(field: Field, cell: date, rules: Rules) -> str | None:
    """Return the date meant if 68 was typed for 2568 and the spreadsheet made 1968 of it.

    It makes 1930 to 2029 of two digits. Beyond 2000 only births are doubted: 20 for 2520 is a
    person of 40, where a founding in 2020 is likely what it says.
    """
    births = field.name == "birth_date"
    if not 1930 <= cell.year <= (2029 if births else 1999):
        return None
    try:
        meant = _buddhist(field, cell, 2500 + cell.year % 100, rules)
    except Invalid:
        return None
    return meant if meant <= rules.on.isoformat() else None


def _buddhist(field: Field, cell: date, year: int, rules: Rules) -> str:
    value: str = fields.parse(field, f"{cell.day}/{cell.month}/{year}", on=rules.on)
    return value


def _warning(field: Field, code: str, message: str, **values: str) -> Problem:
    text = message.format(label=_(field.label), **values)
    return Problem(field.name, text, code, warning=True)


_READERS: dict[Kind, Callable[[Field, Cell, Rules], _Answer]] = {
    Kind.CITIZEN_ID: _digits,
    Kind.DIGITS: _digits,
    Kind.SUBDISTRICT: _digits,
    Kind.FLAG: _flag,
    Kind.BAHT: _amount,
    Kind.WHOLE: _whole,
    Kind.POINTS: _amount,
    Kind.DATE: _date,
    Kind.PARTIAL_DATE: _date,
}
