"""One service call is one transaction and one act: rows first, then their lines, then COMMIT."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import Connection, bindparam, delete, select
from sqlalchemy.dialects.sqlite import insert as upsert

from app.core.errors import Invalid
from app.core.fields import clean
from app.core.holding import flaw
from app.core.line import Data
from app.models.office.store import Store, origin
from app.models.records import journal
from app.models.records.base import data_of, entities, fields_of, row_of, rules_of, table_of
from app.models.records.lines import heads_of
from app.services.records import returned_lines

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Current:
    """A record as its row shows it now; `heads` are sorted, more than one is a conflict."""

    data: Data
    heads: tuple[str, ...]


@dataclass(slots=True)
class Acting:
    """An act being written; its changes reach the journal when the work is done."""

    connection: Connection
    act: journal.Act
    changes: list[journal.Change] = field(default_factory=list)
    written: set[tuple[str, str]] = field(default_factory=set)  # (type, id)

    def put(self, type_: str, record_id: str, data: Data, parents: tuple[str, ...]) -> None:
        """Note a record's new data; its row changes now, its line is written at the end.

        Put twice, a record has one line: that of the last.
        """
        self.put_many(type_, [(record_id, data, parents)])

    def put_many(self, type_: str, records: list[tuple[str, Data, tuple[str, ...]]]) -> None:
        """Note many records of one type at once: (id, data, parents).

        Raises Invalid for what no row can hold: the gate of all that comes in by file is this one.
        """
        entity, office = entities()[type_], self.act.origin.office
        for _record_id, data, _parents in records:
            if wrong := flaw(rules_of(entity), data):
                raise Invalid([wrong])
        write_rows(
            self.connection,
            type_,
            [row_of(entity, record_id, office, data) for record_id, data, _parents in records],
        )
        self.changes += [
            journal.Change(type_, record_id, data, parents) for record_id, data, parents in records
        ]

    def remove_many(self, type_: str, records: list[tuple[str, tuple[str, ...]]]) -> None:
        """Undo creations, (id, parents): the rows go, the lines stay."""
        table = table_of(type_)
        self.connection.execute(
            delete(table).where(table.c.id == bindparam("gone")),
            [{"gone": record_id} for record_id, _parents in records],
        )
        self.changes += [
            journal.Change(type_, record_id, None, parents) for record_id, parents in records
        ]

    def write(self) -> None:
        """Write the lines of the changes so far."""
        last = {(change.type, change.id): change for change in self.changes}
        self.act.write(self.connection, list(last.values()))
        self.written |= last.keys()
        self.changes.clear()

    def finish(self) -> int:
        """Write what is not written; return how many lines that came back go again with it."""
        self.write()
        return returned_lines.put_again(self.connection, self.act, self.written)


def act(store: Store, work: Callable[[Acting], T]) -> T:
    """Run `work` in one transaction on the writer thread and write its lines.

    Whatever `work` raises leaves the store as it was.
    """
    return act_and_again(store, work)[0]


def act_and_again(store: Store, work: Callable[[Acting], T]) -> tuple[T, int]:
    """Do what act does; return, too, how many lines that came back go again with it."""

    def inside(connection: Connection) -> tuple[T, int]:
        acting = Acting(connection, journal.Act(origin(connection), store.user))
        return work(acting), acting.finish()

    return store.write(inside)


def current(connection: Connection, type_: str, record_id: str) -> Current | None:
    """Return the current data and heads of a record, None for an unknown record."""
    table = table_of(type_)
    row = connection.execute(select(table).where(table.c.id == record_id)).mappings().first()
    if row is None:
        return None
    data = data_of(entities()[type_], row)
    return Current(data, heads_of(connection, type_, record_id))


def sound(type_: str, data: Data) -> Data:
    """Return the writable part of a record that an older program let in unchecked.

    Odd letters go, and what still no row can hold; the lines before keep it. So a record can
    always go out of use.
    """
    rules = rules_of(entities()[type_])
    if flaw(rules, data) is None:
        return data
    cleaned = clean(fields_of(entities()[type_]), data)
    return {name: value for name, value in cleaned.items() if not flaw(rules, {name: value})}


def write_rows(connection: Connection, type_: str, rows: list[dict[str, Any]]) -> None:
    """Insert or replace the rows of records by id."""
    if not rows:
        return
    table = table_of(type_)
    statement = upsert(table)
    changed = {name: statement.excluded[name] for name in rows[0] if name != "id"}
    connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=changed), rows)


def remove_row(connection: Connection, type_: str, record_id: str) -> None:
    """Take the row of a record away."""
    table = table_of(type_)
    connection.execute(delete(table).where(table.c.id == record_id))
