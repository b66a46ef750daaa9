"""A new epoch where the database is not the one that went on here: restored, copied or carried.

Two databases must never write under one chain. So a desk that finds itself in another place, or
older than what left this machine, begins a new epoch with a key and a letter for numbers of its
own, before anything is entered. A copy of a whole disk takes the marks along: only the centre sees
that one, as a fork.
"""

import secrets
import string
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Connection, func, select

from app.core.i18n import N_, _
from app.models.office import machine, vault
from app.models.office.store import MAIN, Store, origin, set_setting, setting
from app.models.printed import printed
from app.models.records.attachments import attachments
from app.models.records.base import table_of
from app.models.records.lines import last_seq, lines
from app.services.office import missing_saves
from app.sync.keys import new_signing_key

NUMBERED = (("group", "group_no"), ("loan_file", "file_no"))


def recognise(store: Store, *, go_on: bool = False) -> str:
    """Compare the desk with what this machine remembers; begin a new epoch where they differ.

    Gives the sentences for the clerk, "" where everything is as it was. Called at every sign-in,
    before anything can be entered. Raises Missing where entries were saved here that the database
    no longer has; with `go_on` the desk goes on without them under a new epoch.
    """
    with store.read() as connection:
        reason = _reason(connection, store.folder)
        checked = missing_saves.check(connection, store.folder)
    lost = None if reason == _COPIED else checked.missing  # a copy's original has them
    if lost and not go_on:
        raise lost
    drafts = missing_saves.check_drafts(store)
    if reason or lost or go_on:
        not_noted = start_anew(store)
    else:
        _remember(store)
        not_noted = missing_saves.keep(store)
    words = (_(reason) if not lost else "", not_noted or checked.words, drafts)
    return "\n\n".join(filter(None, words))


def refuse_what_is_missing(store: Store) -> None:
    """Raise Missing where entries were saved here that the database no longer has."""
    with store.read() as connection:
        lost = missing_saves.check(connection, store.folder).missing
    if lost:
        raise lost


def start_anew(store: Store) -> str:
    """Begin a new epoch: nothing this desk writes from now on stands in the old chain.

    The signing key is new and has to be enrolled, numbers go on under a new letter, and what the
    old epoch had not handed over goes out whole with the next bundle. Returns the sentence of
    missing.keep.
    """

    def work(connection: Connection) -> None:
        own = origin(connection)
        begin(connection, {"office": own.office, "replica": own.replica})

    store.write(work)
    _remember(store)
    return missing_saves.keep(store)


def begin(connection: Connection, place: dict[str, str]) -> None:
    """Give a desk, {"office", "replica"}, its new epoch, key, letter and machine."""
    epoch = secrets.token_hex(16)
    generation = missing_saves.next_generation(connection, place["replica"])
    set_setting(connection, "origin", place | {"epoch": epoch})
    set_setting(connection, "generation", generation)
    set_setting(connection, "signing_key", new_signing_key().seed.hex())
    set_setting(connection, "key_is_new", True)
    set_setting(connection, "full_due", bool(_former_lines(connection)) or None)
    set_setting(connection, "desk_letter", _new_letter(connection))
    set_setting(connection, "machine", machine.identity())
    marks = machine.known(place["replica"])
    left = {mark.epoch: mark.sealed for mark in marks}
    set_setting(connection, "left_behind", left)  # known to be lost: asked about once
    set_setting(connection, "last_number", max((mark.number for mark in marks), default=0))
    connection.execute(attachments.update().values(sent_through=None))


def note_sealed(store: Store, seq: int, number: int) -> None:
    """Remember outside the database what was sealed here: up to which seq, under which number."""
    with store.read() as connection:
        own = origin(connection)
    for mark in machine.known(own.replica):
        if mark.epoch == own.epoch:
            seq, number = max(seq, mark.sealed), max(number, mark.number)
            machine.remember(replace(mark, sealed=seq, number=number))


