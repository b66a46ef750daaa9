"""The left edge of the window: every page by its name, its key and what waits there."""

from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from app.core.i18n import N_, _
from app.ui.frame.front import CENTRE, CONFLICTS, DUPLICATES, OUTBOX, OVERVIEW
from app.ui.records.page import pages
from app.ui.widgets import icons, theme

_SET_UP_ONCE = 11  # the first place of what no day's work needs


@dataclass(frozen=True, slots=True)
class Entry:
    """A page in the navigation; `place` orders it and `keys` go there, "" for a page without.

    Place 0 is the key beside the 9, and stands there.
    """

    name: str
    title: str
    icon: str
    place: int
    keys: str


@cache
def entries() -> tuple[Entry, ...]:
    """List the pages by their place: the daily ones by their digits, then what is set up once."""
    of_records = [
        Entry(each.type, each.title, each.icon, each.place, each.keys) for each in pages().values()
    ]
    others = (
        Entry(OVERVIEW, N_("Overview"), "overview", 1, "Alt+1"),
        Entry(OUTBOX, N_("Outbox"), "outbox", 8, "Alt+8"),
        Entry(CONFLICTS, N_("To settle"), "conflicts", 9, "Alt+9"),
        Entry(CENTRE, N_("From the centre"), "take_in", 0, "Alt+0"),
        Entry(DUPLICATES, N_("Possibly the same person"), "duplicates", 10, ""),
    )
    return tuple(sorted((*of_records, *others), key=lambda entry: entry.place or 10))


class Navigation(QListWidget):
    """The pages as a list; below a width only the icons stay.

    All pages are in sight as long as their icons fit: the rows draw together first.
    """

    asked = Signal(str)  # the name of a page

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("navigationList")
        self.setIconSize(QSize(22, 22))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_Parted(self))
        self.setAccessibleName(_("Pages of the desk"))
        self._counts: dict[str, int] = {}
        self._has_names = True
        for entry in entries():
            self.addItem(QListWidgetItem(icons.icon(entry.icon), ""))
        self._show_words()
        self.itemClicked.connect(lambda item: self.asked.emit(entries()[self.row(item)].name))

    def select(self, name: str) -> None:
        """Mark the page that is in front."""
        self.setCurrentRow([entry.name for entry in entries()].index(name))

    def say_count(self, name: str, count: int) -> None:
        """Say beside its name how much waits on a page."""
        self._counts[name] = count
        self._show_words()

    def show_names(self, shown: bool) -> None:
        """Show names beside the icons, or the icons alone."""
        self._has_names = shown
        self._show_words()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the rows to the height."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        least = self.iconSize().height() + 2
        height = max(least, min(theme.line_height(self) + 12, self.height() // self.count()))
        for row in range(self.count()):
            self.item(row).setSizeHint(QSize(0, height))
        width = theme.characters(self, 22) if self._has_names else theme.line_height(self) + 16
        bar = (
            self.verticalScrollBar().sizeHint().width()
            if least * self.count() > self.height()
            else 0
        )
        self.setFixedWidth(width + bar)

    def _show_words(self) -> None:
        for row, entry in enumerate(entries()):
            words = _(entry.title)
            if self._counts.get(entry.name):
                words = f"{words} ({self._counts[entry.name]:,})"
            self.item(row).setText(words if self._has_names else "")
            self.item(row).setToolTip(f"{words} ({entry.keys})" if entry.keys else words)


class _Parted(QStyledItemDelegate):
    """A row of the list; a line stands above the first page that is set up once."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().paint(painter, option, index)
        before = entries()[index.row() - 1].place if index.row() else _SET_UP_ONCE
        if before < _SET_UP_ONCE <= entries()[index.row()].place:
            painter.setPen(QColor(theme.LINE))
            painter.drawLine(option.rect.topLeft(), option.rect.topRight())
