"""A state as a sign and a word: colour comes third."""

from typing import NamedTuple

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from app.ui.widgets import icons, theme


class Say(NamedTuple):
    """The icon, the tone and the words of a state."""

    icon: str
    tone: str
    words: str


class StateLabel(QWidget):
    """Shows a state; without words it takes no room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = QLabel()
        self._words = _Shortened()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self._picture)
        row.addWidget(self._words, 1)
        self.hide()

    def say(self, said: Say) -> None:
        """Show a state."""
        theme.mark(self._words, "tone", said.tone)
        self._words.setText(said.words)
        self._picture.setVisible(bool(said.icon))
        if said.icon:
            self._picture.setPixmap(icons.picture(said.icon, self))
        self.setAccessibleName(said.words)
        self.setToolTip(said.words)
        self.setVisible(bool(said.words))


class _Shortened(QLabel):
    """One line that ends in "…" where it has no room, and never in half a letter."""

    def minimumSizeHint(self) -> QSize:
        """Return a size so small that the label gives way to its neighbours."""
        return QSize(theme.characters(self, 3), super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint as much as there is room for."""
        room = self.contentsRect()
        words = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, room.width()
        )
        painter = QPainter(self)
        self.style().drawItemText(
            painter,
            room,
            int(self.alignment()),
            self.palette(),
            self.isEnabled(),
            words,
            self.foregroundRole(),
        )
