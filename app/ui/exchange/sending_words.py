"""How the files for the centre are put into words, and what they hold."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from app.core.i18n import _
from app.services.records import records
from app.ui.widgets.state_label import Say
from app.ui.widgets.times import day_of

if TYPE_CHECKING:
    from app.services.exchange import Sent


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


def in_words(counts: Mapping[str, int]) -> str:
    """Say counts by type: บุคคล 28 · กลุ่ม 4, most first."""
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return " · ".join(f"{records.label(type_)} {count:,}" for type_, count in ordered)
