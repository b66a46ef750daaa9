"""Reading the journal: the tables of lines, bodies and heads, and what stands in them."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    select,
    text,
)

from app.core import json_text
from app.core.line import Body, Header, Line, parse_header
from app.models.records.base import Base

lines = Table(
    "line",
    Base.metadata,
    Column("no", Integer, primary_key=True),
    Column("rev", Text, nullable=False, unique=True),
    Column("type", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("replica", Text, nullable=False),
    Column("epoch", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("op", Text, nullable=False),
    Column("act", Text, nullable=False, index=True),
    Column("header", LargeBinary, nullable=False),
    Index("ix_line_record", "type", "id"),
    Index("ix_line_chain", "replica", "epoch", "seq"),
    Index("ix_line_erase", "op", sqlite_where=text("op = 'erase'")),
)
bodies = Table(
    "line_body",
    Base.metadata,
    Column("rev", Text, ForeignKey("line.rev"), primary_key=True),
    Column("body", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)
heads = Table(
    "head",
    Base.metadata,
    Column("type", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("rev", Text, ForeignKey("line.rev"), primary_key=True),
    sqlite_with_rowid=False,
)
never = Table("never", Base.metadata, Column("no", Integer, primary_key=True))
dirty = Table(
    "dirty",
    Base.metadata,
    Column("type", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column(
        "barred",
        Integer,
        ForeignKey("never.no", deferrable=True, initially="DEFERRED"),
        nullable=False,
        server_default="1",
    ),
    sqlite_with_rowid=False,
)


MANY = 500  # names in one IN list


def heads_of(connection: Connection, type_: str, record_id: str) -> tuple[str, ...]:
    """List the heads of a record, sorted; more than one is a conflict, none a stranger."""
    found = connection.scalars(
        select(heads.c.rev).where(heads.c.type == type_, heads.c.id == record_id)
    )
    return tuple(sorted(found))


def heads_among(connection: Connection, type_: str, ids: list[str]) -> dict[str, tuple[str, ...]]:
    """Return the heads of some records of a type, at most MANY: {id: revs}."""
    found = connection.execute(
        select(heads.c.id, heads.c.rev).where(heads.c.type == type_, heads.c.id.in_(ids))
    )
    standing: dict[str, tuple[str, ...]] = {}
    for record_id, rev in found:
        standing[record_id] = (*standing.get(record_id, ()), rev)
    return standing


def heads_after(connection: Connection, act: str) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return the heads of every record that one act wrote: {(type, id): revs}."""
    of_act = select(lines.c.type, lines.c.id).where(lines.c.act == act).distinct().subquery()
    found = connection.execute(
        select(heads.c.type, heads.c.id, heads.c.rev)
        .join(of_act, (of_act.c.type == heads.c.type) & (of_act.c.id == heads.c.id))
        .order_by(heads.c.rev)
    )
    standing: dict[tuple[str, str], tuple[str, ...]] = {}
    for type_, record_id, rev in found:
        standing[type_, record_id] = (*standing.get((type_, record_id), ()), rev)
    return standing


def headers_of(connection: Connection, type_: str, record_id: str) -> list[Header]:
    """List the headers of a record in the order of their arrival."""
    found = connection.scalars(
        select(lines.c.header)
        .where(lines.c.type == type_, lines.c.id == record_id)
        .order_by(lines.c.no)
    )
    return [parse_header(json_text.kept(raw)) for raw in found]


def lines_of(connection: Connection, type_: str, record_id: str) -> list[Line]:
    """List the lines of a record in the order of their arrival."""
    return list(_read(connection, (lines.c.type == type_) & (lines.c.id == record_id)))


def lines_of_act(connection: Connection, act: str) -> list[Line]:
    """List the lines that one service call wrote, in their order."""
    return list(_read(connection, lines.c.act == act))


def line(connection: Connection, rev: str) -> Line | None:
    """Return one line by its rev."""
    return next(_read(connection, lines.c.rev == rev), None)


def lines_among(connection: Connection, revs: list[str]) -> Iterator[tuple[str, Line]]:
    """Stream the lines of some revs, at most MANY, each with the rev it is kept under."""
    found = connection.execute(
        select(lines.c.rev, lines.c.header, bodies.c.body)
        .join(bodies, bodies.c.rev == lines.c.rev, isouter=True)
        .where(lines.c.rev.in_(revs))
    )
    return ((rev, _line(raw, body)) for rev, raw, body in found)


def lines_after(
    connection: Connection, replica: str, epoch: str, seq: int, *, types: Iterable[str] = ()
) -> Iterator[Line]:
    """Stream the lines of one chain above `seq`, of all types or some, by type and in order."""
    where = (lines.c.replica == replica) & (lines.c.epoch == epoch) & (lines.c.seq > seq)
    if types:
        where &= lines.c.type.in_(sorted(types))
    return _read(connection, where, lines.c.type, lines.c.seq)


