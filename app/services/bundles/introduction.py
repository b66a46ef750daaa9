"""How a desk and the centre come to know each other: a request out, the centre's answer in."""

from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection

from app.core.errors import UserError
from app.core.i18n import _
from app.models.store import Store, origin, set_setting, setting
from app.sync import trust
from app.sync.keys import SigningKey, fingerprint, recipient_of


def request_key(store: Store, folder: Path) -> Path:
    """Write the file by which the centre enrols this desk: public keys only, self-signed."""
    with store.read() as connection:
        own = origin(connection)
        key = signing_key(connection)
        recipient = own_recipient(connection)
    request = trust.KeyRequest(own.office, own.replica, key.public, recipient, now())
    return trust.write_request(folder, request, key)


def apply_trust(store: Store, path: Path) -> str:
    """Take the centre's answer; give the fingerprint that a person compares by telephone.

    Raises Refused for a file that does not continue what this desk trusts already.
    """
    notes = trust.read_trust(path)
    return store.write(lambda connection: fingerprint(keep_statements(connection, notes).public))


def keep_statements(connection: Connection, notes: tuple[str, ...]) -> trust.Trust:
    """Follow the centre's statements from where this desk stands, and keep those that are new."""
    kept: list[str] = setting(connection, "statements", [])
    found = trust.follow(trust.follow(None, kept) if kept else None, notes or kept)
    set_setting(connection, "statements", [*kept, *(note for note in notes if note not in kept)])
    return found


def trusted_centre(connection: Connection) -> trust.Trust:
    """Give what this desk knows of the centre. Raises UserError "no_trust" before its answer."""
    kept: list[str] = setting(connection, "statements", [])
    if not kept:
        raise UserError(
            _("This desk does not know the central office yet. Apply its answer (trust) first."),
            code="no_trust",
        )
    return trust.follow(None, kept)


def centre_fingerprint(store: Store) -> str:
    """Give the fingerprint of the centre that this desk trusts. Raises UserError "no_trust"."""
    with store.read() as connection:
        return fingerprint(trusted_centre(connection).public)


def signing_key(connection: Connection) -> SigningKey:
    """Give the key with which this desk signs."""
    return SigningKey(bytes.fromhex(setting(connection, "signing_key")))


def own_recipient(connection: Connection) -> str:
    """Give the age recipient of this office, whose identity the recovery sheet brings back."""
    return recipient_of(setting(connection, "age_identity"))


def now() -> str:
    """Give the time in UTC to the second, as envelopes show it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
