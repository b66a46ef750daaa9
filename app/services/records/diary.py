"""Notes for the audit diary: signing in, looking someone up by number, printing, sending."""

from concurrent.futures import Future

from app.core import log
from app.core.i18n import N_
from app.models.office.store import Store
from app.models.records.audit import audit, note

SIGN_IN, FIND_ID, LOOK, EXPORT = "sign_in", "find_id", "look", "export"
PRINT, ANSWER, COPY = "print", "print_answer", "print_copy"

ACTIONS = {
    SIGN_IN: N_("Signed in"),
    FIND_ID: N_("Looked for an id number"),
    LOOK: N_("Looked at a record"),
    PRINT: N_("Printed"),
    ANSWER: N_("Said whether a print came out"),
    COPY: N_("Gave a copy of a kept print"),
    EXPORT: N_("Sealed or saved a file"),
}


def note_now(store: Store, action: str, subject: str = "") -> None:
    """Note something and wait until it stands; for what the clerk waits for anyway."""
    store.write(lambda connection: note(connection, store.user, action, subject))


def note_soon(store: Store, action: str, subject: str = "") -> None:
    """Note something behind the writes that wait, so that a search never waits for an import."""
    user = store.user
    done = store.main.submit(lambda connection: note(connection, user, action, subject))
    done.add_done_callback(_tell)


def entries(store: Store) -> list[tuple[str, str, str, str]]:
    """List the diary, the newest first: (time in UTC, user id, action, subject)."""
    with store.read() as connection:
        rows = connection.execute(audit.select().order_by(audit.c.no.desc()))
        return [(row.at, row.user, row.action, row.subject) for row in rows]


def _tell(done: Future[None]) -> None:
    error = done.exception()
    if error is not None:
        log.fault(error)
