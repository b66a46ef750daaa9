"""Legal erasure: the content of a record goes, wherever the centre holds it; the chain stands.

Bodies are dropped from the lines and from the archive. An archived file that holds one is replaced
by a copy without it, which only the centre can sign; the row of the bundle keeps the first
content id, so the file is known when it comes again: docs/decisions, erasure in the archive.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from app.core import scratch
from app.core.errors import UserError
from app.core.i18n import _
from app.core.json_text import canonical
from app.core.line import ERASE, Line, parse_line
from app.models.central import centre_database, tables
from app.models.records import attachments
from app.models.records.base import Writer, entities
from app.services.central.answers import office_files, own_lines
from app.services.central.intake import archive, bodies
from app.services.central.keys import keyring
from app.services.central.keys.centre import Centre, enrolled, statements
from app.services.central.money import applications
from app.services.central.upkeep import person_index
from app.sync import bundle, trust
from app.sync.bundle import Bundle, Entry, Facts, open_bundle

_lines = tables.revisions


@dataclass(frozen=True, slots=True)
class Erased:
    """What was erased; `bundles` are the files of which copies elsewhere must be deleted by hand.

    Such copies are in the folder of taken files, in mail, on sticks and in backups.
    """

    new: bool
    lines: int
    files: int
    bundles: tuple[str, ...]


def erase(
    centre: Centre, office: str, type_: str, record_id: str, *, reason: str, decided_by: str
) -> Erased:
    """Erase a record for the law; the line that says so goes to the office by receipt.

    Raises UserError "no_record" for one that the centre does not have, "of_centre" for a record of
    its own, "reason" where it is not said why and who decided. Once more does nothing but to clean
    the file of the database again.
    """
    entity = entities().get(type_)
    if entity and entity.writer is Writer.CENTRE:
        raise UserError(
            _("What the centre wrote itself is not erased; write down another decision."),
            code="of_centre",
        )
    if not reason.strip() or not decided_by.strip():
        raise UserError(_("Say why it is erased and who decided so; both are kept."), code="reason")
    facts = {"reason": reason, "decided_by": decided_by}
    change = own_lines.Change(type_, record_id, facts, ERASE)
    with tables.acting(centre.engine) as connection:
        if (type_, record_id) in bodies.erased(connection, office):
            done = Erased(False, 0, 0, ())
        else:
            done = _erase(centre, connection, office, change)
    centre_database.compact(centre.engine)
    return done


def _erase(centre: Centre, connection: Connection, office: str, change: own_lines.Change) -> Erased:
    this = (_lines.c.office == office) & (_lines.c.type == change.type)
    this &= _lines.c.id == change.id
    rows = connection.execute(select(_lines).where(this).order_by(_lines.c.rev)).all()
    if not rows:
        raise UserError(
            _("The centre has no record {type} {id} of office {office}.").format(
                type=change.type, id=change.id, office=office
            ),
            code="no_record",
        )
    own_lines.put(connection, office, [change])
    connection.execute(
        insert(tables.erased), [{"office": office, "type": change.type, "id": change.id}]
    )
    for row in rows:
        bare = Line(parse_line(row.line).header, None).to_bytes()
        connection.execute(
            _lines.update()
            .where(_lines.c.office == office, _lines.c.rev == row.rev)
            .values(line=bare)
        )
    gone = _drop_files(connection, office, change.type, [row.line for row in rows])
    names = tuple(_strip_archive(centre, connection, office, rows, gone))
    if change.type == "loan_file":
        applications.freeze(connection, office, change.id)
    if change.type == "person":
        person_index.follow(connection, office, [change.id], centre.mark_key(connection))
    return Erased(True, len(rows), len(gone), names)


def _drop_files(connection: Connection, office: str, type_: str, raws: list[bytes]) -> set[str]:
    """Drop the scans that the record named and that no other record names."""
    mine = set(office_files.named_by(connection, office, ((type_, raw) for raw in raws)))
    if not mine:
        return mine
    of_others = select(_lines.c.type, _lines.c.line).where(
        _lines.c.office == office, _lines.c.type.in_(attachments.types_with_files())
    )
    others = connection.execute(of_others.execution_options(yield_per=1000))
    gone = mine - set(
        office_files.named_by(connection, office, ((row.type, row.line) for row in others))
    )
    table = tables.files
    connection.execute(
        delete(table).where(table.c.office == office, table.c.name.in_(sorted(gone)))
    )
    return gone


def _strip_archive(
    centre: Centre, connection: Connection, office: str, rows: Sequence[Any], gone: set[str]
) -> Iterator[str]:
    """Replace the archived files in whose ranges the lines stand; yield their names."""
    table, runs = tables.bundles, tables.runs
    numbers = {row.bundle for row in rows}
    for row in rows:
        numbers |= set(
            connection.scalars(
                select(runs.c.bundle).where(
                    runs.c.office == office,
                    runs.c.replica == row.replica,
                    runs.c.epoch == row.epoch,
                    runs.c.seq_from <= row.seq,
                    runs.c.seq_to >= row.seq,
                )
            )
        )
    held = connection.execute(
        select(table.c.no, table.c.name)
        .where(table.c.office == office, table.c.no.in_(sorted(numbers)))
        .order_by(table.c.no)
    ).all()
    for number, name in held:
        _replace(centre, connection, number, gone)
        yield name


def _replace(centre: Centre, connection: Connection, number: int, gone: set[str]) -> None:
    """Seal an archived file anew without what was erased; header, range and order stay."""
    chain = trust.follow(None, statements(connection))
    known = keyring.as_they_were([*chain.keys, *enrolled(connection)])
    with (
        archive.archived(connection, number) as path,
        open_bundle(
            path, trusted={key.key_id: key for key in known}, identities=centre.identities()
        ) as opened,
        scratch.folder() as folder,
    ):
        erased = bodies.erased(connection, opened.envelope.office)
        sealed = bundle.seal(
            folder,
            _facts(opened),
            ((entry.type, _stripped(entry, erased)) for entry in opened.lines()),
            signing_key=centre.sender(connection).signing_key,
            recipients=(*chain.recipients, *chain.escrow),
            files=(
                (name.rpartition(".")[2], content)
                for name, content in opened.files()
                if name not in gone
            ),
        )
        archive.keep(connection, opened.envelope.office, number, sealed.path)
    table = tables.replaced
    connection.execute(delete(table).where(table.c.bundle == number))
    row = {"office": opened.envelope.office, "bundle": number, "content_id": sealed.content_id}
    connection.execute(insert(table), [row])


def _facts(opened: Bundle) -> Facts:
    envelope = opened.envelope
    return Facts(
        office=envelope.office,
        replica=envelope.replica,
        epoch=envelope.epoch,
        kind=envelope.kind,
        seq_from=envelope.seq_from,
        seq_to=envelope.seq_to,
        number=envelope.bundle_no,
        created_at=envelope.created_at,
        runs=opened.inside.runs,
        schemas=opened.inside.schemas,
        base_ack=envelope.base_ack,
        diary=envelope.diary,
    )


def _stripped(entry: Entry, erased: set[tuple[str, str]]) -> bytes:
    """Return a line without an erased body; one that could not be read stays one that cannot be.

    Of a line without a header nobody can tell whose it is: its bytes go, its place stays.
    """
    header = entry.header
    if header is None:
        return b"{}"
    if (header.type, header.id) not in erased or header.op == ERASE:
        return entry.raw
    if entry.line is None:
        return canonical({"h": header.as_data(), "b": None})
    return Line(header, None).to_bytes()
