"""Records by their names: one field of a record shows another by its title."""

import itertools
from collections.abc import Iterable, Mapping
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, select

from app.core.fields import Kind, show
from app.core.i18n import _
from app.core.ids import is_id, short_id
from app.models.office.store import Store
from app.models.records.base import data_of, entities, table_of
from app.models.records.lines import MANY
from app.services.records import joined
from app.services.records.acts import current
from app.services.records.records import Record, fields, title


def described(store: Store, record: Record) -> list[tuple[str, str]]:
    """Return (label, text) of each filled field; other records are shown by their names."""
    shown = []
    for each in fields(record.type):
        value = record.data.get(each.name)
        text = show(each, value)
        if each.kind is Kind.RECORD and value:
            text = named(store, each.target, str(value))
        if text:
            shown.append((_(each.label), text))
    return shown


def named(store: Store, type_: str, value: str) -> str:
    """Name a record that another one names: the title, or what the clerk has to go by without one.

    A record that is not here is named by its number; a word that an old line holds is itself.
    """
    if not is_id(value):
        return value
    return title_of(store, type_, value) or _("not here: {number}").format(number=short_id(value))


def title_of(store: Store, type_: str, record_id: str) -> str:
    """Name a record, "" for one that is not here (yet); one of several by the one kept."""
    with store.read() as connection:
        record_id = joined.stands_for(connection, type_).get(record_id, record_id)
        found = current(connection, type_, record_id)
    return title(type_, found.data) if found else ""


def chosen(type_: str, name: str, data: Mapping[str, Any]) -> str:
    """Return the label of what was chosen in a field of a record's data."""
    field = next(each for each in fields(type_) if each.name == name)
    assert field.kind is Kind.CHOICE  # noqa: S101 (a code is shown by its label)
    return show(field, data.get(name))


def titles(connection: Connection, wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Name many records, (type, id), in a transaction; what is not here or unknown is left out."""
    found: dict[tuple[str, str], str] = {}
    for type_, group in itertools.groupby(sorted(wanted), itemgetter(0)):
        if type_ not in entities():
            continue
        entity, table = entities()[type_], table_of(type_)
        ids = iter([record_id for _type, record_id in group])
        while some := list(itertools.islice(ids, MANY)):
            for row in connection.execute(select(table).where(table.c.id.in_(some))).mappings():
                found[type_, row["id"]] = entity.title(data_of(entity, row))
    return found
