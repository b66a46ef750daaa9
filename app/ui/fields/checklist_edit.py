"""The answers of a checklist: every item in the order of the paper, one key for each answer."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.core import codes
from app.core.fields import Field
from app.core.i18n import N_, _
from app.ui.fields.around import Around
from app.ui.fields.checklist_table import ChecklistTable
from app.ui.fields.file_edit import choose_file
from app.ui.fields.file_view import FileView
from app.ui.frame import messages
from app.ui.widgets.wrapping import display

Answer = dict[str, Any]


class ChecklistEdit(QWidget):
    """The items of the file with an answer, a note and a scan each.

    1, 2 and 3 (or ม, ไ and -) answer the item, Del takes the answer back, Down goes on. F2 writes
    the note, F4 attaches a scan, F3 looks at it, Ctrl+Del takes it off.
    """

    changed = Signal()
    left = Signal()
    remark = Signal(str, str)

    def __init__(self, field: Field, around: Around, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self._around = around
        self._items: list[dict[str, Any]] = []
        self._answers: dict[str, Answer] = {}
        self._strange: list[Any] = []  # answers to items that the file does not have
        self.setObjectName(field.name)
        self.setAccessibleName(_(field.label))
        self._table = ChecklistTable(self)
        self._table.put.connect(self._put)
        self._table.turned.connect(self._turn)
        self._table.attach_asked.connect(self._attach)
        self._table.look_asked.connect(self._look)
        self._table.left.connect(self.left)
        self._table.setObjectName(f"{field.name}.table")
        self._table.setAccessibleName(_(field.label))
        self.setFocusProxy(self._table)
        self._counts = QLabel()
        self._counts.setProperty("tone", "heading")
        self._keys = QLabel(display(_(_KEYS)))
        self._keys.setWordWrap(True)
        self._keys.setProperty("tone", "quiet")
        self._empty = QLabel(display(_("Save the file: its checklist comes with the standard.")))
        self._empty.setProperty("tone", "quiet")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (self._empty, self._table, self._counts, self._keys):
            column.addWidget(widget)
        self.look_at({})

    def look_at(self, draft: Mapping[str, Any]) -> None:
        """Take the items of the record; they are the program's to choose, never the form's."""
        items = draft.get("items")
        self._items = [each for each in items if isinstance(each, dict)] if items else []
        self._table.set_items(self._items)
        for widget in (self._table, self._counts, self._keys):
            widget.setVisible(bool(self._items))
        self._empty.setVisible(not self._items)
        self._show_all()

    def value(self) -> list[Any] | None:
        """Return the answers in the order of the items; an item without anything is left out."""
        here = [self._answers.get(each.get("code", ""), {}) for each in self._items]
        return [each for each in here if each.keys() - {"code"}] + self._strange or None

    def set_value(self, value: Any) -> None:
        """Show the answers of a record; those to other items stay as they are."""
        rows = value if isinstance(value, list) else []
        asked = {each.get("code") for each in self._items}
        self._answers, self._strange = {}, []
        for row in rows:
            if isinstance(row, dict) and row.get("code") in asked - self._answers.keys():
                self._answers[row["code"]] = dict(row)
            else:
                self._strange.append(row)
        self._show_all()

    def problem(self) -> str:
        """Find nothing of its own: an answer is one of three."""
        return ""

    def _put(self, row: int, name: str, value: str | None) -> None:
        """Set the answer, the note or the scan of a row; None takes it away."""
        code = self._items[row].get("code", "")
        before = self._answers.get(code, {"code": code})
        kept = {each: old for each, old in before.items() if each != name}
        self._answers[code] = kept | ({name: value} if value else {})
        self._show_row(row)
        self._show_counts()
        self.changed.emit()

    def _turn(self, row: int) -> None:
        """Give a row the next of the three answers."""
        order = [code for code, _label in codes.CHECKLIST_ANSWERS]
        now = self._of(row).get("answer")
        self._put(row, "answer", order[(order.index(now) + 1) % 3] if now in order else order[0])

    def _note_of(self, row: int) -> str:
        """Return the note of a row."""
        return str(self._of(row).get("note", ""))

    def _attach(self, row: int) -> None:
        """Let the clerk choose a scan for a row."""
        path = choose_file(self)
        if path is not None:
            self._keep(row, path)

    def _look(self, row: int) -> None:
        """Look at the scan of a row."""
        name = self._of(row).get("file")
        if name:
            title = str(self._items[row].get("text", ""))
            around = self._around
            FileView(name, title, around.content, around.jobs, self.window()).open()

    def _keep(self, row: int, path: Path) -> None:
        items = self._items

        def put(name: str) -> None:
            if self._items is items:  # else another record stands in the form by now
                self._put(row, "file", name)

        self._around.jobs.run(
            self,
            lambda _job: self._around.attach(path),
            put,
            title=_("Attach a file"),
            failed=lambda error: messages.show(error, self),
        )

    def _of(self, row: int) -> Answer:
        return self._answers.get(self._items[row].get("code", ""), {})

    def _show_all(self) -> None:
        for row in range(len(self._items)):
            self._show_row(row)
        self._show_counts()

    def _show_row(self, row: int) -> None:
        answer = self._of(row)
        self._table.show_answer(row, str(answer.get("answer", "")), self._note_of(row))
        self._table.show_file(row, str(answer.get("file", "")))

    def _show_counts(self) -> None:
        given = [self._of(row).get("answer") for row in range(len(self._items))]
        counted = [f"{_(label)} {given.count(code)}" for code, label in codes.CHECKLIST_ANSWERS]
        open_ones = len(given) - sum(given.count(code) for code, _label in codes.CHECKLIST_ANSWERS)
        counted.append(_("Open {count}").format(count=open_ones))
        self._counts.setText("   ".join(counted))


_KEYS = N_(
    "1 there · 2 not there · 3 does not apply · Del takes it back · F2 note · F4 attach · "
    "F3 look · Ctrl+Del takes the file off"
)
