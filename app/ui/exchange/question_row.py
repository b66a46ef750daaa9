"""One field in which the versions differ: its values side by side, one of them chosen."""

import itertools
from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.core import fields, thai
from app.core.fields import Field
from app.core.i18n import _
from app.core.line import Data
from app.services.records.disputes import Question
from app.ui.fields.around import Around
from app.ui.fields.editors import make_editor
from app.ui.fields.field_box import FieldBox
from app.ui.widgets import icons, theme
from app.ui.widgets.keyboard import OWN_ENTER
from app.ui.widgets.wrapping import display


class QuestionRow(QObject):
    """The cells of one question; what is shown meanwhile is chosen until the clerk says else."""

    done = Signal()  # she chose: on to the next

    def __init__(self, question: Question, described: Mapping[str, Field], around: Around) -> None:
        super().__init__()
        self.question = question
        self._around = around
        self._own: Data | None = None  # a value that was typed
        self._field = described.get(question.fields[0]) if len(question.fields) == 1 else None
        self._label = QLabel(display(question.label))
        self._label.setWordWrap(True)
        self._why = QLabel(display(_why(question)))
        self._why.setWordWrap(True)
        self._why.setProperty("tone", "caution" if question.is_open else "quiet")
        self._group = QButtonGroup(self)
        self._cells = [self._make_cell(number) for number in range(len(question.words))]
        self._typed = QLabel()
        self._typed.setProperty("tone", "good")
        self._typed.hide()
        self._cells[question.shown].setChecked(True)

    def add_to(self, grid: QGridLayout, row: int) -> None:
        """Put the cells into a row of the card."""
        name = QWidget()
        column = QVBoxLayout(name)
        column.setContentsMargins(0, 4, 8, 10)
        column.setSpacing(0)
        for part in (self._label, self._why, self._typed):
            column.addWidget(part)
        column.addStretch(1)
        grid.addWidget(name, row, 0)
        for number, cell in enumerate(self._cells, 1):
            grid.addWidget(cell, row, number, Qt.AlignmentFlag.AlignTop)

    def focus_stop(self) -> QWidget:
        """Return the cell that is chosen, where the keys go."""
        return self._cells[max(self._group.checkedId(), 0)]

    def answer(self) -> Data:
        """Return the values that are chosen."""
        if self._own is not None:
            return self._own
        return self.question.answers[self._group.checkedId()] or {}

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Choose by number or arrow, confirm with Enter, type with F2."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        key = event.key()
        digit = key - Qt.Key.Key_1
        if 0 <= digit < len(self._cells):
            self._choose(digit)
            self.done.emit()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            step = 1 if key == Qt.Key.Key_Right else -1
            self._choose((self._group.checkedId() + step) % len(self._cells))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.done.emit()
        elif key == Qt.Key.Key_F2 and self._field is not None:
            self._type_own(self._field)
        else:
            return False
        return True

    def _make_cell(self, number: int) -> QPushButton:
        words = self.question.words[number] or _("(empty)")
        cell = _Cell(number + 1, words)
        cell.setProperty("version", True)
        cell.setProperty(OWN_ENTER, True)
        cell.setToolTip(words)
        cell.setAccessibleName(f"{self.question.label}: {words}")
        cell.clicked.connect(lambda _on=True: self._choose(number))
        cell.installEventFilter(self)
        self._group.addButton(cell, number)
        return cell

    def _choose(self, number: int) -> None:
        self._own = None
        self._typed.hide()
        self._cells[number].setChecked(True)
        self._cells[number].setFocus()

    def _type_own(self, field: Field) -> None:
        now = self.answer().get(field.name)
        _OwnValue(field, now, self._around, self._take_own, self._label.window()).open()

    def _take_own(self, field: Field, value: Any) -> None:
        self._own = {field.name: value} if value is not None else {}
        words = fields.show(field, value) if not field.target else _("chosen")
        self._typed.setText(_("Own value: {words}").format(words=words or _("(empty)")))
        self._typed.show()


class _Cell(QPushButton):
    """The value of one version, in as many lines as its width asks for; a tick when it holds."""

    def __init__(self, number: int, words: str) -> None:
        super().__init__()
        self._number = number
        self._words = words
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.toggled.connect(lambda on: self.setIcon(icons.icon("good") if on else QIcon()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the value anew: a button does not wrap."""
        super().resizeEvent(event)
        indent = "     "
        used = theme.characters(self, 3) + self.iconSize().width()  # the frame and the tick
        advance = self.fontMetrics().horizontalAdvance
        room = self.width() - used - advance(f"{self._number}{indent}")
        lines = _in_lines(self._words, lambda line: advance(line) <= room)
        self.setText(f"{self._number}  " + f"\n{indent}".join(lines))


class _OwnValue(QDialog):
    """Asks for a value that no version has."""

    def __init__(
        self,
        field: Field,
        value: Any,
        around: Around,
        take: Callable[[Field, Any], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_(field.label))
        self._field = field
        self._take = take
        self._box = FieldBox(make_editor(field, around), pinnable=False)
        self._box.editor.set_value(value)
        do = QPushButton(_("Take this value"))
        do.setProperty("primary", True)
        do.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(do)
        column = QVBoxLayout(self)
        column.addWidget(self._box)
        column.addLayout(row)
        self.resize(theme.characters(self, 50), 0)
        (self._box.widget.focusProxy() or self._box.widget).setFocus()

    def accept(self) -> None:
        """Take the value, unless it has not the form of the field."""
        value = self._box.editor.value()
        if value is None or not fields.check(self._field, value):
            self._take(self._field, value)
            super().accept()


def _in_lines(words: str, fits: Callable[[str], bool]) -> list[str]:
    """Break a value between words, so that each line fits."""
    lines = [""]
    cuts = [0, *thai.word_breaks(words), len(words)]
    for start, end in itertools.pairwise(cuts):
        if lines[-1] and not fits(lines[-1] + words[start:end].rstrip()):
            lines.append("")
        lines[-1] += words[start:end]
    return lines


def _why(question: Question) -> str:
    """Say why this version is shown meanwhile."""
    number = question.shown + 1
    if question.is_open:
        return _("Both wrote here; version {number} is shown until you choose").format(
            number=number
        )
    return _("Only version {number} changed this").format(number=number)
