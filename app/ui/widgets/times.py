"""Times of the journal as a clerk says them: Thai time, Buddhist year."""

from datetime import datetime

from app.core import fields, thai


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
