"""Which records are of one person: what the links of the clerks say together.

A link never changes the records it joins, so voiding it takes the merge back. Two desks may each
link the same records their own way: every desk that holds the links finds the same record kept.
"""

from sqlalchemy import Connection, or_, select

from app.models.records.base import table_of
from app.services.records.joined import joins


@joins("person")
def kept(connection: Connection) -> dict[str, str]:
    """Map each duplicate person to the record kept in its place, both by id.

    A link to a record that is not here, or out of use, joins nothing: nobody would be left to see.
    """
    links, person = table_of("person_link"), table_of("person")
    here = select(person.c.id).where(person.c.void_reason.is_(None))
    found = connection.execute(
        select(links.c.person, links.c.other).where(
            links.c.answer == "same",
            links.c.void_reason.is_(None),
            here.where(person.c.id == links.c.person).exists(),
            here.where(person.c.id == links.c.other).exists(),
        )
    ).all()
    set_aside = {other for _person, other in found}
    of_one: dict[str, set[str]] = {}
    for pair in found:
        joined = set(pair).union(*(of_one.get(each, {each}) for each in pair))
        of_one |= dict.fromkeys(joined, joined)
    stands_for: dict[str, str] = {}
    for record, joined in of_one.items():
        # in a ring every record was set aside by someone
        first = min(joined - set_aside or joined)
        if record != first:
            stands_for[record] = first
    return stands_for


def compared_with(connection: Connection, person: str) -> set[str]:
    """Return the records that a clerk compared with one of a person, whatever the answer was."""
    links = table_of("person_link")
    found = connection.execute(
        select(links.c.person, links.c.other).where(
            or_(links.c.person == person, links.c.other == person), links.c.void_reason.is_(None)
        )
    )
    return {each for pair in found for each in pair} - {person}
