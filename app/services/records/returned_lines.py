"""What came back from the centre and why: the rest of an entry goes again with what is put right.

The centre takes an act whole or not at all. So one broken line brings back all the others of its
act; nothing is wrong with them, and nobody should have to save twenty thousand records again.
"""

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, Row, and_, exists, select

from app.core.line import DELETE, Data
from app.models.office.store import set_setting, setting
from app.models.records.base import data_of, entities, table_of
from app.models.records.journal import Act, Change
from app.models.records.lines import MANY, heads, lines

Record = tuple[str, str]  # type and id

WITH_ITS_ACT = "act"  # the code of a line that was returned only because another of its act was
_RECEIPT, _ACTS = "receipt", "returned_acts"


def keep(connection: Connection, facts: Mapping[str, Any]) -> None:
    """Keep what the last receipt said, with the acts of which it returned lines."""
    set_setting(connection, _RECEIPT, facts)
    acts = sorted({remark["act"] for remark in facts["rejected"]})
    set_setting(connection, _ACTS, acts or None)


def has_returned(connection: Connection, revs: Iterable[str]) -> bool:
    """Tell whether one of a few revs is a line that the centre returned."""
    wanted = set(revs)
    acts = connection.scalars(select(lines.c.act).where(lines.c.rev.in_(sorted(wanted))))
    if not set(acts) & _acts(connection):
        return False
    return any(remark["rev"] in wanted for remark in _remarks(connection))


def put_again(connection: Connection, act: Act, saved: Iterable[Record]) -> int:
    """Write anew what came back with the records that an act saved; return how many lines.

    These are the lines of this desk that were returned for another's sake alone and that nobody
    has changed since; they have the same content as before, and are written in the same act.
    """
    known = _acts(connection)
    acts = known and _acts_of(connection, saved) & known
    standing = _standing(connection, act, acts) if acts else []
    if not standing:
        return 0
    innocent = {each["rev"] for each in _remarks(connection) if each["code"] == WITH_ITS_ACT}
    again = [row for row in standing if row.rev in innocent]
    for some in _pieces(again):
        act.write(connection, list(_unchanged(connection, some)))
    return len(again)


def _acts(connection: Connection) -> set[str]:
    return set(setting(connection, _ACTS, []))


def _remarks(connection: Connection) -> list[dict[str, str]]:
    found: list[dict[str, str]] = setting(connection, _RECEIPT, {"rejected": []})["rejected"]
    return found


def _acts_of(connection: Connection, records: Iterable[Record]) -> set[str]:
    """List the acts that ever wrote on some records."""
    acts: set[str] = set()
    for type_, group in itertools.groupby(sorted(records), lambda record: record[0]):
        for some in _pieces([record_id for _type, record_id in group]):
            of_records = (lines.c.type == type_) & lines.c.id.in_(some)
            acts |= set(connection.scalars(select(lines.c.act).where(of_records).distinct()))
    return acts


def _standing(connection: Connection, act: Act, acts: set[str]) -> list[Row[Any]]:
    """List the lines of some acts on which nothing stands, in their order; none of a conflict."""
    other = heads.alias()
    is_disputed = exists().where(
        other.c.type == lines.c.type, other.c.id == lines.c.id, other.c.rev != lines.c.rev
    )
    is_head = and_(
        heads.c.type == lines.c.type, heads.c.id == lines.c.id, heads.c.rev == lines.c.rev
    )
    found: list[Row[Any]] = []
    for some in _pieces(sorted(acts)):
        found.extend(
            connection.execute(
                select(lines.c.rev, lines.c.type, lines.c.id, lines.c.op)
                .join(heads, is_head)
                .where(lines.c.act.in_(some), lines.c.replica == act.origin.replica, ~is_disputed)
                .order_by(lines.c.no)
            )
        )
    return found


def _unchanged(connection: Connection, rows: Sequence[Row[Any]]) -> Iterator[Change]:
    """Yield the content of records as it is, standing on the lines that came back."""
    here: dict[Record, Data] = {}
    for type_, group in itertools.groupby(sorted(rows, key=attrgetter("type")), attrgetter("type")):
        entity, table = entities()[type_], table_of(type_)
        of_group = table.c.id.in_([row.id for row in group])
        for found in connection.execute(select(table).where(of_group)).mappings():
            here[type_, found["id"]] = data_of(entity, found)
    for row in rows:
        data = None if row.op == DELETE else here[row.type, row.id]
        yield Change(row.type, row.id, data, (row.rev,))


def _pieces(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(items), MANY):
        yield items[start : start + MANY]
