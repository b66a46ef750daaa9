"""Records of an office as the centre sees them: their heads, and what these show."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import CompoundSelect, Connection, func, literal, select

from app.core import json_text
from app.core.line import PUT, Data, Line, parse_line
from app.models.central import bulk_rows, tables
from app.models.records.base import entities, read
from app.models.records.record_type import RecordType, Shape
from app.services.records import projection
from app.services.records.verdicts import ACCEPTED

MANY = 500  # names in one IN list

_lines, _heads = tables.revisions, tables.heads


def heads_of(connection: Connection, office: str, type_: str, record_id: str) -> tuple[str, ...]:
    """List the heads of a record, sorted."""
    found = connection.scalars(
        select(_heads.c.rev).where(
            _heads.c.office == office, _heads.c.type == type_, _heads.c.id == record_id
        )
    )
    return tuple(sorted(found))


def lines_of(connection: Connection, office: str, type_: str, record_id: str) -> list[Line]:
    """List the accepted lines of a record."""
    found = connection.scalars(
        select(_lines.c.line).where(
            _lines.c.office == office,
            _lines.c.type == type_,
            _lines.c.id == record_id,
            _lines.c.state == ACCEPTED,
        )
    )
    return [parse_line(raw) for raw in found]


def shown(
    connection: Connection, office: str, type_: RecordType[Shape], record_id: str
) -> Shape | None:
    """Return the merged data of a record; None if unknown, undone or erased."""
    return dict(all_shown(connection, office, type_, [record_id])).get(record_id)


def all_shown(
    connection: Connection,
    office: str,
    type_: RecordType[Shape],
    ids: Iterable[str] | None = None,
) -> Iterator[tuple[str, Shape | None]]:
    """Yield (id, merged data) of a type's records, optionally of some ids only.

    One head is read alone; of several, all lines are merged as a desk merges them.
    """
    if ids is None:
        yield from _shown(connection, office, type_, _heads.c.office == office)
        return
    wanted = sorted(set(ids))
    for start in range(0, len(wanted), MANY):
        some = bulk_rows.among(connection, _heads.c.id, wanted[start : start + MANY])
        yield from _shown(connection, office, type_, some)


def is_older(type_: str, raw: bytes) -> bool:
    """Tell whether an older version than this program's wrote a line."""
    return bool(json_text.kept(raw)["h"]["v"] < entities()[type_].schema)


def alone(type_: str, raw: bytes) -> Data | None:
    """Read what a single head shows; its form and digest held when it was taken in."""
    line = json_text.kept(raw)
    if line["h"]["op"] != PUT or "b" not in line:
        return None
    return read(entities()[type_], line["b"]["data"], line["h"]["v"])


def touched(connection: Connection, office: str, type_: str, number: int) -> list[str]:
    """List the records of a type of which a bundle brought a line or a body, in their order."""
    came = _came(office, type_, number).subquery()
    first = func.min(came.c.seq)
    found = connection.execute(
        select(came.c.id, first).group_by(came.c.id).order_by(first, came.c.id)
    )
    return [row[0] for row in found]


def touched_in_pieces(
    connection: Connection, office: str, type_: str, number: int
) -> Iterator[list[str]]:
    """List them piece by piece in no order, one perhaps in several: for types with very many."""
    came = _came(office, type_, number).subquery()
    found = connection.scalars(select(came.c.id).execution_options(yield_per=2000))
    return (sorted(set(piece)) for piece in found.partitions())


def ids_in_pieces(connection: Connection, office: str, type_: str) -> Iterator[list[str]]:
    """List all records of a type piece by piece, one with several heads perhaps in two."""
    found = connection.scalars(
        select(_heads.c.id)
        .where(_heads.c.office == office, _heads.c.type == type_)
        .execution_options(yield_per=2000)
    )
    return (sorted(set(piece)) for piece in found.partitions())


def _came(office: str, type_: str, number: int) -> CompoundSelect[tuple[str, int]]:
    late = tables.withheld
    brought = select(_lines.c.id, _lines.c.seq).where(
        _lines.c.office == office,
        _lines.c.bundle == number,
        _lines.c.state == ACCEPTED,
        _lines.c.type == type_,
    )
    filled = select(late.c.id, literal(0).label("seq")).where(
        late.c.office == office, late.c.filled == number, late.c.type == type_
    )
    return brought.union_all(filled)


def _shown(
    connection: Connection, office: str, type_: str, where: object
) -> Iterator[tuple[str, Any]]:
    by_id: dict[str, list[bytes]] = {}
    found = connection.execute(
        select(_heads.c.id, _lines.c.line)
        .join(_lines, (_lines.c.office == _heads.c.office) & (_lines.c.rev == _heads.c.rev))
        .where(_heads.c.office == office, _heads.c.type == type_, where)  # type: ignore[arg-type]
        .order_by(_heads.c.id)
    )
    for record_id, raw in found.all():  # row by row costs three times as much
        by_id.setdefault(record_id, []).append(raw)
    for record_id, raws in by_id.items():
        if len(raws) == 1:
            yield record_id, alone(type_, raws[0])
        else:
            yield record_id, projection.shown_by(lines_of(connection, office, type_, record_id))
