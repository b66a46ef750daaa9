"""What the rules may look at: the records of this desk, the rounds and the day."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from app.core.fields import Field, Kind, check, has_form, today
from app.core.line import Data
from app.models.base import data_of, entities, fields_of, table_of


@dataclass(slots=True)
class View:
    """The records as one transaction sees them; `office` is this desk's code.

    A value that only a file can bring, such as a day that does not exist, is left out: the rules
    count and compare without fear of it, and the record it stands in is listed as a problem.
    """

    connection: Connection
    office: str
    today: date = field(default_factory=today)

    def get(self, type_: str, record_id: str | None) -> Data | None:
        """Give a record's data, None for one that is not here (yet) or was voided."""
        found = self.where(type_, id=record_id) if record_id else []
        return found[0][1] if found else None

    def where(self, type_: str, **equal: Any) -> list[tuple[str, Data]]:
        """List the (id, data) of the records whose columns equal these values, without voided."""
        return self._read(type_, table_of(type_).c.void_reason.is_(None), equal)

    def voided(self, type_: str, **equal: Any) -> list[tuple[str, Data]]:
        """List the (id, data) of the voided records whose columns equal these values."""
        return self._read(type_, table_of(type_).c.void_reason.is_not(None), equal)

    def highest(self, type_: str, column: str, prefix: str) -> str:
        """Give the last of the numbers that begin with `prefix`, "" for none; voided ones count."""
        found = table_of(type_).c[column]
        statement = select(found).where(found.startswith(prefix, autoescape=True))
        ordered = statement.order_by(func.length(found).desc(), found.desc()).limit(1)
        return self.connection.scalar(ordered) or ""

    def _read(
        self, type_: str, kept: ColumnElement[bool], equal: dict[str, Any]
    ) -> list[tuple[str, Data]]:
        entity, table = entities()[type_], table_of(type_)
        statement = select(table).where(kept, *(table.c[name] == equal[name] for name in equal))
        rows = self.connection.execute(statement.order_by(table.c.no)).mappings()
        fields = fields_of(entity)
        return [(row["id"], _usable(fields, data_of(entity, row))) for row in rows]


_DATES = (Kind.DATE, Kind.PARTIAL_DATE)


def _usable(fields: tuple[Field, ...], data: Data) -> Data:
    """Leave out what is not of its kind; what is only too long or too large stays."""
    for each in fields:
        value = data.get(each.name)
        is_no_day = value is not None and each.kind in _DATES and bool(check(each, value))
        if is_no_day or not has_form(each, value):
            del data[each.name]
    return data
