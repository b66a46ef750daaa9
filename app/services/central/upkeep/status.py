"""What the centre holds, in figures; the digest by which two holders compare their state."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import Column, Connection, func, select

from app.models.central import tables
from app.services.central.keys.centre import Centre
from app.services.central.upkeep.update import owed
from app.sync import merge

_Record = tuple[str, str, tuple[str, ...]]  # type, id and heads


@dataclass(frozen=True, slots=True)
class Status:
    """Counts over all offices; held lines are left out of the digest and counted beside it.

    `owed` are the offices that the program could not bring along when it was updated: the log says
    why, and another version tries again.
    """

    state_digest: str
    offices: int
    bundles: int
    lines: int
    held: int
    rejected: int
    records: dict[str, int]
    conflicts: int
    quarantined: int
    owed: tuple[str, ...] = ()


def status(centre: Centre, *, office: str = "") -> Status:
    """Count the centre's bundles, lines and records, for all offices or for one."""
    with tables.reading(centre.engine) as connection:
        states = _counted(connection, tables.revisions.c.state, office)
        records: Counter[str] = Counter()
        conflicts: Counter[str] = Counter()
        digest = merge.digest_of_sorted(_counting(_records(connection, office), records, conflicts))
        return Status(
            state_digest=digest,
            offices=len(_counted(connection, tables.bundles.c.office, office)),
            bundles=sum(_counted(connection, tables.bundles.c.office, office).values()),
            lines=states.get("accepted", 0),
            held=states.get("held", 0),
            rejected=states.get("rejected", 0),
            records=dict(sorted(records.items())),
            conflicts=conflicts.total(),
            quarantined=connection.scalar(select(func.count()).select_from(tables.quarantine)) or 0,
            owed=tuple(each for each in owed(connection) if office in ("", each)),
        )


def digest(connection: Connection, office: str = "") -> str:
    """Hash at which revisions every record stands, of all offices or of one."""
    return merge.digest_of_sorted(_records(connection, office))


def _counted(connection: Connection, column: Column[str], office: str) -> dict[str, int]:
    statement = select(column, func.count()).group_by(column)
    if office:
        statement = statement.where(column.table.c.office == office)
    return {row[0]: row[1] for row in connection.execute(statement)}


def _records(connection: Connection, office: str) -> Iterator[_Record]:
    """Stream the records with their heads, sorted; there may be millions."""
    table = tables.heads
    statement = select(table.c.type, table.c.id, table.c.rev).order_by("type", "id", "rev")
    if office:
        statement = statement.where(table.c.office == office)
    rows = connection.execute(statement.execution_options(yield_per=5000))
    for (type_, record_id), heads in groupby(rows, lambda row: (row.type, row.id)):
        yield type_, record_id, tuple(row.rev for row in heads)


def _counting(
    records: Iterator[_Record], by_type: Counter[str], conflicts: Counter[str]
) -> Iterator[_Record]:
    for record in records:
        by_type[record[0]] += 1
        conflicts[record[0]] += len(record[2]) > 1
        yield record
