"""Undo instead of confirmation: a bar for ten seconds after a change."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from app.core.i18n import _
from app.ui.widgets import icons


class UndoBar(QFrame):
    """Says what was done and takes it back; later the history still can."""

    undo_asked = Signal(str)  # the act

    def __init__(self, parent: QWidget | None = None, *, seconds: float = 10) -> None:
        super().__init__(parent)
        self.setObjectName("undoBar")
        self.act = ""
        self._words = QLabel()
        button = QPushButton(icons.icon("undo"), _("Undo (Ctrl+Z)"))
        button.clicked.connect(self.undo)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 4, 10, 4)
        row.addWidget(self._words, 1)
        row.addWidget(button)
        self._timer = QTimer(self, singleShot=True, interval=round(seconds * 1000))
        self._timer.timeout.connect(self.forget)
        self.hide()

    def offer(self, words: str, act: str) -> None:
        """Offer to undo an act."""
        self.act = act
        self._words.setText(words)
        self.show()
        self._timer.start()

    def undo(self) -> None:
        """Ask for the offered act to be undone."""
        act = self.act
        self.forget()
        if act:
            self.undo_asked.emit(act)

    def forget(self) -> None:
        """Take the offer back."""
        self.act = ""
        self.hide()
