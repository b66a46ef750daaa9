"""Buddhist-era dates on paper, ages and fiscal years; stored dates are Gregorian ISO texts.

A stored date has a precision: 1947, 1947-03 or 1947-03-15. Up to พ.ศ. 2483 the Thai year began on
1 April (Calendar Year Act, B.E. 2483: the year 2484 began on 1 January 1941), so January to March
belong to the year before and January to March 2483 never were. A stored year alone is the
Buddhist year less 543, whatever its months.
"""

import calendar
import re
from datetime import date
from typing import Literal

from app.core.errors import Invalid
from app.core.i18n import _
from app.core.thai.digits import to_thai_digits

Style = Literal["long", "long_era", "short", "short2", "numeric", "weekday_long"]

MONTHS = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip
SHORT_MONTHS = (
    "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.",
    "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.",
)  # fmt: skip
WEEKDAYS = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")

_FIRST_JANUARY_YEAR = 1941
_ISO = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


def format_date(iso: str, style: Style, *, thai_digits: bool = False) -> str:
    """Write a stored date with its Buddhist year, as precisely as it is known.

    long is 15 มีนาคม 2568, long_era 15 มีนาคม พ.ศ. 2568, short 15 มี.ค. 2568, short2 15 มี.ค. 68,
    numeric 15/03/2568, weekday_long วันเสาร์ที่ 15 มีนาคม 2568. A year alone is พ.ศ. 2490 in words
    and -/-/2490 in numbers. Raises Invalid as check_date does.
    """
    text = _written(*parts(iso), style)
    return to_thai_digits(text) if thai_digits else text


def be_year(iso: str) -> int:
    """Return the Buddhist year of a stored date. Raises Invalid as check_date does."""
    year, month, _day = parts(iso)
    return be_of(year, month)


def be_of(year: int, month: int | None) -> int:
    """Return the Buddhist year of a month, or of a stored year alone."""
    return year + (542 if month in (1, 2, 3) and year < _FIRST_JANUARY_YEAR else 543)


def ce_year(be: int, month: int | None) -> int | None:
    """Return the year to store for a Buddhist year; None if it had no such month."""
    if month in (1, 2, 3) and be < _FIRST_JANUARY_YEAR + 543:
        return None if be == _FIRST_JANUARY_YEAR + 542 else be - 542
    return be - 543


def check_date(iso: str) -> None:
    """Raise Invalid ("date_stored") unless this is a day, month or year as dates are stored."""
    parts(iso)


def parts(iso: str) -> tuple[int, int | None, int | None]:
    """Take a stored date apart into year, month and day. Raises Invalid as check_date does."""
    found = _ISO.fullmatch(iso)
    year, month, day = (
        (int(part) if part else None for part in found.groups()) if found else [0] * 3
    )
    if year and (month is None or 1 <= month <= 12) and (day is None or _has_day(year, month, day)):
        return year, month, day
    raise Invalid(_("The date {text} does not exist.").format(text=iso), code="date_stored")


def age_range(birth_iso: str, on: date) -> tuple[int, int]:
    """Return the least and the greatest age in full years that a birth date allows on a day.

    A whole date gives one age twice. An age is reached on the anniversary (Civil and Commercial
    Code, section 16); who was born on 29 February reaches it on 1 March of a common year. Before
    the birth the age is 0.
    """
    first, last = _span(*parts(birth_iso))
    return _age(last, on), _age(first, on)


def fiscal_year_be(day: date) -> int:
    """Return the Buddhist fiscal year: 2568 ran from 1 October 2567 to 30 September 2568."""
    return day.year + 543 + (day.month >= 10)


def fiscal_quarter(day: date) -> int:
    """Return the quarter of the fiscal year, 1 (October to December) to 4."""
    return (day.month - 10) % 12 // 3 + 1


def _has_day(year: int, month: int | None, day: int) -> bool:
    return month is not None and 1 <= day <= calendar.monthrange(year, month)[1]


def _written(year: int, month: int | None, day: int | None, style: Style) -> str:
    be = be_of(year, month)
    if month is None:
        return f"-/-/{be}" if style == "numeric" else f"พ.ศ. {be}"
    if style == "numeric":
        return f"{f'{day:02}' if day else '-'}/{month:02}/{be}"
    name = (SHORT_MONTHS if style in ("short", "short2") else MONTHS)[month - 1]
    era = "พ.ศ. " if style == "long_era" else ""
    shown = f"{be % 100:02}" if style == "short2" else be
    text = f"{name} {era}{shown}"
    if day is None:
        return text
    if style == "weekday_long":
        return f"วัน{WEEKDAYS[date(year, month, day).weekday()]}ที่ {day} {text}"
    return f"{day} {text}"


def _span(year: int, month: int | None, day: int | None) -> tuple[date, date]:
    """Return the first and the last day that a date of this precision can mean."""
    if month is None:
        if year < _FIRST_JANUARY_YEAR - 1:
            return date(year, 4, 1), date(year + 1, 3, 31)
        return date(year, 4 if year < _FIRST_JANUARY_YEAR else 1, 1), date(year, 12, 31)
    if day is None:
        return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    return date(year, month, day), date(year, month, day)


def _age(born: date, on: date) -> int:
    return max(0, on.year - born.year - ((on.month, on.day) < (born.month, born.day)))
