"""Sealing what the centre has not acknowledged: the outbox keeps each file, the stick gets a copy.

A file is whole in the outbox before its row is noted, so a crash between the two leaves a file
without a row; the next export reads it back and notes it. Numbers therefore never collide, and a
range that was sealed stays that file.
"""

import hashlib
from pathlib import Path

from sqlalchemy import Connection, RowMapping, func, select
from sqlalchemy.dialects.sqlite import insert as upsert

from app.core import named
from app.core.errors import UserError
from app.core.i18n import _
from app.models.exchange import outbox
from app.models.office.store import Store, origin, setting
from app.models.records import audit
from app.models.records.base import entities
from app.models.records.lines import all_headers, last_seq, rev_at
from app.services.exchange import outgoing
from app.services.exchange.introduction import (
    now,
    own_recipient,
    request_key,
    signing_key,
    trusted_centre,
)
from app.services.office import attachments, epochs, scans
from app.services.office.scans import LostScan
from app.services.records import diary
from app.sync import bundle, durable, file_name, trust
from app.sync.bundle import Facts, Refused, Run, Sealed, Step
from app.sync.keys import EnrolledKey, recipient_id
from app.sync.ranges import Place, runs_of

SEALED, RECEIVED, RETURNED = "sealed", "received", "returned"
FOLDER = "outbox"


def export(
    store: Store, folder: Path, *, full: bool = False, step: Step = bundle.no_step
) -> Sealed:
    """Seal what the centre has not acknowledged, or everything, into a file in `folder`.

    The same range gives the very file of the last time. After a new epoch everything goes, until
    the centre has what the former one had not handed over. Raises UserError "no_trust" before the
    centre's answer was applied and "nothing_new" where there is nothing to send; Cancelled or a
    fault of the disk leave nothing behind in `folder`. Scans that are not whole stay out of the
    file: left_out names them.
    """
    named.make_folder(folder)
    kept = store.folder / FOLDER
    kept.mkdir(exist_ok=True)
    _note_what_a_crash_left(store, kept)
    with store.read() as connection:
        recipients = _recipients(connection)
        facts = facts_to_send(connection, full=full)
        sealed = _sealed_before(connection, kept, facts, recipients)
        names: list[str] = []
        lost: list[str] = []
        was_sealed = sealed is not None
        if sealed is None:
            names = outgoing.files(connection, facts)
            sealed = bundle.seal(
                kept,
                facts,
                outgoing.lines(connection, facts),
                signing_key=signing_key(connection),
                recipients=recipients,
                files=attachments.contents(store, names, lost),
                step=step,
            )
    _note(store, sealed, [name for name in names if name not in lost])
    if not was_sealed:
        scans.note_left_out(store, sealed.content_id, lost)
    epochs.note_sealed(store, sealed.envelope.seq_to, sealed.envelope.bundle_no)
    diary.note_now(store, diary.EXPORT, sealed.envelope.name)
    copied = copy(sealed, folder)
    with store.read() as connection:
        key_is_new = setting(connection, "key_is_new", False)
        statements = setting(connection, "statements", [])
    is_full = sealed.envelope.kind == bundle.FULL
    if key_is_new or is_full:
        request_key(store, folder)  # whoever reads the file must know whose key signed it
    if is_full:
        trust.write_trust(folder / f"{copied.path.stem}-trust.txt", statements)
    return copied


def left_out(store: Store, sealed: Sealed) -> list[LostScan]:
    """List the scans that the last sealing left out of a file, for they are not whole here."""
    return scans.left_out(store, sealed.content_id)


def acknowledged_through(connection: Connection) -> int:
    """Return the seq up to which the centre has every line of this desk's epoch."""
    own = origin(connection)
    return int(setting(connection, "acknowledged", {}).get(f"{own.replica}/{own.epoch}", 0))


def _recipients(connection: Connection) -> tuple[str, ...]:
    centre = trusted_centre(connection)
    return (*centre.recipients, *centre.escrow, own_recipient(connection))


def facts_to_send(connection: Connection, *, full: bool = False) -> Facts:
    """Return the facts of the next file. Raises UserError "nothing_new".

    After a new epoch it is a full one, until the centre has had one.
    """
    own = origin(connection)
    full = full or bool(epochs.former_lines_wait(connection))
    acknowledged = acknowledged_through(connection)
    last = last_seq(connection, own.replica, own.epoch)
    if last == acknowledged and not full:
        raise UserError(
            _("There is nothing new to send: the centre has everything."), code="nothing_new"
        )
    after = 0 if full else acknowledged
    sealed = connection.scalar(select(func.max(outbox.c.number))) or 0
    number = max(sealed, setting(connection, "last_number", 0))
    return Facts(
        office=own.office,
        replica=own.replica,
        epoch=own.epoch,
        kind=bundle.FULL if full else bundle.DELTA,
        seq_from=after + 1 if last else 0,
        seq_to=last,
        number=number + 1,
        created_at=now(),
        runs=_every_run(connection) if full else (_own_run(connection, after, last),),
        schemas={name: entity.schema for name, entity in entities().items()},
        base_ack=acknowledged,
        diary=audit.last_digest(connection),
    )


