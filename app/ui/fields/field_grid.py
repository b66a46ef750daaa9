"""Fields side by side: as many columns as the width has room for, counted in characters."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from app.ui.widgets import theme

ALL = 9  # a span over every column there is


class FieldGrid(QWidget):
    """Boxes in reading order, laid out anew when the number of columns changes."""

    def __init__(self, *, characters_a_column: int = 31, most: int = 3) -> None:
        super().__init__()
        self._characters = characters_a_column
        self._most = most
        self._columns = 0
        self._boxes: list[tuple[QWidget, int]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)

    def add(self, box: QWidget, span: int = 1) -> None:
        """Put a box after the others; `span` is how many columns it may take."""
        self._boxes.append((box, span))
        self._lay_out(max(self._columns, 1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use the columns the new width allows."""
        super().resizeEvent(event)
        fitting = event.size().width() // theme.characters(self, self._characters)
        columns = max(1, min(self._most, fitting))
        if columns != self._columns:
            self._lay_out(columns)

    def _lay_out(self, columns: int) -> None:
        self._columns = columns
        row = column = 0
        for box, wanted in self._boxes:
            span = min(wanted, columns)
            if column + span > columns:
                row, column = row + 1, 0
            self._grid.addWidget(box, row, column, 1, span, Qt.AlignmentFlag.AlignTop)
            column += span
        for at in range(self._most):
            self._grid.setColumnStretch(at, 1 if at < columns else 0)
            self._grid.setColumnMinimumWidth(at, 1 if at < columns else 0)
