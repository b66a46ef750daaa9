"""What a move asks before it is made: each guard is named by the moves of the programme's data.

A guard looks like a rule: it takes (view, record id, data as the move would leave them) and yields
Problems. Only a guard with a published source, or one about the form, may block; every other one
warns and asks for a reason.
"""

from collections.abc import Mapping

from app.services import areas
from app.services.records.rules import Rule

_GUARDS: dict[str, Rule] = {}


def guard(function: Rule) -> Rule:
    """Register a function as the guard of its name."""
    _GUARDS[function.__name__] = function
    return function


def registered() -> Mapping[str, Rule]:
    """Return every guard by its name, those of all areas."""
    areas.load(areas.SAVING)
    areas.load(areas.MOVING)
    return _GUARDS
