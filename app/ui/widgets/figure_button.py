"""Figures that open the list behind them: painted bars and lines of words, both by keyboard."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.ui.widgets import theme


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure as it is painted: `share` of the widest bar, 0 to 1, None for words alone.

    `spoken` is the whole of it in words, for who does not see the bar.
    """

    words: str
    number: str
    spoken: str
    share: float | None = None
    tone: str = ""


class FigureButton(QAbstractButton):
    """One figure; Enter, Space or a click opens what it counts, if it lists anything."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"figure.{name}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._shown = Shown("", "", "")

    def show_figure(self, shown: Shown) -> None:
        """Paint another figure."""
        self._shown = shown
        self.setAccessibleName(shown.spoken)
        self.setToolTip(shown.spoken)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for a line that holds the words and the number."""
        return QSize(theme.characters(self, _WIDE), theme.line_height(self))

    def minimumSizeHint(self) -> QSize:
        """Stay readable: words, bar and number beside each other."""
        return QSize(theme.characters(self, _LEAST), theme.line_height(self))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the words, the bar and the number; the focus has a frame."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inside = self.rect().adjusted(6, 1, -6, -1)
        number = painter.fontMetrics().horizontalAdvance(self._shown.number) + 8
        words = inside.adjusted(0, 0, -number, 0)
        if self._shown.share is not None:
            # bars of one length under each other, whatever the numbers
            words.setWidth(inside.width() * 2 // 5)
            bar = inside.adjusted(words.width() + 4, 4, -inside.width() // 3, -4)
            bar.setRight(min(bar.right(), inside.right() - number))
            self._paint_bar(painter, bar)
        painter.setPen(QColor(_TONES.get(self._shown.tone, theme.TEXT)))
        elided = painter.fontMetrics().elidedText(
            self._shown.words, Qt.TextElideMode.ElideRight, words.width()
        )
        painter.drawText(words, _LEFT, elided)
        painter.drawText(inside, _RIGHT, self._shown.number)
        if self.hasFocus() or self.underMouse():
            painter.setPen(QColor(theme.INK))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), 4, 4)

    def _paint_bar(self, painter: QPainter, room: QRect) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor("#e3e8ee"))
        painter.drawRoundedRect(room, 3, 3)
        filled = QRect(room)
        filled.setWidth(round(room.width() * min(self._shown.share or 0.0, 1.0)))
        painter.setBrush(QColor(theme.INK))
        painter.drawRoundedRect(filled, 3, 3)


_WIDE, _LEAST = 46, 30  # characters
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_TONES = {"bad": theme.BAD, "caution": theme.CAUTION, "good": theme.GOOD, "quiet": theme.QUIET}
