"""The diary of prints: which papers a record has, and whether each came out."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, select, update

from app.core.i18n import N_, _
from app.models.office.store import Store
from app.models.printed import CONFIRMED, REQUESTED, UNKNOWN, printed
from app.models.records.audit import note
from app.models.records.lines import lines
from app.services.records import diary, naming

CAME, FAILED, UNSURE = "came_out", "not_out", "unsure"  # what a clerk answers
_STATES = {CAME: CONFIRMED, FAILED: UNKNOWN, UNSURE: UNKNOWN}

STATES = {
    REQUESTED: N_("Waiting for an answer"),
    CONFIRMED: N_("Came out"),
    UNKNOWN: N_("Not confirmed"),
}


@dataclass(frozen=True, slots=True)
class Printed:
    """A paper in the diary; `at` is Thai local time, `by` the name of who printed it.

    `again` counts how often it was printed before; `kept` tells whether its bytes are here.
    """

    no: int
    form: str
    record: str
    copy: int
    again: int
    state: str
    at: str
    by: str
    kept: bool

    @property
    def confirmed(self) -> bool:
        """Tell whether a clerk saw it come out."""
        return self.state == CONFIRMED


def of_record(store: Store, record_id: str) -> list[Printed]:
    """List the papers of a record, or of a file of the outbox by its name, the newest first."""
    with store.read() as connection:
        rows = connection.execute(
            select(printed, printed.c.pdf.is_not(None).label("kept"))
            .where(printed.c.record == record_id)
            .order_by(printed.c.no.desc())
        ).mappings()
        found = [dict(row) for row in rows]
        names = naming.titles(connection, {("user", row["by"]) for row in found})
    return [
        Printed(
            **{name: row[name] for name in ("no", "form", "record", "copy", "again", "state")},
            at=row["at"],
            by=names.get(("user", row["by"]), ""),
            kept=row["kept"],
        )
        for row in found
    ]


def answer(store: Store, numbers: Iterable[int], said: str) -> None:
    """Note what the clerk says of papers, by their places in the diary: CAME, FAILED or UNSURE.

    A number is spent whatever she says. A paper that is found later may be answered again.
    """
    wanted = list(numbers)
    store.write(lambda connection: _answer(connection, store.user, wanted, said))


def leave_unanswered(store: Store) -> str:
    """Close the questions that were open when the program ended; return the sentence for the clerk.

    Gives "" where none was.
    """

    def work(connection: Connection) -> list[str]:
        rows = connection.execute(
            select(printed.c.no, printed.c.record)
            .where(printed.c.state == REQUESTED)
            .order_by(printed.c.no)
        ).all()
        _answer(connection, store.user, [row.no for row in rows], UNSURE)
        return [row.record for row in rows]

    records = store.write(work) if _has_open(store) else []
    if not records:
        return ""
    sentence = _(
        "{count} papers were sent out before the program ended, and nobody said whether they came "
        "out: {names}. Their numbers are spent. Look at the list of prints of the record."
    )
    return sentence.format(count=len(records), names=_names(store, records))


def _has_open(store: Store) -> bool:
    with store.read() as connection:
        statement = select(printed.c.no).where(printed.c.state == REQUESTED).limit(1)
        return connection.scalar(statement) is not None


def _names(store: Store, records: list[str]) -> str:
    """Name some records by their titles; a file of the outbox by its own name."""
    some = list(dict.fromkeys(records))[:_NAMED]
    with store.read() as connection:
        types = connection.execute(
            select(lines.c.type, lines.c.id).where(lines.c.id.in_(some)).distinct()
        )
        titles = naming.titles(connection, [(row.type, row.id) for row in types])
    by_id = {record_id: title for (_type, record_id), title in titles.items()}
    more = " …" if len(set(records)) > _NAMED else ""
    return ", ".join(by_id.get(each, each) for each in some) + more


_NAMED = 3


def _answer(connection: Connection, user: str, numbers: list[int], said: str) -> None:
    if not numbers:
        return
    connection.execute(
        update(printed).where(printed.c.no == bindparam("paper")).values(state=_STATES[said]),
        [{"paper": number} for number in numbers],
    )
    for number in numbers:
        row = connection.execute(
            select(printed.c.form, printed.c.record, printed.c.copy).where(printed.c.no == number)
        ).one()
        note(connection, user, diary.ANSWER, f"{row.form} {row.record} {row.copy} {said}")
