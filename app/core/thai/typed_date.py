"""Dates as clerks type them, read into stored dates; what cannot be is refused by name."""

import calendar
import re
from datetime import date, timedelta

from app.core.errors import Invalid
from app.core.i18n import _
from app.core.thai.calendar import (
    MONTHS,
    SHORT_MONTHS,
    WEEKDAYS,
    be_of,
    ce_year,
    format_date,
)
from app.core.thai.digits import to_arabic_digits
from app.core.thai.text import normalise

# A year of two digits is the one of the hundred years that end ten years from now: due dates and
# expiries lie a few years ahead, births and foundings up to ninety years back.
_YEARS_AHEAD = 10

_FIRST_CE, _LAST_CE = 1800, 2200  # the years that people and papers of the office can have


def parse_date(text: str, *, today: date) -> str:
    """Read a typed date and return it as it is stored: 2025-03-15, 2025-03 or 2025.

    Years are Buddhist, of four digits or two (the hundred years up to ten years after `today`).
    Taken are 15/3/2568 with / . - or spaces between, 15032568, 150368, "15 มี.ค. 68", Thai and
    English months, -/3/2520 and -/-/2520 (0 or 00 for -), 2520, 15/3 for this year, +7 and -3 for
    days from today, ว for today, and an ISO date, which is Gregorian by its form.

    Raises Invalid with the codes "date_form", "no_such_month", "no_such_day", "leap_day",
    "ce_year" (a Gregorian year where a Buddhist one is due: ask), "year_range", "old_calendar"
    (January to March 2483 never were) or "weekday" (the named weekday is another).
    """
    typed = to_arabic_digits(normalise(text)).casefold()
    if typed in ("ว", "วันนี้", "today"):
        return today.isoformat()
    if _DAYS_AWAY.fullmatch(typed):
        return (today + timedelta(days=int(typed))).isoformat()
    for form in _FORMS:
        if found := form.fullmatch(typed):
            return _read(found.groupdict(), today)
    raise _not_understood()


_DAYS_AWAY = re.compile(r"[+-][0-9]{1,4}")

_ERA = r"(?:(?P<era>พ\.? ?ศ\.?|ค\.? ?ศ\.?) ?)?"
_YEAR = r"(?P<year>[0-9]{4}|[0-9]{2})"
_YEAR4 = r"(?P<year>[0-9]{4})"
_DAY = r"(?P<day>[0-9]{1,2}|-)"
_MONTH = r"(?P<month>[0-9]{1,2}|-)"
_NAME = r"(?P<name>[a-z]+\.?|[ก-๎]+(?:\. ?[ก-๎]+)*\.?)"
_WEEKDAY = rf"(?:วัน(?P<weekday>{'|'.join(WEEKDAYS)})?ที่ ?)?"
_TO = r" ?[/. -] ?"
_FORMS = tuple(
    re.compile(form)
    for form in (
        r"(?P<iso>[0-9]{4})-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?",
        rf"{_DAY}{_TO}{_MONTH}(?:{_TO}{_ERA}{_YEAR})?",
        rf"{_MONTH}{_TO}{_ERA}{_YEAR4}",
        rf"{_YEAR4}{_TO}{_MONTH}(?:{_TO}{_DAY})?",
        r"(?P<day>[0-9]{2})(?P<month>[0-9]{2})(?P<year>[0-9]{4}|[0-9]{2})",
        rf"{_ERA}{_YEAR4}",
        rf"{_WEEKDAY}(?:{_DAY}[ -]?)?{_NAME}(?:[ ,-]{{0,2}}{_ERA}{_YEAR})?",
    )
)

_ENGLISH_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip


def _bare(name: str) -> str:
    return name.replace(".", "").replace(" ", "")


