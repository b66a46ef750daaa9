"""What the centre gives out of an office's lines: all of them, or those that are in question."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, exists, func, or_, select, tuple_

from app.core import json_text
from app.core.line import Line, parse_header, parse_line
from app.models.central import tables
from app.services.records import projection
from app.services.records.verdicts import ACCEPTED
from app.sync.ranges import Place
from app.sync.receipt import Disputed

_table = tables.revisions
_CHAIN = (_table.c.replica, _table.c.epoch, _table.c.seq)


def places(connection: Connection, office: str) -> Iterator[Place]:
    """Stream the place of each line of every_line, chain by chain in the order of seq."""
    for rev, raw in _stream(connection, [_table.c.rev], _whole(office), *_CHAIN):
        header = parse_header(json_text.kept(raw)["h"])
        yield Place(header.replica, header.epoch, header.seq, rev, header.prev)


def every_line(connection: Connection, office: str) -> Iterator[tuple[str, bytes]]:
    """Stream (type, line) of what an office ever sent, in whatever state, sorted for a bundle."""
    return _stream(connection, [_table.c.type], _whole(office), _table.c.type, *_CHAIN)


def lines_in_question(connection: Connection, office: str) -> Iterator[tuple[str, bytes]]:
    """Stream (type, line) of the centre, of disputed records and of forked chains, sorted.

    The heads alone would have no ancestor, so a disputed record comes with all its lines; of one
    that was not taken the header comes, where another line stands on it.
    """
    old = tables.overtaken
    is_stood_on = exists().where(
        old.c.office == office,
        old.c.rev == _table.c.rev,
        old.c.type == _table.c.type,
        old.c.id == _table.c.id,
    )
    counts = (_table.c.office == office) & ((_table.c.state == ACCEPTED) | is_stood_on)
    is_disputed = tuple_(_table.c.type, _table.c.id).in_(_disputed(office))
    is_own = _table.c.replica == tables.fact(connection, "replica")
    where = counts & or_(is_own, is_disputed, *_forked(connection, office))
    columns = [_table.c.type, _table.c.state]
    for type_, state, raw in _stream(connection, columns, where, _table.c.type, *_CHAIN):
        yield type_, raw if state == ACCEPTED else _header_alone(raw)


def disputed(connection: Connection, office: str) -> tuple[Disputed, ...]:
    """List the records with several heads, and the fields in which these differ."""
    found = []
    for type_, record_id in connection.execute(_disputed(office).order_by("type", "id")).all():
        raw = connection.scalars(
            select(_table.c.line).where(
                _table.c.office == office,
                _table.c.type == type_,
                _table.c.id == record_id,
                _table.c.state == ACCEPTED,
            )
        )
        revs = connection.scalars(
            select(tables.heads.c.rev)
            .where(
                tables.heads.c.office == office,
                tables.heads.c.type == type_,
                tables.heads.c.id == record_id,
            )
            .order_by(tables.heads.c.rev)
        )
        merged = projection.merged(parse_line(each) for each in raw)
        fields = {name for conflict in merged.conflicts for name in conflict.fields}
        found.append(Disputed(type_, record_id, tuple(revs), tuple(sorted(fields))))
    return tuple(found)


def rev_at(connection: Connection, office: str, replica: str, epoch: str, seq: int) -> str:
    """Return the rev of the line in a place of a chain, "" for one that could not be read."""
    found = connection.scalars(
        select(_table.c.rev)
        .where(
            _table.c.office == office,
            _table.c.replica == replica,
            _table.c.epoch == epoch,
            _table.c.seq == seq,
        )
        .order_by(_table.c.rev)
    )
    return found.first() or ""


def _stream(
    connection: Connection, columns: list[Any], where: ColumnElement[bool], *order: Any
) -> Iterator[Any]:
    statement = select(*columns, _table.c.line).where(where).order_by(*order)
    return iter(connection.execute(statement.execution_options(yield_per=1000)))


def _whole(office: str) -> ColumnElement[bool]:
    """Choose one line for each place: a bundle holds no two, of a fork the smallest rev."""
    place = func.row_number().over(partition_by=_CHAIN, order_by=_table.c.rev).label("place")
    ranked = select(_table.c.rev, place).where(_table.c.office == office).subquery()
    others = select(ranked.c.rev).where(ranked.c.place > 1)
    return and_(_table.c.office == office, _table.c.rev.not_in(others))


def _forked(connection: Connection, office: str) -> list[ColumnElement[bool]]:
    """Choose the lines of each chain from its first place with several lines on.

    The chains are looked up first: most often there are none, and no planner knows that.
    """
    places = (
        select(*_CHAIN)
        .where(_table.c.office == office)
        .group_by(*_CHAIN)
        .having(func.count() > 1)
        .subquery()
    )
    chain = (places.c.replica, places.c.epoch)
    found = connection.execute(select(*chain, func.min(places.c.seq)).group_by(*chain))
    return [
        and_(_table.c.replica == replica, _table.c.epoch == epoch, _table.c.seq >= first)
        for replica, epoch, first in found
    ]


def _disputed(office: str) -> Any:
    heads = tables.heads
    return (
        select(heads.c.type, heads.c.id)
        .where(heads.c.office == office)
        .group_by(heads.c.type, heads.c.id)
        .having(func.count() > 1)
    )


def _header_alone(raw: bytes) -> bytes:
    return Line(parse_header(json_text.kept(raw)["h"]), None).to_bytes()
