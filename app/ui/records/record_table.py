"""The list of one type of record: it holds row numbers and reads the rows it shows, by the page."""

from array import array
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from app.core import fields, thai
from app.core.fields import Field, Kind
from app.core.i18n import _
from app.ui.widgets import theme

PAGE = 200  # rows read at once


class Row(Protocol):
    """What a page of the list is made of."""

    @property
    def rowid(self) -> int:
        """Return the number that stands for the row in the list."""
        ...

    @property
    def id(self) -> str:
        """Return the record's id."""
        ...

    @property
    def data(self) -> dict[str, Any]:
        """Return the record's data."""
        ...


ReadPage = Callable[[Sequence[int]], Sequence[Row]]
Words = Callable[[Field, Any], str]


def words_of(field: Field, value: Any) -> str:
    """Write a value for a list, where the number of a citizen is masked."""
    if field.kind is Kind.CITIZEN_ID and value:
        return thai.mask_citizen_id(str(value))
    return fields.show(field, value)


class RecordTable(QAbstractTableModel):
    """The model: sorting and searching are done by whoever finds the row numbers."""

    def __init__(
        self,
        columns: Sequence[Field],
        read_page: ReadPage,
        words: Words = words_of,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._read_page = read_page
        self._words = words
        self._rowids: array[int] = array("q")
        self._pages: dict[int, list[tuple[str, ...]]] = {}

    def show_rows(self, rowids: "array[int]") -> None:
        """Show these rows, and read them anew."""
        self.beginResetModel()
        self._rowids = rowids
        self._pages.clear()
        self.endResetModel()

    def rowid_at(self, row: int) -> int:
        """Return the number of the record in a row; 0 when there is no such row."""
        return self._rowids[row] if 0 <= row < len(self._rowids) else 0

    def id_at(self, row: int) -> str:
        """Return the id of the record in a row; "" when there is no such row."""
        return self._cells(row)[0] if 0 <= row < len(self._rowids) else ""

    def row_of(self, rowid: int) -> int:
        """Find the row of a record's number; -1 when it is not in the list."""
        try:
            return self._rowids.index(rowid)
        except ValueError:
            return -1

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:
        """Count the records."""
        return 0 if parent.isValid() else len(self._rowids)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:
        """Count the columns."""
        return 0 if parent.isValid() else len(self.columns)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the words of a cell, and where they stand."""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._cells(index.row())[index.column() + 1]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(self.columns[index.column()])
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Return the heading of a column."""
        if orientation is Qt.Orientation.Vertical:
            return section + 1 if role == Qt.ItemDataRole.DisplayRole else None
        if role == Qt.ItemDataRole.DisplayRole:
            return _(self.columns[section].label)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(self.columns[section])
        return None

    def _cells(self, row: int) -> tuple[str, ...]:
        page = row // PAGE
        if page not in self._pages:
            self._pages[page] = self._read(page)
        return self._pages[page][row % PAGE]

    def _read(self, page: int) -> list[tuple[str, ...]]:
        wanted = self._rowids[page * PAGE : (page + 1) * PAGE]
        found = {row.rowid: row for row in self._read_page(wanted)}
        gone = ("",) * (len(self.columns) + 1)  # deleted since the list was made
        return [self._line(found[rowid]) if rowid in found else gone for rowid in wanted]

    def _line(self, row: Row) -> tuple[str, ...]:
        data = row.data
        return (row.id, *(self._words(column, data.get(column.name)) for column in self.columns))


class RecordList(QTableView):
    """The list as the clerk uses it; which record is selected survives every refresh."""

    chosen = Signal(str)  # the clerk moved to a record
    opened = Signal(str)  # Enter or double click on a record
    sort_asked = Signal(str, bool)  # a field, descending
    typed = Signal(str)  # letters typed into the list belong to the filter

    def __init__(self, table: RecordTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = table
        self._refreshing = False
        self.setModel(table)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(self.fontMetrics().height() + 8)
        self._set_up_headings()
        self.activated.connect(lambda index: self.opened.emit(table.id_at(index.row())))
        self.selectionModel().currentRowChanged.connect(self._row_changed)

    def show_rows(self, rowids: "array[int]") -> None:
        """Show these rows and stay with the selected record; if it is gone, with none."""
        kept = self._table.rowid_at(self.currentIndex().row())
        self._refreshing = True
        self._table.show_rows(rowids)
        row = self._table.row_of(kept) if kept else -1
        if row >= 0:
            self.go_to_row(row)
        self._refreshing = False

    def go_to_row(self, row: int) -> None:
        """Select a row and bring it into view."""
        self.setCurrentIndex(self._table.index(row, 0))

    def selected_id(self) -> str:
        """Return the id of the selected record; "" when there is none."""
        return self._table.id_at(self.currentIndex().row())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select the row that Qt only makes the current one."""
        super().focusInEvent(event)
        if self.currentIndex().isValid() and not self.selectionModel().hasSelection():
            self.selectRow(self.currentIndex().row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pass typed letters on to the filter; the arrow keys walk."""
        ctrl_or_alt = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        if (
            event.text().strip()
            and event.text().isprintable()
            and not (event.modifiers() & ctrl_or_alt)
        ):
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def _set_up_headings(self) -> None:
        headings = self.horizontalHeader()
        headings.setHighlightSections(False)
        headings.setSortIndicatorShown(True)
        headings.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        headings.setSectionsClickable(True)
        headings.setStretchLastSection(True)
        headings.sortIndicatorChanged.connect(self._sort)
        for number, column in enumerate(self._table.columns):
            width = theme.characters(self, _WIDTHS.get(column.kind, _WIDTH))
            heading = theme.characters(self, 4) + headings.fontMetrics().horizontalAdvance(
                _(column.label)
            )
            headings.resizeSection(number, max(width, heading))

    def _sort(self, section: int, order: Qt.SortOrder) -> None:
        if section >= 0:
            descending = order is Qt.SortOrder.DescendingOrder
            self.sort_asked.emit(self._table.columns[section].name, descending)

    def _row_changed(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid() and not self._refreshing:
            self.chosen.emit(self._table.id_at(now.row()))


_WIDTH = 22
_WIDTHS = {
    Kind.CITIZEN_ID: 19,
    Kind.DIGITS: 13,
    Kind.BAHT: 15,
    Kind.WHOLE: 9,
    Kind.POINTS: 9,
    Kind.DATE: 14,
    Kind.PARTIAL_DATE: 14,
    Kind.FLAG: 8,
    Kind.CHOICE: 18,
}


def _alignment(column: Field) -> int:
    right = fields.is_right_aligned(column)
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    return (side | Qt.AlignmentFlag.AlignVCenter).value
