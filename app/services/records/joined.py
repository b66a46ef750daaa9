"""Records that were found to be one: which of them stands for the others, as its area tells."""

from collections.abc import Callable, Mapping

from sqlalchemy import Connection

from app.services import areas

StandsFor = dict[str, str]  # the id of a record -> the id of the one that is kept in its place
Joins = Callable[[Connection], StandsFor]

_JOINS: dict[str, Joins] = {}


def joins(type_: str) -> Callable[[Joins], Joins]:
    """Register the function that tells which records of a type stand for which."""

    def register(function: Joins) -> Joins:
        _JOINS[type_] = function
        return function

    return register


def joined_types() -> set[str]:
    """Return the record types of which several records may be one."""
    areas.load(areas.JOINING)
    return set(_JOINS)


def stands_for(connection: Connection, type_: str) -> StandsFor:
    """Map each record of a type that another one stands for to that one."""
    return _JOINS[type_](connection) if type_ in joined_types() else {}


def everyone(kept: Mapping[str, str], record_id: str) -> list[str]:
    """List the records that are one with a record, the kept one first."""
    first = kept.get(record_id, record_id)
    return [first, *sorted(other for other, one in kept.items() if one == first)]
