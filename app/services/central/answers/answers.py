"""What goes back to an office: a receipt, or everything for a dead PC."""

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, func, insert, select

from app.core import named
from app.core.errors import UserError
from app.core.i18n import _
from app.models.central import tables
from app.models.records.base import entities
from app.services.central.answers import extracts, office_files
from app.services.central.answers.code_tables import code_tables
from app.services.central.intake import office_records
from app.services.central.intake.one_by_one import Fault, apart
from app.services.central.keys.centre import Centre, enrolled, recipients, statements
from app.services.central.money.announcements import tell_rounds, tell_what_is_left
from app.services.central.upkeep import person_index
from app.services.records.verdicts import REJECTED
from app.sync import bundle, trust
from app.sync.bundle import Facts, Sealed
from app.sync.keys import Status
from app.sync.ranges import runs_of
from app.sync.receipt import Acknowledged, BundleOutcome, Outcome, Receipt, Remark, write_receipt

_NO_ID, _NO_REV = "00000000-0000-0000-0000-000000000000", "0" * 64


def write_receipts(centre: Centre, folder: Path, *, office: str = "") -> list[Sealed]:
    """Write the receipt of each office that sent something or was decided of, or of one office.

    A receipt is cumulative: the last one says all that the ones before said. It carries every line
    of the centre for the office, and those of disputed records and of forked chains with their
    scans, so that the office sees every version.
    """
    named.make_folder(folder)
    with tables.reading(centre.engine) as connection:
        offices = [office] if office else _readers(connection)
    return [_write(centre, folder, each) for each in offices]


def answer(
    centre: Centre, folder: Path, offices: Iterable[str] | None = None
) -> Iterator[tuple[str, Sealed | Fault]]:
    """Write the receipts of some offices or of all, each on its own; yield (office, outcome).

    An office that has no desk which may read is passed over. Where the program fails over one
    office, the others get theirs.
    """
    named.make_folder(folder)
    with tables.reading(centre.engine) as connection:
        readers = _readers(connection)
    wanted = readers if offices is None else sorted(set(readers) & set(offices))
    for office in wanted:
        yield office, apart(partial(_write, centre, folder, office))


def export_office(centre: Centre, office: str, folder: Path) -> Sealed:
    """Seal every line of an office for its recovery sheet, with the centre's statements beside it.

    Of a forked chain it holds one branch; the next receipt brings the others. Raises UserError
    "no_office" for an office of which nothing is here.
    """
    named.make_folder(folder)
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
            runs=tuple(runs_of(extracts.places(connection, office))),
            schemas=_schemas(connection, office),
        )
        sealed = bundle.seal(
            folder,
            facts,
            extracts.every_line(connection, office),
            signing_key=sender.signing_key,
            recipients=recipients(connection, office),
            files=office_files.contents(connection, office, office_files.names(connection, office)),
        )
        trust.write_trust(folder / f"{facts.name}-trust.txt", statements(connection))
        _note(connection, office, facts.number, sealed)
    return sealed


def _write(centre: Centre, folder: Path, office: str) -> Sealed:
    """Write a receipt, and note that it was written, or neither."""
    written: list[Path] = []
    try:
        return _sealed(centre, folder, office, written)
    except BaseException:
        for path in written:
            path.unlink(missing_ok=True)
        raise


def _sealed(centre: Centre, folder: Path, office: str, written: list[Path]) -> Sealed:
    """Seal a receipt; `written` are the files that go again where the centre cannot note it."""
    with tables.acting(centre.engine) as connection:
        tell_rounds(connection, office)
        tell_what_is_left(connection, office)
        lines = extracts.lines_in_question(connection, office)
        scans = office_files.named_by(connection, office, lines)
        receipt = Receipt(
            office=office,
            number=_next(connection, office),
            at=tables.now(),
            bundles=_outcomes(connection, office),
            acknowledged=_acknowledged(connection, office),
            rejected=(*_rejected(connection, office), *_unread(connection, office)),
            flagged=tuple(_flagged(connection, office)),
            disputed=extracts.disputed(connection, office),
            desk_keys=tuple(enrolled(connection, office)),
            statements=tuple(statements(connection)),
            tables=code_tables(connection),
        )
        sealed = write_receipt(
            folder,
            receipt,
            extracts.lines_in_question(connection, office),
            centre=centre.sender(connection),
            recipients=recipients(connection, office),
            schemas=_schemas(connection, office),
            files=office_files.contents(connection, office, scans),
        )
        written.append(sealed.path)
        if len(receipt.statements) > 1:  # a desk that missed a new key follows from this
            beside = folder / f"{sealed.envelope.name}-trust.txt"
            written.append(beside)
            trust.write_trust(beside, receipt.statements)
        _note(connection, office, receipt.number, sealed)
    return sealed


