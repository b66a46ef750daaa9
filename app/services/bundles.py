"""A desk's dealings with the centre: keys, bundles out, receipts in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from app.core.errors import UserError
from app.core.i18n import _
from app.core.line import Header, Line
from app.models import journal
from app.models.base import entities
from app.models.lines import all_by_chain, all_lines, last_seq, lines_after
from app.models.store import Store, origin, set_setting, setting
from app.services import projection
from app.sync import bundle, trust
from app.sync.bundle import Facts, Run, Sealed
from app.sync.keys import SigningKey, fingerprint, recipient_of
from app.sync.receipt import Receipt, read_receipt

Step = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Sent:
    """A bundle in the outbox, as the clerk follows it: sealed, then received or returned."""

    name: str
    content_id: str
    kind: str
    seq_from: int
    seq_to: int
    records: int
    made_at: str
    state: str


def request_key(store: Store, folder: Path) -> Path:
    """Write the file by which the centre enrols this desk: public keys only, self-signed."""
    with store.read() as connection:
        own = origin(connection)
        key = _signing_key(connection)
        recipient = recipient_of(setting(connection, "age_identity"))
    request = trust.KeyRequest(own.office, own.replica, key.public, recipient, _now())
    return trust.write_request(folder, request, key)


def apply_trust(store: Store, path: Path) -> str:
    """Take the centre's answer; give the fingerprint that a person compares by telephone.

    Raises Refused for a file that does not continue what this desk trusts already.
    """
    notes = list(trust.read_trust(path))

    def work(connection: Connection) -> str:
        found = trust.follow(_trust(connection), notes)
        _keep_statements(connection, notes)
        return fingerprint(found.public)

    return store.write(work)


def export(
    store: Store, folder: Path, *, full: bool = False, step: Step = bundle.no_step
) -> Sealed:
    """Seal what the centre has not acknowledged, or everything, into a file in `folder`.

    The same range gives the very file of the last time. Raises UserError "no_trust" before the
    centre's answer was applied and "nothing_new" where there is nothing to send; Cancelled or a
    fault of the disk leave nothing behind.
    """
    with store.read() as connection:
        facts, recipients = _facts(connection, full), _recipients(connection)
        again = _sealed_before(store, connection, facts)
        if again is not None:
            return _copy_again(again, folder)
        lines = _bundle_lines(connection, facts)
        outbox = store.folder / "outbox"
        outbox.mkdir(exist_ok=True)
        sealed = bundle.seal(
            outbox,
            facts,
            lines,
            signing_key=_signing_key(connection),
            recipients=recipients,
            step=step,
        )
    store.write(lambda connection: _note_sealed(connection, sealed))
    return _copy_again(sealed, folder)


def sent(store: Store) -> list[Sent]:
    """List what was sealed here, the newest first."""
    with store.read() as connection:
        rows = setting(connection, "outbox", [])
    names = Sent.__dataclass_fields__
    return [Sent(**{name: row[name] for name in names}) for row in reversed(rows)]


def apply_receipt(store: Store, path: Path) -> Receipt:
    """Take a receipt of the centre; applying it twice or out of order changes nothing more.

    Raises Refused for a file that the centre did not sign or that is not for this office.
    """
    with store.read() as connection:
        found = _trust(connection)
        identity = setting(connection, "age_identity")
        if found is None:
            raise _no_trust()
        trusted = {key.key_id: key for key in found.keys}
    with bundle.open_bundle(path, trusted=trusted, identities=[identity]) as opened:
        receipt = read_receipt(opened)
        lines = [entry.line for entry in opened.lines() if entry.line is not None]
    store.write(lambda connection: _take_receipt(connection, receipt, lines))
    return receipt


def acknowledged_through(connection: Connection) -> int:
    """Give the seq up to which the centre has every line of this desk's epoch."""
    own = origin(connection)
    return int(setting(connection, "acknowledged", {}).get(f"{own.replica}/{own.epoch}", 0))


def _facts(connection: Connection, full: bool) -> Facts:
    own = origin(connection)
    acknowledged = acknowledged_through(connection)
    last = last_seq(connection, own.replica, own.epoch)
    if last == acknowledged and not full:
        raise UserError(
            _("There is nothing new to send: the centre has everything."), code="nothing_new"
        )
    runs = tuple(runs_of(header for _rev, header in _headers(connection)))
    if not full:
        runs = (_own_run(connection, own, acknowledged, last),)
    return Facts(
        office=own.office,
        replica=own.replica,
        epoch=own.epoch,
        kind=bundle.FULL if full else bundle.DELTA,
        seq_from=(0 if full else acknowledged) + 1 if last else 0,
        seq_to=last,
        number=len(setting(connection, "outbox", [])) + 1,
        created_at=_now(),
        runs=runs,
        schemas={name: entity.schema for name, entity in entities().items()},
        base_ack=acknowledged,
    )


def runs_of(headers: Iterator[Header]) -> Iterator[Run]:
    """Gather headers, chain by chain in the order of seq, into runs without a gap."""
    first: Header | None = None
    last: Header | None = None
    for header in headers:
        follows = last is not None and (last.replica, last.epoch, last.seq + 1) == (
            header.replica,
            header.epoch,
            header.seq,
        )
        if not follows:
            if first and last:
                yield _run(first, last)
            first = header
        last = header
    if first and last:
        yield _run(first, last)


