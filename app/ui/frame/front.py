"""What the window puts in front: a list with its form, the outbox, what is to be settled."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

# The names of the views that are no list of records; those have the name of their type.
OVERVIEW, OUTBOX, CONFLICTS = "overview", "outbox", "conflicts"
CENTRE, DUPLICATES = "centre", "duplicates"


class Front(QWidget):
    """A page of the window; what a kind of page does not know stays undone."""

    written = Signal()  # something was stored
    record_asked = Signal(str, str)  # type, id: of a record to open on its own page

    def come_forward(self) -> None:
        """Take the keys where work on this page begins."""

    def refresh(self) -> None:
        """Read what is listed anew."""

    def print_menu(self) -> None:
        """Print what is selected."""

    def undo_last(self) -> None:
        """Undo what the bar still offers."""

    def is_dirty(self) -> bool:
        """Tell whether something was typed that is not saved."""
        return False

    def guard(self, then: Callable[[], object]) -> None:
        """Do `then`; ask first where something would be lost."""
        then()
