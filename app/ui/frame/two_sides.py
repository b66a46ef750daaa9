"""A list and a form: side by side where there is room, else one of them at a time."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QSplitter, QWidget

from app.ui.frame.front import Front
from app.ui.widgets import theme


class TwoSides(Front):
    """Keeps both sides; the breakpoint counts characters, so that it holds for large text too."""

    def __init__(self) -> None:
        super().__init__()
        self.is_narrow = False

    def put_beside(self, list_: QWidget, form: QWidget) -> QSplitter:
        """Put the two into one widget, which the page lays out."""
        self._list_side, self._form_side = list_, form
        self.sides = beside(list_, form)
        return self.sides

    def show_side(self, *, form: bool) -> None:
        """Bring one side to the front; a wide window shows both."""
        self._form_side.setVisible(form or not self.is_narrow)
        self._list_side.setVisible(not form or not self.is_narrow)

    def minimumSizeHint(self) -> QSize:
        """Ask for one side only: below a width just one of them shows."""
        return QSize(theme.characters(self, _ONE), theme.line_height(self) * 8)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show list and form side by side where there is room for both."""
        super().resizeEvent(event)
        narrow = event.size().width() < theme.characters(self, _BOTH)
        if narrow != self.is_narrow:
            self.is_narrow = narrow
            in_form = self._form_side.isAncestorOf(QApplication.focusWidget() or self)
            self.show_side(form=in_form)


def beside(list_: QWidget, content: QWidget) -> QSplitter:
    """Put a list at the left of what it shows; the clerk moves the edge between them."""
    sides = QSplitter(Qt.Orientation.Horizontal)
    sides.addWidget(list_)
    sides.addWidget(content)
    sides.setChildrenCollapsible(False)
    sides.setStretchFactor(0, 3)
    sides.setStretchFactor(1, 5)
    sides.setSizes([3 * _EIGHTH, 5 * _EIGHTH])
    sides.setHandleWidth(10)
    return sides


_BOTH = 95  # characters of width below which list and form do not fit side by side
_ONE = 60  # characters of width that one side needs
_EIGHTH = 150  # pixels; what counts is their ratio