_MONTH_NAMES = (
    {_bare(name): number for names in (MONTHS, SHORT_MONTHS, _ENGLISH_MONTHS)
     for number, name in enumerate(names, 1)}
    # มีนา, กุมภา, เมษา: as they are said
    | {re.sub("(คม|พันธ์|ยน)$", "", name): number for number, name in enumerate(MONTHS, 1)}
    | {name[:3]: number for number, name in enumerate(_ENGLISH_MONTHS, 1)}
)  # fmt: skip


def _read(found: dict[str, str | None], today: date) -> str:
    month, day = _month(found), _number(found.get("day"))
    if month is None and (day is not None or not (found.get("year") or found.get("iso"))):
        raise _not_understood()
    if day is None and found.get("weekday"):
        raise _not_understood()
    iso = _dated(_year(found, month, today), month, day)
    _check_weekday(iso, found.get("weekday"))
    return iso


def _month(found: dict[str, str | None]) -> int | None:
    if name := found.get("name"):
        if _bare(name) not in _MONTH_NAMES:
            raise _not_understood()
        return _MONTH_NAMES[_bare(name)]
    month = _number(found.get("month"))
    if month is not None and month > 12:
        raise Invalid(_("There is no month {month}.").format(month=month), code="no_such_month")
    return month


def _number(text: str | None) -> int | None:
    """Read a day or a month; -, 0 and 00 stand for one that nobody knows."""
    return int(text) or None if text and text != "-" else None


def _year(found: dict[str, str | None], month: int | None, today: date) -> int:
    """Return the Gregorian year to store."""
    era, iso, typed = found.get("era") or "", found.get("iso"), found.get("year")
    if iso and _FIRST_CE <= int(iso) <= _LAST_CE:
        return int(iso)
    typed = typed or iso
    if typed is None:
        return today.year
    if era.startswith("ค"):
        return _checked_range(int(typed), typed)
    if len(typed) == 2:
        last = today.year + 543 + _YEARS_AHEAD
        return _from_buddhist(last - (last - int(typed)) % 100, month)
    if _FIRST_CE <= int(typed) <= _LAST_CE:
        raise Invalid(
            _("Is {year} a C.E. year? In the Buddhist era it is {be}.").format(
                year=typed, be=be_of(int(typed), month)
            ),
            code="ce_year",
        )
    return _checked_range(_from_buddhist(int(typed), month), typed)


def _from_buddhist(be: int, month: int | None) -> int:
    year = ce_year(be, month)
    if year is None:
        raise Invalid(
            _("B.E. 2483 had no January to March: the next year began on 1 January 2484."),
            code="old_calendar",
        )
    return year


def _checked_range(year: int, typed: str) -> int:
    if _FIRST_CE <= year <= _LAST_CE:
        return year
    raise Invalid(
        _("The year {year} can't be right; check it.").format(year=typed), code="year_range"
    )


def _dated(year: int, month: int | None, day: int | None) -> str:
    if month is None:
        return f"{year:04}"
    if day is None:
        return f"{year:04}-{month:02}"
    if day <= calendar.monthrange(year, month)[1]:
        return f"{year:04}-{month:02}-{day:02}"
    be = be_of(year, month)
    if (month, day) == (2, 29):
        raise Invalid(_("February {year} has no 29th day.").format(year=be), code="leap_day")
    raise Invalid(
        _("The day {day} {month} {year} does not exist.").format(
            day=day, month=MONTHS[month - 1], year=be
        ),
        code="no_such_day",
    )


def _check_weekday(iso: str, typed: str | None) -> None:
    if not typed:
        return
    weekday = WEEKDAYS[date.fromisoformat(iso).weekday()]
    if weekday != typed:
        raise Invalid(
            _("{date} is a {weekday}: check the day or the weekday.").format(
                date=format_date(iso, "long"), weekday=weekday
            ),
            code="weekday",
        )


def _not_understood() -> Invalid:
    return Invalid(_("Type a date such as 15/3/2568, 150368 or 15 มี.ค. 68."), code="date_form")
