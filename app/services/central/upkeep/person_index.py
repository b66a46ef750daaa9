"""One person registered by several offices: found without keeping the id number in any table.

The index holds a keyed hash of each number. The key lies with the centre's other keys, so that a
copy of the database alone cannot be tried against a list of numbers.
"""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, select

from app.core import thai
from app.models import shapes
from app.models.central import bulk_rows, tables
from app.models.records.base import entities
from app.services.central.intake import office_records
from app.services.central.keys.centre import Centre, mark_key_id

_keys = tables.person_keys


@dataclass(frozen=True, slots=True)
class Person:
    """A person's record, named by its office and its id alone."""

    office: str
    id: str


@dataclass(frozen=True, slots=True)
class Registered:
    """A person as an office registered them: the whole name, and the masked number."""

    name: str
    masked_id: str
    office: str
    id: str


def duplicates(centre: Centre) -> list[tuple[Registered, ...]]:
    """List the persons that several offices registered, each with all records, sorted by name."""
    with tables.reading(centre.engine) as connection:
        people = list(several(connection).values())
        shown = _shown(connection, [each for found in people for each in found])
    named = [tuple(_registered(each, shown.get(each, {})) for each in found) for found in people]
    return sorted(named, key=lambda found: (thai.sort_key(found[0].name), found[0].id))


def _shown(connection: Connection, people: list[Person]) -> dict[Person, shapes.Person]:
    ids: dict[str, list[str]] = {}
    for each in people:
        ids.setdefault(each.office, []).append(each.id)
    return {
        Person(office, record_id): data or {}
        for office, wanted in ids.items()
        for record_id, data in office_records.all_shown(connection, office, shapes.PERSON, wanted)
    }


def _registered(person: Person, data: shapes.Person) -> Registered:
    number = thai.mask_citizen_id(str(data.get("id_no", "")))
    return Registered(entities()["person"].title(data), number, person.office, person.id)


def of_office(connection: Connection, office: str) -> list[tuple[str, tuple[str, ...]]]:
    """List (id, the other offices) of an office's persons that others registered too."""
    found = []
    for people in several(connection).values():
        others = tuple(sorted({each.office for each in people} - {office}))
        found += [(each.id, others) for each in people if each.office == office]
    return sorted(found)


def several(connection: Connection) -> dict[str, tuple[Person, ...]]:
    """Return the records of each person whom several offices registered, by the mark."""
    shared = (
        select(_keys.c.mark)
        .group_by(_keys.c.mark)
        .having(func.count(_keys.c.office.distinct()) > 1)
    )
    rows = connection.execute(
        select(_keys).where(_keys.c.mark.in_(shared)).order_by(_keys.c.office, _keys.c.id)
    )
    found: dict[str, tuple[Person, ...]] = {}
    for row in rows:
        found[row.mark] = (*found.get(row.mark, ()), Person(row.office, row.id))
    return found


def follow(connection: Connection, office: str, people: Iterable[str], key: bytes) -> None:
    """Bring the index up to some persons of an office."""
    wanted = sorted(set(people))
    shown = office_records.all_shown(connection, office, shapes.PERSON, wanted)
    rows = [
        {"office": office, "id": record_id, "mark": mark(key, data["id_no"])}
        for record_id, data in shown
        if data and _has_number(data)
    ]
    these = bulk_rows.among(connection, _keys.c.id, wanted)
    connection.execute(delete(_keys).where(_keys.c.office == office, these))
    bulk_rows.add(connection, _keys, rows)


def index_anew(connection: Connection, key: bytes) -> None:
    """Compute the index of all offices under a key, whatever it was made with before."""
    connection.execute(delete(_keys))
    heads = tables.heads
    offices = connection.scalars(
        select(heads.c.office).where(heads.c.type == "person").distinct().order_by(heads.c.office)
    )
    for office in offices.all():
        for people in office_records.ids_in_pieces(connection, office, "person"):
            follow(connection, office, people, key)
    tables.set_fact(connection, tables.INDEXED_WITH, mark_key_id(key))


def mark(key: bytes, number: str) -> str:
    """Return the keyed hash of an id number: HMAC-SHA256 in hex."""
    return hmac.digest(key, number.encode(), "sha256").hex()


def _has_number(data: shapes.Person) -> bool:
    kinds = ("thai13", "foreigner13")
    number = data.get("id_no")
    return (
        data.get("id_kind") in kinds
        and isinstance(number, str)
        and number != ""
        and not data.get("void_reason")
    )
