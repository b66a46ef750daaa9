"""The records that belong to the one in the form: members, guarantors, documents."""

from array import array
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.core.fields import Field, Kind
from app.core.i18n import _
from app.services import records, search
from app.services.desk import Desk
from app.ui import icons, theme
from app.ui.editing import Editing
from app.ui.editors import Around
from app.ui.pages import Related, RowAction
from app.ui.record_form import RecordForm, Section
from app.ui.record_table import RecordList, RecordTable, words_of


class RelatedList(QWidget):
    """A short list under the form; Ins adds, Enter opens."""

    saved = Signal(str)  # the act

    def __init__(self, related: Related, desk: Desk, around: Around) -> None:
        super().__init__()
        self._related = related
        self._desk = desk
        self._around = around
        self._owner = ""
        described = {field.name: field for field in records.fields(related.type)}
        table = RecordTable(
            [described[name] for name in related.columns], self._read_page, self._words, self
        )
        self._list = RecordList(table)
        self._list.setAccessibleName(_(related.title))
        self._list.opened.connect(self._open)
        self._title = QLabel()
        self._title.setProperty("tone", "heading")
        self._add = QPushButton(icons.icon("add"), _("Add (Ins)"))
        self._add.clicked.connect(self.add)
        self._add.setVisible(related.can_add)
        top = QHBoxLayout()
        top.addWidget(self._title, 1)
        for each in related.actions:
            top.addWidget(self._make_action(each))
        top.addWidget(self._add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(top)
        column.addWidget(self._list)
        keys = QShortcut(QKeySequence("Ins"), self)
        keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys.activated.connect(self.add)
        self.show_for("")

    def show_for(self, owner: str) -> None:
        """Show what belongs to a record; to one that is not saved yet nothing can."""
        self._owner = owner
        self._add.setEnabled(bool(owner))
        if not owner:
            self._show(array("q"))
            return
        self._around.jobs.read(
            self,
            lambda _job: search.rows(
                self._desk.store, self._related.type, equal={self._related.link: owner}
            ),
            self._show,
            replace=f"related {id(self)}",
        )

    def add(self) -> None:
        """Enter one more."""
        if self._owner and self._related.can_add:
            dialog = self._dialog()
            dialog.editing.begin({self._related.link: self._owner})
            dialog.open()

    def _make_action(self, action: RowAction) -> QPushButton:
        button = QPushButton(f"{_(action.title)} ({action.keys})")
        button.clicked.connect(lambda: self._do(action))
        keys = QShortcut(QKeySequence(action.keys), self)
        keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys.activated.connect(lambda: self._do(action))
        return button

    def _do(self, action: RowAction) -> None:
        """Do something to the selected record; undo is offered as for a save."""
        record_id = self._list.selected_id()
        if record_id:
            self._around.jobs.run(
                self,
                lambda _job: action.run(self._desk.store, record_id),
                lambda saved: self._saved(saved.act),
            )

    def _open(self, record_id: str) -> None:
        dialog = self._dialog()
        dialog.editing.open(record_id, then=dialog.open)

    def _dialog(self) -> "RecordDialog":
        dialog = RecordDialog(self._related, self._desk, self._around, self.window())
        dialog.editing.saved.connect(lambda _id, act, _new: self._saved(act))
        return dialog

    def _saved(self, act: str) -> None:
        self.show_for(self._owner)
        self.saved.emit(act)

    def _show(self, rowids: "array[int]") -> None:
        self._list.show_rows(rowids)
        count = len(rowids)
        self._title.setText(
            _("{title}: {count}").format(title=_(self._related.title), count=f"{count:,}")
        )
        row = self._list.verticalHeader().defaultSectionSize()
        heading = self._list.horizontalHeader().sizeHint().height()
        self._list.setFixedHeight(heading + row * min(max(count, 1), _MOST_ROWS) + 8)
        self._list.setVisible(count > 0)

    def _read_page(self, rowids: Sequence[int]) -> list[search.Row]:
        return search.page(self._desk.store, self._related.type, rowids)

    def _words(self, field: Field, value: Any) -> str:
        if field.kind is Kind.RECORD and value:
            return self._around.title_of(field.target, value)
        return words_of(field, value)


class RecordDialog(QDialog):
    """A form of its own for a record that belongs to another."""

    def __init__(self, related: Related, desk: Desk, around: Around, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        title = records.label(related.type)
        self.setWindowTitle(title)
        shown = [each for each in records.fields(related.type) if each.name != related.link]
        names = tuple(each.name for each in shown if not each.derived)
        self.form = RecordForm(shown, [Section(title, names)], around)
        self.editing = Editing(self.form, related.type, desk, around.jobs, new_title=title)
        self.form.leave_asked.connect(self.reject)
        self.editing.saved.connect(self._saved)
        self._link = related.link
        column = QVBoxLayout(self)
        column.addWidget(self.form)
        self.resize(theme.characters(self, 92), theme.line_height(self) * 15)
        self.form.go_to("")

    def reject(self) -> None:
        """Close, but not over what is not saved yet."""
        self.editing.guard(super().reject)

    def _saved(self, _record_id: str, _act: str, and_new: bool) -> None:
        if and_new:
            self.editing.begin({self._link: self.form.draft()[self._link]})
            self.form.go_to("")
        else:
            self.accept()


_MOST_ROWS = 6
