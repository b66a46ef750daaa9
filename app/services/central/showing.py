"""What disputed records show, kept beside the heads for the read tables.

A record with one head shows that line; one with several shows what the merge makes of all its
lines, which no view can compute. So those, and only those, have a row.
"""

from collections.abc import Iterable
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Connection, Table, and_, delete, exists, func, select

from app.core.line import Data, parse_line
from app.models import central as tables
from app.models import centre_rows
from app.models.base import entities
from app.services import projection
from app.services.central.judging import ACCEPTED

_heads, _revisions, _shown = tables.heads, tables.revisions, tables.shown


def show_disputed(connection: Connection, office: str, number: int) -> None:
    """Show anew the disputed records of which a bundle brought a line."""

    def came(table: Any) -> ColumnElement[bool]:
        return exists().where(
            _revisions.c.office == office,
            _revisions.c.bundle == number,
            _revisions.c.type == table.c.type,
            _revisions.c.id == table.c.id,
        )

    connection.execute(delete(_shown).where(_shown.c.office == office, came(_shown)))
    _show(connection, (_heads.c.office == office) & came(_heads))


def show_again(connection: Connection, office: str, records: Iterable[tuple[str, str]]) -> None:
    """Show anew some (type, id): the centre wrote on them itself, or erased them."""
    for record in sorted(records):
        connection.execute(delete(_shown).where(_is(_shown, office, *record)))
        _show(connection, _is(_heads, office, *record))


def show_all(connection: Connection) -> None:
    """Show every disputed record anew: this program may read its lines differently."""
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
    centre_rows.add(connection, _shown, rows)


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
