"""Where a record stands on its way, and the steps it may take next: F6 opens them."""

from datetime import date

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from app.core import thai
from app.core.codes import STATUSES
from app.core.i18n import _
from app.services.office.desk import Desk
from app.services.records import moves
from app.services.records.moves import Moved, Offer
from app.services.records.records import Record
from app.ui.fields.around import Around
from app.ui.records import move_dialog
from app.ui.widgets.menu import Menu
from app.ui.widgets.wrapping import display


class StatusStrip(QFrame):
    """The status of the record in the form; it asks its page to save before a step is taken."""

    step_asked = Signal()
    moved = Signal(str)  # the act

    def __init__(self, type_: str, desk: Desk, around: Around, parent: QWidget) -> None:
        super().__init__(parent)
        self._type = type_
        self._desk = desk
        self._around = around
        self._record: Record | None = None
        self._status = QLabel()
        self._status.setProperty("tone", "heading")
        self._since = QLabel()
        self._since.setProperty("tone", "quiet")
        self._steps = QPushButton(_("Steps (F6)"))
        self._steps.clicked.connect(self.step_asked)
        self._menu = Menu(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(QLabel(_("Status")))
        row.addWidget(self._status)
        row.addWidget(self._since, 1)
        row.addWidget(self._steps)
        keys = QShortcut(QKeySequence("F6"), parent)
        keys.activated.connect(self.step_asked)
        self.show_record(None)

    def show_record(self, record: Record | None) -> None:
        """Show the status of a record; a new one has none yet."""
        self._record = record
        self.setVisible(record is not None)
        if record is None:
            return
        status = record.data.get("status", "")
        self._status.setText(status_text(self._type, status))
        since, reason = record.data.get("status_on", ""), record.data.get("status_reason", "")
        told = [_("since {date}").format(date=thai.format_date(since, "short"))] if since else []
        self._since.setText(display(" · ".join([*told, *([reason] if reason else [])])))
        self.setAccessibleName(_("Status: {status}").format(status=self._status.text()))

    def offer(self) -> None:
        """Open the steps of the record; 1 to 9 choose."""
        record = self._record
        if record is None:
            return
        self._around.jobs.read(
            self,
            lambda _job: (
                moves.offered(self._desk.store, record.type, record.id),
                moves.past(self._desk.store, record.type, record.id),
            ),
            lambda found: self._show(record, *found),
        )

    def _show(self, record: Record, offers: list[Offer], past: list[Moved]) -> None:
        self._menu.clear()
        for number, offer in enumerate(offers, 1):
            key = f"&{number}  " if number < 10 else ""
            action = self._menu.addAction(f"{key}{offer.text}")
            action.triggered.connect(lambda _on=False, offer=offer: self._ask(record, offer))
        if not offers:
            self._menu.addAction(_("No step leads on from here")).setEnabled(False)
        self._menu.addSeparator()
        for each in past:
            self._menu.addAction(told(self._type, each)).setEnabled(False)
        self._menu.popup(self._steps.mapToGlobal(QPoint(0, self._steps.height())))

    def _ask(self, record: Record, offer: Offer) -> None:
        dialog = move_dialog.ask(record, offer, self._desk, self._around, self.window())
        dialog.done_with.connect(lambda saved: self.moved.emit(saved.act))


def status_text(type_: str, status: str) -> str:
    """Name a status as the clerk does; a code of a newer program is shown as it is."""
    return _(dict(STATUSES[type_]).get(status, status))


def told(type_: str, moved: Moved) -> str:
    """Tell one step of the past in a line: its day, where it led and why."""
    on = moved.on or date.fromisoformat(moved.at[:10]).isoformat()
    line = f"{thai.format_date(on, 'short')}  {status_text(type_, moved.to)}"
    return f"{line} · {moved.reason}" if moved.reason else line
