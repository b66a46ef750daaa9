"""The Buddhist-era date field: typed in any clear form, stepped by keys, or picked."""

from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.core import fields, thai
from app.core.fields import Field
from app.core.i18n import _
from app.ui.fields.date_popup import DatePopup
from app.ui.fields.line_editor import LineEditor
from app.ui.widgets import icons
from app.ui.widgets.keyboard import DIGITS_FIRST
from app.ui.widgets.overlay import Overlay


class BEDateEdit(LineEditor):
    """A date, full or with an unknown day or month; stored as ISO text.

    In the field it reads 15/03/2568, outside 15 มีนาคม 2568. T and ว give today, + and - step a
    full date by a day, F4 opens the calendar.
    """

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.setProperty(DIGITS_FIRST, True)
        if not field.hint:
            self.setPlaceholderText(_("dd/mm/yyyy (B.E.)"))
        self._popup: DatePopup | None = None
        self._overlay: Overlay | None = None
        action = self.addAction(icons.icon("calendar"), QLineEdit.ActionPosition.TrailingPosition)
        action.setToolTip(_("Open the calendar (F4)"))
        action.triggered.connect(self.open_calendar)

    def words_to_type(self, value: Any) -> str:
        """Write 15/03/2568."""
        return thai.format_date(value, "numeric")

    def words_to_read(self, value: Any) -> str:
        """Write 15 มีนาคม 2568."""
        return thai.format_date(value, "long")

    def open_calendar(self) -> None:
        """Hang the calendar under the field, at its date or at today."""
        if self._popup is None or self._overlay is None:
            self._popup = DatePopup()
            self._popup.chosen.connect(self._chosen)
            self._popup.given_up.connect(self._close_calendar)
            self._overlay = Overlay(self, self._popup)
            self._overlay.deserted.connect(self.leave)
        self._popup.open_at(self._full_date() or fields.today())
        size = self._overlay.sizeHint()
        self._overlay.open_under_field(size.width(), size.height())
        self._popup.take_focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Today by one key, a day on or back by one key."""
        untouched = not self.text() or self.selectedText() == self.text()
        stands = self._full_date()
        if event.key() == Qt.Key.Key_F4:
            self.open_calendar()
        elif event.text() in _TODAY and event.text() and untouched:
            self.put(fields.today().isoformat())
        elif stands and event.text() in _STEPS and event.text():
            self.put((stands + timedelta(days=_STEPS[event.text()])).isoformat())
        else:
            super().keyPressEvent(event)

    def _full_date(self) -> date | None:
        """Return the date while it stands whole in the field, so that - in 15-3-68 stays a dash."""
        value = self.value()
        if not isinstance(value, str) or len(value) != 10 or fields.check(self.field, value):
            return None
        whole = self.text() in (self.words_to_type(value), self.words_to_read(value))
        return date.fromisoformat(value) if whole else None

    def _chosen(self, iso: str) -> None:
        self._close_calendar()
        self.put(iso)

    def _close_calendar(self) -> None:
        if self._overlay is not None:
            self.setFocus(Qt.FocusReason.PopupFocusReason)
            self._overlay.hide()


_TODAY = ("t", "T", "ว", "ะ")  # ะ is on the T key
_STEPS = {"+": 1, "-": -1}
