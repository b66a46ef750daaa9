"""What the program fills in by itself: running numbers, and what the area of a type completes."""

from collections.abc import Callable
from typing import Any

from app.core import thai
from app.core.line import Data
from app.models.office.store import setting
from app.models.records.base import entities
from app.models.records.record_type import RecordType, Shape
from app.services import areas
from app.services.records.record_view import View

Complete = Callable[[View, str, Shape], Shape]

_COMPLETIONS: dict[str, Complete[Any]] = {}


def completes(type_: RecordType[Shape]) -> Callable[[Complete[Shape]], Complete[Shape]]:
    """Register the function that completes (view, record id, data) of a record type."""

    def register(function: Complete[Shape]) -> Complete[Shape]:
        _COMPLETIONS[type_] = function
        return function

    return register


def completed_types() -> set[str]:
    """Return the record types that complete themselves, beside their numbers."""
    areas.load(areas.SAVING)
    return set(_COMPLETIONS)


def complete(view: View, type_: str, record_id: str, data: Data) -> Data:
    """Return the data with its derived fields; the same data gives the same fields."""
    data = _numbered(view, type_, data)
    if type_ in completed_types():
        data = _COMPLETIONS[type_](view, record_id, data)
    return data


def _numbered(view: View, type_: str, data: Data) -> Data:
    column = entities()[type_].numbered
    if not column or data.get(column):
        return data
    return data | {column: _next(view, type_, column)}


def _next(view: View, type_: str, column: str) -> str:
    """Number without a gap within office, fiscal year and desk; a new series on 1 October."""
    year = thai.fiscal_year_be(view.today)
    desk = setting(view.connection, "desk_letter", "A")
    prefix = f"{view.office}-{year}-{desk}-"
    highest = view.highest(type_, column, prefix)
    return f"{prefix}{int(highest.removeprefix(prefix)) + 1 if highest else 1:04d}"
