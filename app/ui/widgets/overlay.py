"""A small frame that hangs under a field: the list of a choice, the calendar of a date."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget


class Overlay(QFrame):
    """A frame over its window.

    It is a child of the window, not a window of its own: presses keep going to the field, and no
    window manager decides where it stands. It goes when the focus goes elsewhere.
    """

    deserted = Signal()  # the focus went neither into the frame nor back to the field

    def __init__(self, field: QWidget, content: QWidget) -> None:
        super().__init__(field.window())
        self.setObjectName("overlayFrame")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._field = field
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 2, 2, 2)
        column.addWidget(content)
        self.hide()
        app = QApplication.instance()
        assert isinstance(app, QApplication)  # noqa: S101 (there are no widgets without one)
        app.focusChanged.connect(self._focus_moved)

    def open_under_field(self, width: int, height: int) -> None:
        """Show the frame below the field, or above it where there is more room."""
        window = self._field.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        room = window.rect().adjusted(2, 2, -2, -2)
        width = min(width, room.width())
        top_left = self._field.mapTo(window, QPoint(0, 0))
        below = room.bottom() - top_left.y() - self._field.height()
        above = top_left.y() - room.top()
        fits_below = below >= min(height, above)
        height = min(height, max(below, above))
        y = top_left.y() + self._field.height() if fits_below else top_left.y() - height
        x = max(room.left(), min(top_left.x(), room.right() - width))
        self.setGeometry(x, y, width, height)
        self.show()
        self.raise_()

    def _focus_moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is None or not self.isVisible():
            return  # the whole window lost it
        at: QWidget | None = now
        while at is not None:
            if at in (self, self._field):
                return
            at = at.parentWidget()  # also out of the month list's own window
        self.hide()
        self.deserted.emit()
