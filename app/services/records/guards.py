"""What a move asks before it is made: each guard is named by the moves of the programme's data.

A guard looks like a rule: it takes (view, record id, data as the move would leave them) and yields
Problems. Only a guard with a published source, or one about the form, may block; every other one
warns and asks for a reason.
"""

from collections.abc import Callable, Mapping
from typing import Any

from app.models.records.record_type import RecordType, Shape
from app.services import areas
from app.services.records.rules import Rule

_GUARDS: dict[str, dict[str, Rule[Any]]] = {}


def guard(type_: RecordType[Shape]) -> Callable[[Rule[Shape]], Rule[Shape]]:
    """Register a function as the guard of its name for the moves of a record type."""

    def register(function: Rule[Shape]) -> Rule[Shape]:
        _GUARDS.setdefault(type_, {})[function.__name__] = function
        return function

    return register


def of(type_: str) -> Mapping[str, Rule[Any]]:
    """Return every guard of a record type by its name."""
    areas.load(areas.SAVING)
    areas.load(areas.MOVING)
    return _GUARDS.get(type_, {})
