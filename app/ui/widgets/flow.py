"""A row of small things that goes on in the next row where there is no room."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class Flow(QLayout):
    """Lays widgets from the left, row after row; those `add_at_end` gave stand at the right.

    The ones at the end share the last row if they fit, else they have one of their own.
    """

    def __init__(self, parent: QWidget | None = None, *, spacing: int = 4) -> None:
        super().__init__(parent)
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)
        self._items: list[QLayoutItem] = []
        self._at_end: set[QWidget] = set()

    def add_at_end(self, widget: QWidget) -> None:
        """Add a widget at the right edge, after those that stand there."""
        self._at_end.add(widget)
        self.addWidget(widget)

    def addItem(self, item: QLayoutItem) -> None:
        """Take what addWidget made."""
        self._items.append(item)

    def count(self) -> int:
        """Count the items."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return an item, None past the last."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Remove an item and return it, None past the last."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Want no more room than there is."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Need more rows in less width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the rows at a width."""
        rows = self._rows(width)
        heights = [max(item.sizeHint().height() for item in row) for row in rows]
        return sum(heights) + self.spacing() * max(0, len(rows) - 1)

    def sizeHint(self) -> QSize:
        """Wish for one row."""
        shown = self._shown()
        width = sum(item.sizeHint().width() + self.spacing() for item in shown)
        return QSize(width, self.heightForWidth(width))

    def minimumSize(self) -> QSize:
        """Need the width of the widest."""
        hints = [item.sizeHint() for item in self._shown()]
        return QSize(
            max((hint.width() for hint in hints), default=0),
            max((hint.height() for hint in hints), default=0),
        )

    def setGeometry(self, rect: QRect) -> None:
        """Lay the items out."""
        super().setGeometry(rect)
        y = rect.y()
        for row in self._rows(rect.width()):
            height = max(item.sizeHint().height() for item in row)
            self._lay_row(row, QRect(rect.x(), y, rect.width(), height))
            y += height + self.spacing()

    def _lay_row(self, row: list[QLayoutItem], room: QRect) -> None:
        ends = [item for item in row if self._is_at_end(item)]
        x = room.x()
        for item in row:
            if ends and item is ends[0]:
                x = max(x, room.right() + 1 - self._width_of(ends))
            width = min(item.sizeHint().width(), room.width())
            item.setGeometry(QRect(x, room.y(), width, room.height()))
            x += width + self.spacing()

    def _rows(self, width: int) -> list[list[QLayoutItem]]:
        """Break the items into rows: the first by what fits, those at the end together."""
        shown = self._shown()
        rows: list[list[QLayoutItem]] = [[]]
        for item in (each for each in shown if not self._is_at_end(each)):
            if rows[-1] and self._width_of([*rows[-1], item]) > width:
                rows.append([])
            rows[-1].append(item)
        ends = [each for each in shown if self._is_at_end(each)]
        if ends and rows[-1] and self._width_of([*rows[-1], *ends]) > width:
            rows.append([])
        for item in ends:
            if rows[-1] and self._width_of([*rows[-1], item]) > width:
                rows.append([])
            rows[-1].append(item)
        return [row for row in rows if row]

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _is_at_end(self, item: QLayoutItem) -> bool:
        return item.widget() in self._at_end

    def _width_of(self, row: list[QLayoutItem]) -> int:
        return sum(item.sizeHint().width() for item in row) + self.spacing() * (len(row) - 1)
