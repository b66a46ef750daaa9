"""One bundle on its way in: lines in batches, then acts rejected whole, then the heads.

A line's state only ever rises, from rejected to accepted or held, and never falls: a bundle in
which its act is whole lifts what a bundle with a broken act left rejected. So the order in which
bundles arrive changes nothing.
"""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Table, bindparam, func, select

from app.core.errors import Problem
from app.core.i18n import _
from app.core.line import Header, Line
from app.models.central import bulk_rows, tables
from app.services.central.intake.bodies import Bodies
from app.services.central.intake.heads import look_through, take_heads
from app.services.central.intake.shown import show_touched
from app.services.records.verdicts import ACCEPTED, FORM, HELD, REJECTED, Verdict, judge
from app.sync.bundle import Bundle, Entry

Row = dict[str, Any]

_BATCH = 2000


@dataclass(frozen=True, slots=True)
class Taken:
    """How many lines of a bundle came to which end; `forks` counts places taken twice."""

    accepted: int
    duplicate: int
    held: int
    rejected: int
    forks: int


def take(
    connection: Connection, bundle: Bundle, number: int, *, before: Connection | None = None
) -> Taken:
    """Store every line of a bundle in its state; `number` is the bundle's at the centre.

    `before` is an older centre that is read again: what it accepted stays accepted, though the
    form asks for more now, and is read as far as it can be.

    Raises Refused when the lines together are not what the bundle promised: nothing may be kept
    then, so this runs in a transaction.
    """
    office = bundle.envelope.office
    bodies = Bodies(connection, office, number)
    taking = _Taking(connection, office, bundle.envelope.name, number, bodies, before)
    for batch in _counted_anew(connection, _ahead(_batches(bundle.lines())), tables.revisions):
        taking.store(batch)
    reject_acts(connection, bundle.envelope.office, number, taking.broken_acts)
    taking.move_heads()
    show_touched(connection, bundle.envelope.office, number)
    return taking.counted()


def reject_acts(connection: Connection, office: str, number: int, acts: Iterable[str]) -> None:
    """Reject the other lines of acts with a broken one: an act stands or falls whole."""
    table = tables.revisions
    reason = _(
        "Another line of the same entry was returned: put that one right, and this one goes along."
    )
    for batch in _batches(sorted(acts)):
        connection.execute(
            table.update()
            .where(
                table.c.office == office,
                table.c.bundle == number,
                table.c.state != REJECTED,
                bulk_rows.among(connection, table.c.act, batch),
            )
            .values(state=REJECTED, code="act", reason=reason)
        )


