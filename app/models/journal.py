"""The journal: lines, heads and the guard; audit trail, undo, time travel and sync rest on it.

A service call is one act: it changes rows of journalled tables and writes their lines in the same
transaction. Triggers note every changed row in `dirty`, whose rows point at nothing, by a
deferred foreign key: COMMIT fails while a changed row has no line after it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import (
    Connection,
    bindparam,
    delete,
    insert,
    select,
)

from app.core.ids import new_id
from app.core.line import (
    DELETE,
    ERASE,
    PUT,
    Data,
    Header,
    Line,
    canonical,
    new_body,
)
from app.models.base import entities
from app.models.lines import MANY, bodies, depths_of, dirty, headers_of, heads, last_of_chain, lines


def utc_now() -> str:
    """Give the time as lines carry it: UTC, milliseconds, Z."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the lines of this desk come from: its office, replica and epoch."""

    office: str
    replica: str
    epoch: str


@dataclass(frozen=True, slots=True)
class Change:
    """One record's new content: the whole data, or None for the undoing of its creation."""

    type: str
    id: str
    data: Data | None
    parents: tuple[str, ...] = ()


@dataclass(slots=True)
class Act:
    """The lines of one service call; seq numbers follow on from the last of the epoch."""

    origin: Origin
    by: str
    id: str = field(default_factory=new_id)
    at: str = field(default_factory=utc_now)

    def write(self, connection: Connection, changes: Sequence[Change]) -> list[str]:
        """Write the lines of changes whose rows are already changed; give their revs."""
        seq, prev = last_of_chain(connection, self.origin.replica, self.origin.epoch)
        depths = depths_of(connection, {rev for change in changes for rev in change.parents})
        written: list[Line] = []
        for change in changes:
            seq += 1
            line = self._line(change, seq, prev, depths)
            prev = line.header.rev
            written.append(line)
        _insert(connection, written, set())
        return [line.header.rev for line in written]

    def _line(self, change: Change, seq: int, prev: str, depths: dict[str, int]) -> Line:
        entity = entities()[change.type]
        body = new_body(change.data or {})
        header = Header(
            id=change.id,
            type=change.type,
            office=self.origin.office,
            replica=self.origin.replica,
            epoch=self.origin.epoch,
            seq=seq,
            act=self.id,
            op=DELETE if change.data is None else PUT,
            parents=tuple(sorted(change.parents)),
            prev=prev,
            depth=1 + max((depths[rev] for rev in change.parents), default=0),
            by=self.by,
            at=self.at,
            v=entity.schema,
            digest=body.digest,
        )
        return Line(header, body)


def append(connection: Connection, new: Iterable[Line]) -> list[str]:
    """Append lines that came from elsewhere; a line that is already here is passed over.

    Heads are the revs of a record that no line names as a parent, whatever the order of arrival.
    The body of a record that was erased is dropped however late it comes. Gives the new revs.
    """
    batch = {line.header.rev: line for line in new}
    wanted = list(batch)
    known: set[str] = set()
    for start in range(0, len(wanted), MANY):
        some = wanted[start : start + MANY]
        known |= set(connection.scalars(select(lines.c.rev).where(lines.c.rev.in_(some))))
    fresh = [line for rev, line in batch.items() if rev not in known]
    overtaken = {
        line.header.rev
        for line in fresh
        if any(line.header.rev in other.parents for other in _later(connection, line.header))
    }
    _insert(connection, fresh, overtaken)
    _erase(connection)
    return [line.header.rev for line in fresh]


def _later(connection: Connection, header: Header) -> list[Header]:
    of_record = headers_of(connection, header.type, header.id)
    return [other for other in of_record if other.depth > header.depth]


def _insert(connection: Connection, fresh: Sequence[Line], overtaken: set[str]) -> None:
    if not fresh:
        return
    connection.execute(insert(lines), [_line_row(line.header) for line in fresh])
    with_body = [
        {"rev": line.header.rev, "body": canonical(line.body.as_data())}
        for line in fresh
        if line.body
    ]
    if with_body:
        connection.execute(insert(bodies), with_body)
    _move_heads(connection, fresh, overtaken)


def _line_row(header: Header) -> Data:
    return {
        "rev": header.rev,
        "type": header.type,
        "id": header.id,
        "replica": header.replica,
        "epoch": header.epoch,
        "seq": header.seq,
        "op": header.op,
        "act": header.act,
        "header": canonical(header.as_data()),
    }


def _move_heads(connection: Connection, fresh: Sequence[Line], overtaken: set[str]) -> None:
    parents = {
        (line.header.type, line.header.id, parent)
        for line in fresh
        for parent in line.header.parents
    }
    if parents:
        connection.execute(
            delete(heads).where(
                heads.c.type == bindparam("t"),
                heads.c.id == bindparam("i"),
                heads.c.rev == bindparam("r"),
            ),
            [{"t": type_, "i": id_, "r": rev} for type_, id_, rev in sorted(parents)],
        )
    overtaken = overtaken | {rev for _type, _id, rev in parents}
    rows = [
        {"type": line.header.type, "id": line.header.id, "rev": line.header.rev}
        for line in fresh
        if line.header.rev not in overtaken
    ]
    if rows:
        connection.execute(insert(heads), rows)


def _erase(connection: Connection) -> None:
    """Drop the bodies of erased records: all but those of the erase lines themselves."""
    erasing = lines.alias()
    connection.execute(
        delete(bodies).where(
            bodies.c.rev.in_(
                select(lines.c.rev)
                .join(erasing, (erasing.c.type == lines.c.type) & (erasing.c.id == lines.c.id))
                .where(erasing.c.op == ERASE, lines.c.op != ERASE)
            )
        )
    )


def forget_dirty(connection: Connection) -> None:
    """Call the guard off for rows that were computed from lines already here.

    Only the projection does this: it enters nothing, so it has no line to write.
    """
    connection.execute(delete(dirty))
