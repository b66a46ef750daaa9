"""Finding records: the box that finds everything, and the rows of a list in the Thai order."""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, literal_column, select, text

from app.core import thai
from app.core.fields import show
from app.core.line import Data
from app.models.base import Record, data_of, entities, fields_of, table_of
from app.models.store import Store

_MANY = 1000  # from this many hits on, walking the list in its order finds the first page sooner


@dataclass(frozen=True, slots=True)
class Hit:
    """One record found, with a second line that tells namesakes apart."""

    type: str
    id: str
    title: str
    detail: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a list."""

    rowid: int
    id: str
    data: Data


def find(store: Store, words: str, *, types: Sequence[str] = (), limit: int = 50) -> list[Hit]:
    """Find records by any part of a name, number or phone, the first `limit` of each type by name.

    Tone marks, spaces, dashes and Thai digits make no difference. Under three letters a name is
    found by its beginning.
    """
    keys = _keys(words)
    listed = [name for name, entity in entities().items() if entity.listed]
    if not keys:
        return []
    with store.read() as connection:
        return [
            hit for type_ in (types or listed) for hit in _find_type(connection, type_, keys, limit)
        ][:limit]


def rows(
    store: Store,
    type_: str,
    *,
    words: str = "",
    sort: str = "",
    descending: bool = False,
    equal: Mapping[str, Any] | None = None,
) -> "array[int]":
    """List the row numbers of a list, filtered and in order; voided records are left out.

    `sort` names a field, "" is the name in the Thai order; `equal` keeps the rows whose columns
    have these values.
    """
    table = table_of(type_)
    statement: Select[Any] = select(table.c.no).where(table.c.void_reason.is_(None))
    for name, value in (equal or {}).items():
        statement = statement.where(table.c[name] == value)
    for condition in _conditions(type_, _keys(words)):
        statement = statement.where(condition)
    # "+" keeps the planner from walking the whole index in its order to save a sort of few rows
    column = f'"{table.name}"."{table.c[sort or "sort_key"].name}"'
    order: ColumnElement[str] = literal_column(f"+{column}" if words else column)
    statement = statement.order_by(order.desc() if descending else order, table.c.no)
    with store.read() as connection:
        return array("q", connection.scalars(statement).all())


def page(store: Store, type_: str, numbers: Sequence[int]) -> list[Row]:
    """Read some rows of a list, in the order of their numbers as given."""
    entity = entities()[type_]
    table = table_of(type_)
    with store.read() as connection:
        found = connection.execute(select(table).where(table.c.no.in_(list(numbers)))).mappings()
        by_number = {row["no"]: row for row in found}
    return [
        Row(number, by_number[number]["id"], data_of(entity, by_number[number]))
        for number in numbers
        if number in by_number
    ]


def _find_type(connection: Connection, type_: str, keys: list[str], limit: int) -> list[Hit]:
    entity = entities()[type_]
    table = table_of(type_)
    conditions = _conditions(type_, keys)
    statement = select(table).where(table.c.void_reason.is_(None), *conditions)
    if _is_common(connection, type_, conditions):
        inner = _walk(type_, keys)
        statement = select(table).where(table.c.void_reason.is_(None), inner)
        order: ColumnElement[str] = literal_column(f'"{table.name}".sort_key')
    else:
        order = literal_column(f'+"{table.name}".sort_key')
    found = connection.execute(statement.order_by(order).limit(limit)).mappings().all()
    return [
        Hit(type_, row["id"], entity.title(data_of(entity, row)), _detail(entity, row))
        for row in found
    ]


def _is_common(connection: Connection, type_: str, conditions: list[Any]) -> bool:
    table = table_of(type_)
    some = select(table.c.no).where(*conditions).limit(_MANY)
    return len(connection.execute(some).all()) == _MANY


def _walk(type_: str, keys: list[str]) -> Any:
    """Match by looking at each key in turn: for words that most of a page's names hold."""
    table = table_of(type_)
    condition = text(
        " AND ".join(
            f'instr("{table.name}".search_key, :k{n}) {"> 0" if len(key) > 2 else "= 1"}'
            for n, key in enumerate(keys)
        )
    )
    return condition.bindparams(**{f"k{n}": key for n, key in enumerate(keys)})


def _conditions(type_: str, keys: list[str]) -> list[Any]:
    """Match long words by the trigram table and short ones by the beginning of the key."""
    table = table_of(type_)
    long_keys = [key for key in keys if len(key) > 2]
    conditions: list[Any] = []
    if long_keys:
        match = " AND ".join('"' + key.replace('"', '""') + '"' for key in long_keys)
        search = f"{type_}_search"
        conditions.append(
            table.c.no.in_(
                text(f"SELECT rowid FROM {search} WHERE {search} MATCH :match").bindparams(  # noqa: S608
                    match=match
                )
            )
        )
    conditions += [
        (table.c.search_key >= key) & (table.c.search_key < key + "\U0010ffff")
        for key in keys
        if len(key) <= 2
    ]
    return conditions


def _keys(words: str) -> list[str]:
    """Split what was typed into search keys; digits of an id typed in groups stay one key."""
    whole = thai.search_key(words)
    if whole.isdigit():
        return [whole]
    return list(filter(None, (thai.search_key(word) for word in words.split())))


def _detail(entity: type[Record], row: Mapping[Any, Any]) -> str:
    """Show the first two other facts of the record: its number and where it is."""
    found = [
        show(field, row[field.name])
        for field in fields_of(entity)
        if field.name in _DETAILS.get(entity.__tablename__, ())
    ]
    return " · ".join(filter(None, found))


_DETAILS = {
    "person": ("id_no", "phone"),
    "group": ("group_no", "occupation_type"),
    "loan_file": ("amount_requested", "status"),
}