def _every_run(connection: Connection) -> tuple[Run, ...]:
    places = (
        Place(header.replica, header.epoch, header.seq, rev, header.prev)
        for rev, header in all_headers(connection)
    )
    return tuple(runs_of(places))


def _own_run(connection: Connection, after: int, last: int) -> Run:
    own = origin(connection)
    chain = (own.replica, own.epoch)
    before, head = rev_at(connection, *chain, after), rev_at(connection, *chain, last)
    return Run(*chain, after + 1, last, before, head)


def _sealed_before(
    connection: Connection, kept: Path, facts: Facts, recipients: tuple[str, ...]
) -> Sealed | None:
    """Find the file that holds exactly this range for these recipients and is still whole."""
    rows = connection.execute(
        select(outbox)
        .where(
            outbox.c.kind == facts.kind,
            outbox.c.epoch == facts.epoch,
            outbox.c.seq_from == facts.seq_from,
            outbox.c.seq_to == facts.seq_to,
        )
        .order_by(outbox.c.number.desc())
    )
    wanted = tuple(recipient_id(each) for each in recipients)
    lines = sum(run.seq_to - run.seq_from + 1 for run in facts.runs)
    for row in rows.mappings():
        sealed = as_sealed(row, kept)
        if (
            sealed
            and sealed.envelope.recipient_key_ids == wanted
            and sum(sealed.counts.values()) == lines
        ):
            return sealed
    return None


def as_sealed(row: RowMapping, kept: Path) -> Sealed | None:
    """Return a file of the outbox as it was sealed, None where these bytes are no longer kept."""
    path = file_name.path_of(kept, row["name"])
    if not path.exists() or _sha256(path) != row["sha256"]:
        return None
    envelope = bundle.inspect(path)
    size = path.stat().st_size
    return Sealed(path, row["content_id"], row["sha256"], size, row["counts"], envelope)


def copy(sealed: Sealed, folder: Path) -> Sealed:
    """Copy the sealed file to where the clerk wants it; it is read back and compared there."""
    target = folder / sealed.path.name
    if target.resolve() != sealed.path.resolve():
        with sealed.path.open("rb") as file:
            durable.write(target, iter(lambda: file.read(durable.CHUNK), b""))
    return Sealed(
        target, sealed.content_id, sealed.sha256, sealed.size, sealed.counts, sealed.envelope
    )


def _note(store: Store, sealed: Sealed, files: list[str]) -> None:
    """Note a sealed file and the scans in it; one that is noted already keeps its row."""
    envelope = sealed.envelope
    row = {
        "number": envelope.bundle_no,
        "name": envelope.name,
        "content_id": sealed.content_id,
        "sha256": sealed.sha256,
        "kind": envelope.kind,
        "epoch": envelope.epoch,
        "seq_from": envelope.seq_from,
        "seq_to": envelope.seq_to,
        "counts": dict(sealed.counts),
        "made_at": envelope.created_at,
        "state": SEALED,
    }

    def work(connection: Connection) -> None:
        connection.execute(upsert(outbox).on_conflict_do_nothing(), [row])
        if envelope.kind == bundle.DELTA:
            attachments.note_sent(connection, files, envelope.seq_to)

    store.write(work)


def _note_what_a_crash_left(store: Store, kept: Path) -> None:
    """Note the files that were sealed when the program ended before it could note them.

    Only a file that this desk signed and that is whole counts; half a file is thrown away.
    """
    for half in kept.glob(f"*{durable.TEMPORARY}"):
        half.unlink(missing_ok=True)
    with store.read() as connection:
        own, key = origin(connection), signing_key(connection)
        identity = setting(connection, "age_identity")
        noted = set(connection.scalars(select(outbox.c.name)))
    trusted = {key.key_id: EnrolledKey(key.public, own.office)}
    for path in file_name.sealed_in(kept):
        if path.stem in noted:
            continue
        try:
            with bundle.open_bundle(path, trusted=trusted, identities=[identity]) as opened:
                content_id, counts = opened.content_id, opened.inside.counts
                envelope = opened.envelope
                files = [name for name, _content in opened.files()]
        except Refused:
            continue
        size = path.stat().st_size
        _note(store, Sealed(path, content_id, _sha256(path), size, counts, envelope), files)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
