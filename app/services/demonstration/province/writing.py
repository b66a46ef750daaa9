"""The invented records on their way into the store: whole lives at once, some thousands an act."""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic

from sqlalchemy import Connection

from app.core.states import machines
from app.models.office.store import Store, origin
from app.models.records import journal
from app.models.records.base import entities, row_of
from app.models.records.record_type import RecordType, Shape
from app.services.records.acts import write_rows

_AT_ONCE = 2_000  # records in one transaction
_EPOCH_MS = 1_727_740_800_000  # 1 October 2024: the ids are as old as the province


@dataclass(slots=True)
class Life:
    """The states of one record, oldest first; each becomes a line, the last its row."""

    type: str
    id: str
    states: list[Any]


@dataclass(slots=True)
class Book:
    """Takes records in and writes them by type; the same dice give the same records.

    The ids look like any other but come from the dice; `counts` are the records by type.
    """

    store: Store
    dice: random.Random
    counts: dict[str, int] = field(default_factory=dict)
    lines: int = 0
    _waiting: dict[str, list[Life]] = field(default_factory=dict)
    _ids: int = 0

    def new_id(self) -> str:
        """Draw the id of a record, as a UUIDv7 is made up."""
        self._ids += 1
        low = (2 << 62) | self.dice.getrandbits(62)
        text = f"{_EPOCH_MS + self._ids:012x}7{self.dice.getrandbits(12):03x}{low:016x}"
        return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))

    def add(self, type_: RecordType[Shape], *states: Shape, record_id: str = "") -> str:
        """Take in a record by its states, oldest first; return its id."""
        record_id = record_id or self.new_id()
        waiting = self._waiting.setdefault(type_, [])
        waiting.append(Life(str(type_), record_id, list(states)))
        self.counts[type_] = self.counts.get(type_, 0) + 1
        self.lines += len(states)
        if len(waiting) == _AT_ONCE:
            self._write(type_)
        return record_id

    def close(self) -> None:
        """Write what still waits."""
        for type_ in self._waiting:
            self._write(type_)

    def _write(self, type_: str) -> None:
        lives, self._waiting[type_] = self._waiting[type_], []
        self.store.write(lambda connection: _write(connection, self.store.user, type_, lives))


class Way(Generic[Shape]):
    """The way of one record through its machine, as far as its moves lie before the last day.

    A move that the machine does not offer is a fault of ours, not of the dice: AssertionError.
    """

    def __init__(self, type_: RecordType[Shape], data: Shape, *, until: date) -> None:
        self.machine = machines()[type_]
        self.states: list[Shape] = [_over(data, status=self.machine.first)]
        self.until = until
        self.ended = False

    @property
    def data(self) -> Shape:
        """Return the record as it stands now."""
        return self.states[-1]

    @property
    def status(self) -> str:
        """Return the status as it stands now."""
        return str(self.data["status"])

    def step(self, name: str, on: date, /, *, reason: str = "", **changed: object) -> bool:
        """Take a move on a day, with what it asks for; False once a day lies after the last."""
        self.ended = self.ended or on > self.until
        if self.ended:
            return False
        move = self.machine.move(name)
        kept = {key: value for key, value in self.data.items() if key != "status_reason"}
        after = {**kept, **changed, "status_on": on.isoformat()}
        why = {"status_reason": reason} if reason else {}
        offered = move is not None and self.status in move.sources
        filled = move is not None and all(after.get(each) for each in move.asks)
        if move is None or not offered or not filled or (move.needs_reason and not reason):
            raise AssertionError((self.machine.type, self.status, name))
        self.states.append(_over(after, **why, status=move.to))
        return True


def chosen(dice: random.Random, number: int, plans: Sequence[tuple[int, object]]) -> int:
    """Choose a plan by its weight; the first records take each in turn, so that none is missing."""
    if number < len(plans):
        return number
    return dice.choices(range(len(plans)), [weight for weight, _plan in plans])[0]


def _over(data: Mapping[str, Any], /, **changed: Any) -> Any:
    return {**data, **changed}


def _write(connection: Connection, user: str, type_: str, lives: Iterable[Life]) -> None:
    """Write the rows as they stand in the end, then the lines state by state."""
    lives = list(lives)
    own, entity = origin(connection), entities()[type_]
    rows = [row_of(entity, each.id, own.office, each.states[-1]) for each in lives]
    write_rows(connection, type_, rows)
    last: dict[str, str] = {}
    for place in range(max((len(each.states) for each in lives), default=0)):
        changes = [
            journal.Change(type_, each.id, each.states[place], (last[each.id],) if place else ())
            for each in lives
            if place < len(each.states)
        ]
        written = journal.Act(own, user).write(connection, changes)
        last.update(zip((change.id for change in changes), written, strict=True))
