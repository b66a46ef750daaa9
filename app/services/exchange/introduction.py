"""How a desk and the centre come to know each other: a request out, the centre's answer in."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection

from app.core import named
from app.core.errors import UserError
from app.core.i18n import _
from app.models.office.store import Store, origin, set_setting, setting
from app.sync import trust
from app.sync.keys import EnrolledKey, SigningKey, Status, fingerprint, recipient_of


def request_key(store: Store, folder: Path) -> Path:
    """Write the file by which the centre enrols this desk: public keys only, self-signed."""
    with store.read() as connection:
        own = origin(connection)
        key = signing_key(connection)
        recipient = own_recipient(connection)
    request = trust.KeyRequest(own.office, own.replica, key.public, recipient, now())
    named.make_folder(folder)
    return trust.write_request(folder, request, key)


def apply_trust(store: Store, path: Path) -> str:
    """Take the centre's answer, or the key request of another desk of this office.

    Gives the fingerprint that a person compares: by telephone with the centre, on the other
    screen with a desk. Raises Refused for a file that does not continue what this desk trusts
    already, and as vouch does.
    """
    if trust.is_request(path):
        return vouch(store, trust.read_request(path))
    notes = trust.read_trust(path)
    return store.write(lambda connection: fingerprint(keep_statements(connection, notes).public))


def keep_statements(connection: Connection, notes: tuple[str, ...]) -> trust.Trust:
    """Follow the centre's statements from where this desk stands, and keep those that are new."""
    kept: list[str] = setting(connection, "statements", [])
    found = trust.follow(trust.follow(None, kept) if kept else None, notes or kept)
    set_setting(connection, "statements", [*kept, *(note for note in notes if note not in kept)])
    return found


def trusted_centre(connection: Connection) -> trust.Trust:
    """Return what this desk knows of the centre. Raises UserError "no_trust" before its answer."""
    kept: list[str] = setting(connection, "statements", [])
    if not kept:
        raise UserError(
            _("This desk does not know the central office yet. Apply its answer (trust) first."),
            code="no_trust",
        )
    return trust.follow(None, kept)


def centre_fingerprint(store: Store) -> str:
    """Return the fingerprint of the centre that this desk trusts. Raises UserError "no_trust"."""
    with store.read() as connection:
        return fingerprint(trusted_centre(connection).public)


def keep_desk_keys(connection: Connection, known: Iterable[EnrolledKey]) -> None:
    """Keep what the centre says of the keys of this office's desks, the own one among them."""
    kept = {key.public.hex(): key.status.value for key in known}
    vouched: dict[str, str] = setting(connection, "desk_keys", {})
    set_setting(connection, "desk_keys", vouched | kept)
    if kept.get(signing_key(connection).public.hex()) == Status.ACTIVE:
        set_setting(connection, "key_is_new", None)


def desk_keys(connection: Connection) -> list[EnrolledKey]:
    """List the keys of the office's desks that the centre or a person here vouched for."""
    office = origin(connection).office
    kept: dict[str, str] = setting(connection, "desk_keys", {})
    return [
        EnrolledKey(bytes.fromhex(public), office, Status(status))
        for public, status in sorted(kept.items())
    ]


def vouch(store: Store, request: trust.KeyRequest) -> str:
    """Take the key of another desk of this office, whose fingerprint a person compared; return it.

    What the centre says of a key stands above this. Raises UserError "foreign_request" for a desk
    of another office: its recipient is not the one that this office's recovery sheet gives.
    """

    def work(connection: Connection) -> None:
        own = origin(connection).office, own_recipient(connection)
        if (request.office, request.recipient) != own:
            raise UserError(
                _("This key request is of another office, or its desk used another sheet."),
                code="foreign_request",
            )
        kept: dict[str, str] = setting(connection, "desk_keys", {})
        kept.setdefault(request.public.hex(), Status.ACTIVE.value)
        set_setting(connection, "desk_keys", kept)

    store.write(work)
    return fingerprint(request.public)


def own_fingerprint(store: Store) -> str:
    """Return the fingerprint of this desk's key, which others compare before they believe it."""
    with store.read() as connection:
        return fingerprint(signing_key(connection).public)


def signing_key(connection: Connection) -> SigningKey:
    """Return the key with which this desk signs."""
    return SigningKey(bytes.fromhex(setting(connection, "signing_key")))


def own_recipient(connection: Connection) -> str:
    """Return the age recipient of this office, whose identity the recovery sheet brings back."""
    return recipient_of(setting(connection, "age_identity"))


def now() -> str:
    """Return the time in UTC to the second, as envelopes show it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