def note_printed(store: Store, no: int) -> None:
    """Remember outside the database which place in the diary of prints was taken last."""
    with store.read() as connection:
        own = origin(connection)
    for mark in machine.known(own.replica):
        if mark.epoch == own.epoch and no > mark.prints:
            machine.remember(replace(mark, prints=no))


def former_lines_wait(connection: Connection) -> int:
    """Count the lines of this desk's former epochs, until the centre has had a full file since.

    How far the centre has a former chain tells nothing: a copy of this desk may have gone on in it.
    """
    return _former_lines(connection) if setting(connection, "full_due", False) else 0


def _former_lines(connection: Connection) -> int:
    own = origin(connection)
    former = (lines.c.replica == own.replica) & (lines.c.epoch != own.epoch)
    return connection.scalar(select(func.count()).select_from(lines).where(former)) or 0


_ELSEWHERE = N_(
    "This database was carried here from another computer. The desk goes on under a new key: send "
    "a key request to the central office with the next file."
)
_OLDER = N_(
    "This database is older than what was sealed on this computer: it was put back. The desk goes "
    "on under a new key. Send a key request with the next file, and ask the central office for its "
    "file of this office: it brings back what is missing here."
)
_FEWER_PRINTS = N_(
    "Papers were printed on this computer that the database does not know: an older one was put "
    "back, or its end was lost. The desk goes on under a new key, so that no two papers bear one "
    "number. Send a key request to the central office with the next file."
)
_COPIED = N_(
    "This is a copy of a database that is still in use on this computer. The copy goes on under a "
    "new key: send a key request to the central office with the next file."
)


def _reason(connection: Connection, folder: Path) -> str:
    own, here = origin(connection), setting(connection, "machine")
    left = setting(connection, "left_behind", {})
    if here is not None and here != machine.identity():
        return _ELSEWHERE
    for mark in machine.known(own.replica):
        if Path(mark.folder) == folder.resolve():
            last = last_seq(connection, mark.replica, mark.epoch)
            if max(last, left.get(mark.epoch, 0)) < mark.sealed:
                return _OLDER
            if mark.epoch == own.epoch and _last_print(connection) < mark.prints:
                return _FEWER_PRINTS
        elif mark.epoch == own.epoch and _is_same_desk(Path(mark.folder), folder):
            return _COPIED
    return ""


def _last_print(connection: Connection) -> int:
    return connection.scalar(select(func.max(printed.c.no))) or 0


def _is_same_desk(other: Path, folder: Path) -> bool:
    """Tell whether another folder still holds a database with these very key slots."""
    salt = vault.salt_of(folder)
    return (other / MAIN).exists() and bool(salt) and vault.salt_of(other) == salt


def _remember(store: Store) -> None:
    """Bring the mark of the epoch up to date; a moved folder is the same desk in a new place."""
    with store.read() as connection:
        own, here = origin(connection), setting(connection, "machine")
    if here is None:
        store.write(lambda connection: set_setting(connection, "machine", machine.identity()))
    known = {mark.epoch: mark for mark in machine.known(own.replica)}
    folder = str(store.folder.resolve())
    mark = known.get(own.epoch, machine.Mark(own.replica, own.epoch, folder))
    if known.get(own.epoch) != replace(mark, folder=folder):
        machine.remember(replace(mark, folder=folder))


def _new_letter(connection: Connection) -> str:
    """Choose a letter that no number of the office has; by chance, as two may choose at once."""
    used = {"A", setting(connection, "desk_letter", "A")}
    for type_, column in NUMBERED:
        found = connection.scalars(select(table_of(type_).c[column]))
        used |= {number.split("-")[2] for number in found if number and number.count("-") == 3}
    free = [letter for letter in string.ascii_uppercase if letter not in used]
    return secrets.choice(free) if free else secrets.choice(string.ascii_uppercase) + "2"
