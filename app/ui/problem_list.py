"""What keeps a record from being saved, on top of the form: a count, and a line for each."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from app.core.errors import Problem
from app.core.i18n import _
from app.ui import icons, theme
from app.ui.wrapping import display


@dataclass(frozen=True, slots=True)
class _Line:
    problem: Problem
    widgets: tuple[QWidget, ...]
    reason: QLineEdit | None


class ProblemList(QFrame):
    """The framed summary; each line jumps to its field, a warning asks for a reason."""

    jump = Signal(str)  # the path of a field

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("problemList")
        self._heading = QLabel()
        self._heading.setWordWrap(True)
        self._picture = QLabel()
        self._grid = QGridLayout()
        self._grid.setColumnStretch(0, 1)
        self._grid.setVerticalSpacing(1)
        top = QHBoxLayout()
        top.addWidget(self._picture)
        top.addWidget(self._heading, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 6, 10, 6)
        column.setSpacing(2)
        column.addLayout(top)
        column.addLayout(self._grid)
        self._lines: list[_Line] = []
        self.hide()

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """List problems, those that block first; none hides the list."""
        self._forget(list(self._lines))
        for problem in sorted(problems, key=lambda problem: problem.warning):
            self._add(problem)
        self._count()

    def settle(self, path: str) -> None:
        """Take out the lines of a field that has been put right."""
        self._forget([line for line in self._lines if line.problem.field == path])
        self._count()

    def paths(self) -> list[str]:
        """Give the paths of the fields that are listed."""
        return [line.problem.field for line in self._lines]

    def stops(self) -> list[QWidget]:
        """Give what Tab stops at, in the order of the lines."""
        return [
            widget
            for line in self._lines
            for widget in line.widgets
            if widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        ]

    def reasons(self) -> dict[str, str]:
        """Give the reasons typed for warnings, by the code of the problem."""
        return {
            line.problem.code: text
            for line in self._lines
            if line.reason is not None and (text := line.reason.text().strip())
        }

    def _add(self, problem: Problem) -> None:
        row = self._grid.rowCount()
        link = _Link(problem.message) if problem.field else _wrapped(problem.message)
        if isinstance(link, _Link):
            link.followed.connect(lambda: self.jump.emit(problem.field))
        self._grid.addWidget(link, row, 0)
        reason = None
        if problem.warning:
            reason = QLineEdit()
            reason.setPlaceholderText(_("Reason for keeping it so"))
            reason.setAccessibleName(_("Reason: {problem}").format(problem=problem.message))
            self._grid.addWidget(reason, row, 1)
            self._grid.setColumnStretch(1, 1)
        widgets: tuple[QWidget, ...] = (link,) if reason is None else (link, reason)
        for widget in widgets:
            widget.show()  # now: the next Tab may come before the layout has shown it
        self._lines.append(_Line(problem, widgets, reason))

    def _forget(self, lines: list[_Line]) -> None:
        for line in lines:
            self._lines.remove(line)
            for widget in line.widgets:
                self._grid.removeWidget(widget)
                widget.hide()  # at once: the deletion waits for the event loop
                widget.deleteLater()

    def _count(self) -> None:
        blocking = sum(not line.problem.warning for line in self._lines)
        sentence = (
            _("Not saved yet: {count} to put right").format(count=blocking)
            if blocking
            else _("{count} to look at: put it right, or give a reason and save again").format(
                count=len(self._lines)
            )
        )
        tone = "bad" if blocking else "caution"
        theme.mark(self, "tone", tone)
        theme.mark(self._heading, "tone", tone)
        self._heading.setText(display(sentence))
        self._picture.setPixmap(icons.picture(tone, self))
        self.setAccessibleName(sentence)
        self.setVisible(bool(self._lines))


def _wrapped(words: str) -> QLabel:
    label = QLabel(display(words))
    label.setWordWrap(True)
    return label


class _Link(QLabel):
    """A line that leads to its field; a button would not wrap."""

    followed = Signal()

    def __init__(self, words: str) -> None:
        super().__init__(display(words))
        self.setWordWrap(True)
        self.setProperty("link", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(_("Go to this field"))
        self.setAccessibleName(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Follow the link with Enter or Space."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.followed.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Follow the link with a click."""
        super().mouseReleaseEvent(event)
        self.followed.emit()
