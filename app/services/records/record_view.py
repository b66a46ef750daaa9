"""What the rules may look at: the records of this desk, the rounds and the day."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from app.core.fields import Field, Kind, check, today
from app.core.line import Data
from app.models.records.base import data_of, entities, fields_of, table_of
from app.services.people import same_person


@dataclass(slots=True)
class View:
    """The records as one transaction sees them; `office` is this desk's code.

    A value that only a file can bring, such as a day that does not exist, is left out: the rules
    count and compare without fear of it, and the record it stands in is listed as a problem.
    Records that were found to be of one person count as the one that is kept.
    """

    connection: Connection
    office: str
    today: date = field(default_factory=today)
    _stands_for: dict[str, str] | None = None

    def get(self, type_: str, record_id: str | None) -> Data | None:
        """Give a record's data, None for one that is not here (yet) or was voided."""
        if type_ == "person" and record_id:
            record_id = self.kept(record_id)
        found = self.where(type_, id=record_id) if record_id else []
        return found[0][1] if found else None

    def kept(self, person: str) -> str:
        """Give the id of the record that stands for a person: most often it is the very one."""
        return self._same().get(person, person)

    def where(self, type_: str, **equal: Any) -> list[tuple[str, Data]]:
        """List the (id, data) of the records whose columns equal these values, without voided.

        Who is asked for by one record of a person is found by every one of them.
        """
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
        fields = fields_of(entity)
        of_people = {each.name for each in fields if each.target == "person"}
        asked = [
            table.c[name].in_(same_person.everyone(self._same(), value))
            if name in of_people and value in self._joined()
            else table.c[name] == value
            for name, value in equal.items()
        ]
        statement = select(table).where(kept, *asked).order_by(table.c.no)
        rows = self.connection.execute(statement).mappings()
        return [(row["id"], usable(fields, data_of(entity, row))) for row in rows]

    def _same(self) -> dict[str, str]:
        if self._stands_for is None:
            self._stands_for = same_person.kept(self.connection)
        return self._stands_for

    def _joined(self) -> set[str]:
        same = self._same()
        return {*same, *same.values()}


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
