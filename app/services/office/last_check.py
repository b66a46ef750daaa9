"""What the last check of the desk found: kept as a fact of this computer."""

import contextlib
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from sqlalchemy import func, select

from app.core.errors import UserError
from app.core.i18n import _
from app.core.thai import format_date
from app.models.office.store import Store, set_setting, setting
from app.models.records.lines import lines

LARGE = 10_000  # lines: from here on (7 s of work) only the first closing of a day is held up
_CHECKED = "checked"


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found: `at` in UTC, `lines` how many it read, `reason` "" or what is broken."""

    at: str
    lines: int
    reason: str

    @property
    def sentence(self) -> str:
        """Say a bad verdict and what to do; "" for a good one."""
        if not self.reason:
            return ""
        return _(
            "The check of {date} found that the data of this computer does not hold: {reason} Keep "
            "the backups from before that day, send what waits to the central office, and tell "
            "whoever looks after the program before you go on."
        ).format(date=format_date(self._day, "short"), reason=self.reason)

    @property
    def _day(self) -> str:
        return datetime.fromisoformat(self.at).astimezone().date().isoformat()


def note(store: Store, count: int, reason: str) -> Checked:
    """Keep what a check found; what a disk does not take is found again the next time."""
    found = Checked(datetime.now(UTC).isoformat(timespec="seconds"), count, reason)
    with contextlib.suppress(UserError):
        store.write(lambda connection: set_setting(connection, _CHECKED, asdict(found)))
    return found


def last(store: Store) -> Checked | None:
    """Return what the last check that was not broken off found, None before the first."""
    with store.read() as connection:
        found = setting(connection, _CHECKED)
    return Checked(**found) if found else None


def is_due(store: Store) -> bool:
    """Tell whether no check ended today."""
    found = last(store)
    now = datetime.now(UTC).astimezone()
    return found is None or datetime.fromisoformat(found.at).astimezone().date() != now.date()


def is_due_at_closing(store: Store) -> bool:
    """Tell whether to check before the program ends: lines came since the last check.

    A large desk is checked once a day, for its check takes longer than a clerk waits at the door.
    """
    found = last(store)
    with store.read() as connection:
        count = connection.scalar(select(func.count()).select_from(lines)) or 0
    if found is not None and found.lines == count:
        return False
    return count < LARGE or is_due(store)
