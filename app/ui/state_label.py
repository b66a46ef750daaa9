"""A state as a sign and a word: colour comes third."""

from typing import NamedTuple

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from app.ui import icons, theme


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
        self._words = QLabel()
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
        self.setVisible(bool(said.words))
