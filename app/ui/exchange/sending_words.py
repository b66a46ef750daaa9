"""How the way to the centre is put into words: files, records, counts and ages."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from app.core import fields, thai
from app.core.i18n import _
from app.models.office.store import Store
from app.services.records import records
from app.ui.widgets.state_label import Say

if TYPE_CHECKING:
    from app.services.exchange import RecordState, Sent


def of_file(sent: "Sent", returned: int = 0) -> Say:
    """Say how far a file has come; `returned` counts the lines of it still to be put right."""
    if returned:
        words = _("Received · {count} entries returned")
        return Say("returned", "bad", words.format(count=f"{returned:,}"))
    if sent.state == "sealed":
        return Say("sealed", "caution", _("Sealed, not handed over"))
    if sent.state == "handed_over":
        return Say("handed_over", "", _("Handed over, no receipt yet"))
    if sent.state == "returned":
        words = _("Returned · receipt {number}").format(number=sent.receipt_no or "-")
        return Say("returned", "bad", words)
    if sent.receipt_no is None:
        return Say("good", "good", _("Received with another file"))
    words = _("Received · receipt {number} · {day}")
    return Say("good", "good", words.format(number=sent.receipt_no, day=day_of(sent.receipt_at)))


def way_of(store: Store, type_: str, record_id: str) -> Say:
    """Read and say how far a record has come."""
    from app.services import exchange  # the seals and keys are read on first use

    return of_record(exchange.state_of(store, type_, record_id))


def of_record(found: "RecordState") -> Say:
    """Say how far a record has come."""
    if found.state == "received":
        return Say("good", "good", _received(found))
    icon, tone, words = {
        "saved": ("save", "quiet", _("Not sent yet")),
        "sealed": ("sealed", "caution", _("Sealed in file {number}")),
        "handed_over": ("handed_over", "quiet", _("Handed over in file {number}")),
        "returned": ("returned", "bad", _("Returned: {reason}")),
        "elsewhere": (
            "handed_over",
            "quiet",
            _("Entered at another desk, not confirmed yet"),
        ),
    }[found.state]
    return Say(icon, tone, words.format(number=f"{found.bundle:06d}", reason=found.reason))


def saved(again: int) -> str:
    """Say that a record is saved; `again` counts the lines that were returned with it."""
    if not again:
        return _("Saved.")
    words = _("Saved. {count} lines that came back with it go again, too.")
    return words.format(count=f"{again:,}")


def _received(found: "RecordState") -> str:
    if found.receipt_no is None:
        return _("The centre has it")
    return _("The centre has it · receipt {number} · {day}").format(
        number=found.receipt_no, day=day_of(found.receipt_at)
    )


def in_words(counts: Mapping[str, int]) -> str:
    """Say counts by type: บุคคล 28 · กลุ่ม 4, most first."""
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return " · ".join(f"{records.label(type_)} {count:,}" for type_, count in ordered)


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
