"""The heads of each record at the centre, kept right whatever the order of arrival.

An accepted line is a head until an accepted line stands on it. A held or rejected line is never a
head, but its header is looked through: what it stood on is stood on by whatever stands on it.
"""

from typing import Any

from sqlalchemy import Connection, select

from app.models.central import bulk_rows, tables
from app.services.records.verdicts import ACCEPTED

Named = tuple[str, str, str]  # type, id and rev


def take_heads(connection: Connection, office: str, rows: list[Any]) -> None:
    """Count accepted lines, (rev, type, id, parents), in the heads."""
    _stand_on(connection, office, _parents(rows))
    behind = _stood_on(connection, office, rows)
    new = [
        {"office": office, "type": type_, "id": record_id, "rev": rev}
        for rev, type_, record_id, _parents in rows
        if (type_, record_id, rev) not in behind
    ]
    bulk_rows.add(connection, tables.heads, new)


def look_through(connection: Connection, office: str, rows: list[Any]) -> None:
    """Pass on to their parents that accepted lines stand on some of these, which were not taken."""
    behind = _stood_on(connection, office, rows)
    _stand_on(connection, office, _parents([row for row in rows if _name(row) in behind]))


def _stand_on(connection: Connection, office: str, named: set[Named]) -> None:
    """Note that accepted lines stand on these; and on the parents of those that were not taken."""
    while named:
        rows = [
            {"office": office, "rev": rev, "type": type_, "id": record_id}
            for type_, record_id, rev in sorted(named)
        ]
        bulk_rows.add_missing(connection, tables.overtaken, rows)
        bulk_rows.drop(connection, tables.heads, rows)
        named = _parents(_not_taken(connection, office, named))


def _parents(rows: list[Any]) -> set[Named]:
    return {
        (type_, record_id, parent)
        for _rev, type_, record_id, parents in rows
        for parent in parents.split()
    }


def _name(row: Any) -> Named:
    rev, type_, record_id, *_rest = row
    return type_, record_id, rev


def _stood_on(connection: Connection, office: str, rows: list[Any]) -> set[Named]:
    table = tables.overtaken
    found = connection.execute(
        select(table.c.rev, table.c.type, table.c.id).where(
            table.c.office == office,
            bulk_rows.among(connection, table.c.rev, [row[0] for row in rows]),
        )
    )
    return {_name(row) for row in found.all()}


def _not_taken(connection: Connection, office: str, named: set[Named]) -> list[Any]:
    table = tables.revisions
    found = connection.execute(
        select(table.c.rev, table.c.type, table.c.id, table.c.parents).where(
            table.c.office == office,
            bulk_rows.among(connection, table.c.rev, {rev for _type, _id, rev in named}),
            table.c.state != ACCEPTED,
        )
    )
    return [row for row in found if _name(row) in named]
