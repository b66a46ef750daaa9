"""Times of the journal as a clerk says them: Thai time, Buddhist year."""

from datetime import date, datetime

from app.core import fields, thai
from app.core.i18n import _


def spoken(utc: str) -> str:
    """Say a UTC time of the journal: 15 มี.ค. 2568 14:05; only the time when it is today.

    A time that cannot be, which only a file of another program can bring, is said as it is.
    """
    try:
        moment = datetime.fromisoformat(utc).astimezone(fields.THAILAND)
    except (ValueError, OverflowError):
        return utc
    time = moment.strftime("%H:%M")
    if moment.date() == fields.today():
        return time
    return f"{thai.format_date(moment.date().isoformat(), 'short')} {time}"


def day_of(utc: str) -> str:
    """Say the day of a UTC time in Thailand: 15 มี.ค. 2568."""
    return thai.format_date(_day(utc).isoformat(), "short")


def age(utc: str) -> str:
    """Say how many days ago a UTC time was."""
    days = days_since(utc)
    return _("Today") if not days else _("{count} days").format(count=f"{days:,}")


def days_since(utc: str) -> int:
    """Count the days since a UTC time, by the calendar of Thailand."""
    return (fields.today() - _day(utc)).days


def _day(utc: str) -> date:
    return datetime.fromisoformat(utc).astimezone(fields.THAILAND).date()
