"""The files of the outbox as a table: number, day, content, state and age."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from app.core.i18n import N_, _
from app.services.exchange import Sent
from app.ui.exchange import sending_words
from app.ui.widgets import icons, theme
from app.ui.widgets.times import age, day_of

_Index = QModelIndex | QPersistentModelIndex
_HEADINGS = (N_("File no."), N_("Sealed on"), N_("State"), N_("Content"), N_("Age"))
_STATE = 2
_WIDTHS = (9, 15, 44, 34, 9)  # characters
_TONES = {"good": theme.GOOD, "caution": theme.CAUTION, "bad": theme.BAD}


class BundleTable(QAbstractTableModel):
    """The model: the words of a row are made when it is looked at."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._files: Sequence[Sent] = ()
        self._returned: Mapping[str, int] = {}

    def show_files(self, files: Sequence[Sent], returned: Mapping[str, int]) -> None:
        """Show these files; `returned` counts their lines still to be put right, by name."""
        self.beginResetModel()
        self._files, self._returned = files, returned
        self.endResetModel()

    def file_at(self, row: int) -> Sent | None:
        """Return the file in a row, None where there is none."""
        return self._files[row] if 0 <= row < len(self._files) else None

    def row_of(self, name: str) -> int:
        """Find the row of a file by its name; the first where it is not there."""
        return next((row for row, each in enumerate(self._files) if each.name == name), 0)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:
        """Count the files."""
        return 0 if parent.isValid() else len(self._files)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:
        """Count the columns."""
        return 0 if parent.isValid() else len(_HEADINGS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the heading of a column."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _(_HEADINGS[section])
        return super().headerData(section, orientation, role)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the words of a cell; a state has a sign before them."""
        file = self._files[index.row()]
        if index.column() == _STATE:
            said = sending_words.of_file(file, self._returned.get(file.name, 0))
            if role == Qt.ItemDataRole.DecorationRole:
                return icons.icon(said.icon)
            if role == Qt.ItemDataRole.ForegroundRole:
                return QBrush(QColor(_TONES.get(said.tone, theme.TEXT)))
            return said.words if role in _WORDS else None
        if role not in _WORDS:
            return None
        words = (
            f"{file.number:06d}",
            day_of(file.made_at),
            "",
            sending_words.in_words(file.counts),
            age(file.made_at),
        )
        return words[index.column()]


_WORDS = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)


def list_of(table: BundleTable) -> QTableView:
    """Return the view of the files: one row is selected, the arrow keys walk."""
    view = QTableView()
    view.setModel(table)
    view.setAccessibleName(_("Outbox"))
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setTabKeyNavigation(False)
    view.setAlternatingRowColors(True)
    view.setShowGrid(False)
    view.setWordWrap(False)
    rows = view.verticalHeader()
    rows.hide()
    rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    rows.setDefaultSectionSize(view.fontMetrics().height() + 8)
    headings = view.horizontalHeader()
    headings.setHighlightSections(False)
    headings.setSectionsClickable(False)
    headings.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    for column, width in enumerate(_WIDTHS):
        headings.resizeSection(column, theme.characters(view, width))
    headings.setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
    return view
