"""What a clerk does to a record beside typing in it: looking back, and taking it out of use."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from app.core.errors import UserError
from app.core.i18n import _
from app.models.office.store import Store
from app.services.records import history, naming, records
from app.services.records.history import Revision
from app.services.records.records import Record
from app.ui.frame.jobs import Jobs
from app.ui.records.history_dialog import HistoryDialog
from app.ui.widgets.reason_dialog import ReasonDialog


class RecordActions:
    """What is done to the records of a page; `done` is called in the window when it is."""

    def __init__(self, page: QWidget, store: Store, jobs: Jobs) -> None:
        self._page = page
        self._store = store
        self._jobs = jobs

    def show_history(self, record: Record) -> None:
        """Show who changed a record, when and what."""
        store = self._store

        def name_of(user_id: str) -> str:
            return naming.title_of(store, "user", user_id)

        def show(revisions: list[Revision]) -> None:
            HistoryDialog(record.type, record.title, revisions, name_of, self._page).open()

        self._jobs.read(
            self._page, lambda _job: history.history(store, record.type, record.id), show
        )

    def void(self, record: Record, done: Callable[[str], None]) -> None:
        """Ask why a record is taken out of use, and do it; `done` is given the act."""

        def with_reason(reason: str) -> None:
            self._jobs.run(
                self._page,
                lambda _job: records.void(self._store, record.type, record.id, reason),
                lambda saved: done(saved.act),
            )

        question = _("Why is {title} taken out of use?").format(title=record.title)
        ReasonDialog(question, with_reason, self._page).open()

    def act(
        self, record: Record, work: Callable[[Store, str], str], done: Callable[[str, str], None]
    ) -> None:
        """Call a service for a record; `done` is given its id and the act."""
        self._jobs.run(
            self._page, lambda _job: work(self._store, record.id), partial(done, record.id)
        )

    def undo(self, act: str, done: Callable[[], None]) -> None:
        """Undo an act."""
        self._jobs.run(self._page, lambda _job: history.undo(self._store, act), lambda _act: done())

    def read_anew(self, record: Record, then: Callable[[Record | None], None]) -> None:
        """Read a record anew; `then` is given None for one whose creation was undone."""

        def found(_job: object) -> Record | None:
            try:
                return records.get(self._store, record.type, record.id)
            except UserError:
                return None

        self._jobs.read(self._page, found, then)
