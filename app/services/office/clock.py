"""The clock of this computer: a wrong one would put a wrong day on every paper of the day."""

from datetime import date, datetime, timedelta

from app.core import thai
from app.core.errors import Problem
from app.core.fields import THAILAND
from app.core.i18n import _
from app.models.office.store import Store, origin
from app.models.records.lines import last_of_chain, line
from app.services.records.record_view import View

_MOST_AHEAD = timedelta(days=366)


def clock_problem(store: Store) -> Problem | None:
    """Compare the clock with the last record of this desk; asked for at sign-in.

    Gives a warning, None where the day is believable. Nothing is stopped: a record keeps the day
    that was typed, and its line the time of the machine.
    """
    with store.read() as connection:
        return clock_problem_of(View(connection, origin(connection).office))


def clock_problem_of(view: View) -> Problem | None:
    """Compare the view's day with the last record of this desk, as clock_problem does."""
    last = _last_day(view)
    if last is None or last <= view.today <= last + _MOST_AHEAD:
        return None
    if view.today < last:
        sentence = _(
            "The clock of this computer says {today}, which is before the last record of {last}. "
            "Set the clock; the record keeps the day that was typed."
        )
    else:
        sentence = _(
            "The clock of this computer says {today}, more than a year after the last record of "
            "{last}. Set the clock if that is wrong; the record keeps the day that was typed."
        )
    today, day = (thai.format_date(each.isoformat(), "short") for each in (view.today, last))
    return Problem("", sentence.format(today=today, last=day), "clock", warning=True)


def _last_day(view: View) -> date | None:
    """Return the day, in Thailand, of the last line that this desk wrote; None before the first."""
    here = origin(view.connection)
    _seq, rev = last_of_chain(view.connection, here.replica, here.epoch)
    last = line(view.connection, rev)
    return datetime.fromisoformat(last.header.at).astimezone(THAILAND).date() if last else None
