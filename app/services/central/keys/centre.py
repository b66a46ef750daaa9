"""The centre itself: its keys, its statement to the desks, and the desks that it knows."""

import hmac
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyrage
from sqlalchemy import Connection, Engine, delete, insert, select

from app.core import named
from app.core.errors import UserError
from app.core.i18n import _
from app.models.central import tables
from app.services.central.upkeep.update import update
from app.sync import durable, keys, sshsig, trust
from app.sync.keys import EnrolledKey, SigningKey, Status
from app.sync.receipt import Centre as Sender

AGE, ESCROW, SIGNING, SIGNERS, MARKS = (
    "centre.agekey",
    "escrow.agekey",
    "centre.signing",
    "allowed_signers",
    "persons.key",
)


@dataclass(frozen=True, slots=True)
class Centre:
    """An open centre: its database, and the folder with the keys that never enter it."""

    engine: Engine
    keys: Path

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    def identities(self) -> list[str]:
        """Return the age identities that open the offices' bundles, the newest first."""
        rows = self._read(AGE).splitlines()
        return [row for row in rows if row and not row.startswith("#")]

    def sender(self, connection: Connection) -> Sender:
        """Return the origin under which the centre writes, and the signing key now in force.

        That is the one which the last statement names; a roll-over that was cut short left either
        the old statement with its key or the new one with its own.
        """
        public = trust.follow(None, statements(connection)).public
        found = [key for key in self._signing_keys() if key.public == public]
        if not found:
            raise _unreadable(SIGNING)
        replica, epoch = tables.fact(connection, "replica"), tables.fact(connection, "epoch")
        return Sender(replica, epoch, found[0])

    def mark_key(self, connection: Connection) -> bytes:
        """Return the key under which id numbers are hashed for the index of persons.

        Raises UserError "no_keys" where it cannot be read, and "another_key" where the index was
        made with another one: marks of two keys would find no person twice.
        """
        try:
            key = bytes.fromhex(self._read(MARKS).strip())
        except ValueError as error:
            raise _unreadable(MARKS) from error
        if tables.fact(connection, tables.INDEXED_WITH) not in ("", mark_key_id(key)):
            raise UserError(
                _(
                    "The key file {name} is not the one that the index of persons was made with. "
                    "Put that one back; if it is lost, take this file away: the next command "
                    "makes a new key and computes the index anew."
                ).format(name=MARKS),
                code="another_key",
            )
        return key

    def signs(self, connection: Connection) -> bool:
        """Tell whether the signing key in force lies in the folder: it is this centre's then."""
        if not (self.keys / SIGNING).exists():
            return False
        public = trust.follow(None, statements(connection)).public
        return any(key.public == public for key in self._signing_keys())

    def put_secret(self, name: str, text: str) -> None:
        """Write a key file, whole or not at all."""
        path = self.keys / f"{name}{durable.TEMPORARY}"
        path.unlink(missing_ok=True)
        _write_secret(path, text)
        path.replace(self.keys / name)

    def add_secret(self, name: str, row: str) -> None:
        """Put a new secret first in a key file; the former ones stay behind it."""
        before = self._read(name)
        self.put_secret(name, f"{row.rstrip()}\n{before}")

    def _signing_keys(self) -> list[SigningKey]:
        return [SigningKey(bytes.fromhex(row)) for row in self._read(SIGNING).split()]

    def _read(self, name: str) -> str:
        try:
            return (self.keys / name).read_text(encoding="ascii")
        except OSError as error:
            raise _unreadable(name) from error


def _unreadable(name: str) -> UserError:
    return UserError(
        _("The centre's key file {name} cannot be read.").format(name=name), code="no_keys"
    )


def mark_key_id(key: bytes) -> str:
    """Name a key of the index of persons: 16 hex digits that tell nothing of it."""
    return hmac.digest(key, b"otg index of persons", "sha256").hex()[:16]


def initialise(centre: Centre) -> str:
    """Make the tables and the keys of a new centre; return its fingerprint.

    The escrow identity is written beside the others once: print it, lock it away, and delete the
    file. Raises UserError "exists" for a centre that is there already.
    """
    named.make_folder(centre.keys)
    if (centre.keys / SIGNING).exists():
        raise UserError(_("There is a central office here already."), code="exists")
    key, identity, escrow = keys.new_signing_key(), new_identity(), new_identity()
    recipients = [keys.recipient_of(identity)], [keys.recipient_of(escrow)]
    first = trust.state(
        None, signer=key, public=key.public, recipients=recipients[0], escrow=recipients[1]
    )
    marks = secrets.token_bytes(32)
    with tables.writing(centre.engine) as connection:
        update(connection)
        facts = {
            tables.INDEXED_WITH: mark_key_id(marks),
            "statements": first,
            "replica": secrets.token_hex(16),
            "epoch": secrets.token_hex(16),
        }
        connection.execute(
            insert(tables.facts), [{"name": name, "value": value} for name, value in facts.items()]
        )
    for name, text in (
        (AGE, key_file(identity)),
        (ESCROW, key_file(escrow)),
        (SIGNING, key.seed.hex()),
        (MARKS, marks.hex()),
    ):
        _write_secret(centre.keys / name, text)
    write_signers(centre, [first], [])
    return keys.fingerprint(key.public)


