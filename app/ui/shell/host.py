"""What the parts of the window ask of the window."""

from typing import Protocol

from app.services.office.desk import Desk
from app.ui.records.record_page import RecordPage


class Host(Protocol):
    """What a view may ask of the window that shows it."""

    @property
    def desk(self) -> Desk:
        """Return the desk that is open."""

    def bring(self, name: str) -> None:
        """Bring a page to the front."""

    def show_page(self, type_: str) -> RecordPage:
        """Bring the page of a type of record to the front."""

    def open_record(self, type_: str, record_id: str) -> None:
        """Open a record on its page."""

    def export(self) -> None:
        """Open the dialog that sends to the centre."""

    def choose_file(self) -> None:
        """Take in a file of the centre or of another desk that the clerk chooses."""

    def show_draft_list(self) -> None:
        """Show the drafts that wait."""