@dataclass(slots=True)
class _Taking:
    connection: Connection
    office: str
    name: str
    number: int
    bodies: Bodies
    before: Connection | None = None
    lines: int = 0
    unread: int = 0
    duplicate: int = 0
    forks: int = 0
    broken_acts: set[str] = field(default_factory=set)

    def store(self, batch: list[Entry]) -> None:
        """Store a batch: what is new, and what was rejected before and is sound now."""
        self.lines += len(batch)
        sound = {entry.rev: self._judged(entry, entry.line) for entry in batch if entry.line}
        broken = [(entry, self._own_header(entry)) for entry in batch if entry.line is None]
        before = self._states({*sound, *(header.rev for _entry, header in broken if header)})
        new = [row for rev, row in sound.items() if rev not in before]
        lifted = [row for rev, row in sound.items() if _rises(before.get(rev), row["state"])]
        self.duplicate += len(sound) - len(new) - len(lifted)
        self.forks += self._count_forks(new)
        new += self._store_broken(broken, {*before, *sound})
        bulk_rows.add(self.connection, tables.revisions, new)
        self._lift(lifted)
        self.bodies.note_withheld([*new, *lifted])
        self.bodies.fill(row for rev, row in sound.items() if rev in before)

    def move_heads(self) -> None:
        """Count the accepted lines in the heads, and look through the others."""
        accepted = self._with_state(ACCEPTED)
        for batch in _counted_anew(self.connection, accepted, tables.heads, tables.overtaken):
            take_heads(self.connection, self.office, batch)
        for batch in self._with_state(HELD, REJECTED):
            look_through(self.connection, self.office, batch)

    def counted(self) -> Taken:
        """Count by state and compare with what came in: nothing vanishes."""
        table = tables.revisions
        rows = self.connection.execute(
            select(table.c.state, func.count())
            .where(table.c.office == self.office, table.c.bundle == self.number)
            .group_by(table.c.state)
        )
        states = {row[0]: row[1] for row in rows}
        accepted, held = states.get(ACCEPTED, 0), states.get(HELD, 0)
        rejected = states.get(REJECTED, 0) + self.unread
        if self.lines != accepted + self.duplicate + held + rejected:
            raise AssertionError("lines in are not lines stored")
        return Taken(accepted, self.duplicate, held, rejected, self.forks)

    def _judged(self, entry: Entry, line: Line) -> Row:
        verdict = judge(line)
        if verdict.code in FORM and self._was_accepted(entry.rev):
            verdict = Verdict(ACCEPTED)
        if verdict.state == REJECTED:
            self.broken_acts.add(line.header.act)
        return self._row(line.header, entry.rev, verdict, self.bodies.kept(line, entry.raw))

    def _was_accepted(self, rev: str) -> bool:
        table = tables.revisions
        this = (table.c.office == self.office) & (table.c.rev == rev)
        state = select(table.c.state).where(this)
        return self.before is not None and self.before.scalar(state) == ACCEPTED

    def _row(self, header: Header, rev: str, verdict: Verdict, raw: bytes) -> Row:
        return {
            "office": self.office,
            "rev": rev,
            "type": header.type,
            "id": header.id,
            "replica": header.replica,
            "epoch": header.epoch,
            "seq": header.seq,
            "parents": " ".join(header.parents),
            "act": header.act,
            "state": verdict.state,
            "code": verdict.code,
            "reason": verdict.reason,
            "bundle": self.number,
            "line": raw,
        }

    def _own_header(self, entry: Entry) -> Header | None:
        header = entry.header
        return header if header and header.office == self.office else None

    def _store_broken(self, broken: list[tuple[Entry, Header | None]], here: set[str]) -> list[Row]:
        """Reject lines that are not sound; return the rows of those whose header has a place.

        A header is kept without its content, so that lines standing on it find it. The others are
        noted by their place in the file.
        """
        rows: dict[str, Row] = {}
        unread = []
        for entry, header in broken:
            problem = entry.problem.problems[0] if entry.problem else Problem("", "")
            if header:
                self.broken_acts.add(header.act)
            if header and header.rev not in here and header.rev not in rows:
                verdict = Verdict(REJECTED, problem.code, problem.message)
                raw = Line(header, None).to_bytes()
                rows[header.rev] = self._row(header, header.rev, verdict, raw)
            else:
                unread.append(self._unread_row(entry, problem))
        self.unread += len(unread)
        bulk_rows.add(self.connection, tables.unread, unread)
        return list(rows.values())

    def _unread_row(self, entry: Entry, problem: Problem) -> Row:
        reason = _("Line {number} of {type} in {name}: {reason}").format(
            number=entry.number, type=entry.type, name=self.name, reason=problem.message
        )
        return {
            "office": self.office,
            "bundle": self.number,
            "type": entry.type,
            "number": entry.number,
            "code": problem.code,
            "reason": reason,
        }

    def _states(self, revs: set[str]) -> dict[str, str]:
        table = tables.revisions
        found = self.connection.execute(
            select(table.c.rev, table.c.state).where(
                table.c.office == self.office,
                bulk_rows.among(self.connection, table.c.rev, revs),
            )
        )
        return {row[0]: row[1] for row in found.all()}

    def _count_forks(self, new: list[Row]) -> int:
        """Count the places in a chain that another line has already: a clone wrote here too."""
        table = tables.revisions
        chains: dict[tuple[str, str], set[int]] = {}
        for row in new:
            chains.setdefault((row["replica"], row["epoch"]), set()).add(row["seq"])
        return sum(
            seq in seqs
            for (replica, epoch), seqs in chains.items()
            for seq in self.connection.scalars(
                select(table.c.seq).where(
                    table.c.office == self.office,
                    table.c.replica == replica,
                    table.c.epoch == epoch,
                    table.c.seq.between(min(seqs), max(seqs)),
                )
            )
        )

    def _lift(self, rows: list[Row]) -> None:
        if not rows:
            return
        table = tables.revisions
        self.connection.execute(
            table.update()
            .where(table.c.office == self.office, table.c.rev == bindparam("lifted"))
            .values({name: bindparam(name) for name in _LIFTED}),
            [{name: row[name] for name in _LIFTED} | {"lifted": row["rev"]} for row in rows],
        )

    def _with_state(self, *states: str) -> Iterator[list[Any]]:
        table = tables.revisions
        statement = select(table.c.rev, table.c.type, table.c.id, table.c.parents).where(
            table.c.office == self.office,
            table.c.bundle == self.number,
            table.c.state.in_(states),
        )
        return _batches(self.connection.execute(statement.execution_options(yield_per=_BATCH)))


_LIFTED = ("state", "code", "reason", "bundle", "line")


def _rises(before: str | None, state: str) -> bool:
    return before == REJECTED and state != REJECTED


def _ahead(batches: Iterator[list[Any]]) -> Iterator[list[Any]]:
    """Read and check the next batch while the database is at work on this one."""
    with ThreadPoolExecutor(1) as reader:
        coming = reader.submit(next, batches, None)
        while batch := coming.result():
            coming = reader.submit(next, batches, None)
            yield batch


def _batches(items: Iterable[Any]) -> Iterator[list[Any]]:
    rest = iter(items)
    while batch := list(islice(rest, _BATCH)):
        yield batch


def _counted_anew(
    connection: Connection, batches: Iterator[list[Any]], *grown: Table
) -> Iterator[list[Any]]:
    """Pass batches on, and let the planner count the tables again whenever they have doubled.

    A planner that takes a table for empty reads all of it for each batch.
    """
    done, due = 0, _BATCH
    for batch in batches:
        yield batch
        done += len(batch)
        if done >= due:
            bulk_rows.count_anew(connection, *grown)
            due = 2 * done
