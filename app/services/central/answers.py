"""What goes back to an office: a receipt, or everything for a dead PC."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import Connection, func, insert, select

from app.core.errors import UserError
from app.core.i18n import _
from app.core.line import Header, parse_header
from app.models import central as tables
from app.models.base import entities
from app.services.bundles import runs_of
from app.services.central.found import Centre, enrolled, recipients, statements
from app.sync import bundle, trust
from app.sync.bundle import Facts, Sealed
from app.sync.receipt import Acknowledged, BundleOutcome, Disputed, Outcome, Receipt, Remark
from app.sync.receipt import write_receipt as seal_receipt


def write_receipts(centre: Centre, folder: Path, *, office: str = "") -> list[Sealed]:
    """Write the receipt of each office that sent something, or of one office.

    A receipt is cumulative: the last one says all that the ones before said. It carries the lines
    of disputed records, so that the office sees both versions.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tables.acting(centre.engine) as connection:
        offices = [office] if office else _offices(connection)
        return [_write(centre, connection, folder, each) for each in offices]


def export_office(centre: Centre, office: str, folder: Path) -> Sealed:
    """Seal every line of an office for its recovery sheet, with the centre's statements beside it.

    Raises UserError "no_office" for an office of which nothing is here.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tables.acting(centre.engine) as connection:
        if office not in _offices(connection):
            raise UserError(
                _("The centre has nothing of office {code}.").format(code=office), code="no_office"
            )
        sender = centre.sender(connection)
        facts = Facts(
            office=office,
            replica=sender.replica,
            epoch=sender.epoch,
            kind=bundle.FULL,
            seq_from=0,
            seq_to=0,
            number=_next(connection, office),
            created_at=tables.now(),
            runs=tuple(runs_of(_headers(connection, office))),
            schemas=_schemas(connection, office),
        )
        sealed = bundle.seal(
            folder,
            facts,
            _lines(connection, office),
            signing_key=sender.signing_key,
            recipients=recipients(connection, office),
        )
        _note(connection, office, facts.number, sealed)
        trust.write_trust(folder / f"{facts.name}-trust.txt", statements(connection))
    return sealed


def _write(centre: Centre, connection: Connection, folder: Path, office: str) -> Sealed:
    number = _next(connection, office)
    disputed = _disputed(connection, office)
    receipt = Receipt(
        office=office,
        number=number,
        at=tables.now(),
        bundles=_outcomes(connection, office),
        acknowledged=_acknowledged(connection, office),
        rejected=_rejected(connection, office),
        disputed=disputed,
        desk_keys=tuple(enrolled(connection, office)),
        statements=tuple(statements(connection)),
    )
    sealed = seal_receipt(
        folder,
        receipt,
        _disputed_lines(connection, office, disputed),
        centre=centre.sender(connection),
        recipients=recipients(connection, office),
        schemas=_schemas(connection, office),
    )
    _note(connection, office, number, sealed)
    return sealed


def _offices(connection: Connection) -> list[str]:
    table = tables.bundles
    return list(connection.scalars(select(table.c.office).distinct().order_by(table.c.office)))


def _next(connection: Connection, office: str) -> int:
    table = tables.receipts
    last = connection.scalar(select(func.max(table.c.number)).where(table.c.office == office))
    return (last or 0) + 1


def _note(connection: Connection, office: str, number: int, sealed: Sealed) -> None:
    row = {
        "office": office,
        "number": number,
        "name": sealed.path.name,
        "made_at": tables.now(),
    }
    connection.execute(insert(tables.receipts), [row])


def _outcomes(connection: Connection, office: str) -> tuple[BundleOutcome, ...]:
    table = tables.bundles
    rows = connection.execute(select(table).where(table.c.office == office).order_by(table.c.no))
    return tuple(BundleOutcome(row.content_id, row.name, Outcome(row.status)) for row in rows)


def _acknowledged(connection: Connection, office: str) -> tuple[Acknowledged, ...]:
    """Give for each chain the seq up to which every line is here, accepted, held or rejected.

    A held line is acknowledged as stored: the receipt's outcome of its bundle says "held".
    """
    table = tables.revisions
    rows = connection.execute(
        select(table.c.replica, table.c.epoch, table.c.seq, table.c.rev)
        .where(table.c.office == office)
        .order_by(table.c.replica, table.c.epoch, table.c.seq)
    )
    found: dict[tuple[str, str], tuple[int, str]] = {}
    for replica, epoch, seq, rev in rows:
        through, _head = found.get((replica, epoch), (0, ""))
        if seq == through + 1:
            found[replica, epoch] = (seq, rev)
    return tuple(
        Acknowledged(replica, epoch, through, head)
        for (replica, epoch), (through, head) in sorted(found.items())
    )


def _rejected(connection: Connection, office: str) -> tuple[Remark, ...]:
    table = tables.revisions
    rows = connection.execute(
        select(table)
        .where(table.c.office == office, table.c.state == "rejected")
        .order_by(table.c.rev)
    )
    return tuple(
        Remark(row.type, row.id, row.rev, row.act, row.code, row.reason, row.type) for row in rows
    )


def _disputed(connection: Connection, office: str) -> tuple[Disputed, ...]:
    table = tables.heads
    many = (
        select(table.c.type, table.c.id)
        .where(table.c.office == office)
        .group_by(table.c.type, table.c.id)
        .having(func.count() > 1)
        .order_by(table.c.type, table.c.id)
    )
    found = []
    for type_, record_id in connection.execute(many).all():
        revs = connection.scalars(
            select(table.c.rev)
            .where(table.c.office == office, table.c.type == type_, table.c.id == record_id)
            .order_by(table.c.rev)
        )
        found.append(Disputed(type_, record_id, tuple(revs), ()))
    return tuple(found)


def _disputed_lines(
    connection: Connection, office: str, disputed: tuple[Disputed, ...]
) -> Iterator[tuple[str, bytes]]:
    """Give every line of the disputed records: the heads alone would have no ancestor."""
    table = tables.revisions
    for record in disputed:
        rows = connection.execute(
            select(table.c.line)
            .where(
                table.c.office == office,
                table.c.type == record.type,
                table.c.id == record.id,
                table.c.state == "accepted",
            )
            .order_by(table.c.replica, table.c.epoch, table.c.seq)
        )
        for (raw,) in rows:
            yield record.type, raw


def _kept(office: str, *columns: Any) -> Any:
    """Select what an office may have back: every line that it ever sent, in whatever state."""
    table = tables.revisions
    return select(*columns).where(table.c.office == office)


def _headers(connection: Connection, office: str) -> Iterator[Header]:
    table = tables.revisions
    statement = _kept(office, table.c.line).order_by(table.c.replica, table.c.epoch, table.c.seq)
    for (raw,) in connection.execution_options(yield_per=1000).execute(statement):
        yield parse_header(orjson.loads(raw)["h"])


def _lines(connection: Connection, office: str) -> Iterator[tuple[str, bytes]]:
    table = tables.revisions
    statement = _kept(office, table.c.type, table.c.line).order_by(
        table.c.type, table.c.replica, table.c.epoch, table.c.seq
    )
    rows = connection.execution_options(yield_per=1000).execute(statement)
    return ((type_, raw) for type_, raw in rows)


def _schemas(connection: Connection, office: str) -> dict[str, int]:
    """Give the version of each type; a type this program does not know is in version 1 or more."""
    table = tables.revisions
    known = {name: entity.schema for name, entity in entities().items()}
    here = connection.scalars(select(table.c.type).where(table.c.office == office).distinct())
    return {type_: known.get(type_, 1) for type_ in here} | known
