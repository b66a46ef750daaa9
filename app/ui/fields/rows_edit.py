"""A few lines inside a record: what a loan buys, line by line, with the sum below."""

from collections.abc import Callable
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QLabel, QVBoxLayout, QWidget

from app.core import thai
from app.core.fields import Field, Kind
from app.core.i18n import _
from app.ui.fields.field_box import Editor, FieldBox
from app.ui.widgets import theme
from app.ui.widgets.wrapping import display


class RowsEdit(QWidget):
    """A small grid: Enter goes through the cells, at the end of a line into a new one.

    Enter in the first cell of an empty line leaves the grid. Ctrl+Delete takes a line out.
    """

    changed = Signal()
    left = Signal()
    remark = Signal(str, str)

    def __init__(
        self, field: Field, make: Callable[[Field], Editor], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.field = field
        self.setObjectName(field.name)
        self.setAccessibleName(_(field.label))
        self._make = make
        self._rows: list[_Row] = []
        self._sum = QLabel()
        self._sum.setProperty("tone", "heading")
        self._sum.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(4)
        for column, inner in enumerate(field.rows, 1):
            self._grid.addWidget(
                QLabel(_(inner.label) + (" *" if inner.required else "")), 0, column
            )
            self._grid.setColumnStretch(column, _WIDTHS.get(inner.kind, 3))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(self._grid)
        whole.addWidget(self._sum)
        self._add_row()
        self._show_sum()

    def value(self) -> list[dict[str, Any]] | None:
        """Return the lines that hold anything."""
        return [row.kept | typed for row in self._rows if (typed := row.typed())] or None

    def set_value(self, value: Any) -> None:
        """Show lines, and an empty one after them."""
        rows = [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
        while len(self._rows) > len(rows) + 1:
            self._drop_last()
        while len(self._rows) < len(rows) + 1:
            self._add_row()
        for row, values in zip(self._rows, [*rows, {}], strict=True):
            row.show(values)
        self._show_sum()

    def problem(self) -> str:
        """Return "": each cell reports its own problem."""
        return ""

    def box_at(self, path: str) -> FieldBox | None:
        """Return the box of "2.amount", counting the filled lines from 0."""
        number, _dot, name = path.partition(".")
        filled = [row for row in self._rows if row.typed()]
        if not number.isdigit() or int(number) >= len(filled):
            return None
        return filled[int(number)].boxes.get(name)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave the grid from an empty line; take a line out."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        row = next(row for row in self._rows if row.holds(watched))
        ctrl = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Delete and ctrl:
            self._take_out(row)
            return True
        if event.key() == Qt.Key.Key_Tab and watched is row.first() and not row.typed():
            last = list(self._rows[-1].boxes.values())[-1].widget
            last.setFocus(Qt.FocusReason.TabFocusReason)  # Qt goes on from the focus, nothing else
            return QApplication.sendEvent(last, event)
        return False

    def _add_row(self) -> None:
        number = len(self._rows)
        line = QLabel(f"{number + 1}.")
        line.setMinimumHeight(theme.line_height(line))
        message = QLabel()
        message.setWordWrap(True)
        message.setProperty("tone", "bad")
        message.hide()
        self._grid.addWidget(line, 2 * number + 1, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(message, 2 * number + 2, 1, 1, len(self.field.rows))
        previous = list(self._rows[-1].boxes.values())[-1].widget if self._rows else None
        row = _Row({}, line, message)
        for column, inner in enumerate(self.field.rows, 1):
            box = self._make_cell(number, inner)
            box.told.connect(row.tell)
            self._grid.addWidget(box, 2 * number + 1, column, Qt.AlignmentFlag.AlignTop)
            box.show()  # now: the next Tab may come before the layout has shown it
            if previous is not None:
                QWidget.setTabOrder(previous, box.widget)
            previous = box.widget
            row.boxes[inner.name] = box
        self._rows.append(row)
        if number == 0:
            self.setFocusProxy(row.first())

    def _make_cell(self, number: int, inner: Field) -> FieldBox:
        box = FieldBox(self._make(inner), labelled=False)
        box.widget.setObjectName(f"{self.field.name}.{number}.{inner.name}")
        box.widget.setAccessibleName(
            _("{label}, line {number}").format(label=_(inner.label), number=number + 1)
        )
        box.widget.installEventFilter(self)
        box.editor.changed.connect(self._changed)
        return box

    def _drop_last(self) -> None:
        row = self._rows.pop()
        for widget in (*row.boxes.values(), row.line, row.message):
            self._grid.removeWidget(widget)
            widget.hide()  # at once: the deletion waits for the event loop
            widget.deleteLater()

    def _take_out(self, gone: "_Row") -> None:
        number = self._rows.index(gone)
        self.set_value([row.kept | row.typed() for row in self._rows if row is not gone][:-1])
        self._rows[min(number, len(self._rows) - 1)].first().setFocus()
        self.changed.emit()

    def _changed(self) -> None:
        if self._rows[-1].typed():
            self._add_row()
        self._show_sum()
        self.changed.emit()

    def _show_sum(self) -> None:
        total = sum(_amount(self.field.rows, row.typed()) for row in self._rows)
        self._sum.setVisible(any(inner.kind is Kind.BAHT for inner in self.field.rows))
        self._sum.setText(_("Sum {amount} baht").format(amount=thai.format_baht(total)))


@dataclass
class _Row:
    """One line; `kept` holds values from a newer program."""

    boxes: dict[str, FieldBox]
    line: QLabel
    message: QLabel
    kept: dict[str, Any] = dataclass_field(default_factory=dict)

    def typed(self) -> dict[str, Any]:
        """Return the values typed in the line."""
        values = {name: box.editor.value() for name, box in self.boxes.items()}
        return {name: value for name, value in values.items() if value is not None}

    def show(self, values: dict[str, Any]) -> None:
        """Show a line of a record."""
        self.kept = {name: values[name] for name in values if name not in self.boxes}
        for name, box in self.boxes.items():
            box.editor.set_value(values.get(name))
            box.clear_problem()

    def first(self) -> QWidget:
        """Return the cell where the line begins."""
        return next(iter(self.boxes.values())).widget

    def holds(self, widget: QObject) -> bool:
        """Tell whether a widget is one of the line's cells."""
        return any(box.widget is widget for box in self.boxes.values())

    def tell(self) -> None:
        """Put the problems of the cells under the line, over its whole width."""
        words = " · ".join(box.message() for box in self.boxes.values() if box.has_problem())
        self.message.setText(display(words))
        self.message.setVisible(bool(words))


_WIDTHS = {Kind.TEXT: 5, Kind.WHOLE: 1, Kind.BAHT: 2}


def _amount(inner: tuple[Field, ...], row: dict[str, Any]) -> int:
    """Return a line's money in satang: its one price times its one count, or all its money."""
    money: list[Any] = [row.get(field.name, 0) for field in inner if field.kind is Kind.BAHT]
    counts: list[Any] = [row.get(field.name, 1) for field in inner if field.kind is Kind.WHOLE]
    if not all(isinstance(number, int) for number in (*money, *counts)):
        return 0  # a cell that cannot be read yet
    times: int = counts[0] if len(money) == len(counts) == 1 else 1
    total: int = sum(money)
    return total * times
