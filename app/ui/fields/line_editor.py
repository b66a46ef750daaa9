"""The one-line field every other one-line field grows from.

It shows a value as a clerk reads it, and while she is in it as she types it. What cannot be read
stays as typed: a draft can always be kept, and the record's own check refuses it.
"""

from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from app.core import fields
from app.core.errors import Invalid
from app.core.fields import Field, Kind
from app.core.i18n import _
from app.ui.widgets.keyboard import DIGITS_ONLY


class LineEditor(QLineEdit):
    """A field of one line."""

    changed = Signal()  # the clerk changed what stands here
    left = Signal()  # the clerk went on to another field
    remark = Signal(str, str)  # words to stand under the field, and their tone

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self._value: Any = None
        self._shown = ""
        self._text_on_entry = ""
        self._select_on_release = False
        self.setObjectName(field.name)
        self.setAccessibleName(_(field.label))
        self.setPlaceholderText(_(field.hint))
        self.setProperty(DIGITS_ONLY, field.kind in _DIGITS)
        self.textEdited.connect(self._edited)

    def value(self) -> Any:
        """Return the value, or the text as it was typed when it cannot be read."""
        return self._read()[0]

    def set_value(self, value: Any) -> None:
        """Show a value that comes from a record or a draft; the clerk did not type it."""
        if isinstance(value, str) and fields.check(self.field, value):
            self._value, self._shown = None, ""
            self.setText(value)  # a draft's text that could not be read: read again when asked
            return
        self._value = value
        self._show(value, typing=self.hasFocus())
        self._text_on_entry = self.text()

    def problem(self) -> str:
        """Return why the typed text cannot be read, or ""."""
        value, reason = self._read()
        if reason or value is None:
            return reason
        return " ".join(problem.message for problem in fields.check(self.field, value))

    def words_to_read(self, value: Any) -> str:
        """Write the value as it is read once the field is left."""
        return self.words_to_type(value)

    def words_to_type(self, value: Any) -> str:
        """Write the value as it is typed."""
        return str(value)

    def parse(self, text: str) -> Any:
        """Read what was typed; raises Invalid with the reason."""
        return fields.parse(self.field, text, on=fields.today())

    def say(self, value: Any) -> None:
        """Put a remark about the value under the field."""

    def put(self, value: Any) -> None:
        """Enter a value for the clerk, as if she had typed it."""
        entry = self._text_on_entry
        self.set_value(value)
        self._text_on_entry = entry
        self.changed.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the value as it is typed, and select it so that typing replaces it."""
        super().focusInEvent(event)
        if event.reason() in _STILL_HERE:
            return
        if self.text() == self._shown:
            self._show(self._value, typing=True)
        self._text_on_entry = self.text()
        self._select_on_release = event.reason() == Qt.FocusReason.MouseFocusReason
        self.selectAll()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Select all on the first click; a later click places the cursor."""
        super().mouseReleaseEvent(event)
        if self._select_on_release and not self.hasSelectedText():
            self.selectAll()
        self._select_on_release = False

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show the value as it is read."""
        super().focusOutEvent(event)
        if event.reason() not in _STILL_HERE:
            self.leave()

    def leave(self) -> None:
        """Show the typed value in its written form; unreadable text stays unchanged."""
        value, reason = self._read()
        if not reason:
            self._value = value
            self._show(value, typing=False)
        self.left.emit()

    def event(self, event: QEvent) -> bool:
        """Leave Ctrl+Z to the window while nothing was typed here: there it undoes a change."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.matches(QKeySequence.StandardKey.Undo)
            and self.text() == self._text_on_entry
        ):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Z brings back what stood here on entry; Down and Up go on and back."""
        if event.matches(QKeySequence.StandardKey.Undo):
            if self.text() != self._text_on_entry:
                self.setText(self._text_on_entry)
                self._edited(self._text_on_entry)
            self.selectAll()
        elif event.key() in _WAYS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            QApplication.sendEvent(self, QKeyEvent(QEvent.Type.KeyPress, *_WAYS[event.key()]))
        else:
            super().keyPressEvent(event)

    def _edited(self, text: str) -> None:
        self.changed.emit()

    def _show(self, value: Any, *, typing: bool) -> None:
        if value is None:
            self._shown = ""
        else:
            self._shown = self.words_to_type(value) if typing else self.words_to_read(value)
        self.setText(self._shown)
        self.setCursorPosition(len(self._shown) if typing else 0)
        self.say(value)

    def _read(self) -> tuple[Any, str]:
        text = self.text()
        if text == self._shown:
            return self._value, ""
        try:
            return self.parse(text), ""
        except Invalid as error:
            return text, error.sentence


_DIGITS = (Kind.DIGITS, Kind.CITIZEN_ID, Kind.BAHT, Kind.WHOLE, Kind.POINTS)
_STILL_HERE = (
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.ActiveWindowFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
)
_WAYS: dict[int, tuple[Qt.Key, Qt.KeyboardModifier]] = {
    Qt.Key.Key_Down: (Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier),
    Qt.Key.Key_Up: (Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier),
}
