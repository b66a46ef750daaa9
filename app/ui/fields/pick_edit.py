"""A field that offers what fits while the clerk types: choices, places, other records.

The list never writes into the field by itself: walking over its rows leaves the typed text alone,
and only Enter, Tab or a click takes a row.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from app.core import fields, thai
from app.core.fields import Field
from app.core.i18n import _
from app.ui.fields.line_editor import LineEditor
from app.ui.widgets import icons, theme
from app.ui.widgets.overlay import Overlay

Offer = tuple[Any, str]  # a value and the words it is offered with


class PickEdit(LineEditor):
    """A field with a list under it."""

    picked = Signal()  # the clerk took a row

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._overlay: Overlay | None = None
        action = self.addAction(icons.icon("list"), QLineEdit.ActionPosition.TrailingPosition)
        action.setToolTip(_("Show the list (F4)"))
        action.triggered.connect(lambda: self.ask_for(""))
        self.textEdited.connect(self.follow)

    def ask_for(self, text: str) -> None:
        """Find what to offer for a text ("" for all) and `offer` it, now or a little later."""
        raise NotImplementedError

    def follow(self, text: str) -> None:
        """Offer what fits while the clerk types."""
        self.ask_for(text)

    def offer(self, offers: Sequence[Offer]) -> None:
        """Show the list; nothing fitting closes it."""
        if not offers or not self.hasFocus():
            self.close_list()
            return
        if self._overlay is None:
            self._overlay = Overlay(self, self._list)
        self._list.clear()
        for value, words in offers:
            item = QListWidgetItem(words)
            item.setData(Qt.ItemDataRole.UserRole, value)
            self._list.addItem(item)
        self._list.setCurrentRow(0)
        self._list.ensurePolished()  # before it is first shown its rows lack their padding
        rows = range(min(len(offers), _ROWS))
        height = sum(self._list.sizeHintForRow(row) for row in rows)  # Latin rows are lower
        width = max(self.width(), self._list.sizeHintForColumn(0) + theme.characters(self, 4))
        self._overlay.open_under_field(width, height + 8)

    def choose_no_row(self) -> None:
        """Let Enter pass the list by until the clerk walks into it."""
        if self.list_is_open():
            self._list.setCurrentRow(-1)

    def take(self, value: Any) -> bool:
        """Take the value of a row; tell whether the clerk is done with the field."""
        self.put(value)
        self.picked.emit()
        return True

    def is_answered(self) -> bool:
        """Tell whether the list fits what is typed by now; no row of an older one is taken."""
        return True

    def list_is_open(self) -> bool:
        """Tell whether the list is showing."""
        return self._overlay is not None and self._overlay.isVisible()

    def close_list(self) -> None:
        """Take the list away; the text stays as typed."""
        if self._overlay is not None:
            self._overlay.hide()

    def leave(self) -> None:
        """Close the list with the field."""
        self.close_list()
        super().leave()

    def event(self, event: QEvent) -> bool:
        """While the list is open Esc is its own, and Tab (so Enter too) takes the row."""
        if isinstance(event, QKeyEvent) and self.list_is_open():
            if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
            is_tab = event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Tab
            if is_tab and self.is_answered() and not self._take_row():
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F4 opens the list; in it Down, Up and the page keys walk."""
        key = event.key()
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if key == Qt.Key.Key_F4 or (key == Qt.Key.Key_Down and alt):
            self.ask_for("")
        elif self.list_is_open() and key in _STEPS:
            row = self._list.currentRow() + _STEPS[key]
            self._list.setCurrentRow(max(0, min(row, self._list.count() - 1)))
        elif self.list_is_open() and key == Qt.Key.Key_Escape:
            self.close_list()
        else:
            super().keyPressEvent(event)

    @cached_property
    def _list(self) -> QListWidget:
        """The list, made with its overlay: before, it would be a window that nobody closes."""
        made = QListWidget()
        made.setObjectName("offerList")
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.itemClicked.connect(self._clicked)
        return made

    def _clicked(self, _item: QListWidgetItem) -> None:
        self._take_row()

    def _take_row(self) -> bool:
        item = self._list.currentItem()
        self.close_list()
        return self.take(item.data(Qt.ItemDataRole.UserRole)) if item else True


class ChoiceEdit(PickEdit):
    """One of a few: its code, its number on the paper form or the beginning of its words."""

    def words_to_type(self, value: Any) -> str:
        """Write the words of the choice."""
        return fields.show(self.field, value)

    def ask_for(self, text: str) -> None:
        """Offer what the text may mean, the surest first."""
        key = thai.search_key(text)
        offers = [
            (code, f"{number}  {_(label)}", _rank(key, code, number, _(label)))
            for number, (code, label) in enumerate(self.field.choices, 1)
        ]
        fitting = sorted((offer for offer in offers if offer[2] < _NO_FIT), key=lambda it: it[2])
        self.offer([(code, words) for code, words, _fit in fitting])


_ROWS = 10
_NO_FIT = 4
_STEPS: dict[int, int] = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: _ROWS,
    Qt.Key.Key_PageUp: -_ROWS,
}


def _rank(key: str, code: str, number: int, label: str) -> int:
    if not key or key in (code.casefold(), str(number)):
        return 0
    words = thai.search_key(label)
    if words.startswith(key):
        return 1
    if str(number).startswith(key) or code.casefold().startswith(key):
        return 2
    return 3 if key in words else _NO_FIT
