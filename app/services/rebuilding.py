"""A lost PC made anew from one file of the centre and the recovery sheet."""

import contextlib
import itertools
import shutil
import string
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection, select

from app.core.errors import UserError
from app.core.i18n import _
from app.core.ids import new_id
from app.core.line import Line
from app.models import journal, vault
from app.models import store as stores
from app.models.base import table_of
from app.models.store import Store, set_setting
from app.services import attachments, projection
from app.services import desk as desks
from app.services.acts import act
from app.services.bundles import authorship
from app.services.desk import Desk
from app.services.view import View
from app.sync import bundle, keys, trust
from app.sync.bundle import Refused, Run

_BATCH = 5000
_NUMBERED = (("group", "group_no"), ("loan_file", "file_no"))


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
    a replica, an epoch, a signing key and a letter for file numbers of its own: what the lost one
    gave out and never sent is not given out again. It must be enrolled before it sends.

    Raises UserError "exists" where the folder holds anything, "wrong_sheet", "not_full", and
    Refused for a file that is damaged or was not made by the centre. A rebuild that does not end,
    however it is stopped, leaves the folder as it was.
    """
    secret = keys.parse_recovery(recovery)
    if folder.exists() and any(folder.iterdir()):
        raise UserError(
            _("There is already a database in this folder. Choose an empty folder."), code="exists"
        )
    half = folder.with_name(f"{folder.name}.rebuilding")
    shutil.rmtree(half, ignore_errors=True)  # of a computer that went off meanwhile
    try:
        key, user_id = _make(half, path, secret, user)
        vault.add_user(half, key, user, password, cost=cost)
        if folder.exists():
            folder.rmdir()
        half.replace(folder)
    finally:
        shutil.rmtree(half, ignore_errors=True)
    store = stores.open_store(folder, key)
    store.user = user_id
    with store.read() as connection:
        return Desk(store, stores.origin(connection).office, user)


def _make(folder: Path, path: Path, secret: bytes, user: str) -> tuple[bytes, str]:
    """Make the files of the desk; give its database key and the id of its user."""
    notes = trust.read_trust(_statements_beside(path))
    trusted = {key.key_id: key for key in trust.follow(None, notes).keys}
    with _opened(path, trusted, secret) as opened:
        folder.mkdir(parents=True)
        store = desks.new_store(folder, opened.envelope.office, secret)
        try:
            store.write(lambda connection: _take(connection, store, opened, notes))
            projection.rebuild_all(store)
            store.write(_choose_letter)
            return store.key, _let_user_in(store, opened.envelope.office, user)
        finally:
            store.close()


@contextlib.contextmanager
def _opened(
    path: Path, trusted: dict[str, keys.EnrolledKey], secret: bytes
) -> Iterator[bundle.Bundle]:
    """Open the centre's file, saying so where the sheet is what does not fit."""
    try:
        with bundle.open_bundle(
            path, trusted=trusted, identities=[keys.office_identity(secret)]
        ) as opened:
            if opened.envelope.kind != bundle.FULL:
                raise UserError(
                    _("This file does not hold everything of an office. Ask for a full one."),
                    code="not_full",
                )
            yield opened
    except Refused as refused:
        if refused.code != "not_for_us":
            raise
        raise UserError(
            _("This recovery sheet does not open the file: it is another office's sheet."),
            code="wrong_sheet",
        ) from refused


def _take(
    connection: Connection, store: Store, opened: bundle.Bundle, notes: tuple[str, ...]
) -> None:
    lines = _sound_lines(opened)
    partial = _partial(opened.inside.runs)
    while batch := list(itertools.islice(lines, _BATCH)):
        forged = [line for line in batch if authorship.is_forged(line, opened.envelope.replica)]
        journal.append(connection, [line for line in batch if line not in forged])
        for header in (line.header for line in forged):  # the chain has a gap there
            chain = f"{header.replica}/{header.epoch}"
            partial[chain] = min(partial.get(chain, header.seq), header.seq - 1)
    attachments.take_all(connection, store, opened.files())
    set_setting(connection, "statements", list(notes))
    set_setting(connection, "partial_chains", partial)


def _sound_lines(opened: bundle.Bundle) -> Iterator[Line]:
    for entry in opened.lines():
        if entry.line is None:
            raise Refused(
                _("The file holds a line that cannot be read. Ask the centre for it again."),
                code="full_form",
            ) from entry.problem
        yield entry.line


def _partial(runs: tuple[Run, ...]) -> dict[str, int]:
    """Tell how far the chains are whole that the centre itself has with a gap or forked."""
    reached: dict[str, tuple[int, str]] = {}
    partial: dict[str, int] = {}
    for run in runs:
        chain = f"{run.replica}/{run.epoch}"
        through, head = reached.get(chain, (0, ""))
        if (run.seq_from, run.before) != (through + 1, head):
            partial.setdefault(chain, through)
        reached[chain] = (run.seq_to, run.head)
    return partial


def _choose_letter(connection: Connection) -> None:
    """Number files under a letter that no file of the office has; the first desk's is A."""
    used = {"A"}
    for type_, column in _NUMBERED:
        found = connection.scalars(select(table_of(type_).c[column]))
        used |= {number.split("-")[2] for number in found if number and number.count("-") == 3}
    letters = (letter for letter in string.ascii_uppercase if letter not in used)
    set_setting(connection, "desk_letter", next(letters))


def _let_user_in(store: Store, office: str, user: str) -> str:
    """Give the id of the user of that name; one who is not known is entered."""
    with store.read() as connection:
        known = View(connection, office).where("user", name=user)
    if known:
        return known[0][0]
    user_id = new_id()
    store.user = user_id
    data = {"name": user, "full_name": user, "role": "head"}
    act(store, lambda acting: acting.put("user", user_id, data, ()))
    return user_id


def _statements_beside(path: Path) -> Path:
    beside = path.with_name(f"{path.stem}-trust.txt")
    if not beside.exists():
        raise UserError(
            _("The centre's statement {name} must lie beside the file.").format(name=beside.name),
            code="no_trust",
        )
    return beside
