"""A desk made from a full file and the recovery sheet: a lost PC again, or one more desk."""

import contextlib
import itertools
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from app.core import named
from app.core.errors import Problem, UserError
from app.core.i18n import _
from app.core.ids import new_id
from app.models import shapes
from app.models.office import hold, vault
from app.models.office import store as stores
from app.models.office.store import Store, origin, set_setting
from app.models.records import journal
from app.services.exchange import left_out_lines
from app.services.exchange.introduction import keep_desk_keys
from app.services.office import attachments, epochs, exchanged_files, unfinished_swaps
from app.services.office import desk as desks
from app.services.office.desk import Desk
from app.services.records import projection
from app.services.records.acts import act
from app.services.records.record_view import View
from app.sync import bundle, keys, trust
from app.sync.bundle import Entry, Refused, Run
from app.sync.keys import EnrolledKey

_BATCH = 5000


@dataclass(frozen=True, slots=True)
class _Source:
    """Whose file it is: the keys to believe, the centre's statements, the desks to believe on."""

    keys: tuple[EnrolledKey, ...]
    statements: tuple[str, ...]
    desk_keys: tuple[EnrolledKey, ...] = ()


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
    notes = trust.read_trust(_statements_beside(path))
    source = _Source(trust.follow(None, notes).keys, notes)
    return _stand_up(folder, path, secret, source, (user, password, cost))


def join(
    folder: Path,
    path: Path,
    *,
    recovery: str,
    user: str,
    password: str,
    cost: vault.Cost = vault.STRONG,
) -> tuple[Desk, str]:
    """Make one more desk of an office from the full file of a desk that goes on.

    The key request of that desk lies beside the file (a full export writes it there) and is
    believed for its own signature and because it names the recipient that this very recovery sheet
    gives; returns the new desk and the fingerprint that a person compares with the other screen.
    Raises as rebuild does, and UserError "no_request".
    """
    secret = keys.parse_recovery(recovery)
    request = _request_beside(path, keys.recipient_of(keys.office_identity(secret)))
    beside = _beside(path)
    notes = trust.read_trust(beside) if beside.exists() else ()
    key = EnrolledKey(request.public, request.office)
    source = _Source((key,), notes, (key,))
    made = _stand_up(folder, path, secret, source, (user, password, cost))
    return made, keys.fingerprint(request.public)


def _refuse_a_full_folder(folder: Path, found: str) -> None:
    if folder.exists() and any(folder.iterdir()):
        raise UserError(
            found or _("There is already a database in this folder. Choose an empty folder."),
            code="exists",
        )


def _stand_up(
    folder: Path, path: Path, secret: bytes, source: _Source, door: tuple[str, str, vault.Cost]
) -> Desk:
    """Make the desk beside the folder and put it there when it is whole."""
    user, password, cost = door
    half = folder.with_name(f"{folder.name}.rebuilding")
    named.make_parent(folder)
    found = unfinished_swaps.mend(folder)
    held = hold.alone(folder)
    try:
        _refuse_a_full_folder(folder, found)
        shutil.rmtree(half, ignore_errors=True)  # of a computer that went off meanwhile
        key, user_id = _make(half, path, secret, source, user)
        vault.add_user(half, key, user, password, cost=cost)
        if folder.exists():
            folder.rmdir()
        half.replace(folder)
        held.share()
    except BaseException:
        shutil.rmtree(half, ignore_errors=True)
        held.release()
        raise
    store = stores.open_store(folder, key, held)
    store.user = user_id
    exchanged_files.forget(store)
    epochs.recognise(store)
    with store.read() as connection:
        return Desk(store, stores.origin(connection).office, user)


def _make(folder: Path, path: Path, secret: bytes, source: _Source, user: str) -> tuple[bytes, str]:
    """Make the files of the desk; return its database key and the id of its user."""
    trusted = {key.key_id: key for key in source.keys}
    with _opened(path, trusted, secret) as opened:
        folder.mkdir()
        store = desks.new_store(folder, opened.envelope.office, secret)
        try:
            store.write(lambda connection: _take(connection, store, opened, source))
            projection.rebuild_all(store)
            store.write(_become_new)
            exchanged_files.note(store, exchanged_files.FILE)
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


def _take(connection: Connection, store: Store, opened: bundle.Bundle, source: _Source) -> None:
    entries = _readable(opened)
    left: list[tuple[Entry, Problem]] = []
    set_setting(connection, "partial_chains", _partial(opened.inside.runs))
    while batch := list(itertools.islice(entries, _BATCH)):
        judged = [(entry, left_out_lines.refusal(entry, opened)) for entry in batch]
        lines = [entry.line for entry, why in judged if entry.line is not None and why is None]
        journal.append(connection, lines)
        left += [(entry, why) for entry, why in judged if why is not None]
    left_out_lines.note(connection, opened, left)  # the chain has a gap there
    attachments.take_all(connection, store, opened.files())
    set_setting(connection, "statements", list(source.statements))
    keep_desk_keys(connection, source.desk_keys)


def _readable(opened: bundle.Bundle) -> Iterator[Entry]:
    for entry in opened.lines():
        if entry.line is None:
            raise Refused(
                _("The file holds a line that cannot be read. Ask the centre for it again."),
                code="full_form",
            ) from entry.problem
        yield entry


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


def _become_new(connection: Connection) -> None:
    """Number files under a letter that no file of the office has, and be enrolled anew."""
    own = origin(connection)
    epochs.begin(connection, {"office": own.office, "replica": own.replica})


def _let_user_in(store: Store, office: str, user: str) -> str:
    """Return the id of the user of that name; one who is not known is entered."""
    with store.read() as connection:
        known = View(connection, office).where(shapes.USER, name=user)
    if known:
        return known[0][0]
    user_id = new_id()
    store.user = user_id
    data = {"name": user, "full_name": user, "role": "head"}
    act(store, lambda acting: acting.put("user", user_id, data, ()))
    return user_id


def _request_beside(path: Path, recipient: str) -> trust.KeyRequest:
    """Find the key request of the desk that sealed the file, beside it."""
    sender = bundle.inspect(path).sender_key_id
    for beside in sorted(path.parent.glob("*-key-request.txt")):
        with contextlib.suppress(UserError):  # of another desk, or no request at all
            request = trust.read_request(beside)
            if keys.key_id(request.public) == sender and request.recipient == recipient:
                return request
    raise UserError(
        _("The key request of the desk that made the file must lie beside it."), code="no_request"
    )


def _beside(path: Path) -> Path:
    return path.with_name(f"{path.stem}-trust.txt")


def _statements_beside(path: Path) -> Path:
    beside = _beside(path)
    if not beside.exists():
        raise UserError(
            _("The centre's statement {name} must lie beside the file.").format(name=beside.name),
            code="no_trust",
        )
    return beside
