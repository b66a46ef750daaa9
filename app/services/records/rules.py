"""What a column can't say: ceilings, ages, who may be what. Each area brings its own.

A rule takes (view, record id, data) and yields Problems. Only a rule with a published source may
block; every other one warns and asks for a reason. The rules stand in docs/rules.md.
"""

from bisect import insort
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from app.core.errors import Problem
from app.core.line import Data
from app.models.records.record_type import RecordType, Shape
from app.services import areas
from app.services.records.record_view import View

Rule = Callable[[View, str, Shape], Iterator[Problem]]

_RULES: dict[str, list[Rule[Any]]] = {}


def rule(type_: RecordType[Shape]) -> Callable[[Rule[Shape]], Rule[Shape]]:
    """Register a function as a rule of a record type, of whose shape its data are."""

    def register(function: Rule[Shape]) -> Rule[Shape]:
        insort(_RULES.setdefault(type_, []), function, key=_place)
        return function

    return register


def _place(function: Rule[Any]) -> int:
    """Order the rules as their modules are named: a clerk reads problems in one order always."""
    return areas.SAVING.index(function.__module__)


def registered() -> Mapping[str, list[Rule[Any]]]:
    """Return the rules of every record type, those of all areas."""
    areas.load(areas.SAVING)
    return _RULES


def problems(
    view: View, type_: str, record_id: str, data: Data, more: Iterable[Rule[Any]] = ()
) -> list[Problem]:
    """List what the rules of a type, and some more, say of its data; each thing once."""
    asked = [*registered().get(type_, []), *more]
    return list(dict.fromkeys(problem for each in asked for problem in each(view, record_id, data)))