def _readers(connection: Connection) -> list[str]:
    """List the offices that have a desk which may still read: the others wait for one."""
    table = tables.office_keys
    reads = set(
        connection.scalars(select(table.c.office).where(table.c.status != Status.REVOKED.value))
    )
    return [office for office in _offices(connection) if office in reads]


def _offices(connection: Connection) -> list[str]:
    table = tables.revisions
    sent = set(connection.scalars(select(tables.bundles.c.office).distinct()))
    return sorted(sent | set(connection.scalars(select(table.c.office).distinct())))


def _next(connection: Connection, office: str) -> int:
    table = tables.receipts
    last = connection.scalar(select(func.max(table.c.number)).where(table.c.office == office))
    return (last or 0) + 1


def _note(connection: Connection, office: str, number: int, sealed: Sealed) -> None:
    row = {
        "office": office,
        "number": number,
        "name": sealed.path.name,
        "made_at": sealed.envelope.created_at,
    }
    connection.execute(insert(tables.receipts), [row])


def _outcomes(connection: Connection, office: str) -> tuple[BundleOutcome, ...]:
    table = tables.bundles
    rows = connection.execute(select(table).where(table.c.office == office).order_by(table.c.no))
    return tuple(BundleOutcome(row.content_id, row.name, Outcome(row.status)) for row in rows)


def _acknowledged(connection: Connection, office: str) -> tuple[Acknowledged, ...]:
    """Return, for each chain, how far the bundles' ranges reach from its beginning without a gap.

    Each line of a range that was taken in is stored, held, or rejected with a reason.
    """
    table = tables.runs
    rows = connection.execute(
        select(table.c.replica, table.c.epoch, table.c.seq_from, table.c.seq_to)
        .where(table.c.office == office)
        .order_by(table.c.replica, table.c.epoch, table.c.seq_from)
    )
    through: dict[tuple[str, str], int] = {}
    for replica, epoch, seq_from, seq_to in rows:
        reached = through.setdefault((replica, epoch), 0)
        if seq_from <= reached + 1:
            through[replica, epoch] = max(reached, seq_to)
    return tuple(
        Acknowledged(replica, epoch, seq, extracts.rev_at(connection, office, replica, epoch, seq))
        for (replica, epoch), seq in through.items()
    )


def _rejected(connection: Connection, office: str) -> Iterator[Remark]:
    table = tables.revisions
    rows = connection.execute(
        select(table)
        .where(table.c.office == office, table.c.state == REJECTED)
        .order_by(table.c.rev)
    )
    for row in rows:
        yield Remark(row.type, row.id, row.rev, row.act, row.code, row.reason, row.type)


def _unread(connection: Connection, office: str) -> Iterator[Remark]:
    """Name the lines that could not be read by their place alone: their sentence says it."""
    table = tables.unread
    rows = connection.execute(
        select(table)
        .where(table.c.office == office)
        .order_by(table.c.bundle, table.c.type, table.c.number)
    )
    for row in rows:
        yield Remark(row.type, _NO_ID, _NO_REV, _NO_ID, row.code, row.reason, row.type)


def _flagged(connection: Connection, office: str) -> Iterator[Remark]:
    """Name the persons whom other offices registered too: to be looked at, not refused."""
    for record_id, others in person_index.of_office(connection, office):
        for line in office_records.lines_of(connection, office, "person", record_id)[-1:]:
            sentence = _(
                "Another office registered this person too (office {offices}). "
                "Compare with that office whether it is one person."
            ).format(offices=", ".join(others))
            header = line.header
            yield Remark(
                "person", record_id, header.rev, header.act, "duplicate_person", sentence, "person"
            )


def _schemas(connection: Connection, office: str) -> dict[str, int]:
    """Return the highest version of each type that this program or a line of the office has."""
    table = tables.revisions
    known = {name: entity.schema for name, entity in entities().items()}
    here = connection.scalars(select(table.c.type).where(table.c.office == office).distinct())
    return {type_: known.get(type_, 1) for type_ in here} | known
