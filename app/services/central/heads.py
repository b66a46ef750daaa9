"""The heads of each record at the centre, kept right whatever the order of arrival.

An accepted line is a head until an accepted line stands on it. A held or rejected line is never a
head, but its header is looked through: what it stood on is stood on by whatever stands on it.
"""

from typing import Any

import orjson
from sqlalchemy import Connection, bindparam, delete, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from app.models import central as tables
from app.services.central.judging import ACCEPTED

Named = tuple[str, str, str]  # type, id and rev

_MANY = 2000


def take_heads(connection: Connection, office: str, rows: list[Any]) -> None:
    """Count accepted lines, (rev, type, id, line), in the heads."""
    _stand_on(connection, office, _parents(rows))
    behind = _stood_on(connection, office, rows)
    new = [
        {"office": office, "type": type_, "id": record_id, "rev": rev}
        for rev, type_, record_id, _line in rows
        if (type_, record_id, rev) not in behind
    ]
    if new:
        connection.execute(insert(tables.heads), new)


def look_through(connection: Connection, office: str, rows: list[Any]) -> None:
    """Pass on to their parents that accepted lines stand on some of these, which were not taken."""
    behind = _stood_on(connection, office, rows)
    _stand_on(connection, office, _parents([row for row in rows if _name(row) in behind]))


def _stand_on(connection: Connection, office: str, named: set[Named]) -> None:
    """Note that accepted lines stand on these; and on the parents of those that were not taken."""
    while named:
        rows = [
            {"office": office, "type": type_, "id": record_id, "rev": rev}
            for type_, record_id, rev in sorted(named)
        ]
        connection.execute(upsert(tables.overtaken).on_conflict_do_nothing(), rows)
        _take_away(connection, office, named)
        named = _parents(_not_taken(connection, office, named))


def _parents(rows: list[Any]) -> set[Named]:
    return {
        (type_, record_id, parent)
        for _rev, type_, record_id, line in rows
        for parent in orjson.loads(line)["h"]["parents"]
    }


def _name(row: Any) -> Named:
    return row.type, row.id, row.rev


def _stood_on(connection: Connection, office: str, rows: list[Any]) -> set[Named]:
    table = tables.overtaken
    found = connection.execute(
        select(table.c.type, table.c.id, table.c.rev).where(
            table.c.office == office, table.c.rev.in_([row.rev for row in rows])
        )
    )
    return {_name(row) for row in found}


def _take_away(connection: Connection, office: str, named: set[Named]) -> None:
    table = tables.heads
    connection.execute(
        delete(table).where(
            table.c.office == office,
            table.c.type == bindparam("t"),
            table.c.id == bindparam("i"),
            table.c.rev == bindparam("r"),
        ),
        [{"t": type_, "i": record_id, "r": rev} for type_, record_id, rev in sorted(named)],
    )


def _not_taken(connection: Connection, office: str, named: set[Named]) -> list[Any]:
    table = tables.revisions
    revs = sorted({rev for _type, _id, rev in named})
    found: list[Any] = []
    for start in range(0, len(revs), _MANY):  # a line may name a thousand parents
        found += connection.execute(
            select(table.c.rev, table.c.type, table.c.id, table.c.line).where(
                table.c.office == office,
                table.c.rev.in_(revs[start : start + _MANY]),
                table.c.state != ACCEPTED,
            )
        )
    return [row for row in found if _name(row) in named]
