"""What records show that no view can compute, kept beside the heads for the read tables.

A record with one head of this program's version shows that line. One with several heads shows what
the merge makes of all its lines; one whose head an older version wrote shows it as this program
reads it. So those, and only those, have a row.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Connection, Table, and_, delete, exists, func, select, tuple_

from app.core.line import Data, parse_line
from app.models.central import bulk_rows, tables
from app.models.records.base import entities
from app.services.central.intake import office_records
from app.services.records import projection
from app.services.records.verdicts import ACCEPTED

_heads, _revisions, _shown = tables.heads, tables.revisions, tables.shown
_BATCH = 2000


def show_touched(connection: Connection, office: str, number: int) -> None:
    """Show anew the records of which a bundle brought a line or a body."""

    def came(table: Table) -> ColumnElement[bool]:
        line, late = _revisions.alias(), tables.withheld.alias()
        brought = select(line.c.type, line.c.id).where(
            line.c.office == office, line.c.bundle == number
        )
        filled = select(late.c.type, late.c.id).where(
            late.c.office == office, late.c.filled == number
        )
        named = tuple_(table.c.type, table.c.id)
        return and_(table.c.office == office, named.in_(brought.union_all(filled)))

    connection.execute(delete(_shown).where(came(_shown)))
    _show(connection, came(_heads))


def show_again(connection: Connection, office: str, records: Iterable[tuple[str, str]]) -> None:
    """Show anew some (type, id): the centre wrote on them itself, or erased them."""
    for record in sorted(records):
        connection.execute(delete(_shown).where(_is(_shown, office, *record)))
        _show(connection, _is(_heads, office, *record))


def show_all(connection: Connection) -> None:
    """Show every record anew: this program may read its lines differently."""
    connection.execute(delete(_shown))
    _show(connection, _heads.c.office == _heads.c.office)


def _is(table: Table, office: str, type_: str, record_id: str) -> ColumnElement[bool]:
    return and_(table.c.office == office, table.c.type == type_, table.c.id == record_id)


def _show(connection: Connection, where: ColumnElement[bool]) -> None:
    key = (_heads.c.office, _heads.c.type, _heads.c.id)
    disputed = select(*key).where(where).group_by(*key).having(func.count() > 1)
    rows = [
        {"office": office, "type": type_, "id": id_, "data": _text(_merged(connection, *key_))}
        for key_ in connection.execute(disputed).all()
        for office, type_, id_ in [key_]
        if type_ in entities()
    ]
    bulk_rows.add(connection, _shown, rows)
    for piece in _older(connection, where):
        bulk_rows.add(connection, _shown, piece)


def _older(connection: Connection, where: ColumnElement[bool]) -> Iterator[list[dict[str, Any]]]:
    """Yield, in batches, the data of single heads that an older version wrote."""
    changed = [type_ for type_, entity in entities().items() if entity.upcasters]
    if not changed:
        return
    other = _heads.alias()
    is_disputed = exists().where(
        other.c.office == _heads.c.office,
        other.c.type == _heads.c.type,
        other.c.id == _heads.c.id,
        other.c.rev != _heads.c.rev,
    )
    its_line = (_revisions.c.office == _heads.c.office) & (_revisions.c.rev == _heads.c.rev)
    found = connection.execute(
        select(_heads.c.office, _heads.c.type, _heads.c.id, _revisions.c.line)
        .join(_revisions, its_line)
        .where(where, _heads.c.type.in_(changed), ~is_disputed)
        .execution_options(yield_per=_BATCH)
    )
    for piece in found.partitions():
        yield [
            {"office": office, "type": type_, "id": id_, "data": _text(data)}
            for office, type_, id_, raw in piece
            if office_records.is_older(type_, raw)
            and (data := office_records.alone(type_, raw)) is not None
        ]


def _merged(connection: Connection, office: str, type_: str, record_id: str) -> Data | None:
    raw = connection.scalars(
        select(_revisions.c.line).where(
            _revisions.c.office == office,
            _revisions.c.type == type_,
            _revisions.c.id == record_id,
            _revisions.c.state == ACCEPTED,
        )
    )
    return projection.merged(parse_line(each) for each in raw).data


def _text(data: Data | None) -> str | None:
    return None if data is None else orjson.dumps(data).decode()
