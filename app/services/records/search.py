"""Finding records: the box that finds everything, and the rows of a list in the Thai order."""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import orjson
from sqlalchemy import ColumnElement, Connection, bindparam, func, literal_column, select, text

from app.core import thai
from app.core.fields import Kind, show
from app.core.line import Data
from app.models.office.store import Store
from app.models.records.base import Record, data_of, entities, fields_of, table_of
from app.services.records import diary, joined

_MANY = 4000  # from this many hits on, walking the list in its order finds the first page sooner
_ID_DIGITS = 13
_TRIGRAM = 3  # letters that a word needs to be found anywhere
_LAST = "\U0010ffff"


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
    found by its beginning. Looking someone up by a whole id number is noted in the audit diary.
    """
    keys = _keys(words)
    listed = [name for name, entity in entities().items() if entity.listed]
    if not keys:
        return []
    if len(keys[0]) == _ID_DIGITS and keys[0].isdigit():
        diary.note_soon(store, diary.FIND_ID, thai.mask_citizen_id(keys[0]))
    with store.read() as connection:
        return [
            hit for type_ in (types or listed) for hit in _find_type(connection, type_, keys, limit)
        ]


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
    have these values, or one of a list of values. Of records that are one only the kept one is
    listed, and it is named by what names any of them.
    """
    table = table_of(type_)
    keys = _keys(words)
    conditions: list[ColumnElement[bool]] = [table.c.void_reason.is_(None)]
    with store.read() as connection:
        asked = _of_all_that_are_one(connection, type_, equal or {})
        conditions += [_equals(table.c[name], value) for name, value in asked.items()]
        conditions += _not_set_aside(type_, joined.stands_for(connection, type_))
        is_walked = not keys or (not sort and _is_walked(connection, type_, keys))
        statement = select(table.c.no).where(*conditions, *_matching(type_, keys, is_walked))
        order = _order(type_, sort or "sort_key", is_walked=is_walked)
        statement = statement.order_by(order.desc() if descending else order, table.c.no)
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


def _equals(column: ColumnElement[Any], value: Any) -> ColumnElement[bool]:
    if isinstance(value, list):
        # as one value: a statement takes no more than some thousands
        wanted: Any = bindparam("wanted", orjson.dumps(value).decode(), unique=True)
        listed = text("SELECT value FROM json_each(:wanted)").bindparams(wanted)
        return column.in_(listed)
    return cast(ColumnElement[bool], column == value)


def _of_all_that_are_one(
    connection: Connection, type_: str, equal: Mapping[str, Any]
) -> dict[str, Any]:
    """Ask for every record that is one with the record that is asked for."""
    asked = {**equal}
    for each in fields_of(entities()[type_]):
        if each.target and isinstance(asked.get(each.name), str):
            ones = joined.everyone(joined.stands_for(connection, each.target), asked[each.name])
            asked[each.name] = ones if len(ones) > 1 else ones[0]
    return asked


def _not_set_aside(type_: str, kept: Mapping[str, str]) -> list[ColumnElement[bool]]:
    """Leave out the records for which another record stands.

    By their numbers, which the index of the order holds: so walking a list still reads no row.
    """
    if not kept:
        return []
    table, beside = table_of(type_), table_of(type_).alias()
    return [table.c.no.not_in(select(beside.c.no).where(_equals(beside.c.id, list(kept))))]


def _find_type(connection: Connection, type_: str, keys: list[str], limit: int) -> list[Hit]:
    """Find the row numbers first, from the index alone where the list is walked, then the rows."""
    entity, table = entities()[type_], table_of(type_)
    is_walked = _is_walked(connection, type_, keys)
    hidden = _not_set_aside(type_, joined.stands_for(connection, type_))
    first = (
        select(table.c.no)
        .where(table.c.void_reason.is_(None), *hidden, *_matching(type_, keys, is_walked))
        .order_by(_order(type_, "sort_key", is_walked=is_walked), table.c.no)
        .limit(limit)
    )
    numbers = connection.scalars(first).all()
    whole = select(table).where(table.c.no.in_(numbers)).order_by(table.c.sort_key, table.c.no)
    return [
        Hit(type_, row["id"], entity.title(data_of(entity, row)), _detail(entity, row))
        for row in connection.execute(whole).mappings()
    ]


def _is_walked(connection: Connection, type_: str, keys: list[str]) -> bool:
    """Tell whether walking the list in its order beats sorting what an index of words finds.

    It does where the list has a beginning to walk from, and where the words are so common that
    to read and sort every record they match would take longer.
    """
    if _beginning(keys):
        return True
    some = select(table_of(type_).c.no).where(*_matching(type_, keys, False)).limit(_MANY)
    return len(connection.execute(some).all()) == _MANY


def _order(type_: str, column: str, *, is_walked: bool) -> ColumnElement[str]:
    """Name what is sorted by; "+" keeps the planner from walking the list for few records."""
    table = table_of(type_)
    return literal_column(f'{"" if is_walked else "+"}"{table.name}"."{table.c[column].name}"')


def _matching(type_: str, keys: list[str], is_walked: bool) -> list[ColumnElement[bool]]:
    """Return the conditions of a match: long words stand anywhere, short ones at the beginning."""
    if not keys:
        return []
    table = table_of(type_)
    key_of = table.c.search_key
    short_keys = [key for key in keys if len(key) < _TRIGRAM]
    long_keys = [key for key in keys if len(key) >= _TRIGRAM]
    if is_walked:
        first = _beginning(keys)
        within = [_begins(table.c.sort_key, first)] if first else []
        begun = [func.instr(key_of, key) == 1 for key in short_keys]
        return [*within, *begun, *(func.instr(key_of, key) > 0 for key in long_keys)]
    begun = [_begins(key_of, key) for key in short_keys]
    if not long_keys:
        return begun
    search = f"{type_}_search"
    match = " AND ".join('"' + key.replace('"', '""') + '"' for key in long_keys)
    found = text(f"SELECT rowid FROM {search} WHERE {search} MATCH :match")  # noqa: S608
    return [*begun, table.c.no.in_(found.bindparams(match=match))]


def _begins(column: ColumnElement[str], key: str) -> ColumnElement[bool]:
    return (column >= key) & (column < key + _LAST)


def _beginning(keys: list[str]) -> str:
    """Return the common beginning of the sort keys of all matches, "" if unknown.

    A name is found by its beginning under three letters. A consonant sorts where it stands, and a
    vowel after it too, but a vowel written before its consonant sorts behind it.
    """
    short = next((key for key in keys if len(key) < _TRIGRAM), "")
    if not "\u0e01" <= short[:1] <= "\u0e2e":
        return ""
    return short if all("\u0e01" <= letter <= "\u0e2e" for letter in short) else short[0]


def _keys(words: str) -> list[str]:
    """Split what was typed into search keys; digits of an id typed in groups stay one key."""
    whole = thai.search_key(words)
    if whole.isdigit():
        return [whole]
    return list(filter(None, (thai.search_key(word) for word in words.split())))


def _detail(entity: type[Record], row: Mapping[Any, Any]) -> str:
    """Show two other facts of the record; the whole id number stands on the person's page alone."""
    found = [
        thai.mask_citizen_id(row[field.name] or "")
        if field.kind is Kind.CITIZEN_ID
        else show(field, row[field.name])
        for field in fields_of(entity)
        if field.name in entity.details
    ]
    return " · ".join(filter(None, found))
