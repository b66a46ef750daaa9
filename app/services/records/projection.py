"""Rows from lines: what a table shows is computed from the heads of each record."""

import itertools
from collections.abc import Iterable
from operator import itemgetter

from sqlalchemy import Connection, delete, select

from app.core.line import PUT, Body, Data, Line
from app.models.office.store import Store, set_setting
from app.models.records.base import entities, read, row_of, table_of
from app.models.records.journal import forget_dirty
from app.models.records.lines import heads, heads_among, heads_of, line, lines_among, lines_of
from app.services.records.acts import remove_row, write_rows
from app.sync import merge

_BATCH = 500


def rebuild(connection: Connection, records: Iterable[tuple[str, str]]) -> None:
    """Compute the rows of some (type, id), given type by type, anew; no line is written.

    A type that this program does not know keeps its lines and has no row.
    """
    known = (record for record in records if record[0] in entities())
    for type_, group in itertools.groupby(known, itemgetter(0)):
        while batch := list(itertools.islice(group, _BATCH)):
            _rebuild(connection, type_, [record_id for _type, record_id in batch])
    forget_dirty(connection)


def rebuild_all(store: Store) -> None:
    """Compute every row anew: after a migration, or where verify found a row astray."""

    def work(connection: Connection) -> None:
        known = connection.execute(
            select(heads.c.type, heads.c.id).distinct().order_by(heads.c.type, heads.c.id)
        ).all()
        for type_ in entities():
            connection.execute(delete(table_of(type_)))
        rebuild(connection, [(type_, record_id) for type_, record_id in known])
        set_setting(connection, "rebuild_rows", None)

    store.write(work)


def shown(connection: Connection, type_: str, record_id: str) -> tuple[Data | None, str]:
    """Return a record's data computed from its heads, None if undone or erased; and its office."""
    revs = heads_of(connection, type_, record_id)
    if len(revs) == 1:
        only = line(connection, revs[0])
        return (_read(only), only.header.office) if only else (None, "")
    found = lines_of(connection, type_, record_id)
    return shown_by(found), found[0].header.office


def shown_among(
    connection: Connection, type_: str, ids: list[str]
) -> dict[str, tuple[Data | None, str]]:
    """Return the results of `shown` for some records of a type, {id: (data, office)}.

    Nearly all have one head: its lines are read at once, for a query a record costs ten times
    more. Raises IndexError for a record without a line, as `shown` does.
    """
    standing = heads_among(connection, type_, ids)
    single = {revs[0]: record_id for record_id, revs in standing.items() if len(revs) == 1}
    given = {
        single[rev]: (_read(found), found.header.office)
        for rev, found in lines_among(connection, list(single))
    }
    given |= {each: (None, "") for each in single.values() if each not in given}
    return given | {each: shown(connection, type_, each) for each in ids if each not in given}


def shown_by(found: Iterable[Line]) -> Data | None:
    """Return the merged data of some lines of one record, each read as this program's version."""
    return merged(found).data


def merged(found: Iterable[Line]) -> merge.Shown:
    """Merge the lines of one record, each read as this program's version of its type."""
    return merge.shown([_upcast(each) for each in found])


def _rebuild(connection: Connection, type_: str, ids: list[str]) -> None:
    rows = []
    found = shown_among(connection, type_, ids)
    for record_id in ids:
        data, office = found[record_id]
        if data is None:
            remove_row(connection, type_, record_id)
        else:
            rows.append(row_of(entities()[type_], record_id, office, data))
    write_rows(connection, type_, rows)


def _read(found: Line) -> Data | None:
    if found.header.op != PUT or found.body is None:
        return None
    return read(entities()[found.header.type], found.body.data, found.header.v)


def _upcast(found: Line) -> Line:
    data = _read(found)
    if data is None or found.body is None:
        return found
    return Line(found.header, Body(found.body.salt, data))
