"""Taking bundles in: each in one transaction or not at all, in any order, any number of times."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import Connection, bindparam, delete, func, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from app.core import fields
from app.core.i18n import _
from app.core.line import PUT, Line
from app.models import central as tables
from app.models.base import Writer, entities, fields_of
from app.services.central.found import Centre, enrolled
from app.sync.bundle import Bundle, Entry, Refused, open_bundle

ACCEPTED, HELD, REJECTED = "accepted", "held", "rejected"
DUPLICATE, FORK, QUARANTINED = "duplicate", "fork", "quarantined"
_BATCH = 2000


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of one file; rows in = accepted + duplicate + held + rejected."""

    file: str
    content_id: str
    status: str
    accepted: int = 0
    duplicate: int = 0
    held: int = 0
    rejected: int = 0
    code: str = ""
    reason: str = ""


def ingest(centre: Centre, path: Path, *, dry_run: bool = False) -> Ingested:
    """Take one file in. A file that is not believed is quarantined, and nothing of it is stored.

    A dry run gives the same answer and writes nothing.
    """
    try:
        return _take(centre, path, dry_run)
    except Refused as refused:
        if not dry_run:
            _quarantine(centre, path, refused)
        return Ingested(path.name, "", QUARANTINED, code=refused.code, reason=refused.sentence)


def _take(centre: Centre, path: Path, dry_run: bool) -> Ingested:
    with tables.acting(centre.engine) as connection:
        known = {key.key_id: key for key in enrolled(connection)}
        with open_bundle(path, trusted=known, identities=[centre.identity()]) as bundle:
            found = _seen_before(connection, path, bundle)
            if found is None:
                taking = _Taking(connection, bundle.envelope.office, bundle.content_id)
                taking.take(bundle)
                found = taking.result(path.name)
                _note(connection, bundle, found, taking.count, path.read_bytes())
        if dry_run:
            connection.rollback()
    return found


def _seen_before(connection: Connection, path: Path, bundle: Bundle) -> Ingested | None:
    table = tables.bundles
    row = connection.execute(
        select(table).where(
            table.c.office == bundle.envelope.office, table.c.content_id == bundle.content_id
        )
    ).first()
    if row is None:
        return None
    return Ingested(path.name, bundle.content_id, DUPLICATE, duplicate=row.lines)


@dataclass(slots=True)
class _Taking:
    """One bundle on its way in: rows in batches, then acts rejected whole, then the heads."""

    connection: Connection
    office: str
    content_id: str
    count: int = 0
    malformed: int = 0
    duplicate: int = 0
    forks: int = 0
    bad_acts: dict[str, tuple[str, str]] = field(default_factory=dict)

    def take(self, bundle: Bundle) -> None:
        """Store every line of the bundle in its state. Raises Refused: store nothing then."""
        for batch in _batches(bundle.lines()):
            self.count += len(batch)
            rows = [row for entry in batch if (row := self._row(entry))]
            self._store(rows)
        self._reject_acts()
        self._move_heads()

    def result(self, name: str) -> Ingested:
        """Count by state and compare with what came in: nothing vanishes."""
        table = tables.revisions
        counted = self.connection.execute(
            select(table.c.state, func.count())
            .where(table.c.office == self.office, table.c.content_id == self.content_id)
            .group_by(table.c.state)
        )
        by_state = {row[0]: row[1] for row in counted}
        rejected = by_state.get(REJECTED, 0) + self.malformed
        accepted, held = by_state.get(ACCEPTED, 0), by_state.get(HELD, 0)
        if self.count != accepted + held + rejected + self.duplicate:
            raise AssertionError("lines in are not lines stored")
        status = FORK if self.forks else ACCEPTED
        if held and not accepted:
            status = HELD
        if rejected and not accepted and not held:
            status = REJECTED
        return Ingested(name, self.content_id, status, accepted, self.duplicate, held, rejected)

    def _row(self, entry: Entry) -> dict[str, Any] | None:
        if entry.line is None:
            self._note_malformed(entry)
            return None
        header = entry.line.header
        state, code, reason = _judge(entry.line)
        if state == REJECTED:
            self.bad_acts[header.act] = (code, reason)
        return {
            "office": self.office,
            "rev": entry.rev,
            "type": header.type,
            "id": header.id,
            "replica": header.replica,
            "epoch": header.epoch,
            "seq": header.seq,
            "act": header.act,
            "state": state,
            "code": code,
            "reason": reason,
            "content_id": self.content_id,
            "line": entry.raw,
        }

    def _note_malformed(self, entry: Entry) -> None:
        self.malformed += 1
        problem = entry.problem
        row = {
            "office": self.office,
            "content_id": self.content_id,
            "type": entry.type,
            "number": entry.number,
            "code": problem.code if problem else "",
            "reason": problem.sentence if problem else "",
        }
        self.connection.execute(insert(tables.malformed), [row])

    def _store(self, rows: list[dict[str, Any]]) -> None:
        table = tables.revisions
        revs = [row["rev"] for row in rows]
        here = set(
            self.connection.scalars(
                select(table.c.rev).where(table.c.office == self.office, table.c.rev.in_(revs))
            )
        )
        new = [row for row in rows if row["rev"] not in here]
        self.duplicate += len(rows) - len(new)
        self.forks += self._count_forks(new)
        if new:
            self.connection.execute(insert(table), new)

    def _count_forks(self, new: list[dict[str, Any]]) -> int:
        """Count the places in a chain that another line has already: a clone wrote here too."""
        table = tables.revisions
        chains = {(row["replica"], row["epoch"]) for row in new}
        count = 0
        for replica, epoch in chains:
            seqs = [row["seq"] for row in new if (row["replica"], row["epoch"]) == (replica, epoch)]
            count += (
                self.connection.scalar(
                    select(func.count()).where(
                        table.c.office == self.office,
                        table.c.replica == replica,
                        table.c.epoch == epoch,
                        table.c.seq.in_(seqs),
                    )
                )
                or 0
            )
        return count

    def _reject_acts(self) -> None:
        """An act stands or falls whole: one line without form rejects the others of its act."""
        table = tables.revisions
        for act, (code, reason) in self.bad_acts.items():
            self.connection.execute(
                table.update()
                .where(
                    table.c.office == self.office,
                    table.c.act == act,
                    table.c.content_id == self.content_id,
                    table.c.state != REJECTED,
                )
                .values(state=REJECTED, code=code, reason=reason)
            )

    def _move_heads(self) -> None:
        table = tables.revisions
        found = self.connection.execute(
            select(table.c.rev, table.c.type, table.c.id, table.c.line).where(
                table.c.office == self.office,
                table.c.content_id == self.content_id,
                table.c.state == ACCEPTED,
            )
        )
        for batch in _batches(iter(found)):
            add_heads(self.connection, self.office, [tuple(row) for row in batch])