def _run(first: Header, last: Header) -> Run:
    return Run(first.replica, first.epoch, first.seq, last.seq, first.prev, last.rev)


def _own_run(connection: Connection, own: journal.Origin, after: int, last: int) -> Run:
    found = lines_after(connection, own.replica, own.epoch, after)
    headers = {line.header.seq: line.header for line in found}
    return _run(headers[after + 1], headers[last])


def _headers(connection: Connection) -> Iterator[tuple[str, Header]]:
    return ((rev, line.header) for rev, line in all_by_chain(connection))


def _bundle_lines(connection: Connection, facts: Facts) -> Iterator[tuple[str, bytes]]:
    found = (
        all_lines(connection)
        if facts.kind == bundle.FULL
        else lines_after(connection, facts.replica, facts.epoch, facts.seq_from - 1)
    )
    return ((line.header.type, line.to_bytes()) for line in found)


def _recipients(connection: Connection) -> tuple[str, ...]:
    found = _trust(connection)
    if found is None:
        raise _no_trust()
    own = recipient_of(setting(connection, "age_identity"))
    return (*found.recipients, *found.escrow, own)


def _sealed_before(store: Store, connection: Connection, facts: Facts) -> Sealed | None:
    """Find the file that holds exactly this range already."""
    rows: list[dict[str, Any]] = setting(connection, "outbox", [])
    for row in reversed(rows):
        path = store.folder / "outbox" / f"{row['name']}.zip"
        same = (row["kind"], row["seq_from"], row["seq_to"], row["epoch"]) == (
            facts.kind,
            facts.seq_from,
            facts.seq_to,
            facts.epoch,
        )
        if same and path.exists() and facts.kind == bundle.DELTA:
            envelope = bundle.inspect(path)
            return Sealed(
                path, row["content_id"], row["sha256"], path.stat().st_size, row["counts"], envelope
            )
    return None


def _copy_again(sealed: Sealed, folder: Path) -> Sealed:
    """Copy the sealed file to where the clerk wants it, read back and compared."""
    from app.sync import durable

    target = folder / sealed.path.name
    if target.resolve() == sealed.path.resolve():
        return sealed
    with sealed.path.open("rb") as file:
        chunks = iter(lambda: file.read(durable.CHUNK), b"")
        digest = durable.write(target, chunks)
    if digest != sealed.sha256:
        target.unlink(missing_ok=True)
        raise UserError(_("The copy could not be verified. Try another stick."), code="not_written")
    return Sealed(target, sealed.content_id, digest, sealed.size, sealed.counts, sealed.envelope)


def _note_sealed(connection: Connection, sealed: Sealed) -> None:
    envelope = sealed.envelope
    row = {
        "name": envelope.name,
        "content_id": sealed.content_id,
        "sha256": sealed.sha256,
        "kind": envelope.kind,
        "epoch": envelope.epoch,
        "seq_from": envelope.seq_from,
        "seq_to": envelope.seq_to,
        "counts": dict(sealed.counts),
        "records": sum(sealed.counts.values()),
        "made_at": envelope.created_at,
        "state": "sealed",
    }
    set_setting(connection, "outbox", [*setting(connection, "outbox", []), row])


def _take_receipt(connection: Connection, receipt: Receipt, lines: list[Line]) -> None:
    acknowledged = dict(setting(connection, "acknowledged", {}))
    for found in receipt.acknowledged:
        chain = f"{found.replica}/{found.epoch}"
        acknowledged[chain] = max(acknowledged.get(chain, 0), found.through)
    set_setting(connection, "acknowledged", acknowledged)
    outcomes = {found.content_id: found.outcome.value for found in receipt.bundles}
    rows = [
        row | {"state": _STATES.get(outcomes.get(row["content_id"], ""), row["state"])}
        for row in setting(connection, "outbox", [])
    ]
    set_setting(connection, "outbox", rows)
    _keep_statements(connection, list(receipt.statements))
    new = journal.append(connection, lines)
    changed = {(line.header.type, line.header.id) for line in lines if line.header.rev in set(new)}
    projection.rebuild(connection, sorted(changed))


_STATES = {
    "accepted": "received",
    "duplicate": "received",
    "held": "received",
    "fork": "returned",
    "rejected": "returned",
}


def _trust(connection: Connection) -> trust.Trust | None:
    notes = setting(connection, "statements", [])
    return trust.follow(None, notes) if notes else None


def _keep_statements(connection: Connection, notes: list[str]) -> None:
    kept: list[str] = setting(connection, "statements", [])
    new = [note for note in notes if note not in kept]
    if new:
        trust.follow(trust.follow(None, kept) if kept else None, new)
        set_setting(connection, "statements", [*kept, *new])


def _signing_key(connection: Connection) -> SigningKey:
    return SigningKey(bytes.fromhex(setting(connection, "signing_key")))


def _no_trust() -> UserError:
    return UserError(
        _("This desk does not know the central office yet. Apply its answer (trust) first."),
        code="no_trust",
    )


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
