"""Which record a row is about, and what its values make of that record."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from app.core.fields import Field, Kind, clean, show
from app.core.i18n import _
from app.core.line import Data
from app.models.records.lines import MANY, heads
from app.services.records import lists, records
from app.services.spreadsheets.imports.plans import Difference


@dataclass(frozen=True, slots=True)
class Known:
    """A record that is already here."""

    id: str
    data: Data
    heads: tuple[str, ...]


def known(connection: Connection, type_: str, found: Mapping[str, Data]) -> list[Known]:
    """Return records, by id, with their heads."""
    of_record: dict[str, list[str]] = {record_id: [] for record_id in found}
    ids = list(found)
    for start in range(0, len(ids), MANY):
        some = select(heads.c.id, heads.c.rev).where(
            heads.c.type == type_, heads.c.id.in_(ids[start : start + MANY])
        )
        for record_id, rev in connection.execute(some):
            of_record[record_id].append(rev)
    return [Known(i, data, tuple(sorted(of_record[i]))) for i, data in found.items()]


def begun(type_: str, values: Data) -> Data:
    """Return a new record: the values over the defaults of a new form."""
    described = {field.name for field in records.fields(type_)}
    own = {name: value for name, value in values.items() if name in described}
    defaults = {
        field.name: field.default for field in records.fields(type_) if field.default is not None
    }
    if begin := lists.listed(type_).begun:
        defaults = begin(defaults, own)
    return clean(records.fields(type_), defaults | own)


def laid_over(type_: str, before: Data, values: Data, *, overwrite: bool) -> Data:
    """Return a record with the values in it; an empty cell leaves what was there."""
    data = dict(before)
    for field in records.fields(type_):
        if field.name in values and (overwrite or field.name not in before):
            data[field.name] = _joined(field, before.get(field.name), values[field.name])
    return clean(records.fields(type_), data)


def differences(type_: str, before: Data, after: Data) -> list[Difference]:
    """List what changes in a record."""
    return [
        Difference(
            field.name,
            _(field.label),
            show(field, before.get(field.name)),
            show(field, after.get(field.name)),
        )
        for field in records.fields(type_)
        if before.get(field.name) != after.get(field.name)
    ]


def _joined(field: Field, before: Data | None, value: Data) -> Data:
    """Fill an address up where the parts agree; parts of two addresses are never mixed."""
    if field.kind is not Kind.ADDRESS or not before:
        return value
    agree = all(before.get(part, text) == text for part, text in value.items())
    return {**before, **value} if agree else value
