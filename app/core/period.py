"""The stretch of time that a figure or a report speaks of: fiscal year, quarter of it, month.

The fiscal year 2568 ran from 1 October 2567 to 30 September 2568. Other offices count calendar
quarters, so the days stand beside every quarter that is named.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from app.core import thai
from app.core.errors import Invalid, Problem
from app.core.i18n import _
from app.core.thai.calendar import MONTHS


@dataclass(frozen=True, slots=True)
class Period:
    """From the first to the last day; `year` is the Buddhist fiscal year, `quarter` 0 for none."""

    first: date
    last: date
    name: str
    year: int
    quarter: int = 0

    @property
    def text(self) -> str:
        """Name the period with its days, as paper has it."""
        days = f"{_worded(self.first)} - {_worded(self.last)}"
        return f"{self.name} ({days})"


def fiscal_year(year: int) -> Period:
    """Return a fiscal year by its Buddhist number."""
    return Period(date(year - 544, 10, 1), date(year - 543, 9, 30), f"ปีงบประมาณ {year}", year)


def fiscal_quarter(year: int, quarter: int) -> Period:
    """Return a quarter, 1 to 4, of a Buddhist fiscal year."""
    first = _month_on(date(year - 544, 10, 1), 3 * (quarter - 1))
    last = _month_on(first, 3) - timedelta(days=1)
    return Period(first, last, f"ไตรมาส {quarter} ปีงบประมาณ {year}", year, quarter)


def month(year: int, number: int) -> Period:
    """Return a month, 1 (January) to 12, of a Buddhist calendar year."""
    first = date(year - 543, number, 1)
    last = _month_on(first, 1) - timedelta(days=1)
    name = f"เดือน{MONTHS[number - 1]} {year}"
    return Period(first, last, name, thai.fiscal_year_be(first))


def of_day(day: date) -> Period:
    """Return the fiscal year that a day lies in."""
    return fiscal_year(thai.fiscal_year_be(day))


def parse_quarter(text: str) -> Period:
    """Read "2/2568". Raises Invalid "period"."""
    quarter, year = _numbers(text, most=4, example="2/2568")
    return fiscal_quarter(year, quarter)


def parse_month(text: str) -> Period:
    """Read "3/2568", a month of the calendar year. Raises Invalid "period"."""
    number, year = _numbers(text, most=12, example="3/2568")
    return month(year, number)


def parse_year(text: str) -> Period:
    """Read "2568". Raises Invalid "period"."""
    _one, year = _numbers(f"1/{text.strip()}", most=1, example="2568")
    return fiscal_year(year)


def _numbers(text: str, *, most: int, example: str) -> tuple[int, int]:
    found = re.fullmatch(r"(\d{1,2})/(\d{4})", thai.to_arabic_digits(text.strip()))
    number, year = (int(part) for part in found.groups()) if found else (0, 0)
    if not 1 <= number <= most or not 2500 <= year <= 2699:
        message = _("Write the period as {example}, with the Buddhist year.")
        raise Invalid([Problem("period", message.format(example=example), "period")])
    return number, year


def _month_on(first: date, months: int) -> date:
    years, month_ = divmod(first.month - 1 + months, 12)
    return date(first.year + years, month_ + 1, 1)


def _worded(day: date) -> str:
    return thai.format_date(day.isoformat(), "short")
