"""The keys that the centre knows: which desks may speak for an office, and its own, rolled over."""

import hashlib
import re
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Connection, delete, insert, select

from app.core.errors import UserError
from app.core.i18n import _
from app.models.central import tables
from app.models.records.base import Writer, entities
from app.services.central.keys import centre as found
from app.services.central.keys.centre import Centre, enrolled, statements, write_signers
from app.sync import durable, keys, trust
from app.sync.keys import EnrolledKey, Status

REVOKED_KEY = "revoked_key"

_HEX64 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Key:
    """A key as a person compares it; `office` is "" for the centre's own.

    `scope` are the types of record that it may write, of that office alone.
    """

    office: str
    key_id: str
    fingerprint: str
    status: str
    scope: tuple[str, ...]
    enrolled_at: str = ""
    reason: str = ""


def known_keys(centre: Centre) -> list[Key]:
    """List the centre's keys, the one in force first, and those of all desks."""
    table, why = tables.office_keys, tables.revocations
    same = (why.c.office == table.c.office) & (why.c.key_id == table.c.key_id)
    with tables.reading(centre.engine) as connection:
        own = trust.follow(None, statements(connection)).keys
        rows = connection.execute(
            select(table, why.c.reason)
            .join(why, same, isouter=True)
            .order_by(table.c.office, table.c.enrolled_at, table.c.key_id)
        ).all()
    listed = [_key(key.public, "", key.status) for key in own]
    return listed + [
        replace(
            _key(row.public, row.office, row.status),
            enrolled_at=row.enrolled_at,
            reason=row.reason or "",
        )
        for row in rows
    ]


def revoke(centre: Centre, office: str, key_id: str, reason: str) -> Key:
    """Withdraw a desk's key: what it seals, or sealed and sends now, waits for a person.

    Raises UserError "no_key" for one that was not enrolled, "reason" where none is given.
    """
    _refuse_without(reason)
    table = tables.office_keys
    this = (table.c.office == office) & (table.c.key_id == key_id)
    with tables.acting(centre.engine) as connection:
        row = connection.execute(select(table).where(this)).first()
        if row is None:
            raise UserError(
                _("Office {office} has no key {key}. List them with central keys.").format(
                    office=office, key=key_id
                ),
                code="no_key",
            )
        if row.status != Status.REVOKED:
            connection.execute(table.update().where(this).values(status=Status.REVOKED.value))
            why = {"office": office, "key_id": key_id, "reason": reason, "at": tables.now()}
            connection.execute(insert(tables.revocations), [why])
        notes, desks = statements(connection), enrolled(connection)
    write_signers(centre, notes, desks)
    return replace(_key(row.public, office, Status.REVOKED.value), reason=reason)


def release(centre: Centre, file: str, reason: str) -> str:
    """Let one file of a revoked key in, by its path or its SHA-256; return the SHA-256.

    A person has looked at it; the next ingest of these very bytes takes it. Raises UserError
    "not_quarantined" for a file that does not wait for that, "reason" where none is given.
    """
    _refuse_without(reason)
    sha256 = file if _HEX64.fullmatch(file) else sha256_of(Path(file))
    table = tables.quarantine
    this = (table.c.sha256 == sha256) & (table.c.code == REVOKED_KEY)
    with tables.acting(centre.engine) as connection:
        if not connection.execute(select(table).where(this)).all():
            raise UserError(
                _("No file with this content waits because of a withdrawn key."),
                code="not_quarantined",
            )
        connection.execute(delete(table).where(this))
        row = {"sha256": sha256, "reason": reason, "at": tables.now()}
        connection.execute(insert(tables.releases), [row])
    return sha256


def trusted(connection: Connection, file: Path) -> dict[str, EnrolledKey]:
    """Return the keys that may have signed this file.

    A file that a person released is also checked against revoked keys.
    """
    known = enrolled(connection)
    if any(key.status is Status.REVOKED for key in known):
        table = tables.releases
        released = select(table.c.sha256).where(table.c.sha256 == sha256_of(file))
        if connection.scalar(released):
            known = as_they_were(known)
    return {key.key_id: key for key in known}


def as_they_were(known: list[EnrolledKey]) -> list[EnrolledKey]:
    """Return keys as before their revocation, for files taken in then or by a person's word."""
    return [
        replace(key, status=Status.SUPERSEDED) if key.status is Status.REVOKED else key
        for key in known
    ]


def roll(centre: Centre, *, signing: bool, recipient: bool) -> str:
    """Roll over the centre's signing key, its age recipient, or both; return the fingerprint.

    The new secret is in the key folder before the statement is: whatever stops this, the centre
    can write under the statement in force. Former secrets stay and open what was sealed for them.
    """
    new_key, identity = keys.new_signing_key(), found.new_identity()
    if signing:
        centre.add_secret(found.SIGNING, new_key.seed.hex())
    if recipient:
        centre.add_secret(found.AGE, found.key_file(identity))
    with tables.acting(centre.engine) as connection:
        before = trust.follow(None, statements(connection))
        public = new_key.public if signing else before.public
        note = trust.state(
            before,
            signer=centre.sender(connection).signing_key,
            public=public,
            recipients=[keys.recipient_of(identity)] if recipient else before.recipients,
            escrow=before.escrow,
        )
        whole = "".join([*statements(connection), note])
        table = tables.facts
        connection.execute(table.update().where(table.c.name == "statements").values(value=whole))
        notes, desks = statements(connection), enrolled(connection)
    write_signers(centre, notes, desks)
    return keys.fingerprint(public)


def sha256_of(path: Path) -> str:
    """Hash a file. Raises UserError "not_read"."""
    digest = hashlib.sha256()
    with durable.open_file(path) as file:
        while chunk := file.read(durable.CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _key(public: bytes, office: str, status: str) -> Key:
    writer = Writer.OFFICE if office else Writer.CENTRE
    scope = tuple(name for name, entity in entities().items() if entity.writer is writer)
    return Key(office, keys.key_id(public), keys.fingerprint(public), str(status), scope)


def _refuse_without(reason: str) -> None:
    if not reason.strip():
        raise UserError(_("Give the reason; it is kept."), code="reason")
