"""Is everything still what was entered? One verdict in one line, for an auditor."""

from dataclasses import dataclass

from sqlalchemy import Connection, select, text

from app.core.i18n import _
from app.core.line import Header, canonical
from app.core.thai import format_date
from app.models import audit
from app.models.base import data_of, entities, table_of
from app.models.lines import all_by_chain, heads
from app.models.store import Store
from app.services import projection


@dataclass(frozen=True, slots=True)
class Verdict:
    """What verify found: `reason` is "" or the one thing that is broken, in words."""

    ok: bool
    lines: int
    reason: str


def verify(store: Store) -> Verdict:
    """Recompute digests and chains, and compare every row with its heads.

    A body may be absent (withheld or erased); its header still stands in the chain. The first
    thing found wrong is named, with the place to look.
    """
    with store.read() as connection:
        count, broken = _chains(connection)
        reason = (
            broken
            or _heads(connection)
            or _rows(connection)
            or _guard(connection)
            or _audit(connection)
        )
    return Verdict(not reason, count, reason)


def _chains(connection: Connection) -> tuple[int, str]:
    """Walk each chain: every rev, digest, seq and prev as the line before says."""
    count, last = 0, None
    for rev, found in all_by_chain(connection):
        count += 1
        header = found.header
        if header.rev != rev:
            return count, _broken_line(header, _("its header was changed"))
        if found.body is not None and found.body.digest != header.digest:
            return count, _broken_line(header, _("its content was changed"))
        follows = last and (last.replica, last.epoch) == (header.replica, header.epoch)
        expected = (last.seq + 1, last.rev) if last and follows else (1, "")
        is_fork = bool(last and follows and header.seq == last.seq)
        if (header.seq, header.prev) != expected and not is_fork:
            return count, _broken_line(header, _("the line before it is missing or another"))
        last = header
    return count, ""


def _heads(connection: Connection) -> str:
    """Compare the heads that are kept with those that the lines give."""
    kept = {tuple(row) for row in connection.execute(select(heads.c.type, heads.c.id, heads.c.rev))}
    given: set[tuple[str, ...]] = set()
    parents: set[str] = set()
    for rev, found in all_by_chain(connection):
        given.add((found.header.type, found.header.id, rev))
        parents.update(found.header.parents)
    astray = kept ^ {head for head in given if head[2] not in parents}
    if not astray:
        return ""
    type_, record_id, _rev = min(astray)
    return _("The heads of {type} {id} are not those of its lines.").format(
        type=type_, id=record_id
    )


def _rows(connection: Connection) -> str:
    """Compare each row with what its heads say, and look for rows without lines."""
    known = {
        (type_, record_id)
        for type_, record_id in connection.execute(select(heads.c.type, heads.c.id).distinct())
    }
    for type_, entity in entities().items():
        rows = connection.execute(select(table_of(type_))).mappings().all()
        for row in rows:
            if (type_, row["id"]) not in known:
                return _broken_row(type_, row["id"])
            data, office = projection.shown(connection, type_, row["id"])
            if data is None or office != row["office"]:
                return _broken_row(type_, row["id"])
            if canonical(data) != canonical(data_of(entity, row)):
                return _broken_row(type_, row["id"])
        here = {row["id"] for row in rows}
        for missing in sorted(record for of, record in known if of == type_ and record not in here):
            if projection.shown(connection, type_, missing)[0] is not None:
                return _broken_row(type_, missing)
    return ""


def _audit(connection: Connection) -> str:
    number = audit.first_broken(connection)
    return (
        _("Entry {number} of the audit diary was changed.").format(number=number) if number else ""
    )


def _guard(connection: Connection) -> str:
    left = connection.scalar(text("SELECT count(*) FROM dirty"))
    return _("{count} rows were changed without a line.").format(count=left) if left else ""


def _broken_line(header: Header, what: str) -> str:
    return _("Line {seq} of {date} ({type} {id}): {what}.").format(
        seq=header.seq,
        date=format_date(header.at[:10], "short"),
        type=header.type,
        id=header.id,
        what=what,
    )


def _broken_row(type_: str, record_id: str) -> str:
    return _("The row of {type} {id} is not what its lines say.").format(type=type_, id=record_id)
