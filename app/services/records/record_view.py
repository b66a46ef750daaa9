"""What the rules may look at: the records of this desk, the rounds and the day."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

from sqlalchemy import ColumnElement, Connection, func, select

from app.core.fields import Field, Kind, check, today
from app.core.line import Data
from app.models.records.base import data_of, entities, fields_of, table_of
from app.models.records.record_type import RecordType, Shape
from app.services.records import joined


@dataclass(slots=True)
class View:
    """The records as one transaction sees them; `office` is this desk's code.

    A value that only a file can bring, such as a day that does not exist, is left out: the rules
    count and compare without fear of it, and the record it stands in is listed as a problem.
    Records that were found to be one count as the one that is kept.
    """

    connection: Connection
    office: str
    today: date = field(default_factory=today)
    _stands_for: dict[str, joined.StandsFor] = field(default_factory=dict)  # by type

    def get(self, type_: RecordType[Shape], record_id: str | None) -> Shape | None:
        """Return a record's data, None for an unknown or voided record."""
        found = self.where(type_, id=self.kept(type_, record_id)) if record_id else []
        return found[0][1] if found else None

    def kept(self, type_: str, record_id: str) -> str:
        """Return the id of the record that stands for a record: most often it is the very one."""
        return self._kept_of(type_).get(record_id, record_id)

    def where(self, type_: RecordType[Shape], **equal: Any) -> list[tuple[str, Shape]]:
        """List the (id, data) of the records whose columns equal these values, without voided.

        What is asked for by one of the records that are one is found by every one of them.
        """
        return self._read(type_, table_of(type_).c.void_reason.is_(None), equal)

    def voided(self, type_: RecordType[Shape], **equal: Any) -> list[tuple[str, Shape]]:
        """List the (id, data) of the voided records whose columns equal these values."""
        return self._read(type_, table_of(type_).c.void_reason.is_not(None), equal)

    def highest(self, type_: str, column: str, prefix: str) -> str:
        """Return the last number that begins with `prefix`, "" for none; voided ones count."""
        found = table_of(type_).c[column]
        statement = select(found).where(found.startswith(prefix, autoescape=True))
        ordered = statement.order_by(func.length(found).desc(), found.desc()).limit(1)
        return self.connection.scalar(ordered) or ""

    def _read(
        self, type_: RecordType[Shape], kept: ColumnElement[bool], equal: dict[str, Any]
    ) -> list[tuple[str, Shape]]:
        entity, table = entities()[type_], table_of(type_)
        fields = fields_of(entity)
        targets = {each.name: each.target for each in fields if each.target}
        asked = [
            table.c[name].in_(ones) if len(ones) > 1 else table.c[name] == value
            for name, value in equal.items()
            for ones in (self._ones(targets.get(name, ""), value),)
        ]
        statement = select(table).where(kept, *asked).order_by(table.c.no)
        rows = self.connection.execute(statement).mappings()
        found = [(row["id"], usable(fields, data_of(entity, row))) for row in rows]
        return cast("list[tuple[str, Shape]]", found)  # the shapes are made of the same columns

    def _ones(self, target: str, value: Any) -> list[Any]:
        """List the records that are one with the record that a field names."""
        return joined.everyone(self._kept_of(target), value) if target else [value]

    def _kept_of(self, type_: str) -> joined.StandsFor:
        if type_ not in self._stands_for:
            self._stands_for[type_] = joined.stands_for(self.connection, type_)
        return self._stands_for[type_]


_DATES = (Kind.DATE, Kind.PARTIAL_DATE)


def usable(fields: Iterable[Field], data: Data) -> Data:
    """Return a record without the days that are none; what is only too long or too large stays.

    A row keeps the parts that `fields` describe. A list with a row that lacks a needed part, or
    has a day that is none, is left out whole: half a table is no table. What a row of a table
    cannot hold at all was left out when the record was read (models.records.base.read).
    """
    data = dict(data)
    for each in fields:
        value = data.get(each.name)
        if value is None:
            continue
        if not _is_usable(each, value):
            del data[each.name]
        elif each.kind is Kind.ROWS:
            names = [part.name for part in each.rows]
            data[each.name] = [{n: row[n] for n in names if n in row} for row in value if row]
    return data


def _is_usable(field: Field, value: Any) -> bool:
    if field.kind in _DATES:
        return not check(field, value)
    if field.kind is not Kind.ROWS:
        return True
    return all(
        _is_usable(part, row[part.name]) if row.get(part.name) is not None else not part.required
        for row in value
        for part in (field.rows if row else ())  # an empty row says nothing
    )
