"""Which lists of a spreadsheet can be taken in, told as plain data by the areas they belong to.

A list has rows of one record type each, told by Listed. An area's module `lists` registers its
types and its lists; what reads a file asks here and names no type.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app.services import areas
from app.services.records.record_view import View

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """How the rows of lists are about records of one type.

    `known_by` are the fields by each of which alone a row finds its record, the surest first;
    without any each row is a new record. `key` makes the key where a field alone does not tell
    one record from all others: () is known by nothing. `named_by` are the fields by which a row
    of another type names such a record, the surest first. `begun` gives what a new record says
    where the row does not, from the defaults of a new form and the row. `never` are fields that
    no list fills.
    """

    type: str
    known_by: tuple[str, ...] = ()
    key: Callable[[Mapping[str, object]], Key] | None = None
    named_by: tuple[str, ...] = ()
    begun: Callable[[Any, Any], Any] | None = None
    never: tuple[str, ...] = ()

    def key_of(self, data: Mapping[str, object]) -> Key:
        """Return what a record is known by, () for nothing."""
        if self.key is not None:
            return self.key(data)
        return next(((name, str(data[name])) for name in self.known_by if data.get(name)), ())

    def field_of(self, key: Key) -> str:
        """Return the field that a key stands in."""
        return self.known_by[0] if self.key is not None else key[0]


@dataclass(frozen=True, slots=True)
class Place:
    """What the record of a row becomes in the record that the list belongs to.

    `member` is the field of a place that names the record of the row, `own` the fields that a
    list can fill. A place with a value in `ended` is one no longer. `asked` are the types of which
    the rules want to see those of each row's record. `begun` gives what a new place says where
    the row does not, from the id of the row's record.
    """

    type: str
    member: str
    own: tuple[str, ...]
    ended: str = ""
    asked: tuple[str, ...] = ()
    begun: Callable[[View, str], Any] | None = None


@dataclass(frozen=True, slots=True)
class Days:
    """How a list marks, with a column for each day, records that are here already.

    `member` is the field that names whom a record is of, `named_by` the fields of that one that
    stand in a row. `minutes` gives the minutes of each day of the owner, `rows` the records of an
    owner in their order, `marked` a record with marks by day; `field` is where they lie. Only a
    record with one of `statuses` is marked. The sentences say why a row is not taken in.
    """

    member: str
    named_by: tuple[str, ...]
    field: str
    statuses: tuple[str, ...]
    minutes: Callable[[Any], dict[str, int]]
    rows: Callable[[View, str], list[tuple[str, Any]]]
    marked: Callable[[Any, Mapping[str, int | None], Mapping[str, int]], Any]
    nobody: str
    several: str
    not_marked: str


@dataclass(frozen=True, slots=True)
class ListKind:
    """A list that can be taken in; `name` is the word for it on the command line.

    `type` is the type that its rows are about. `without` are fields of it that this list does not
    fill. A list with `place` or `days` belongs to a record: `owner` is the type of that one and
    the field that names it; `no_owner` is said when it is not here.
    """

    name: str
    type: str
    without: tuple[str, ...] = ()
    place: Place | None = None
    days: Days | None = None
    owner: str = ""
    no_owner: str = ""

    @property
    def types(self) -> tuple[str, ...]:
        """The types that a row becomes, in the order in which they are written."""
        return (self.type, self.place.type) if self.place else (self.type,)


_LISTED: dict[str, Listed] = {}
_KINDS: dict[str, ListKind] = {}


def register(listed: Iterable[Listed] = (), kinds: Iterable[ListKind] = ()) -> None:
    """Add what an area knows of lists."""
    _LISTED.update({each.type: each for each in listed})
    _KINDS.update({each.name: each for each in kinds})


def kinds() -> Mapping[str, ListKind]:
    """Return every list that can be taken in, by its name."""
    areas.load(areas.LISTING)
    return _KINDS


def listed(type_: str) -> Listed:
    """Return how rows are about records of a type. Raises KeyError for one of no list."""
    areas.load(areas.LISTING)
    if type_ not in _LISTED:
        raise KeyError(f"{type_}: register a Listed of it in the lists.py of its area")
    return _LISTED[type_]
