"""What an older program held is judged again, and ends as if this program had taken it in.

A line that is known now is accepted, or rejected with the rest of its act in its bundle; the heads
of its record and the counts of its bundle are then computed anew.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import islice
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from app.core.line import parse_line
from app.models.central import bulk_rows, tables
from app.services.central.intake.bundle_lines import reject_acts
from app.services.central.intake.heads import look_through, take_heads
from app.services.central.intake.one_by_one import Fault, apart_within
from app.services.records.verdicts import ACCEPTED, FORK, HELD, REJECTED, judge, outcome

Record = tuple[str, str]  # type and id

_MANY = 1000
_table = tables.revisions


def judge_again(connection: Connection) -> tuple[set[str], set[str]]:
    """Judge every held line by what this program knows; return the offices where one is known now.

    Second come the offices over which the program failed: theirs are held as before. What stands
    on lines (read tables, ledger, index of persons) is the caller's to bring along.
    """
    held = connection.execute(
        select(_table.c.office, _table.c.rev)
        .where(_table.c.state == HELD)
        .order_by(_table.c.office, _table.c.rev)
    )
    revs: dict[str, list[str]] = defaultdict(list)
    for office, rev in held:
        revs[office].append(rev)
    known, failed = set(), set()
    for office, its in revs.items():
        done = apart_within(connection, partial(_judge_office, connection, office, its))
        if isinstance(done, Fault):
            failed.add(office)
        elif done:
            known.add(office)
    return known, failed


def _judge_office(connection: Connection, office: str, revs: list[str]) -> bool:
    broken: dict[int, set[str]] = defaultdict(set)
    for piece in _pieces(revs):
        for row in _judge(connection, office, piece):
            acts = broken[row["bundle"]]
            if row["state"] == REJECTED:
                acts.add(row["act"])
    for number, acts in sorted(broken.items()):
        reject_acts(connection, office, number, acts)
        for records in _pieces(_records(connection, office, number)):
            _count_heads_anew(connection, office, set(records))
        _count_bundle_anew(connection, office, number)
    return bool(broken)


def _judge(connection: Connection, office: str, revs: list[str]) -> list[dict[str, Any]]:
    """Store the new states; return the rows whose state is another now."""
    found = connection.execute(
        select(_table.c.rev, _table.c.act, _table.c.bundle, _table.c.line).where(
            _table.c.office == office, bulk_rows.among(connection, _table.c.rev, revs)
        )
    )
    rows = []
    for rev, act, bundle, raw in found.all():
        verdict = judge(parse_line(raw))
        new = {"state": verdict.state, "code": verdict.code, "reason": verdict.reason}
        if verdict.state != HELD:
            rows.append({"judged": rev, "act": act, "bundle": bundle, **new})
    if rows:
        statement = _table.update().where(
            _table.c.office == office, _table.c.rev == bindparam("judged")
        )
        connection.execute(
            statement.values(
                state=bindparam("state"), code=bindparam("code"), reason=bindparam("reason")
            ),
            [{name: row[name] for name in ("judged", "state", "code", "reason")} for row in rows],
        )
    rejected = [row["judged"] for row in rows if row["state"] == REJECTED]
    waiting_for_no_body = [{"office": office, "rev": rev} for rev in rejected]
    bulk_rows.drop(connection, tables.withheld, waiting_for_no_body)
    return rows


def _records(connection: Connection, office: str, number: int) -> list[Record]:
    found = connection.execute(
        select(_table.c.type, _table.c.id)
        .where(_table.c.office == office, _table.c.bundle == number)
        .distinct()
        .order_by(_table.c.type, _table.c.id)
    )
    return [(type_, record_id) for type_, record_id in found]


def _count_heads_anew(connection: Connection, office: str, records: set[Record]) -> None:
    keys = [{"office": office, "type": type_, "id": id_} for type_, id_ in sorted(records)]
    bulk_rows.drop(connection, tables.heads, keys)
    bulk_rows.drop(connection, tables.overtaken, keys)
    found = connection.execute(
        select(_table.c.rev, _table.c.type, _table.c.id, _table.c.parents, _table.c.state).where(
            _table.c.office == office,
            bulk_rows.among(connection, _table.c.id, {id_ for _type, id_ in records}),
        )
    )
    rows = [row for row in found if (row.type, row.id) in records]
    take_heads(connection, office, [row[:4] for row in rows if row.state == ACCEPTED])
    look_through(connection, office, [row[:4] for row in rows if row.state != ACCEPTED])


def _count_bundle_anew(connection: Connection, office: str, number: int) -> None:
    """Bring the counts and the outcome of a bundle to what its lines are now."""
    states = _counts(connection, office, number)
    table = tables.bundles
    this = (table.c.office == office) & (table.c.no == number)
    status = connection.scalar(select(table.c.status).where(this))
    accepted, held = states.get(ACCEPTED, 0), states.get(HELD, 0)
    rejected = states.get(REJECTED, 0)
    if status != FORK:
        status = outcome(accepted, held, rejected)
    connection.execute(
        table.update()
        .where(this)
        .values(accepted=accepted, held=held, rejected=rejected, status=status)
    )


def _counts(connection: Connection, office: str, number: int) -> dict[str, int]:
    found = connection.execute(
        select(_table.c.state, func.count())
        .where(_table.c.office == office, _table.c.bundle == number)
        .group_by(_table.c.state)
    )
    states = {row[0]: row[1] for row in found}
    unread = tables.unread
    without_place = connection.scalar(
        select(func.count())
        .select_from(unread)
        .where(unread.c.office == office, unread.c.bundle == number)
    )
    return states | {REJECTED: states.get(REJECTED, 0) + (without_place or 0)}


def _pieces(items: Iterable[Any]) -> Iterator[list[Any]]:
    rest = iter(items)
    while piece := list(islice(rest, _MANY)):
        yield piece
