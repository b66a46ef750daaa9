"""Days counted in months, as terms of loans and certificates are."""

import calendar
from datetime import date


def months_later(first: date, months: int) -> date:
    """Return the same day so many months on, or back; the last day of a shorter month."""
    years, month = divmod(first.month - 1 + months, 12)
    year = first.year + years
    day = min(first.day, calendar.monthrange(year, month + 1)[1])
    return date(year, month + 1, day)
