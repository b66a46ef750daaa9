"""What a clerk does to a record beside typing in it: looking back, and taking it out of use."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from app.core.errors import UserError
from app.core.i18n import _
from app.models.office.store import Store
from app.services.records import history, naming, records
from app.services.records.history import Revision
from app.services.records.records import Record
from app.ui.fields.editors import Around
from app.ui.records.history_dialog import HistoryDialog
from app.ui.shell.jobs import Jobs
from app.ui.widgets.reason_dialog import ReasonDialog

if TYPE_CHECKING:
    from app.ui.records.record_page import RecordPage


def show_history(page: "RecordPage", record: Record, around: Around) -> None:
    """Show who changed a record, when and what."""
    store = page.desk.store

    def name_of(user_id: str) -> str:
        return naming.title_of(store, "user", user_id)

    def show(revisions: list[Revision]) -> None:
        HistoryDialog(record.type, record.title, revisions, name_of, page).open()

    around.jobs.read(page, lambda _job: history.history(store, record.type, record.id), show)


def void(page: "RecordPage", record: Record, jobs: Jobs, done: Callable[[str], None]) -> None:
    """Ask why a record is taken out of use, and do it; `done` is given the act."""

    def with_reason(reason: str) -> None:
        jobs.run(
            page,
            lambda _job: records.void(page.desk.store, record.type, record.id, reason),
            lambda saved: done(saved.act),
        )

    question = _("Why is {title} taken out of use?").format(title=record.title)
    ReasonDialog(question, with_reason, page).open()


def acting(
    page: "RecordPage",
    record: Record,
    work: Callable[[Store, str], str],
    done: Callable[[str, str], None],
) -> Callable[[], None]:
    """Return a callback that calls a service for a record; `done` is called with its id and act."""
    store, jobs = page.desk.store, page.around.jobs

    def run() -> None:
        jobs.run(page, lambda _job: work(store, record.id), partial(done, record.id))

    return run


def found(page: "RecordPage", record: Record) -> Record | None:
    """Read a record anew; None for one whose creation was undone."""
    try:
        return records.get(page.desk.store, record.type, record.id)
    except UserError:
        return None
