"""What the centre holds, in figures; the digest by which two holders compare their state."""

from dataclasses import dataclass

from sqlalchemy import Column, Connection, func, select

from app.models import central as tables
from app.services.central.found import Centre
from app.sync import merge


@dataclass(frozen=True, slots=True)
class Status:
    """Counts over all offices; held lines are left out of the digest and counted beside it."""

    state_digest: str
    offices: int
    bundles: int
    lines: int
    held: int
    rejected: int
    records: dict[str, int]
    conflicts: int
    quarantined: int


def status(centre: Centre, *, office: str = "") -> Status:
    """Count what is here, of all offices or of one."""
    with tables.reading(centre.engine) as connection:
        states = _counted(connection, tables.revisions.c.state, office)
        records = _records(connection, office)
        return Status(
            state_digest=_digest(records),
            offices=len(_counted(connection, tables.bundles.c.office, office)),
            bundles=sum(_counted(connection, tables.bundles.c.office, office).values()),
            lines=states.get("accepted", 0),
            held=states.get("held", 0),
            rejected=states.get("rejected", 0),
            records=_by_type(records),
            conflicts=sum(len(revs) > 1 for revs in records.values()),
            quarantined=connection.scalar(select(func.count()).select_from(tables.quarantine)) or 0,
        )


def digest(connection: Connection, office: str = "") -> str:
    """Hash at which revisions every record stands, of all offices or of one."""
    return _digest(_records(connection, office))


def _digest(records: dict[tuple[str, str], tuple[str, ...]]) -> str:
    return merge.state_digest(
        (type_, record_id, revs) for (type_, record_id), revs in records.items()
    )


def _counted(connection: Connection, column: Column[str], office: str) -> dict[str, int]:
    statement = select(column, func.count()).group_by(column)
    if office:
        statement = statement.where(column.table.c.office == office)
    return {row[0]: row[1] for row in connection.execute(statement)}


def _records(connection: Connection, office: str) -> dict[tuple[str, str], tuple[str, ...]]:
    table = tables.heads
    statement = select(table.c.type, table.c.id, table.c.rev).order_by(table.c.rev)
    if office:
        statement = statement.where(table.c.office == office)
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for type_, record_id, rev in connection.execute(statement):
        found[type_, record_id] = (*found.get((type_, record_id), ()), rev)
    return found


def _by_type(records: dict[tuple[str, str], tuple[str, ...]]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for type_, _id in sorted(records):
        counts[type_] = counts.get(type_, 0) + 1
    return counts