def enrol(centre: Centre, request_file: Path, folder: Path) -> tuple[str, Path]:
    """Enrol the desk of a key request; return its fingerprint and the answer written to `folder`.

    A new key of the same replica supersedes the one before. Whoever runs this compares the
    fingerprint with the office by telephone first. Raises Refused for a request that does not hold
    and UserError "revoked_key" for a key that was withdrawn.
    """
    request = trust.read_request(request_file)
    row = {
        "office": request.office,
        "key_id": keys.key_id(request.public),
        "replica": request.replica,
        "public": request.public,
        "recipient": request.recipient,
        "status": Status.ACTIVE.value,
        "enrolled_at": tables.now(),
    }
    with tables.acting(centre.engine) as connection:
        _put_key(connection, row)
        notes = statements(connection)
        known = enrolled(connection)
    answer = folder / f"OTG-{request.office}-trust.txt"
    trust.write_trust(answer, notes)
    write_signers(centre, notes, known)
    return keys.fingerprint(request.public), answer


def _put_key(connection: Connection, row: dict[str, Any]) -> None:
    table = tables.office_keys
    this = (table.c.office == row["office"]) & (table.c.key_id == row["key_id"])
    if connection.scalar(select(table.c.status).where(this)) == Status.REVOKED:
        raise UserError(
            _("This key was withdrawn and is not enrolled again. The desk must be rebuilt."),
            code="revoked_key",
        )
    before = (
        (table.c.office == row["office"])
        & (table.c.replica == row["replica"])
        & (table.c.status == Status.ACTIVE.value)
    )
    connection.execute(table.update().where(before).values(status=Status.SUPERSEDED.value))
    connection.execute(delete(table).where(this))
    connection.execute(insert(table), [row])


def statements(connection: Connection) -> list[str]:
    """Return every statement of the centre from the first, as desks follow them."""
    end = "-----END SSH SIGNATURE-----\n"
    parts = tables.fact(connection, "statements").split(end)
    return [part + end for part in parts if part]


def enrolled(connection: Connection, office: str = "") -> list[EnrolledKey]:
    """List the keys of the desks, of one office or of all."""
    table = tables.office_keys
    statement = select(table).order_by(table.c.office, table.c.key_id)
    if office:
        statement = statement.where(table.c.office == office)
    return [
        EnrolledKey(row["public"], row["office"], Status(row["status"]))
        for row in connection.execute(statement).mappings()
    ]


def recipients(connection: Connection, office: str) -> tuple[str, ...]:
    """List the age recipients of an office's desks; desks that joined share one.

    Raises UserError "no_desk" for an office none of whose desks may still read.
    """
    table = tables.office_keys
    found = connection.scalars(
        select(table.c.recipient)
        .where(table.c.office == office, table.c.status != Status.REVOKED.value)
        .distinct()
        .order_by(table.c.recipient)
    ).all()
    if not found:
        raise UserError(
            _("Office {code} has no enrolled desk. Enrol one first.").format(code=office),
            code="no_desk",
        )
    return tuple(found)


def new_identity() -> str:
    """Make an age identity."""
    return str(pyrage.x25519.Identity.generate())


def key_file(identity: str) -> str:
    """Write an age identity as `age-keygen` does."""
    return f"# public key: {keys.recipient_of(identity)}\n{identity}\n"


def _write_secret(path: Path, text: str) -> None:
    path.touch(mode=0o600)
    with path.open("w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def write_signers(centre: Centre, notes: list[str], known: list[EnrolledKey]) -> None:
    """Write what `ssh-keygen -Y verify -f` reads: who may sign bundles."""
    rows = [
        f'{_principal(key)} namespaces="{sshsig.BUNDLE}" {sshsig.public_line(key.public)}'
        for key in [*trust.follow(None, notes).keys, *known]
        if key.status is not Status.REVOKED
    ]
    (centre.keys / SIGNERS).write_text("\n".join(rows) + "\n", encoding="ascii")


def _principal(key: EnrolledKey) -> str:
    """Name a signer as docs/bundle-format.md does: office-42 for its desks, or centre."""
    return f"office-{key.office}" if key.office else "centre"
