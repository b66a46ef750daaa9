"""A page of the window: the list of one type of record, and beside it the form."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout

from app.core.fields import Draft
from app.core.i18n import _
from app.models.office.store import Store
from app.services.office.desk import Desk
from app.services.records.moves import has_moves
from app.services.records.records import Record, Saved
from app.ui.fields.around import Around
from app.ui.frame.two_sides import TwoSides
from app.ui.paper.print_menu import PrintMenu
from app.ui.records import page_actions
from app.ui.records.editing import Editing
from app.ui.records.list_pane import ListPane
from app.ui.records.page import Page
from app.ui.records.page_fields import page_fields
from app.ui.records.record_actions import RecordActions
from app.ui.records.record_form import RecordForm
from app.ui.records.related_list import RelatedList
from app.ui.records.status_strip import StatusStrip
from app.ui.records.summary_bar import Glance
from app.ui.records.undo_bar import UndoBar
from app.ui.records.way_to_centre import saved, way_of
from app.ui.widgets import shortcuts
from app.ui.widgets.state_label import Say


class RecordPage(TwoSides):
    """List and form; below a width counted in characters only one of them shows."""

    worked_on = Signal(str, str, str)  # type, id, title: for the ten last ones
    new_asked = Signal(str, dict)  # type, draft: of a record to begin on its own page

    def __init__(self, page: Page, desk: Desk, around: Around) -> None:
        super().__init__()
        self.page = page
        self.desk = desk
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
        self._actions = RecordActions(self, desk.store, around.jobs)
        self._print = PrintMenu(page.type, desk, around.jobs, self)
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

    @property
    def record(self) -> Record | None:
        """Return the record in the form as it is saved; None for a new one."""
        return self.editing.record

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
            lambda: self._jobs.read(self, lambda _job: drafted(self.desk.store), show)
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
        self.show_side(form=False)
        self.list.filter.setFocus()
        self.list.filter.selectAll()

    def print_menu(self) -> None:
        """Offer the documents of the record; only a saved record is printed."""
        self.editing.guard(self._offer_papers)

    def print_all(self) -> None:
        """Offer to print everything that is listed now, in one go."""
        self.editing.guard(partial(self.list.when_read, self._offer_all))

    def offer_steps(self) -> None:
        """Offer the steps of the record; only a saved record takes one."""
        if self._steps is not None:
            self.editing.guard(self._steps.offer)

    def show_history(self) -> None:
        """Show who changed the record, when and what."""
        if self.record is not None:
            self._actions.show_history(self.record)

    def void(self) -> None:
        """Take the record out of use, with a reason; undo brings it back."""
        if self.record is not None:
            self._actions.void(self.record, self._voided)

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
        if (record := self.record) is not None:
            self.editing.guard(lambda: self._actions.act(record, work, self._acted_on))

    def pop_up(self, menu: QMenu) -> None:
        """Open a menu over the form."""
        menu.popup(self.mapToGlobal(QPoint(self.width() // 3, self.height() // 2)))

    def undo_last(self) -> None:
        """Undo what the bar still offers."""
        self._undo.undo()

    def undo_act(self, act: str) -> None:
        """Undo an act and show the record as it is then."""
        self._actions.undo(act, self._undone)

    def walk(self, step: int) -> None:
        """Go to the next or previous record and stay in the same field."""
        field = self.form.field_in_focus()

        def go() -> None:
            if record_id := self.list.neighbour(step):
                self.editing.open(record_id, then=lambda: self.form.go_to(field))

        self.editing.guard(partial(self.list.when_read, go))

    def _lay_out(self) -> None:
        sides = self.put_beside(self.list, self.form)
        self.form.add_button(_("Print (Ctrl+P)"), self.print_menu)
        runs = {each: partial(each.run, self) for each in self.page.actions}
        page_actions.offer(self, self.form, runs)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 4)
        column.addWidget(sides, 1)
        column.addWidget(self._undo)

    def _bind_keys(self) -> None:
        shortcuts.within(self, "Ctrl+PgDown", partial(self.walk, 1))
        shortcuts.within(self, "Ctrl+PgUp", partial(self.walk, -1))
        shortcuts.within(self, "F9", self.show_history)

    def _walked_to(self, record_id: str) -> None:
        if not self.is_narrow:
            self.editing.open(record_id)

    def _go_into_form(self) -> None:
        self.show_side(form=True)
        self.form.go_to("")

    def _leave(self) -> None:
        self.editing.guard(self._left)

    def _left(self) -> None:
        self.show_side(form=False)
        self.list.filter.setFocus()

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
        of_record = (self.desk.store, record.type, record.id)
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
        self.show_side(form=False)
        self.list.list.setFocus()

    def _acted_on(self, record_id: str, act: str) -> None:
        self._offer_undo(act)
        self.editing.open(record_id)

    def _undone(self) -> None:
        self.list.refresh()
        self.written.emit()
        if self.record is not None:
            show, begin = self.editing.show, self.editing.begin
            self._actions.read_anew(self.record, lambda found: show(found) if found else begin())

    def _offer_papers(self) -> None:
        if self.record is not None:
            self._print.offer(self.record, self._below())

    def _offer_all(self) -> None:
        self._print.offer_all(self.list.rowids, self._below())

    def _below(self) -> QPoint:
        return self.form.mapToGlobal(QPoint(0, self.form.height() // 2))

    def _ask_for(self, type_: str, record_id: str) -> None:
        self.editing.guard(lambda: self.record_asked.emit(type_, record_id))


def _nothing() -> None:
    """Do nothing: what follows an ordinary save."""
