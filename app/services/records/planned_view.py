"""The records as they will be once the earlier rows of a list are in, read in bulk."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from app.models.records.base import data_of, entities, table_of
from app.models.records.lines import MANY
from app.models.records.record_type import RecordType, Shape
from app.services.records.record_view import View

_Shelf = dict[Any, dict[str, Any]]  # the data of any shape


@dataclass(slots=True)
class Ahead(View):
    """A View that also shows what was put into it, and asks the database each question once.

    Rules ask several questions of each row; what `load` has read at once they get from memory.
    `in_hand` holds the records of the row that is being checked, by id.
    """

    in_hand: dict[str, Any] = field(default_factory=dict)
    _shelves: dict[tuple[str, str], _Shelf] = field(default_factory=dict)
    _last: dict[tuple[str, str, str], str] = field(default_factory=dict)
    _put: dict[str, dict[str, Any]] = field(default_factory=dict)

    def load(
        self, type_: RecordType[Shape], column: str, values: Iterable[Any]
    ) -> list[tuple[str, Shape]]:
        """Read the records whose column has one of these values; return their (id, data)."""
        wanted = list(dict.fromkeys(values))
        entity, table = entities()[type_], table_of(type_)
        found: list[tuple[str, Any]] = []
        for start in range(0, len(wanted), MANY):
            some = table.c[column].in_(wanted[start : start + MANY])
            statement = select(table).where(table.c.void_reason.is_(None), some)
            rows = self.connection.execute(statement.order_by(table.c.no)).mappings()
            found += [(row["id"], data_of(entity, row)) for row in rows]
        self._shelve(type_, column, wanted, found)
        shelf = self._shelves[type_, column]
        return [pair for value in wanted for pair in shelf[value].items()]

    def put(self, type_: str, record_id: str, data: Mapping[str, Any]) -> None:
        """Show a record from now on as the list has it."""
        before = self._by_id(type_).get(record_id, {}).get(record_id, {})
        self._put.setdefault(type_, {})[record_id] = data
        for (of, column), shelf in self._shelves.items():
            if of == type_ and column != "id":
                shelf.get(before.get(column), {}).pop(record_id, None)
                if (value := data.get(column)) in shelf:
                    shelf[value][record_id] = data
        self._by_id(type_)[record_id] = {record_id: data}
        for (of, column, prefix), last in self._last.items():
            if of == type_ and str(data.get(column, "")).startswith(prefix):
                self._last[of, column, prefix] = max(last, data[column], key=_in_order)

    def get(self, type_: RecordType[Shape], record_id: str | None) -> Shape | None:
        """Return a record's data, of the row in hand first."""
        return self.in_hand.get(record_id or "") or View.get(self, type_, record_id)

    def where(self, type_: RecordType[Shape], **equal: Any) -> list[tuple[str, Shape]]:
        """List the (id, data) of the records whose columns equal these values."""
        column = "id" if "id" in equal else next(iter(equal), "")
        value = equal.get(column)
        shelf = self._shelves.setdefault((type_, column), {})
        if value not in shelf and column:
            self.load(type_, column, [value])
        elif value not in shelf:
            self._shelve(type_, column, [None], View.where(self, type_))
        others = [(name, wanted) for name, wanted in equal.items() if name != column]
        return [
            (record_id, data)
            for record_id, data in shelf[value].items()
            if all(data.get(name) == wanted for name, wanted in others)
        ]

    def highest(self, type_: str, column: str, prefix: str) -> str:
        """Return the last of the numbers that begin with `prefix`; those put in count."""
        key = (type_, column, prefix)
        if key not in self._last:
            put = [str(data.get(column, "")) for data in self._put.get(type_, {}).values()]
            found = [View.highest(self, type_, column, prefix), *put]
            fitting = [number for number in found if number.startswith(prefix)]
            self._last[key] = max(fitting, key=_in_order, default="")
        return self._last[key]

    def _shelve(
        self, type_: str, column: str, values: list[Any], found: Iterable[tuple[str, Any]]
    ) -> None:
        """Keep the answer for some values of a column; what was put stands over what was read."""
        put = self._put.get(type_, {})
        read = [(record_id, data) for record_id, data in found if record_id not in put]
        self._by_id(type_).update({record_id: {record_id: data} for record_id, data in read})
        shelf = self._shelves.setdefault((type_, column), {})
        shelf.update({value: {} for value in values})
        for record_id, data in [*read, *put.items()]:
            value = record_id if column == "id" else data.get(column)
            if value in shelf:
                shelf[value][record_id] = data

    def _by_id(self, type_: str) -> _Shelf:
        return self._shelves.setdefault((type_, "id"), {})


def _in_order(number: str) -> tuple[int, str]:
    return len(number), number
