"""When a certificate ends: computed from the day that is asked about, and never stored."""

from dataclasses import dataclass
from datetime import date, timedelta

from app.core.fields import today
from app.core.months import months_later
from app.core.schemes import schemes
from app.models import shapes
from app.models.office.store import Store, origin
from app.services.records.record_view import View

NEAR = 180  # days before the end in which a renewal is prepared
CERTIFIED = ("certified", "marked", "renewed")


@dataclass(frozen=True, slots=True)
class Ending:
    """A certificate that ends: `days` are left until its last day, fewer than 0 once it is over."""

    id: str
    data: shapes.Certification
    expires_on: date
    days: int


def end_of(data: shapes.Certification) -> str:
    """Return the last day of a certificate by the years of its standard, "" where none are known.

    It is the day of the issue so many years on; 29 February becomes 28 February in a common year.
    """
    scheme = schemes().get(data.get("scheme", ""))
    issued = data.get("issued_on")
    if scheme is None or not issued or not scheme.years_valid:
        return ""
    return months_later(date.fromisoformat(issued), 12 * scheme.years_valid).isoformat()


def has_run_out(data: shapes.Certification, on: date) -> bool:
    """Tell whether the last day of a certificate is over; one without an end never is."""
    end: str = data.get("expires_on", "9999")
    return end < on.isoformat()


def endings(view: View, on: date, *, within: int = NEAR) -> list[Ending]:
    """List the certificates that end within some days of a day or are over, the soonest first.

    Counted are files whose status says that they hold a certificate. The status "expired" is a
    step that somebody took; what the day alone tells is not written anywhere.
    """
    last = (on + timedelta(days=within)).isoformat()
    found = [
        Ending(record_id, data, end, (end - on).days)
        for status in CERTIFIED
        for record_id, data in view.where(shapes.CERTIFICATION, status=status)
        if data.get("expires_on", "9999") <= last
        for end in (date.fromisoformat(data["expires_on"]),)
    ]
    return sorted(found, key=lambda each: (each.expires_on, each.id))


def running_out(store: Store, *, on: date | None = None, within: int = NEAR) -> list[Ending]:
    """List what `endings` does for today or another day; one read of the store."""
    with store.read() as connection:
        return endings(View(connection, origin(connection).office), on or today(), within=within)
