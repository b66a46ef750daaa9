"""What the page of certification files does beyond its list and form."""

from typing import TYPE_CHECKING

from app.services import checklists, expiry
from app.services.desk import Desk

if TYPE_CHECKING:
    from app.ui.record_page import RecordPage


def copy_checklist(page: "RecordPage") -> None:
    """Begin a copy of the checklist of the standard in the form, for the head to edit."""
    record = page.editing.record
    if record is not None:
        scheme = str(record.data.get("scheme", ""))
        page.begin_with("local_template", lambda store: checklists.copy(store, scheme))


def running_out(desk: Desk, _type: str) -> list[str]:
    """Find the files whose certificate ends within the days in which a renewal is prepared."""
    return [ending.id for ending in expiry.running_out(desk.store)]
