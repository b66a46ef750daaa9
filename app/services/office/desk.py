"""A desk from its first day on: making it, signing in, letting users in."""

import secrets
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from app.core import named, programme
from app.core.errors import Invalid, Problem, UserError
from app.core.i18n import _
from app.core.ids import new_id
from app.models import shapes
from app.models.office import desk_folder, hold, remains, vault
from app.models.office import store as stores
from app.models.office.store import Store, setting
from app.services.office import (
    epochs,
    exchanged_files,
    key_slots,
    last_check,
    missing_saves,
    print_diary,
    unfinished_swaps,
)
from app.services.records import diary, projection
from app.services.records.acts import Acting, act
from app.services.records.record_view import View
from app.sync import keys

LEAST_PASSWORD = 8


@dataclass(frozen=True, slots=True)
class Desk:
    """An open desk and who is signed in; `office` is the office's code.

    `notice` is what the clerk must be told first, "" for nothing: that the database is not the one
    that went on here, that a copy of the key file was made anew, that papers went out of which
    nobody said what became of them; a paragraph for each.
    """

    store: Store
    office: str
    user: str
    notice: str = ""

    def close(self) -> None:
        """Finish the queued writes and let go of the files."""
        self.store.close()


def create(
    folder: Path,
    *,
    office: str,
    user: str,
    password: str,
    full_name: str = "",
    cost: vault.Cost = vault.STRONG,
) -> tuple[Desk, str]:
    """Make a desk for an office with its first user; give it and the text of the recovery sheet.

    The text is shown and printed once and kept nowhere. Raises Invalid for an unknown office code
    or a short password, UserError "exists" where the folder has a desk already, "in_use" where
    another process is making one there, and as named.make_folder does.
    """
    _check(office, user, password)
    named.make_parent(folder)
    found = unfinished_swaps.mend(folder)
    if found and is_here(folder):
        raise UserError(found, code="exists")
    held = hold.alone(folder)
    try:
        named.make_folder(folder)
        secret = keys.new_secret()
        store = new_store(folder, office, secret)
        try:
            _enter_first_records(store, office, user, full_name)
            vault.add_user(folder, store.key, user, password, cost=cost)
            key_slots.settle(store)
        except BaseException:
            store.close()
            remains.discard(folder)
            raise
        held.share()
        store.held = held
    except BaseException:
        held.release()
        raise
    epochs.recognise(store)
    return Desk(store, office, user), keys.recovery_text(secret)


def new_store(folder: Path, office: str, secret: bytes) -> Store:
    """Make the files of a desk that opens with a recovery secret, and its own place in the world.

    Replica, epoch and signing key are new, whatever desk stood here before. The caller has the
    folder alone. Raises UserError "exists" and "database_gone".
    """
    remains.refuse_to_make(folder)
    facts = {
        "origin": {
            "office": office,
            "replica": secrets.token_hex(16),
            "epoch": secrets.token_hex(16),
        },
        "signing_key": keys.new_signing_key().seed.hex(),
        "age_identity": keys.office_identity(secret),
    }
    try:
        return stores.create(folder, vault.create(folder, secret), facts)
    except BaseException:
        remains.discard(folder)
        raise


def is_here(folder: Path) -> bool:
    """Tell whether a folder holds a desk, or what is left of one: no first day begins there."""
    return bool(remains.left_in(folder))


def look(folder: Path) -> None:
    """Raise UserError where the database is away, before anybody types a password."""
    remains.refuse_without_database(folder)


def open_desk(folder: Path, *, user: str, password: str, go_on: bool = False) -> Desk:
    """Sign in: the password unlocks the database. Raises UserError "wrong_password" or "no_user".

    With "" as user, whoever has this password signs in. Raises "in_use" while another process
    replaces the desk's files, "no_keys" and "keys_changed" where neither copy of the key file is
    the one the program wrote, and Missing where the database has not all that was saved here; with
    `go_on` the desk goes on without it under a new epoch, which needs it alone ("in_use"). Raises
    "unfinished" where the making of the desk did not end.
    """
    found = unfinished_swaps.mend(folder)
    if found and not is_here(folder):
        raise UserError(found, code="unfinished")
    try:
        desk = enter(folder, user, password, go_on=go_on)
    except UserError as error:
        raise _after(found, error) from error
    notices = (found, exchanged_files.told(desk.store), desk.notice)
    return replace(desk, notice="\n\n".join(filter(None, notices)))


def _after(found: str, error: UserError) -> UserError:
    """Put the sentence about unfinished work first: no later start would find it again."""
    if not found or type(error) is not UserError:
        return error
    return UserError(f"{found} {error.sentence}", code=error.code)


