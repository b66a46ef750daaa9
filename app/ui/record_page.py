"""A page of the window: the list of one type of record, and beside it the form."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QSplitter, QVBoxLayout

from app.core.errors import UserError
from app.core.fields import Draft
from app.core.i18n import _
from app.models.store import Store
from app.services import history, naming, records
from app.services.desk import Desk
from app.services.history import Revision
from app.services.moves import has_moves
from app.services.records import Record, Saved
from app.ui import theme
from app.ui.editing import Editing
from app.ui.editors import Around
from app.ui.front import Front
from app.ui.glance import Glance
from app.ui.history_dialog import HistoryDialog
from app.ui.list_pane import ListPane
from app.ui.page_fields import page_fields
from app.ui.pages import Page
from app.ui.print_menu import PrintMenu
from app.ui.reason_dialog import ReasonDialog
from app.ui.record_form import RecordForm
from app.ui.related_list import RelatedList
from app.ui.sending_words import saved, way_of
from app.ui.state_label import Say
from app.ui.status_strip import StatusStrip
from app.ui.undo_bar import UndoBar


class RecordPage(Front):
    """List and form; below a width counted in characters only one of them shows."""

    worked_on = Signal(str, str, str)  # type, id, title: for the ten last ones
    new_asked = Signal(str, dict)  # type, draft: of a record to begin on its own page

    def __init__(self, page: Page, desk: Desk, around: Around) -> None:
        super().__init__()
        self.page = page
        self.desk = self._desk = desk
        self.around = around
        self._jobs = around.jobs
        self.list = ListPane(page, desk, around.jobs)
        self.form = RecordForm(page_fields(page, desk), page.sections, around, page.editors)
        self.editing = Editing(self.form, page.type, desk, around.jobs, new_title=_(page.new))
        self._related = [RelatedList(each, desk, around) for each in page.related]
        for related in self._related:
            self.form.add_below(related)
            related.saved.connect(self._offer_undo)
            related.record_asked.connect(self._ask_for)
        self._steps = StatusStrip(page.type, desk, around, self) if has_moves(page.type) else None
        self._glance = Glance(page.glance, desk, around.jobs) if page.glance else None
        self._add_after_save: Callable[[], None] = _nothing
        self._undo = UndoBar()
        self._print = PrintMenu(page.type, desk, around.jobs, self)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._is_narrow = False
        self._lay_out()
        self._bind_keys()
        if self._glance is not None:
            self.form.add_on_top(self._glance)
        if page.on_top is not None:
            self.form.add_on_top(page.on_top(self.form))
        if self._steps is not None:
            self.form.add_on_top(self._steps)
            self._steps.step_asked.connect(self.offer_steps)
            self._steps.moved.connect(self._moved)
        self.list.chosen.connect(self._walked_to)
        self.list.opened.connect(self.open)
        self.form.leave_asked.connect(self._leave)
        self.form.person_asked.connect(partial(self.record_asked.emit, "person"))
        self.editing.shown.connect(self._shown)
        self.editing.saved.connect(self._saved)
        self._undo.undo_asked.connect(self.undo_act)
        self.editing.begin()

    def open(self, record_id: str) -> None:
        """Show a record and go into its form."""
        self.editing.open(record_id, then=self._go_into_form)

    def new(self, draft: Draft | None = None) -> None:
        """Begin a new record, with what is known of it already."""
        self.editing.begin(draft)
        self._go_into_form()

    def begin_with(self, type_: str, drafted: Callable[[Store], Draft]) -> None:
        """Begin a record on the page of its type from a draft that a service reads."""

        def show(draft: Draft) -> None:
            self.new_asked.emit(type_, draft)

        self.editing.guard(
            lambda: self._jobs.read(self, lambda _job: drafted(self._desk.store), show)
        )

    def resume(self, key: str, record_id: str, draft: Draft) -> None:
        """Go on with a draft."""
        self.editing.resume(key, record_id, draft)
        self._go_into_form()

    def refresh(self) -> None:
        """Read the list anew, and how far the record has come."""
        self.list.refresh()
        self._follow()

    def is_dirty(self) -> bool:
        """Tell whether something in the form is not saved."""
        return self.form.is_dirty()

    def guard(self, then: Callable[[], object]) -> None:
        """Ask about what is not saved before the page is left."""
        self.editing.guard(then)

    def come_forward(self) -> None:
        """Go to the filter of the list."""
        self._show_side(form=False)
        self.list.filter.setFocus()
        self.list.filter.selectAll()

    def print_menu(self) -> None:
        """Offer the documents of the record; only a saved record is printed."""
        self.editing.guard(self._offer_papers)

    def print_all(self) -> None:
        """Offer to print everything that is listed now, in one go."""
        self.editing.guard(lambda: self._print.offer_all(self.list.rowids, self._below()))

    def offer_steps(self) -> None:
        """Offer the steps of the record; only a saved record takes one."""
        if self._steps is not None:
            self.editing.guard(self._steps.offer)

    def show_history(self) -> None:
        """Show who changed the record, when and what."""
        record = self.editing.record
        if record is None:
            return

        def show(revisions: list[Revision]) -> None:
            HistoryDialog(record.type, record.title, revisions, self._user_name, self).open()

        self._jobs.read(
            self, lambda _job: history.history(self._desk.store, record.type, record.id), show
        )

    def void(self) -> None:
        """Take the record out of use, with a reason; undo brings it back."""
        record = self.editing.record
        if record is None:
            return

        def with_reason(reason: str) -> None:
            self._jobs.run(
                self,
                lambda _job: records.void(self._desk.store, record.type, record.id, reason),
                lambda saved: self._voided(saved.act),
            )

        ReasonDialog(
            _("Why is {title} taken out of use?").format(title=record.title), with_reason, self
        ).open()

    def add_related(self, type_: str) -> None:
        """Save what stands in the form, then enter a record that belongs to it."""
        wanted = next(each for each in self._related if each.type == type_)
        if self.editing.record is not None and not self.is_dirty():
            wanted.add()
            return
        self._add_after_save = wanted.add
        self.editing.save()

    def act_on_record(self, work: Callable[[Store, str], str]) -> None:
        """Do what a service does to the saved record: it gives its act, which can be undone."""
        record = self.editing.record
        if record is None:
            return
        record_id = record.id

        def done(act: str) -> None:
            self._offer_undo(act)
            self.editing.open(record_id)

        def run() -> None:
            self._jobs.run(self, lambda _job: work(self._desk.store, record_id), done)

        self.editing.guard(run)

    def undo_last(self) -> None:
        """Undo what the bar still offers."""
        self._undo.undo()

    def undo_act(self, act: str) -> None:
        """Undo an act and show the record as it is then."""
        self._jobs.run(
            self, lambda _job: history.undo(self._desk.store, act), lambda _act: self._undone()
        )

    def walk(self, step: int) -> None:
        """Go to the next or previous record and stay in the same field."""
        field = self.form.field_in_focus()

        def go() -> None:
            record_id = self.list.neighbour(step)
            if record_id:
                self.editing.open(record_id, then=lambda: self.form.go_to(field))

        self.editing.guard(go)

    def minimumSizeHint(self) -> QSize:
        """Ask for one side only: below a width just one of them shows."""
        return QSize(theme.characters(self, _ONE), theme.line_height(self) * 8)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show list and form side by side where there is room for both."""
        super().resizeEvent(event)
        narrow = event.size().width() < theme.characters(self, _BOTH)
        if narrow != self._is_narrow:
            self._is_narrow = narrow
            self._show_side(form=self.form.isAncestorOf(QApplication.focusWidget() or self))

    def _lay_out(self) -> None:
        self._splitter.addWidget(self.list)
        self._splitter.addWidget(self.form)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setStretchFactor(0, 2)
        self._splitter.setStretchFactor(1, 5)
        self._splitter.setSizes([_LIST_WIDTH, 3 * _LIST_WIDTH])
        self._splitter.setHandleWidth(10)
        self.form.add_button(_("Print (Ctrl+P)"), self.print_menu)
        for each in self.page.actions:
            self.form.add_button(f"{_(each.title)} ({each.keys})", partial(each.run, self))
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 4)
        column.addWidget(self._splitter, 1)
        column.addWidget(self._undo)

    def _bind_keys(self) -> None:
        own = [(each.keys, partial(each.run, self)) for each in self.page.actions]
        for keys, action in (
            ("Ctrl+PgDown", lambda: self.walk(1)),
            ("Ctrl+PgUp", lambda: self.walk(-1)),
            ("F9", self.show_history),
            *own,
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(action)

    def _walked_to(self, record_id: str) -> None:
        if not self._is_narrow:
            self.editing.open(record_id)

    def _go_into_form(self) -> None:
        self._show_side(form=True)
        self.form.go_to("")

    def _leave(self) -> None:
        self.editing.guard(self._left)

    def _left(self) -> None:
        self._show_side(form=False)
        self.list.filter.setFocus()

    def _show_side(self, *, form: bool) -> None:
        self.form.setVisible(form or not self._is_narrow)
        self.list.setVisible(not form or not self._is_narrow)

    def _shown(self) -> None:
        record = self.editing.record
        for related in self._related:
            related.show_for(record.id if record else "")
        if self._steps is not None:
            self._steps.show_record(record)
        if record is not None:
            self.worked_on.emit(record.type, record.id, record.title)
        self._follow()

    def _follow(self) -> None:
        """Say how far the record has come to the centre, and what stands of it at a glance."""
        record = self.editing.record
        if self._glance is not None:
            self._glance.show_for(record.id if record else "")
        if record is None:
            self.form.way.say(Say("", "", ""))
            return
        of_record = (self._desk.store, record.type, record.id)
        way = f"way {self.page.type}"
        self._jobs.read(self, lambda _job: way_of(*of_record), self.form.way.say, replace=way)

    def _saved(self, record_id: str, act: str, and_new: bool) -> None:
        self.list.refresh()
        self._offer_undo(act, self.editing.again)
        if and_new:
            self.new()
        else:
            then, self._add_after_save = self._add_after_save, _nothing
            self.editing.open(record_id, then=then)

    def acted(self, saved: Saved) -> None:
        """Show what an act of several records left, and offer to undo it."""
        self._moved(saved.act)

    def _moved(self, act: str) -> None:
        self.list.refresh()
        self._offer_undo(act)
        if self.editing.record is not None:
            self.editing.open(self.editing.record.id)

    def _offer_undo(self, act: str, again: int = 0) -> None:
        if act:
            self._undo.offer(saved(again), act)
            self.written.emit()
            self._follow()

    def _voided(self, act: str) -> None:
        self.list.refresh()
        self._undo.offer(_("Taken out of use."), act)
        self.written.emit()
        self.editing.begin()
        self._show_side(form=False)
        self.list.list.setFocus()

    def _undone(self) -> None:
        self.list.refresh()
        self.written.emit()
        record = self.editing.record
        if record is not None:
            self._jobs.read(
                self,
                lambda _job: _found(self._desk, record.type, record.id),
                lambda found: self.editing.show(found) if found else self.editing.begin(),
            )

    def _offer_papers(self) -> None:
        record = self.editing.record
        if record is not None:
            self._print.offer(record, self._below())

    def _below(self) -> QPoint:
        return self.form.mapToGlobal(QPoint(0, self.form.height() // 2))

    def _ask_for(self, type_: str, record_id: str) -> None:
        self.editing.guard(lambda: self.record_asked.emit(type_, record_id))

    def _user_name(self, user_id: str) -> str:
        return naming.title_of(self._desk.store, "user", user_id)


_BOTH = 95  # characters of width below which list and form do not fit side by side
_ONE = 60  # characters of width that one side needs
_LIST_WIDTH = 330


def _nothing() -> None:
    """Do nothing: what follows an ordinary save."""


def _found(desk: Desk, type_: str, record_id: str) -> Record | None:
    """Read a record that may be gone: its creation was undone."""
    try:
        return records.get(desk.store, type_, record_id)
    except UserError:
        return None
