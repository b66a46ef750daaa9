"""How the status of a record may change: states and moves as data, each move with its guards.

The states of a type are the choices of its `status` field; the moves between them stand in
resources/programme/states.json, so that a step of the paper's way is one line of data.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from app.core import codes, paths
from app.core.programme_file import Node, open_file


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

    Wrong is also a state that no code list has, one that no move reaches, and a name used twice.
    """
    inner = open_file(path).inner("machines")
    return {type_: _machine(type_, inner, inner.inner(type_)) for type_ in inner.keys}


def _machine(type_: str, all_: Node, row: Node) -> Machine:
    if type_ not in codes.STATUSES:
        raise all_.damage(type_)
    states = tuple(code for code, _label in codes.STATUSES[type_])
    moves = tuple(_move(each, states) for each in row.each("moves"))
    first = row.text("first")
    reached = {first, *(move.to for move in moves)}
    if len({move.name for move in moves}) != len(moves) or not reached <= set(states):
        raise row.damage("moves")
    return Machine(type_, states, first, moves)


def _move(row: Node, states: tuple[str, ...]) -> Move:
    sources = row.texts("from")
    if not sources or not set(sources) <= set(states) or row.text("to") in sources:
        raise row.damage("from")
    return Move(
        row.text("name"),
        row.text("text"),
        sources,
        row.text("to"),
        row.texts("asks"),
        row.texts("guards"),
        row.flag("reason"),
        row.texts("offers") if "offers" in row.keys else (),
    )
