"""The centre's verdict on the next file, before sealing: its own code runs on this desk.

The lines are sealed as they would be, for this office alone, and taken in by the centre's very code
into a database in memory that nobody else sees. A line's verdict depends on the line and its act
alone, so an empty centre judges as the real one does.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, create_engine, select
from sqlalchemy.pool import StaticPool

from app.core import scratch
from app.core.errors import Problem
from app.models.central import tables
from app.models.office.store import Store, origin, setting
from app.models.records.base import Writer, entities
from app.models.records.lines import lines
from app.services.central.intake.bundle_lines import take
from app.services.exchange import outgoing
from app.services.exchange.introduction import own_recipient, signing_key
from app.services.exchange.sending import acknowledged_through, facts_to_send
from app.services.records import records
from app.services.records.acts import current
from app.services.records.record_view import View
from app.services.records.verdicts import ACCEPTED, HELD
from app.sync import bundle
from app.sync.bundle import Bundle, Step
from app.sync.keys import EnrolledKey

RETURNED, KEPT_WAITING, TO_LOOK_AT = "returned", "held", "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """What the centre will say of one record, or what a rule of the programme says of it.

    `kind` is "returned" (its whole act comes back), "held" (until the centre is updated) or
    "warning" (it is taken all the same). `id` is "" where the line names no record.
    """

    kind: str
    type: str
    id: str
    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class Preflight:
    """The verdict on the next file: how many lines it has, and what is to be said of them."""

    lines: int
    findings: tuple[Finding, ...]

    def of(self, kind: str) -> tuple[Finding, ...]:
        """Return the findings of one kind."""
        return tuple(each for each in self.findings if each.kind == kind)


def preflight(store: Store, *, step: Step = bundle.no_step) -> Preflight:
    """Judge what `export` would seal now; nothing is written and no number is used up.

    Raises UserError "nothing_new", and Cancelled through `step`.
    """
    with store.read() as connection, scratch.folder() as folder:
        facts = facts_to_send(connection)
        count = sum(run.seq_to - run.seq_from + 1 for run in facts.runs)
        key = signing_key(connection)
        sealed = bundle.seal(
            folder,
            facts,
            outgoing.lines(connection, facts),
            signing_key=key,
            recipients=(own_recipient(connection),),
            step=lambda done, _total: step(done, 2 * count),
        )
        own_key = {key.key_id: EnrolledKey(key.public, facts.office)}
        identity = setting(connection, "age_identity")
        with bundle.open_bundle(sealed.path, trusted=own_key, identities=[identity]) as opened:
            findings = list(_verdicts(connection, opened))
        said = {(each.type, each.id) for each in findings}
        changed = [each for each in _changed(connection) if each not in said]
        for done, (type_, record_id) in enumerate(changed):
            step(count + done, count + max(count, len(changed)))
            findings += _open_problems(connection, type_, record_id)
    return Preflight(count, tuple(findings))


def _verdicts(connection: Connection, opened: Bundle) -> Iterator[Finding]:
    """Let the centre's code take the file in, and read what it said of each line."""
    engine = create_engine("sqlite://", poolclass=StaticPool)
    try:
        with engine.begin() as shadow:
            tables.metadata.create_all(shadow)
            take(shadow, opened, 1)
            table, unread = tables.revisions, tables.unread
            rows = shadow.execute(
                select(table)
                .where(table.c.state != ACCEPTED, table.c.replica == opened.envelope.replica)
                .order_by(table.c.seq)
            ).all()
            nameless = shadow.execute(select(unread)).all()
    finally:
        engine.dispose()
    for row in rows:
        kind = KEPT_WAITING if row.state == HELD else RETURNED
        title = _title(connection, row.type, row.id)
        yield Finding(kind, row.type, row.id, title, row.reason)
    for row in nameless:
        yield Finding(RETURNED, row.type, "", "", row.reason)


def _changed(connection: Connection) -> list[tuple[str, str]]:
    """List the records of the office that the next file has lines of."""
    own = origin(connection)
    found = connection.execute(
        select(lines.c.type, lines.c.id)
        .where(
            lines.c.replica == own.replica,
            lines.c.epoch == own.epoch,
            lines.c.seq > acknowledged_through(connection),
        )
        .distinct()
        .order_by(lines.c.type, lines.c.id)
    )
    return [(row[0], row[1]) for row in found if _is_of_office(row[0])]


def _is_of_office(type_: str) -> bool:
    entity = entities().get(type_)
    return entity is not None and entity.writer is Writer.OFFICE


def _open_problems(connection: Connection, type_: str, record_id: str) -> Iterable[Finding]:
    """Yield the findings of the rules in a record for which nobody gave a reason."""
    found = current(connection, type_, record_id)
    if found is None or found.data.get("void_reason"):
        return
    view = View(connection, origin(connection).office)
    given = found.data.get("reasons", {})
    for problem in records.problems(view, type_, record_id, found.data):
        if _is_open(problem, given):
            title = records.title(type_, found.data)
            yield Finding(TO_LOOK_AT, type_, record_id, title, problem.message)


def _is_open(problem: Problem, given: dict[str, str]) -> bool:
    return not problem.warning or problem.code not in given


def _title(connection: Connection, type_: str, record_id: str) -> str:
    found = current(connection, type_, record_id) if type_ in entities() else None
    return records.title(type_, found.data) if found else ""
