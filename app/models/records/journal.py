"""The journal: lines, heads and the guard; audit trail, undo, time travel and sync rest on it.

A service call is one act: it changes rows of journalled tables and writes their lines in the same
transaction. Triggers note every changed row in `dirty`, whose rows point at nothing, by a
deferred foreign key: COMMIT fails while a changed row has no line after it.
"""

from collections.abc import Iterable, Mapping, Sequence
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
from app.core.json_text import canonical
from app.core.line import (
    DELETE,
    ERASE,
    PUT,
    Data,
    Header,
    Line,
    new_body,
    next_depth,
)
from app.models.records.base import entities
from app.models.records.lines import (
    bodies,
    bodies_here,
    depths_of,
    dirty,
    heads,
    last_of_chain,
    lines,
    parents_named,
    revs_here,
)

Head = tuple[str, str, str]  # type, id and rev


def utc_now() -> str:
    """Return the time as lines carry it: UTC, milliseconds, Z."""
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
        """Write the lines of changes whose rows are already changed; return their revs."""
        seq, prev = last_of_chain(connection, self.origin.replica, self.origin.epoch)
        depths = depths_of(connection, {rev for change in changes for rev in change.parents})
        written: list[Line] = []
        for change in changes:
            seq += 1
            line = self._line(change, seq, prev, depths)
            prev = line.header.rev
            written.append(line)
        by_rev = {line.header.rev: line for line in written}
        _insert(connection, by_rev, set())
        return list(by_rev)

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
            depth=next_depth(depths[rev] for rev in change.parents),
            by=self.by,
            at=self.at,
            v=entity.schema,
            digest=body.digest,
        )
        return Line(header, body)


def append(connection: Connection, new: Iterable[Line]) -> list[str]:
    """Append lines that came from elsewhere; a line that is already here is passed over.

    Heads are the revs of a record that no line names as a parent, whatever the order of arrival.
    A body that was withheld and comes now is put in its line; that of a record that was erased is
    dropped however late it comes. Returns the revs that are new or have their body now.
    """
    batch = {line.header.rev: line for line in new}
    known = revs_here(connection, batch)
    fresh = {rev: line for rev, line in batch.items() if rev not in known}
    of_records = {(line.header.type, line.header.id) for line in fresh.values()}
    _insert(connection, fresh, parents_named(connection, of_records))
    filled = _fill(connection, {rev: batch[rev] for rev in known})
    _erase(connection)
    return [*fresh, *filled]


def _insert(connection: Connection, fresh: Mapping[str, Line], named: set[Head]) -> None:
    """Insert lines by rev; `named` are the parents that lines already here name."""
    if not fresh:
        return
    connection.execute(insert(lines), [_line_row(rev, each.header) for rev, each in fresh.items()])
    with_body = [
        {"rev": rev, "body": canonical(each.body.as_data())}
        for rev, each in fresh.items()
        if each.body
    ]
    if with_body:
        connection.execute(insert(bodies), with_body)
    _move_heads(connection, fresh, named)


def _fill(connection: Connection, again: Mapping[str, Line]) -> list[str]:
    """Put in the bodies of lines that are here without one; the digest in the header held."""
    given = {rev: line.body for rev, line in again.items() if line.body}
    bare = sorted(set(given) - bodies_here(connection, given))
    rows = [{"rev": rev, "body": canonical(body.as_data())} for rev in bare if (body := given[rev])]
    if rows:
        connection.execute(insert(bodies), rows)
    return bare


def _line_row(rev: str, header: Header) -> Data:
    return {
        "rev": rev,
        "type": header.type,
        "id": header.id,
        "replica": header.replica,
        "epoch": header.epoch,
        "seq": header.seq,
        "op": header.op,
        "act": header.act,
        "header": canonical(header.as_data()),
    }


def _move_heads(connection: Connection, fresh: Mapping[str, Line], named: set[Head]) -> None:
    """Take away the heads that a new line stands on, add the new lines that none stands on."""
    headers = {rev: line.header for rev, line in fresh.items()}
    parents = {
        (header.type, header.id, parent) for header in headers.values() for parent in header.parents
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
    found = {(header.type, header.id, rev) for rev, header in headers.items()} - parents - named
    if found:
        rows = [{"type": type_, "id": id_, "rev": rev} for type_, id_, rev in sorted(found)]
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
