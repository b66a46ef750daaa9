"""What goes from a desk when the centre erased a record: everything that still shows it.

The journal drops the bodies itself. What lies outside the database is noted in the transaction and
taken away after it; a crash between the two leaves the note, and the next receipt ends the work.
"""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, delete, or_, select, update

from app.core.kinds import Kind
from app.core.line import ERASE, Line
from app.models.exchange import outbox
from app.models.office.store import Store, origin, set_setting, setting
from app.models.printed import printed
from app.models.records import attachments
from app.models.records.base import entities, fields_of, table_of
from app.models.records.lines import all_lines, lines_of
from app.sync import bundle, file_name

Record = tuple[str, str]  # type and id

_NOTE = "erasing"


def erased_by(lines: Iterable[Line]) -> list[Record]:
    """List the records that some lines erase."""
    found = {(each.header.type, each.header.id) for each in lines if each.header.op == ERASE}
    return sorted(found)


def scans_of(connection: Connection, records: Iterable[Record]) -> set[str]:
    """List the files that records name in any version: to be asked before their bodies go."""
    return {
        name
        for type_, record_id in records
        for line in lines_of(connection, type_, record_id)
        if line.body
        for name in attachments.named_in(type_, line.body.data)
    }


def follow(connection: Connection, records: Sequence[Record], scans: set[str]) -> None:
    """Drop the kept prints of erased records, and note what is to go from the folders.

    A print of a record around it, such as the list of the group's members, shows it too.
    """
    papers = {record for each in records for record in _around(connection, each)}
    shown = printed.c.record.in_(sorted(papers))
    connection.execute(update(printed).where(shown).values(pdf=None))  # the numbers stay spent
    types = attachments.types_with_files()
    kept = {
        name
        for line in all_lines(connection, types=types)
        if line.body
        for name in attachments.named_in(line.header.type, line.body.data)
    }
    table = attachments.attachments
    connection.execute(delete(table).where(table.c.name.in_(sorted(scans - kept))))
    before = setting(connection, _NOTE, {"records": [], "files": [], "bundles": []})
    note = {
        "records": [*before["records"], *records],
        "files": sorted({*before["files"], *(scans - kept)}),
        "bundles": sorted({*before["bundles"], *_sealed_with(connection, records)}),
    }
    set_setting(connection, _NOTE, note)


def finish(store: Store) -> None:
    """Take away the files, sealed bundles and drafts that were noted, and clean the database."""
    with store.read() as connection:
        note = setting(connection, _NOTE)
    if note is None:
        return
    attachments.drop(store.folder, store.key, note["files"])
    for name in note["bundles"]:  # what is sent from now on is sealed anew, without the content
        file_name.path_of(store.folder / "outbox", name).unlink(missing_ok=True)
    gone = {tuple(record) for record in note["records"]}
    for draft in store.drafts.all():
        if (draft["type"], draft["id"]) in gone:
            store.drafts.drop(draft["key"])
    store.main.compact()
    store.write(lambda connection: set_setting(connection, _NOTE, None))


def _around(connection: Connection, record: Record) -> set[str]:
    """Return the ids of a record, of the records linking to it, and of those they link to."""
    target, record_id = record
    found = {record_id}
    for type_, entity in entities().items():
        references = [each for each in fields_of(entity) if each.kind is Kind.RECORD]
        names_it = [each.name for each in references if each.target == target]
        if not names_it:
            continue
        table = table_of(type_)
        rows = connection.execute(
            select(table).where(or_(*(table.c[name] == record_id for name in names_it)))
        )
        for row in rows.mappings():
            found |= {row["id"], *(row[each.name] for each in references if row[each.name])}
    return found


def _sealed_with(connection: Connection, records: Iterable[Record]) -> set[str]:
    """Name the sealed bundles of this desk that hold content of some records."""
    own = origin(connection)
    places = {
        (line.header.epoch, line.header.seq)
        for type_, record_id in records
        for line in lines_of(connection, type_, record_id)
        if line.header.replica == own.replica
    }
    rows = connection.execute(select(outbox)).mappings().all()
    return {
        row["name"]
        for row in rows
        if row["kind"] == bundle.FULL
        or any(
            row["epoch"] == epoch and row["seq_from"] <= seq <= row["seq_to"]
            for epoch, seq in places
        )
    }
