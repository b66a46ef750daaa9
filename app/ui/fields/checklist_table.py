"""The rows of a checklist on the screen: what each key does, and how an answer looks."""

from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QIcon, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from app.core import codes
from app.core.i18n import _
from app.ui.widgets import icons, theme
from app.ui.widgets.keyboard import OWN_ENTER
from app.ui.widgets.wrapping import display


class ChecklistTable(QTableWidget):
    """The rows; it knows keys and looks, the answers are its owner's."""

    put = Signal(int, str, object)  # row, what, value: None takes it away
    turned = Signal(int)  # row: to the next of the three answers
    attach_asked = Signal(int)
    look_asked = Signal(int)
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(0, 4, parent)
        self._items: list[dict[str, Any]] = []
        self.setHorizontalHeaderLabels([_("Item"), _("Answer"), _("Note"), _("Scan")])
        self.setItemDelegateForColumn(NOTE, _NoteDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        headings = self.horizontalHeader()
        headings.setHighlightSections(False)
        headings.setSectionResizeMode(ITEM, QHeaderView.ResizeMode.Stretch)
        self.itemChanged.connect(self._edited)
        self.cellDoubleClicked.connect(self._touched)

    def set_items(self, items: list[dict[str, Any]]) -> None:
        """Show the items, numbered, with how far each is needed."""
        if items == self._items:
            return  # the row that the clerk is in stays
        self._items = items
        needs = dict(codes.CHECKLIST_NEEDS)
        self.blockSignals(True)
        self.setRowCount(len(items))
        for row, item in enumerate(items):
            need = str(item.get("need", ""))
            words = str(item.get("text", ""))
            if need != "must":
                words = f"{words} ({_(needs.get(need, need))})"
            self._write(row, ITEM, display(words))
        self.blockSignals(False)
        if items:
            self.setCurrentCell(0, ITEM)
        self._fit()

    def show_answer(self, row: int, answer: str, note: str) -> None:
        """Show what was answered: a sign and a word."""
        self.blockSignals(True)
        words = dict(codes.CHECKLIST_ANSWERS).get(answer, answer)
        sign = icons.icon(_SIGNS[answer]) if answer in _SIGNS else QIcon()
        self._write(row, ANSWER, _(words) if words else "", sign)
        self._write(row, NOTE, note)
        self.blockSignals(False)
        self.resizeRowToContents(row)

    def show_file(self, row: int, name: str) -> None:
        """Show that a scan is attached."""
        sha256, _dot, extension = name.partition(".")
        self.blockSignals(True)
        self._write(row, FILE, f"{extension.upper()} {sha256[:8]}".strip())
        self.blockSignals(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer, write a note, attach, and go on; letters never search the list."""
        row = self.currentRow()
        ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        key = event.key()
        answer = _ANSWER_OF.get(event.text()) if not ctrl else None
        if answer:
            self.put.emit(row, "answer", answer)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.put.emit(row, "file" if ctrl else "answer", None)
        elif key == Qt.Key.Key_F2:
            self.edit(self.model().index(row, NOTE))
        elif key == Qt.Key.Key_F3:
            self.look_asked.emit(row)
        elif key == Qt.Key.Key_F4:
            self.attach_asked.emit(row)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self._go_on(row)
        elif key == Qt.Key.Key_Up and row == 0:
            self._leave(Qt.Key.Key_Backtab)
        elif not event.text().strip() or ctrl:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the field was left."""
        super().focusOutEvent(event)
        self.left.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the items wrap anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._share_width(event.size().width())
            self._fit()

    def _write(self, row: int, column: int, words: str, sign: QIcon | None = None) -> None:
        item = self.item(row, column)
        if item is None:
            item = QTableWidgetItem()
            self.setItem(row, column, item)
        item.setText(words)
        item.setIcon(sign or QIcon())

    def _go_on(self, row: int) -> None:
        if row + 1 < self.rowCount():
            self.setCurrentCell(row + 1, ITEM)
        else:
            self._leave(Qt.Key.Key_Tab)

    def _leave(self, key: Qt.Key) -> None:
        QApplication.sendEvent(
            self, QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier)
        )

    def _touched(self, row: int, column: int) -> None:
        """Do with the mouse what the keys do; the answer goes round."""
        if column == NOTE:
            self.edit(self.model().index(row, NOTE))
        elif column == FILE:
            self.attach_asked.emit(row)
        else:
            self.turned.emit(row)

    def _edited(self, item: QTableWidgetItem) -> None:
        if item.column() == NOTE:
            self.put.emit(item.row(), "note", item.text().strip() or None)

    def _share_width(self, room: int) -> None:
        """Leave the items nearly half the width, however large the letters are."""
        for column, wanted, most in ((ANSWER, 14, 22), (NOTE, 17, 22), (FILE, 10, 12)):
            width = min(theme.characters(self, wanted), room * most // 100)
            self.horizontalHeader().resizeSection(column, width)

    def _fit(self) -> None:
        """Be as high as the rows, up to what a small screen shows of a form."""
        self.resizeRowsToContents()
        rows = sum(self.rowHeight(row) for row in range(self.rowCount()))
        heading = self.horizontalHeader().sizeHint().height()
        most = theme.line_height(self) * _MOST_LINES
        self.setFixedHeight(heading + min(rows, most) + 4)


class _NoteDelegate(QStyledItemDelegate):
    """The line in which a note is written: Enter keeps it and goes on, Esc leaves it as it was."""

    def createEditor(
        self,
        parent: QWidget,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> QWidget:
        """Make a line whose Enter is its own."""
        edit = QLineEdit(parent)
        edit.setObjectName("answers.note")
        edit.setAccessibleName(_("Note"))
        edit.setMaxLength(300)
        edit.setProperty(OWN_ENTER, True)
        return edit


ITEM, ANSWER, NOTE, FILE = range(4)
_MOST_LINES = 13
# the digits, the first letters of the words, and what the digits' keys type on the Thai layout
_ANSWER_OF = {
    **dict.fromkeys("1๑มๅ", "present"),
    **dict.fromkeys("2๒ไ/", "absent"),
    **dict.fromkeys("3๓-", "not_applicable"),
}
_SIGNS = {"present": "good", "absent": "bad"}
