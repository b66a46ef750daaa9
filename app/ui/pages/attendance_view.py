"""The table of a class at the keyboard: Space turns a mark over, digits are minutes."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.ui.pages.attendance_table import BEFORE, AttendanceTable
from app.ui.widgets import theme
from app.ui.widgets.keyboard import DIGITS_ONLY, OWN_ENTER


class AttendanceView(QTableView):
    """The grid of a class; the arrow keys walk, Enter opens the trainee."""

    opened = Signal(str)  # the trainee of a row

    def __init__(self, table: AttendanceTable) -> None:
        super().__init__()
        self._table = table
        self.setModel(table)
        self.setItemDelegate(_Digits(self))
        self.setProperty(DIGITS_ONLY, True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        rows = self.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(self.fontMetrics().height() + 8)
        self.horizontalHeader().setHighlightSections(True)
        self.activated.connect(self._open)
        table.modelReset.connect(self._fit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Mark with Space, Ctrl+A and Del; a digit begins to type minutes or a score."""
        row, column = self.currentIndex().row(), self.currentIndex().column()
        ctrl = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if row < 0:
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Space:
            self._table.toggle(row, column)
        elif ctrl and event.key() == Qt.Key.Key_A:
            self._table.all_present(column)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._unmark(row, column)
        elif event.text() and event.text() in "0123456789๐๑๒๓๔๕๖๗๘๙" and not ctrl:
            self._begin_typing(event.text())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin in the first row of the day that is to be marked."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.go_to(0, self.day_to_mark())

    def go_to(self, row: int, column: int) -> None:
        """Make a cell the current one."""
        self.setCurrentIndex(self._table.index(row, column))

    def day_to_mark(self) -> int:
        """Return the column of the first day on which somebody is not marked yet."""
        days = range(BEFORE, BEFORE + len(self._table.grid.days))
        return next((column for column in days if self._table.counts(column)[2]), BEFORE)

    def _unmark(self, row: int, column: int) -> None:
        day = self._table.day_at(column)
        if day is not None:
            self._table.set_minutes(row, day.day, None)

    def _begin_typing(self, digit: str) -> None:
        """Open the field of the cell with the digit in it; a closed cell says why."""
        index = self.currentIndex()
        day = self._table.day_at(index.column())
        if not index.flags() & Qt.ItemFlag.ItemIsEditable:
            if day is not None:
                self._table.set_minutes(index.row(), day.day, day.minutes)
            return
        self.edit(index)
        editor = self.indexWidget(index)
        if isinstance(editor, QLineEdit):
            editor.setText(digit)

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(self._table.grid.trainees[index.row()].id)

    def _fit(self) -> None:
        """Fit the width of the columns to their content."""
        for column in range(self._table.columnCount()):
            width = {0: 30, 1: 18}.get(column, 12)
            self.setColumnWidth(column, theme.characters(self, width))


class _Digits(QStyledItemDelegate):
    """The field inside a cell: digits alone, and Enter takes them."""

    def createEditor(
        self,
        parent: QWidget,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> QWidget:
        """Make the field."""
        editor = QLineEdit(parent)
        editor.setProperty(DIGITS_ONLY, True)
        editor.setProperty(OWN_ENTER, True)
        editor.setAlignment(Qt.AlignmentFlag.AlignCenter)
        return editor
