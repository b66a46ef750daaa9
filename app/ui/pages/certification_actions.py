"""What the page of certification files does beyond its list and form."""

from app.services.certification import expiry, own_checklists
from app.services.office.desk import Desk
from app.ui.records.page import OnRecord


def copy_checklist(page: OnRecord) -> None:
    """Begin a copy of the checklist of the standard in the form, for the head to edit."""
    record = page.record
    if record is not None:
        scheme = str(record.data.get("scheme", ""))
        page.begin_with("local_template", lambda store: own_checklists.copy(store, scheme))


def running_out(desk: Desk, _type: str) -> list[str]:
    """Find the files whose certificate ends within the days in which a renewal is prepared."""
    return [ending.id for ending in expiry.running_out(desk.store)]