def add_heads(connection: Connection, office: str, rows: list[tuple[Any, ...]]) -> None:
    """Count accepted lines, (rev, type, id, line), in the heads, whatever the order of arrival."""
    parents = {
        (type_, record_id, parent)
        for _rev, type_, record_id, raw in rows
        for parent in orjson.loads(raw)["h"]["parents"]
    }
    if parents:
        connection.execute(
            upsert(tables.overtaken).on_conflict_do_nothing(),
            [{"office": office, "rev": rev} for _type, _id, rev in sorted(parents)],
        )
        connection.execute(
            delete(tables.heads).where(
                tables.heads.c.office == office,
                tables.heads.c.type == bindparam("t"),
                tables.heads.c.id == bindparam("i"),
                tables.heads.c.rev == bindparam("r"),
            ),
            [{"t": type_, "i": id_, "r": rev} for type_, id_, rev in sorted(parents)],
        )
    revs = [row[0] for row in rows]
    old = tables.overtaken
    behind = set(
        connection.scalars(select(old.c.rev).where(old.c.office == office, old.c.rev.in_(revs)))
    )
    new = [
        {"office": office, "type": type_, "id": record_id, "rev": rev}
        for rev, type_, record_id, _raw in rows
        if rev not in behind
    ]
    if new:
        connection.execute(insert(tables.heads), new)


def _judge(line: Line) -> tuple[str, str, str]:
    """Judge a line by its form alone: the centre never refuses for a rule of the programme."""
    header = line.header
    entity = entities().get(header.type)
    if entity is None or header.v > entity.schema:
        return HELD, "newer", _("The line was written by a newer program; update the centre.")
    if entity.writer is not Writer.OFFICE:
        return REJECTED, "foreign_writer", _("Only the centre writes records of this type.")
    if header.op == PUT and line.body is not None:
        for each in fields_of(entity):
            if not fields.has_form(each, line.body.data.get(each.name)):
                return (
                    REJECTED,
                    "field_form",
                    _("{label}: the value has not the form.").format(label=_(each.label)),
                )
    return ACCEPTED, "", ""


def _note(
    connection: Connection, bundle: Bundle, found: Ingested, lines: int, sealed: bytes
) -> None:
    table = tables.bundles
    last = connection.scalar(select(func.max(table.c.no))) or 0
    envelope = bundle.envelope
    connection.execute(
        insert(table),
        [
            {
                "office": envelope.office,
                "content_id": bundle.content_id,
                "no": last + 1,
                "name": envelope.name,
                "kind": envelope.kind,
                "replica": envelope.replica,
                "epoch": envelope.epoch,
                "status": found.status,
                "lines": lines,
                "accepted": found.accepted,
                "duplicate": found.duplicate,
                "held": found.held,
                "rejected": found.rejected,
                "received_at": tables.now(),
                "sealed": sealed,
            }
        ],
    )


def _quarantine(centre: Centre, path: Path, refused: Refused) -> None:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    row = {
        "sha256": digest,
        "name": path.name,
        "code": refused.code,
        "reason": refused.sentence,
        "at": tables.now(),
    }
    with tables.acting(centre.engine) as connection:
        connection.execute(upsert(tables.quarantine).on_conflict_do_nothing(), [row])


def _batches(items: Iterator[Any]) -> Iterator[list[Any]]:
    batch: list[Any] = []
    for item in items:
        batch.append(item)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
