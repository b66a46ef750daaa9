"""The centre's own lines: what it decides for an office, written as any desk writes.

They stand in a chain of the centre's replica and epoch whose seq counts for each office alone, so
that a desk holds the whole chain and can prove it has no gap. A record of the centre has the id
that its office, type and natural key make: the same decision is the same record, however often and
by whomever it is entered.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, insert, select

from app.core.ids import new_id
from app.core.line import ERASE, PUT, Data, Header, Line, new_body, next_depth, parse_line
from app.models.central import tables
from app.models.records.base import entities
from app.models.records.record_type import RecordType
from app.services.central.intake import office_records
from app.services.central.intake.heads import take_heads
from app.services.central.intake.shown import show_again
from app.services.records.verdicts import ACCEPTED

BY = "centre"

_lines = tables.revisions


@dataclass(frozen=True, slots=True)
class Change:
    """A record's new content, or the facts of its erasure."""

    type: str
    id: str
    data: Mapping[str, Any]
    op: str = PUT


class Written(NamedTuple):
    """A line as the heads count it."""

    rev: str
    type: str
    id: str
    parents: str  # revs with a space between


def record_id(office: str, type_: str, key: str) -> str:
    """Name a record of the centre by what it is about."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"otg/{office}/{type_}/{key}"))


def put(connection: Connection, office: str, changes: Sequence[Change]) -> list[str]:
    """Write one act of the centre; a record that shows this already is left as it is.

    Gives the revs of the lines. The caller's transaction writes, so no two do this at once.
    """
    new = [
        change
        for change in changes
        if change.op == ERASE
        or office_records.shown(connection, office, RecordType[Data](change.type), change.id)
        != change.data
    ]
    return _write(connection, office, new) if new else []


def chain(connection: Connection) -> tuple[str, str]:
    """Return the replica and the epoch under which the centre writes."""
    return tables.fact(connection, "replica"), tables.fact(connection, "epoch")


def _write(connection: Connection, office: str, changes: Sequence[Change]) -> list[str]:
    seq, prev = _last(connection, office)
    at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
    act = _Act(connection, office, *chain(connection), act=new_id(), at=at)
    written = []
    for number, change in enumerate(changes, seq + 1):
        line = act.line(change, number, prev)
        prev = line.header.rev
        parents = " ".join(line.header.parents)
        written.append(Written(prev, change.type, change.id, parents))
        _store(connection, line, parents)
    take_heads(connection, office, written)
    show_again(connection, office, {(change.type, change.id) for change in changes})
    return [each.rev for each in written]


@dataclass(frozen=True, slots=True)
class _Act:
    connection: Connection
    office: str
    replica: str
    epoch: str
    act: str
    at: str

    def line(self, change: Change, seq: int, prev: str) -> Line:
        parents = office_records.heads_of(self.connection, self.office, change.type, change.id)
        body = new_body(dict(change.data))
        entity = entities().get(change.type)  # what is erased may be of a newer program
        header = Header(
            id=change.id,
            type=change.type,
            office=self.office,
            replica=self.replica,
            epoch=self.epoch,
            seq=seq,
            act=self.act,
            op=change.op,
            parents=parents,
            prev=prev,
            depth=next_depth(_depths(self.connection, self.office, parents)),
            by=BY,
            at=self.at,
            v=entity.schema if entity else 1,
            digest=body.digest,
        )
        return Line(header, body)


def _last(connection: Connection, office: str) -> tuple[int, str]:
    replica, epoch = chain(connection)
    found = connection.execute(
        select(_lines.c.seq, _lines.c.rev)
        .where(_lines.c.office == office, _lines.c.replica == replica, _lines.c.epoch == epoch)
        .order_by(_lines.c.seq.desc())
        .limit(1)
    ).first()
    return (found.seq, found.rev) if found else (0, "")


def _depths(connection: Connection, office: str, revs: Sequence[str]) -> list[int]:
    found = connection.scalars(
        select(_lines.c.line).where(_lines.c.office == office, _lines.c.rev.in_(revs))
    )
    return [parse_line(raw).header.depth for raw in found]


def _store(connection: Connection, line: Line, parents: str) -> None:
    """Store the line as accepted after the last bundle: a rebuild takes it in at that moment."""
    header = line.header
    row = {
        "office": header.office,
        "rev": header.rev,
        "type": header.type,
        "id": header.id,
        "replica": header.replica,
        "epoch": header.epoch,
        "seq": header.seq,
        "act": header.act,
        "state": ACCEPTED,
        "code": "",
        "reason": "",
        "bundle": connection.scalar(select(func.max(tables.bundles.c.no))) or 0,
        "parents": parents,
        "line": line.to_bytes(),
    }
    connection.execute(insert(_lines), [row])
