"""A lost PC made anew from one file of the centre and the recovery sheet."""

from pathlib import Path

from sqlalchemy import Connection

from app.core.errors import UserError
from app.core.i18n import _
from app.core.ids import new_id
from app.models import journal, vault
from app.models import store as stores
from app.models.store import set_setting
from app.services import desk as desks
from app.services import projection
from app.services.acts import act
from app.services.desk import Desk
from app.services.view import View
from app.sync import bundle, keys, trust

_BATCH = 5000


def rebuild(
    folder: Path,
    path: Path,
    *,
    recovery: str,
    user: str,
    password: str,
    cost: vault.Cost = vault.STRONG,
) -> Desk:
    """Make a desk in `folder` that holds everything the centre had of the office.

    `recovery` is the text of the office's recovery sheet, which decrypts the file; the centre's
    statements lie beside it as NAME-trust.txt and say whose signature to expect. The new desk has
    a replica, an epoch and a signing key of its own and must be enrolled before it sends.
    """
    secret = keys.parse_recovery(recovery)
    notes = list(trust.read_trust(_statements_beside(path)))
    trusted = {key.key_id: key for key in trust.follow(None, notes).keys}
    identity = keys.office_identity(secret)
    with bundle.open_bundle(path, trusted=trusted, identities=[identity]) as opened:
        office = opened.envelope.office
        folder.mkdir(parents=True, exist_ok=True)
        store = desks.new_store(folder, office, secret)
        try:
            store.write(lambda connection: _take(connection, opened, notes))
        except BaseException:
            store.close()
            _remove(folder)
            raise
    projection.rebuild_all(store)
    desk = Desk(store, office, user)
    _let_user_in(desk, user)
    vault.add_user(folder, store.key, user, password, cost=cost)
    return desk


def _take(connection: Connection, opened: bundle.Bundle, notes: list[str]) -> None:
    batch = []
    for entry in opened.lines():
        if entry.line is not None:
            batch.append(entry.line)
        if len(batch) == _BATCH:
            journal.append(connection, batch)
            batch = []
    journal.append(connection, batch)
    set_setting(connection, "statements", notes)


def _let_user_in(desk: Desk, user: str) -> None:
    """Sign in as the user of that name, or enter a new one."""
    with desk.store.read() as connection:
        known = View(connection, desk.office).where("user", name=user)
    if known:
        desk.store.user = known[0][0]
        return
    user_id = new_id()
    desk.store.user = user_id
    data = {"name": user, "full_name": user, "role": "head"}
    act(desk.store, lambda acting: acting.put("user", user_id, data, ()))


def _statements_beside(path: Path) -> Path:
    beside = path.with_name(f"{path.stem}-trust.txt")
    if not beside.exists():
        raise UserError(
            _("The centre's statement {name} must lie beside the file.").format(name=beside.name),
            code="no_trust",
        )
    return beside


def _remove(folder: Path) -> None:
    """Leave nothing of a rebuild that failed: the folder was empty before."""
    for name in (stores.MAIN, stores.DRAFTS, vault.FILE, vault.COPY, "ballast"):
        for path in folder.glob(f"{name}*"):
            path.unlink()
