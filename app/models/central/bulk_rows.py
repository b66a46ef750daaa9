"""Many rows at once, each back end in its fastest way; the only place that tells them apart.

PostgreSQL takes new rows by COPY and the others as arrays; SQLite takes hundreds in a statement, so
that what reads the next rows is let to work meanwhile. Rows are dictionaries that all have the same
names in the same order.
"""
# ruff: noqa: S608 (tables and columns are our own; values are bound)

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

import orjson
from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Connection,
    FromClause,
    Integer,
    LargeBinary,
    Table,
    Text,
    any_,
    bindparam,
    delete,
    func,
    select,
    tuple_,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.types import TypeEngine

from app.models.central.centre_database import SQLITE

Row = Mapping[str, Any]


def add(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert rows of which none is there: whoever writes is alone and has looked."""
    if not rows:
        return
    names = list(rows[0])
    target = _target(table, names)
    if _is_sqlite(connection):
        _insert(connection, target, rows)
        return
    driver: Any = connection.connection.driver_connection
    with (
        driver.cursor() as cursor,
        cursor.copy(f"COPY {target} FROM STDIN (FORMAT BINARY)") as copy,
    ):
        copy.set_types([_copied_as(table.c[name].type) for name in names])
        for row in rows:
            copy.write_row(tuple(row.values()))


def add_missing(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert those rows whose key is not there yet."""
    if not rows:
        return
    if _is_sqlite(connection):
        _insert(connection, _target(table, list(rows[0])), rows, " ON CONFLICT DO NOTHING")
        return
    given = _unnested(table, rows)
    # In the order of the key: two that insert the same keys in another order lock each other out.
    ordered = select(*given.c).order_by(*given.c)
    inserting = postgresql.insert(table).from_select(list(rows[0]), ordered)
    connection.execute(inserting.on_conflict_do_nothing())


def drop(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Delete the rows with these values; missing rows are no error."""
    if not rows:
        return
    names = list(rows[0])
    if _is_sqlite(connection):
        where = " AND ".join(f"{_quoted(name)} = ?" for name in names)
        statement = f"DELETE FROM {_quoted(table.name)} WHERE {where}"
        connection.exec_driver_sql(statement, [tuple(row.values()) for row in rows])
        return
    named = tuple_(*(table.c[name] for name in names))
    connection.execute(delete(table).where(named.in_(select(*_unnested(table, rows).c))))


def count_anew(connection: Connection, *tables: Table) -> None:
    """Let the planner know of many new rows at once; by itself it hears of them a minute later."""
    if not _is_sqlite(connection):
        names = ", ".join(f'"{table.name}"' for table in tables)
        connection.exec_driver_sql(f"ANALYZE {names}")


def among(
    connection: Connection, column: ColumnElement[str], values: Iterable[str]
) -> ColumnElement[bool]:
    """Ask whether a text is one of many, which are bound as one value: there may be thousands."""
    given = sorted(values)
    if _is_sqlite(connection):
        listed = func.json_each(orjson.dumps(given).decode()).table_valued("value")
        return column.in_(select(listed.c.value))
    return column == any_(_split(given))


def _is_sqlite(connection: Connection) -> bool:
    return connection.dialect.name == SQLITE


def _insert(connection: Connection, target: str, rows: Sequence[Row], rest: str = "") -> None:
    width = len(rows[0])
    for start in range(0, len(rows), _MOST_VALUES // width):
        piece = rows[start : start + _MOST_VALUES // width]
        places = f"({', '.join('?' * width)})"
        statement = f"INSERT INTO {target} VALUES {', '.join([places] * len(piece))}{rest}"
        connection.exec_driver_sql(statement, tuple(chain.from_iterable(map(_values, piece))))


_MOST_VALUES = 7000  # in a statement; SQLite takes 32,766


def _values(row: Row) -> Iterable[Any]:
    return row.values()


def _target(table: Table, names: Sequence[str]) -> str:
    return f"{_quoted(table.name)} ({', '.join(map(_quoted, names))})"


def _quoted(name: str) -> str:
    return f'"{name}"'


def _copied_as(kind: TypeEngine[Any]) -> str:
    if isinstance(kind, LargeBinary):
        return "bytea"
    if isinstance(kind, Integer):
        return "int8" if kind.__visit_name__ == "big_integer" else "int4"
    return "text"


def _unnested(table: Table, rows: Sequence[Row]) -> FromClause:
    """Return rows as a table that was sent as one array for each column."""
    names = list(rows[0])
    arrays = [_array([row[name] for row in rows], table.c[name].type) for name in names]
    return func.unnest(*arrays).table_valued(*names, name="given").render_derived()


def _array(values: list[Any], kind: TypeEngine[Any]) -> ColumnElement[Any]:
    if isinstance(kind, Integer):
        return bindparam(None, values, type_=ARRAY(Integer()))
    return _split(values)


def _split(values: list[str]) -> ColumnElement[Any]:
    """Send texts as one text and let the server split it: psycopg looks at each of an array."""
    if any(_BETWEEN in value for value in values):
        raise AssertionError("a key holds the sign that stands between keys")
    joined = bindparam(None, _BETWEEN.join(values), type_=Text())
    return func.string_to_array(joined, _BETWEEN, type_=postgresql.ARRAY(Text()))


_BETWEEN = "\x1f"  # no key of ours holds it: they are codes, ids and digests
