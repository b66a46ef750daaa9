"""What follows from a save: an area writes more in the same act, by the type that was saved."""

from collections.abc import Callable
from typing import Any

from app.core.line import Data
from app.models.records.record_type import RecordType, Shape
from app.services import areas
from app.services.records.acts import Acting

Follow = Callable[[Acting, Shape], None]

_FOLLOWING: dict[str, Follow[Any]] = {}


def after_save(type_: RecordType[Shape]) -> Callable[[Follow[Shape]], Follow[Shape]]:
    """Register the function that is told (acting, data) of each saved record of a type."""

    def register(function: Follow[Shape]) -> Follow[Shape]:
        _FOLLOWING[type_] = function
        return function

    return register


def followed_types() -> set[str]:
    """Return the record types from whose saves something follows."""
    areas.load(areas.SAVING)
    return set(_FOLLOWING)


def follow(acting: Acting, type_: str, data: Data) -> None:
    """Let the area of a type write what follows from a record just saved."""
    if type_ in followed_types():
        _FOLLOWING[type_](acting, data)