def enter(folder: Path, user: str, password: str, *, go_on: bool = False) -> Desk:
    """Sign in to files that this very process put in their place: they are known to be whole.

    Raises as open_desk does, but for "unfinished". To go on is to leave what others may have open.
    """
    # before the key is read: it must fit the database that is opened
    held = hold.alone(folder) if go_on else hold.share(folder)
    with ExitStack() as unless_opened:
        unless_opened.callback(held.release)
        try:
            remains.refuse_without_database(folder)
            fits = partial(desk_folder.fits, folder / stores.MAIN)
            key, tag = vault.unlock(folder, user, password, fits=fits)
            put_aside = desk_folder.look(folder / stores.MAIN, key)
            store = stores.open_store(folder, key, held)
        except UserError as error:
            raise missing_saves.with_note(error, folder) from error
        unless_opened.pop_all()
    try:
        desk = _signed_in(store, tag, go_on, put_aside)
        if go_on:
            held.share()
        return desk
    except BaseException:
        store.close()
        raise


def _signed_in(store: Store, tag: str, go_on: bool, put_aside: str) -> Desk:
    """Find who the tag belongs to: a line of the journal names its writer by the user's id."""
    keys_notice = key_slots.settle(store)
    bring_rows_up_to_date(store)
    with store.read() as connection:
        office = stores.origin(connection).office
        users = View(connection, office).where(shapes.USER)
    for user_id, data in users:
        if vault.tag_of(store.folder, store.key, data.get("name", "")) == tag:
            store.user = user_id
            recognised = epochs.recognise(store, go_on=go_on)
            unanswered = print_diary.leave_unanswered(store)
            last = last_check.last(store)
            found = last.sentence if last else ""
            notices = (recognised, put_aside, keys_notice, unanswered, found)
            diary.note_now(store, diary.SIGN_IN)
            return Desk(store, office, data["name"], "\n\n".join(filter(None, notices)))
    epochs.refuse_what_is_missing(store)  # among it may be the user
    raise UserError(
        _("This user may no longer sign in here. Ask the head of the office."), code="no_user"
    )


def bring_rows_up_to_date(store: Store) -> None:
    """Compute every row anew where an upgrade changed the tables."""
    with store.read() as connection:
        is_stale = setting(connection, "rebuild_rows", False)
    if is_stale:
        projection.rebuild_all(store)


def let_in(
    desk: Desk,
    *,
    user: str,
    password: str,
    full_name: str = "",
    role: str,
    cost: vault.Cost = vault.STRONG,
) -> None:
    """Let one more user in by a password of their own.

    Raises Invalid as create does, and for a name that signs in here already: the passwords of two
    people would open one door.
    """
    _check(desk.office, user, password)
    store = desk.store
    tag = vault.tag_of(store.folder, store.key, user)

    def work(acting: Acting) -> None:
        for _id, other in View(acting.connection, desk.office).where(shapes.USER):
            if vault.tag_of(store.folder, store.key, other.get("name", "")) == tag:
                sentence = _("There is a user of this name already. Choose another name.")
                raise Invalid([Problem("user", sentence, "user_exists")])
        data = {"name": user, "full_name": full_name or user, "role": role}
        acting.put("user", new_id(), data, ())

    act(store, work)
    vault.add_user(store.folder, store.key, user, password, cost=cost)
    key_slots.settle(store)


def _enter_first_records(store: Store, office: str, user: str, full_name: str) -> None:
    """Enter the office and its first user; the user signs the very act that enters them."""
    user_id = new_id()
    store.user = user_id

    def work(acting: Acting) -> None:
        acting.put("office", new_id(), {"name": office_name(office)}, ())
        person = {"name": user, "full_name": full_name or user, "role": "head"}
        acting.put("user", user_id, person, ())

    act(store, work)


def office_name(code: str) -> str:
    """Return the full name of an office, or its code where the program does not know it."""
    return next((office.name for office in programme.offices() if office.code == code), code)


def _check(office: str, user: str, password: str) -> None:
    problems = []
    if not any(known.code == office for known in programme.offices()):
        problems.append(Problem("office", _("Choose an office of the list."), "office"))
    if not user.strip():
        problems.append(Problem("user", _("Fill in the user name."), "missing"))
    if len(password) < LEAST_PASSWORD:
        problems.append(
            Problem(
                "password",
                _("The password needs at least {count} characters.").format(count=LEAST_PASSWORD),
                "short_password",
            )
        )
    if problems:
        raise Invalid(problems)
