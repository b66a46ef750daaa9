"""People who may have been entered twice: pairs to look at, the clerk's answer, and taking it back.

"The same" is a link between two records that both stay as they are: the other one leaves the
lists, and what names it is shown with the kept one. Voiding the link takes that back.
"""

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from app.core.fields import show
from app.core.i18n import _
from app.models import shapes
from app.models.office.store import Store
from app.models.people.person import Person
from app.models.records.base import data_of, entities, fields_of, table_of
from app.services.people import same_person
from app.services.records import naming, records
from app.services.records.records import Saved

SAME, DIFFERENT = "same", "different"
LISTED = 200  # pairs that the list names; answering one makes room for the next
TOGETHER = 6  # records of one number or name that are compared with each other at a time

BY_NUMBER, BY_NAME = "number", "name"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that may be of one person, the older one first; `why` is BY_NUMBER or BY_NAME."""

    first: str
    second: str
    title: str
    why: str


@dataclass(frozen=True, slots=True)
class Merged:
    """An answer that two records are of one person; voiding `link` takes it back."""

    link: str
    kept: str
    other: str
    title: str
    other_title: str


@dataclass(frozen=True, slots=True)
class Row:
    """One fact of two records side by side."""

    label: str
    first: str
    second: str

    @property
    def differs(self) -> bool:
        """Tell whether the two records say different things."""
        return self.first != self.second


def candidates(store: Store) -> list[Pair]:
    """List the first LISTED pairs that nobody answered: same number, then same name and year."""
    with store.read() as connection:
        set_aside = same_person.kept(connection)
        answered = _answered(connection)
        found: dict[frozenset[str], str] = {}
        for why, alike in (
            (BY_NUMBER, _same_number(connection)),
            (BY_NAME, _same_name(connection)),
        ):
            for ids in alike:
                shown = [each for each in ids if each not in set_aside]
                for pair in itertools.combinations(shown[:TOGETHER], 2):
                    found.setdefault(frozenset(pair), why)
        open_pairs = [(pair, why) for pair, why in found.items() if pair not in answered][:LISTED]
        titles = naming.titles(connection, {("person", min(pair)) for pair, _why in open_pairs})
    return [
        Pair(min(pair), max(pair), titles[("person", min(pair))], why) for pair, why in open_pairs
    ]


def merged(store: Store) -> list[Merged]:
    """List the answers "the same", the newest first."""
    table = table_of("person_link")
    with store.read() as connection:
        links = connection.execute(
            select(table.c.id, table.c.person, table.c.other)
            .where(table.c.answer == SAME, table.c.void_reason.is_(None))
            .order_by(table.c.no.desc())
        ).all()
        people = {("person", each) for _link, *pair in links for each in pair}
        titles = naming.titles(connection, people)
    return [
        Merged(
            link, kept, other, titles.get(("person", kept), ""), titles.get(("person", other), "")
        )
        for link, kept, other in links
    ]


def compare(store: Store, first: str, second: str) -> list[Row]:
    """Set what two persons' records say side by side, and the groups and files that name them."""
    one, two = (records.get(store, "person", each) for each in (first, second))
    rows = [
        Row(_(each.label), show(each, one.data.get(each.name)), show(each, two.data.get(each.name)))
        for each in fields_of(Person)
        if each.name in one.data or each.name in two.data
    ]
    with store.read() as connection:
        named = [_named_by(connection, each) for each in (first, second)]
    return [
        *rows,
        Row(_("Groups"), *(", ".join(each["membership"]) for each in named)),
        Row(_("Loan files"), *(", ".join(each["loan_file"]) for each in named)),
    ]


def answer(store: Store, kept: str, other: str, found: str, *, note: str = "") -> Saved:
    """Write down that two records are of one person (SAME: `kept` stays in the lists) or of two.

    Raises Invalid where the answer is none of the two.
    """
    draft: shapes.PersonLink = {"person": kept, "other": other, "answer": found, "note": note}
    return records.save(store, "person_link", draft)


def take_back(store: Store, link: str, reason: str) -> Saved:
    """Part two records again. Raises Invalid without a reason."""
    return records.void(store, "person_link", link, reason)


def _answered(connection: Connection) -> set[frozenset[str]]:
    table = table_of("person_link")
    found = connection.execute(
        select(table.c.person, table.c.other).where(table.c.void_reason.is_(None))
    )
    return {frozenset(pair) for pair in found}


def _same_number(connection: Connection) -> Iterable[list[str]]:
    """Return the ids of the records of each number that several have, as they were entered."""
    table = table_of("person")
    several = (
        select(table.c.id_no)
        .where(table.c.void_reason.is_(None), table.c.id_no.is_not(None))
        .group_by(table.c.id_no)
        .having(func.count() > 1)
    )
    rows = connection.execute(
        select(table.c.id_no, table.c.id)
        .where(table.c.void_reason.is_(None), table.c.id_no.in_(several))
        .order_by(table.c.no)
    )
    return _grouped((number, record_id) for number, record_id in rows)


def _same_name(connection: Connection) -> Iterable[list[str]]:
    """Return the ids of the records of each name and birth year that several have."""
    table = table_of("person")
    year = func.substr(table.c.birth_date, 1, 4)
    key = (table.c.first_th, func.coalesce(table.c.last_th, ""), year)
    alike = (
        select(table.c.first_th.label("first"), key[1].label("last"), year.label("year"))
        .where(table.c.void_reason.is_(None), table.c.birth_date.is_not(None))
        .group_by(*key)
        .having(func.count() > 1)
        .subquery()
    )
    rows = connection.execute(
        select(*key, table.c.id)
        .join(
            alike,
            (alike.c.first == key[0]) & (alike.c.last == key[1]) & (alike.c.year == key[2]),
        )
        .where(table.c.void_reason.is_(None))
        .order_by(table.c.no)
    )
    return _grouped(("|".join(of), record_id) for *of, record_id in rows)


def _grouped(rows: Iterable[tuple[str, str]]) -> list[list[str]]:
    found: dict[str, list[str]] = {}
    for key, record_id in rows:
        found.setdefault(key, []).append(record_id)
    return [ids for ids in found.values() if len(ids) > 1]


def _named_by(connection: Connection, person: str) -> dict[str, list[str]]:
    """Name the groups and the loan files in which a record of a person stands."""
    members, groups, files = (table_of(each) for each in ("membership", "group", "loan_file"))
    of_groups = connection.execute(
        select(groups)
        .join(members, members.c.group == groups.c.id)
        .where(members.c.person == person, members.c.void_reason.is_(None))
        .order_by(groups.c.no)
    ).mappings()
    of_files = connection.execute(
        select(files)
        .where(files.c.person == person, files.c.void_reason.is_(None))
        .order_by(files.c.no)
    ).mappings()
    return {
        "membership": [_title("group", row) for row in of_groups],
        "loan_file": [_title("loan_file", row) for row in of_files],
    }


def _title(type_: str, row: Mapping[Any, Any]) -> str:
    entity = entities()[type_]
    return entity.title(data_of(entity, row))
