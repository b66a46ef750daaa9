"""How the status of a record may change: states and moves as data, each move with its guards.

The states of a type are the choices of its `status` field; the moves between them stand in
resources/programme/states.json, so that a step of the paper's way is one line of data.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from app.core import codes, paths, programme_data, schema
from app.core.programme_data import Data
from app.core.schema import Rule


@dataclass(frozen=True, slots=True)
class Move:
    """One step: from any of some states to another.

    `text` is the Thai of its button. `asks` names the fields of the record that are typed with
    it, `offers` those that may be left empty, `guards` the registered functions
    (services/records/guards.py) that may refuse it; `needs_reason` asks the clerk why.
    """

    name: str
    text: str
    sources: tuple[str, ...]
    to: str
    asks: tuple[str, ...]
    guards: tuple[str, ...]
    needs_reason: bool
    offers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Machine:
    """The states of one record type, the first of them, and the moves in the order of the desk."""

    type: str
    states: tuple[str, ...]
    first: str
    moves: tuple[Move, ...]

    def offered(self, state: str) -> tuple[Move, ...]:
        """List the moves that begin in a state."""
        return tuple(move for move in self.moves if state in move.sources)

    def move(self, name: str) -> Move | None:
        """Return a move by its name, None for one that is not known."""
        return next((move for move in self.moves if move.name == name), None)


@cache
def machines() -> dict[str, Machine]:
    """Return the machine of each type that has one."""
    return read_machines(paths.resource("programme", "states.json"))


def read_machines(path: Path) -> dict[str, Machine]:
    """Read a file of machines. Raises UserError naming the file and the key that is wrong.

    Wrong is also a state that no code list has, and a name used twice.
    """
    whole = programme_data.read(path, _rules)
    return {type_: _machine(type_, row) for type_, row in whole["machines"].items()}


def _machine(type_: str, row: Data) -> Machine:
    return Machine(type_, _states(type_), row["first"], tuple(map(_move, row["moves"])))


def _states(type_: str) -> tuple[str, ...]:
    return tuple(code for code, _label in codes.STATUSES[type_])


def _move(row: Data) -> Move:
    return Move(
        row["name"],
        row["text"],
        tuple(row["from"]),
        row["to"],
        tuple(row["asks"]),
        tuple(row["guards"]),
        row["reason"],
        tuple(row.get("offers", ())),
    )


def _rules(_source: Rule) -> dict[str, Rule]:
    types = {type_: _rule_of(_states(type_)) for type_ in codes.STATUSES}
    return {"machines": schema.record({}, types)}


def _rule_of(states: tuple[str, ...]) -> Rule:
    names = schema.many(schema.anything, most=programme_data.MANY)
    move = schema.record(
        {
            "name": schema.words,
            "text": schema.words,
            "from": programme_data.some(states),
            "to": schema.one_of(*states),
            "asks": names,
            "guards": names,
            "reason": schema.flag,
        },
        {"offers": names},
    )
    one = schema.also(move, lambda row: ("from",) if row["to"] in row["from"] else None)
    moves = programme_data.unlike("name", schema.many(one, most=programme_data.MANY))
    return schema.record({"first": schema.one_of(*states), "moves": moves})
