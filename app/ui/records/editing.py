"""One record being worked on in a form: opened, kept as a draft, saved, guarded."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from app.core.errors import Changed, Invalid
from app.core.fields import Draft
from app.core.i18n import _
from app.core.ids import new_id
from app.services.office.desk import Desk
from app.services.records import records
from app.services.records.records import Record, Saved
from app.ui.frame import boxes, messages
from app.ui.frame.jobs import Jobs
from app.ui.records.record_form import RecordForm
from app.ui.widgets.times import spoken

KEEP_AFTER = 1500  # milliseconds after the last key; rule 23 of the desk allows two seconds


class Editing(QObject):
    """What happens between a form and the records behind it.

    The record itself changes only on save; what is typed before is kept as a draft.
    """

    shown = Signal()  # another record, or a new one, stands in the form
    saved = Signal(str, str, bool)  # id, act ("" when nothing had changed), and a new one

    def __init__(
        self, form: RecordForm, type_: str, desk: Desk, jobs: Jobs, *, new_title: str
    ) -> None:
        super().__init__(form)
        self.form = form
        self.record: Record | None = None
        self._type = type_
        self._desk = desk
        self._jobs = jobs
        self._new_title = new_title
        self._draft_key = ""
        self._begun_with: Mapping[str, Any] = {}
        self.again = 0  # lines of a returned entry that went again with the last save
        self._is_saving = False
        self._timer = QTimer(self, singleShot=True, interval=KEEP_AFTER)
        self._timer.timeout.connect(self._keep_draft)
        form.changed.connect(self._timer.start)
        form.save_asked.connect(self.save)

    def open(self, record_id: str, *, then: Callable[[], None] = lambda: None) -> None:
        """Show a record; what stands in the form is asked about before."""

        def shown(record: Record) -> None:
            self.show(record)
            then()

        self.guard(
            lambda: self._jobs.read(
                self.form,
                lambda _job: records.get(self._desk.store, self._type, record_id),
                shown,
                replace=f"open {self._type}",
            )
        )

    def begin(self, draft: Mapping[str, Any] | None = None) -> None:
        """Show an empty form for a new record."""
        self.guard(lambda: self._begin(draft or {}))

    def resume(self, key: str, record_id: str, draft: Draft) -> None:
        """Show a draft that was kept, over the record it was typed over."""

        def show(record: Record | None) -> None:
            if record is not None:
                self.show(record)
            else:
                self._begin({})
            self._draft_key = key
            self.form.overlay(draft)

        if not record_id:
            show(None)
            return
        self._jobs.read(
            self.form, lambda _job: records.get(self._desk.store, self._type, record_id), show
        )

    def show(self, record: Record) -> None:
        """Show a record as it was read."""
        self.record = record
        self._draft_key = f"{self._type}/{record.id}"
        self.form.load(record.data)
        self.form.heading.setText(record.title or records.label(self._type))
        self.form.state.setText(_("Saved {when}").format(when=spoken(record.updated_at)))
        self.shown.emit()

    def save(self, and_new: bool = False, *, then: Callable[[], object] = lambda: None) -> None:
        """Store what stands in the form; problems come back to their fields."""
        if self._is_saving:
            return
        self._is_saving = True
        self._timer.stop()
        record, draft, reasons = self.record, self.form.draft(), self.form.reasons()
        base = record.opened_from if record else ()

        def saved(done: Saved) -> None:
            self._is_saving = False
            self._drop_draft()
            self.form.mark_saved()
            self.again = done.again
            self.saved.emit(done.id, done.act, and_new)
            then()

        self._jobs.run(
            self.form,
            lambda _job: records.save(
                self._desk.store,
                self._type,
                draft,
                record_id=record.id if record else "",
                base=base,
                reasons=reasons,
            ),
            saved,
            title=_("Saving"),
            failed=self._not_saved,
        )

    def guard(self, then: Callable[[], object]) -> None:
        """Do `then` at once from a clean form; ask first from one with changes."""
        if not self.form.is_dirty():
            then()
            return
        boxes.ask(
            self.form,
            _("What you typed is not saved yet."),
            {
                _("Save"): lambda: self.save(then=then),
                _("Discard"): lambda: self._discard(then),
                _("Go back to the form"): lambda: None,
            },
            icon="caution",
        )

    def _begin(self, draft: Mapping[str, Any]) -> None:
        self.record = None
        self._begun_with = draft
        self._draft_key = f"{self._type}/{new_id()}"
        self.form.begin(draft)
        self.form.heading.setText(self._new_title)
        self.form.state.setText("")
        self.shown.emit()

    def _not_saved(self, error: Exception) -> None:
        self._is_saving = False
        if isinstance(error, Invalid):
            self.form.show_problems(error.problems)
        elif isinstance(error, Changed) and self.record is not None:
            record_id = self.record.id
            boxes.ask(
                self.form,
                error.sentence,
                {
                    _("Load theirs"): lambda: self._load_theirs(record_id),
                    _("Keep mine"): lambda: self._keep_mine(record_id),
                    _("Go back to the form"): lambda: None,
                },
                icon="caution",
            )
        else:
            messages.show(error, self.form)

    def _load_theirs(self, record_id: str) -> None:
        self._drop_draft()
        self.form.mark_saved()
        self.open(record_id)

    def _keep_mine(self, record_id: str) -> None:
        def save_over(theirs: Record) -> None:
            self.record = theirs
            self.save()

        self._jobs.read(
            self.form,
            lambda _job: records.get(self._desk.store, self._type, record_id),
            save_over,
        )

    def _discard(self, then: Callable[[], object]) -> None:
        self._drop_draft()
        if self.record is not None:
            self.show(self.record)
        else:
            self._begin(self._begun_with)
        then()

    def _keep_draft(self) -> None:
        if self._is_saving or not self.form.is_dirty():
            return
        key, record_id = self._draft_key, self.record.id if self.record else ""
        draft = self.form.draft()
        self._jobs.read(
            self.form,
            lambda _job: self._desk.store.drafts.keep(key, self._type, record_id, draft),
            lambda _nothing: self._say_kept(key),
        )

    def _say_kept(self, key: str) -> None:
        if key == self._draft_key and self.form.is_dirty():  # else it was thrown away meanwhile
            self.form.state.setText(_("Kept as a draft"))

    def _drop_draft(self) -> None:
        key = self._draft_key
        self._timer.stop()
        self._jobs.read(
            self.form, lambda _job: self._desk.store.drafts.drop(key), lambda _nothing: None
        )