def all_lines(connection: Connection, *, types: Iterable[str] = ()) -> Iterator[Line]:
    """Stream the lines of the desk, of all types or some, by type, chain by chain and in order.

    Of several lines in one place of a chain (a fork) the first to arrive is given: a bundle holds
    one.
    """
    chain = (lines.c.replica, lines.c.epoch, lines.c.seq)
    where = _first_in_its_place()
    if types:
        where &= lines.c.type.in_(sorted(types))
    return _read(connection, where, lines.c.type, *chain)


def all_headers(connection: Connection) -> Iterator[tuple[str, Header]]:
    """Stream (rev, header) of the lines of all_lines, chain by chain in the order of seq."""
    found = connection.execution_options(yield_per=1000).execute(
        select(lines.c.rev, lines.c.header)
        .where(_first_in_its_place())
        .order_by(lines.c.replica, lines.c.epoch, lines.c.seq)
    )
    return ((rev, parse_header(json_text.kept(raw))) for rev, raw in found)


def _first_in_its_place() -> Any:
    before = lines.alias()
    return ~(
        select(before.c.no)
        .where(
            before.c.replica == lines.c.replica,
            before.c.epoch == lines.c.epoch,
            before.c.seq == lines.c.seq,
            before.c.no < lines.c.no,
        )
        .exists()
    )


def all_by_chain(connection: Connection) -> Iterator[tuple[str, Line]]:
    """Stream every line chain by chain in the order of seq, with the rev it is kept under."""
    found = connection.execution_options(yield_per=1000).execute(
        select(lines.c.rev, lines.c.header, bodies.c.body)
        .join(bodies, bodies.c.rev == lines.c.rev, isouter=True)
        .order_by(lines.c.replica, lines.c.epoch, lines.c.seq, lines.c.no)
    )
    for rev, raw, body in found:
        yield rev, _line(raw, body)


def last_seq(connection: Connection, replica: str, epoch: str) -> int:
    """Return the highest seq of a chain, 0 for none."""
    return last_of_chain(connection, replica, epoch)[0]


def _read(connection: Connection, where: Any, *order: Any) -> Iterator[Line]:
    found = connection.execution_options(yield_per=1000).execute(
        select(lines.c.header, bodies.c.body)
        .join(bodies, bodies.c.rev == lines.c.rev, isouter=True)
        .where(where)
        .order_by(*(order or (lines.c.no,)))
    )
    for raw, body in found:
        yield _line(raw, body)


def _line(raw: bytes, body: bytes | None) -> Line:
    return Line(parse_header(json_text.kept(raw)), Body(**json_text.kept(body)) if body else None)


def last_of_chain(connection: Connection, replica: str, epoch: str) -> tuple[int, str]:
    """Return the seq and the rev of a chain's last line; (0, "") before the first."""
    found = connection.execute(
        select(lines.c.seq, lines.c.rev)
        .where(lines.c.replica == replica, lines.c.epoch == epoch)
        .order_by(lines.c.seq.desc())
        .limit(1)
    ).first()
    return (found.seq, found.rev) if found else (0, "")


def rev_at(connection: Connection, replica: str, epoch: str, seq: int) -> str:
    """Return the rev of the line in a place of a chain, "" where none is here."""
    found = connection.scalars(
        select(lines.c.rev)
        .where(lines.c.replica == replica, lines.c.epoch == epoch, lines.c.seq == seq)
        .order_by(lines.c.no)
    )
    return found.first() or ""


def parents_named(
    connection: Connection, records: Iterable[tuple[str, str]]
) -> set[tuple[str, str, str]]:
    """List what the lines of some (type, id) that are here name as parents: (type, id, rev)."""
    by_type: dict[str, list[str]] = {}
    for type_, record_id in records:
        by_type.setdefault(type_, []).append(record_id)
    named: set[tuple[str, str, str]] = set()
    for type_, ids in by_type.items():
        for start in range(0, len(ids), MANY):
            found = connection.execute(
                select(lines.c.id, lines.c.header).where(
                    lines.c.type == type_, lines.c.id.in_(ids[start : start + MANY])
                )
            )
            for record_id, raw in found:
                parents = json_text.kept(raw)["parents"]
                named |= {(type_, record_id, parent) for parent in parents}
    return named


def revs_here(connection: Connection, revs: Iterable[str]) -> set[str]:
    """Tell which of some revs are here already."""
    return _among(connection, lines.c.rev, revs)


def bodies_here(connection: Connection, revs: Iterable[str]) -> set[str]:
    """Tell of which of some revs the body is here."""
    return _among(connection, bodies.c.rev, revs)


def _among(connection: Connection, column: Column[str], revs: Iterable[str]) -> set[str]:
    wanted = sorted(revs)
    here: set[str] = set()
    for start in range(0, len(wanted), MANY):
        here |= set(
            connection.scalars(select(column).where(column.in_(wanted[start : start + MANY])))
        )
    return here


def depths_of(connection: Connection, revs: set[str]) -> dict[str, int]:
    """Return the depths of the revs that are here."""
    wanted = sorted(revs)
    depths: dict[str, int] = {}
    for start in range(0, len(wanted), MANY):
        found = connection.execute(
            select(lines.c.rev, lines.c.header).where(lines.c.rev.in_(wanted[start : start + MANY]))
        )
        depths |= {rev: json_text.kept(raw)["depth"] for rev, raw in found}
    return depths
