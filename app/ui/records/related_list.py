"""The records that belong to the one in the form: members, guarantors, documents."""

from array import array
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.core.fields import Field, Kind
from app.core.i18n import _
from app.services.office.desk import Desk
from app.services.records import records, search
from app.services.records.moves import has_moves
from app.ui.fields.around import Around
from app.ui.paper.print_menu import PrintMenu
from app.ui.records.editing import Editing
from app.ui.records.form_sections import Section
from app.ui.records.page import Related, RowAction, pages
from app.ui.records.page_fields import page_fields
from app.ui.records.record_form import RecordForm
from app.ui.records.record_table import RecordList, RecordTable, words_of
from app.ui.records.status_strip import StatusStrip
from app.ui.widgets import icons, shortcuts, theme
from app.ui.widgets.reason_dialog import ReasonDialog


class RelatedList(QWidget):
    """A short list under the form; Ins adds, Enter opens: on its page, if it has one."""

    saved = Signal(str)  # the act
    record_asked = Signal(str, str)  # type, id: of a record that has a page of its own

    def __init__(self, related: Related, desk: Desk, around: Around) -> None:
        super().__init__()
        self.type = related.type
        self._related = related
        self._desk = desk
        self._around = around
        self._owner = ""
        described = {field.name: field for field in _fields_of(related.type, desk)}
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
        shortcuts.within(self, "Ins", self.add)
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
        shortcuts.within(self, action.keys, lambda: self._do(action))
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
        if self._related.type in pages():
            self.record_asked.emit(self._related.type, record_id)
            return
        dialog = self._dialog()
        dialog.editing.open(record_id, then=dialog.open)

    def _dialog(self) -> "RecordDialog":
        dialog = RecordDialog(self._related, self._desk, self._around, self.window())
        dialog.written.connect(self._saved)
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

    written = Signal(str)  # the act

    def __init__(self, related: Related, desk: Desk, around: Around, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._jobs = desk, around.jobs
        title = records.label(related.type)
        self.setWindowTitle(title)
        shown = [each for each in _fields_of(related.type, desk) if each.name != related.link]
        self.form = _form_of(related.type, title, shown, around)
        self.editing = Editing(self.form, related.type, desk, around.jobs, new_title=title)
        self.form.leave_asked.connect(self.reject)
        self.editing.saved.connect(self._saved)
        self._void = self.form.add_button(_("Take out of use"), self._ask_why)
        self.editing.shown.connect(lambda: self._void.setVisible(self.editing.record is not None))
        self._link = related.link
        if has_moves(related.type):
            self._add_steps(StatusStrip(related.type, desk, around, self))
        if related.prints:
            self._print = PrintMenu(related.type, desk, around.jobs, self)
            self.form.add_button(_("Print (Ctrl+P)"), self._offer_papers)
            keys = QShortcut(QKeySequence("Ctrl+P"), self)
            keys.activated.connect(self._offer_papers)
        column = QVBoxLayout(self)
        column.addWidget(self.form)
        self.resize(theme.characters(self, 92), theme.line_height(self) * 15)
        self.form.go_to("")

    def reject(self) -> None:
        """Close, but not over what is not saved yet."""
        self.editing.guard(super().reject)

    def _ask_why(self) -> None:
        """Take the record out of use with a reason; it stays in the history."""
        record = self.editing.record
        if record is None:
            return

        def with_reason(reason: str) -> None:
            self._jobs.run(
                self,
                lambda _job: records.void(self._desk.store, record.type, record.id, reason),
                lambda saved: self.editing.saved.emit(record.id, saved.act, False),
            )

        question = _("Why is {title} taken out of use?").format(title=record.title)
        ReasonDialog(question, with_reason, self).open()

    def _add_steps(self, steps: StatusStrip) -> None:
        """Show the status on top; only a saved record takes a step."""
        self.form.add_on_top(steps)
        self.editing.shown.connect(lambda: steps.show_record(self.editing.record))
        steps.step_asked.connect(lambda: self.editing.guard(steps.offer))
        steps.moved.connect(self._moved)

    def _moved(self, act: str) -> None:
        self.written.emit(act)
        if self.editing.record is not None:
            self.editing.open(self.editing.record.id)

    def _offer_papers(self) -> None:
        self.editing.guard(self._show_papers)

    def _show_papers(self) -> None:
        record = self.editing.record
        if record is not None:
            below = self.form.mapToGlobal(QPoint(0, self.form.height() // 2))
            named = replace(record, title=record.title or self.windowTitle())
            self._print.offer(named, below)

    def _saved(self, _record_id: str, act: str, and_new: bool) -> None:
        self.written.emit(act)
        if and_new and self._link:
            self.editing.begin({self._link: self.form.draft()[self._link]})
            self.form.go_to("")
        else:
            self.accept()


_MOST_ROWS = 6


def _fields_of(type_: str, desk: Desk) -> list[Field]:
    """Return the fields of a type; where it has a page, with the choices that the page knows."""
    found = pages().get(type_)
    return page_fields(found, desk) if found else list(records.fields(type_))


def _form_of(type_: str, title: str, shown: list[Field], around: Around) -> RecordForm:
    """Make the form of the type's page, or of all its fields in one section."""
    found = pages().get(type_)
    if found:
        return RecordForm(shown, found.sections, around, found.editors)
    names = tuple(each.name for each in shown if not each.derived)
    return RecordForm(shown, [Section(title, names)], around)
