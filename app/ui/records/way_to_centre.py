"""How a record's way to the centre is put into words."""

from typing import TYPE_CHECKING

from app.core.i18n import _
from app.models.office.store import Store
from app.ui.widgets.state_label import Say
from app.ui.widgets.times import day_of

if TYPE_CHECKING:
    from app.services.exchange import RecordState


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
