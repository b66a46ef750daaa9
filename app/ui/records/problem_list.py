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
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.core.errors import Problem
from app.core.i18n import _
from app.ui.widgets import icons, theme
from app.ui.widgets.keyboard import DIGITS_ONLY
from app.ui.widgets.wrapping import display


@dataclass(frozen=True, slots=True)
class _Line:
    problem: Problem
    widgets: tuple[QWidget, ...]
    answer: QLineEdit | None


class ProblemList(QFrame):
    """The framed summary; each line jumps to its field, a warning asks for a reason.

    What was typed for a problem is kept until the record is saved or left, so that a refusal for
    another cause does not ask for it again.
    """

    jump = Signal(str)  # the path of a field
    person_asked = Signal(str)  # the id of a person that a problem names

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
        self._given: dict[str, str] = {}
        self.hide()

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """List problems, those that block first; none hides the list."""
        self._given = self.reasons() if problems else {}
        self._forget(list(self._lines))
        for problem in sorted(problems, key=lambda problem: problem.warning):
            self._add(problem)
        self._count()

    def settle(self, path: str) -> None:
        """Take out the lines of a field that has been put right."""
        self._forget([line for line in self._lines if line.problem.field == path])
        self._count()

    def paths(self) -> list[str]:
        """Return the paths of the fields that are listed."""
        return [line.problem.field for line in self._lines]

    def stops(self) -> list[QWidget]:
        """Return what Tab stops at, in the order of the lines."""
        return [
            widget
            for line in self._lines
            for widget in line.widgets
            if widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        ]

    def reasons(self) -> dict[str, str]:
        """Return the typed reasons and answers, by the code of the problem."""
        typed = {
            line.problem.code: line.answer.text().strip()
            for line in self._lines
            if line.answer is not None
        }
        return {code: text for code, text in (self._given | typed).items() if text}

    def go_to_answer(self, problem: Problem) -> None:
        """Go to where the question of a problem is answered; what stands there is replaced."""
        for line in self._lines:
            if line.problem is problem and line.answer is not None:
                line.answer.setFocus(Qt.FocusReason.OtherFocusReason)
                line.answer.selectAll()

    def _add(self, problem: Problem) -> None:
        row = self._grid.rowCount()
        link = _Link(problem.message) if problem.field else _wrapped(problem.message)
        if isinstance(link, _Link):
            link.followed.connect(lambda: self.jump.emit(problem.field))
        self._grid.addWidget(link, row, 0)
        beside: list[QWidget] = []
        answer = self._make_answer(problem) if problem.warning or problem.question else None
        if answer is not None:
            beside.append(answer)
        if problem.person:
            beside.append(self._make_opener(problem))
        for column, widget in enumerate(beside, 1):
            self._grid.addWidget(widget, row, column)
        if answer is not None:
            self._grid.setColumnStretch(1, 1)
        widgets = (link, *beside)
        for widget in widgets:
            widget.show()  # now: the next Tab may come before the layout has shown it
        self._lines.append(_Line(problem, widgets, answer))

    def _make_answer(self, problem: Problem) -> QLineEdit:
        answer = QLineEdit(self._given.get(problem.code, ""))
        answer.setProperty(DIGITS_ONLY, bool(problem.question))
        answer.setPlaceholderText(problem.question or _("Reason for keeping it so"))
        answer.setAccessibleName(
            problem.question or _("Reason: {problem}").format(problem=problem.message)
        )
        return answer

    def _make_opener(self, problem: Problem) -> QPushButton:
        opener = QPushButton(_("Open that person"))
        opener.clicked.connect(lambda: self.person_asked.emit(problem.person))
        return opener

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
