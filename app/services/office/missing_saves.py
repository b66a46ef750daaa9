"""What was saved here once and is here no longer: noted outside the database, told at the door.

A damaged end of the write-ahead log, an old folder put back by hand: the database opens, and
verifies, and what was saved last is not in it. Only a note outside of it tells (models.saved).
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from app.core import thai
from app.core.errors import UserError
from app.core.fields import THAILAND
from app.core.i18n import N_, _
from app.core.paths import marks
from app.models.office import last_save, machine
from app.models.office.last_save import Keeper, Saved
from app.models.office.store import Store, origin, setting
from app.models.records.journal import Origin
from app.models.records.lines import revs_here

_ENTRIES, _DRAFTS = "saved", "drafts"


class Missing(UserError):
    """At least `count` saved entries are not here; the last of them was saved at `since`.

    `facts` says so without the commands that lead on.
    """

    def __init__(self, count: int, since: str) -> None:
        self.count = count
        self.since = since
        facts = _(
            "At least {count} saved entries are missing here; the last of them was saved on "
            "{since}."
        )
        ways = _(
            "Restore a backup (restore FILE), rebuild the desk in an empty folder from the central "
            "office's file (rebuild FILE), or go on without them (begin-anew)."
        )
        self.facts = facts.format(count=f"{count:,}", since=since)
        super().__init__(f"{self.facts} {ways}", code="missing")


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of the comparison: what is `missing`, or why it could not be told, in words."""

    missing: Missing | None = None
    words: str = ""


def check(connection: Connection, folder: Path) -> Checked:
    """Compare the database with what this profile noted of it. A database that is ahead is fine."""
    own, (_path, here) = origin(connection), _Journal()(connection)
    found = last_save.read(machine.note_of(own.replica, own.epoch, _ENTRIES))
    short, last = _short(connection, here, found.last), found.last
    for other in _noted_elsewhen(own, folder):
        if not short and other.generation > here.generation:
            short, last = max(other.lines - here.lines, other.seq), other
    if short and last:
        return Checked(Missing(short, _moment(last.at)))
    if found.is_torn:
        return Checked(words=_(_TORN))
    return Checked(words="" if found.last else _(_NEW))


def keep(store: Store) -> str:
    """Note how far the desk has come, and from now on each save; return the sentence if that fails.

    Called once the database was compared with the notes, or began a new epoch.
    """
    store.main.keeper = Keeper(_Journal())
    with store.read() as connection:
        own, (path, here) = origin(connection), _Journal()(connection)
    store.drafts.keep_noted(machine.note_of(own.replica, own.epoch, _DRAFTS))
    try:
        if last_save.read(path).is_torn:
            path.unlink()
        path.parent.mkdir(parents=True, exist_ok=True)
        last_save.write(path, here)
    except OSError:
        return _(_NOT_NOTED).format(folder=path.parent)
    return ""


def check_drafts(store: Store) -> str:
    """Compare the drafts with what was noted of them; return the sentence, "" where they are whole.

    What is missing is told once: the note begins anew.
    """
    with store.read() as connection:
        own = origin(connection)
    path = machine.note_of(own.replica, own.epoch, _DRAFTS)
    noted, here = last_save.read(path).last, store.drafts.state()
    if noted is None or here.seq >= noted.seq:
        return ""
    path.unlink(missing_ok=True)
    if noted.lines == here.lines == 0:
        return ""
    return _(_FEWER_DRAFTS).format(noted=noted.lines, here=here.lines)


def with_note(error: UserError, folder: Path) -> UserError:
    """Say of a database that is lost as a whole how much was noted of it, where anything was."""
    notes = (
        last_save.read(machine.note_of(mark.replica, mark.epoch, _ENTRIES)).last
        for mark in machine.all_known()
        if Path(mark.folder) == folder.resolve()
    )
    last = max((note for note in notes if note), key=lambda note: note.at, default=None)
    if error.code not in LOST or last is None:
        return error
    noted = _("It held {count} entries, the last saved on {since}.")
    words = noted.format(count=f"{last.lines:,}", since=_moment(last.at))
    return UserError(f"{error.sentence} {words}", code=error.code)


LOST = ("damaged", "database_empty", "database_gone", "keys_changed", "no_keys")


def next_generation(connection: Connection, replica: str) -> int:
    """Return the number of the epoch that a desk begins: higher than any that is noted here."""
    notes = (
        last_save.read(machine.note_of(replica, mark.epoch, _ENTRIES)).last
        for mark in machine.known(replica)
    )
    return 1 + max([_generation(connection), *(note.generation for note in notes if note)])


def _generation(connection: Connection) -> int:
    return int(setting(connection, "generation", 0))


class _Journal:
    """Looks how far the journal has come, and where that is noted."""

    def __init__(self) -> None:
        self._folder = marks()
        self._epoch = ("", self._folder)  # the origin as it is stored, and the place of its note

    def __call__(self, connection: Connection) -> tuple[Path, Saved]:
        """Look in one question, put to the driver itself: a clerk waits for it at each save.

        Lines are never taken away, so the last number counts them.
        """
        plain: Any = connection.connection.dbapi_connection
        stored, generation, lines, seq, rev = plain.execute(_STANDS).fetchone()
        if stored != self._epoch[0]:
            own = origin(connection)
            name = machine.note_of(own.replica, own.epoch, _ENTRIES).name
            self._epoch = stored, self._folder / name
        return self._epoch[1], Saved(seq or 0, lines or 0, rev or "", int(generation or 0))


_STANDS = """
SELECT own.value, generation.value, (SELECT max(no) FROM line), last.seq, last.rev
FROM setting AS own
LEFT JOIN setting AS generation ON generation.name = 'generation'
LEFT JOIN line AS last ON last.no = (
    SELECT no FROM line
    WHERE replica = json_extract(own.value, '$.replica')
    AND epoch = json_extract(own.value, '$.epoch')
    ORDER BY seq DESC LIMIT 1
)
WHERE own.name = 'origin'
"""


def _short(connection: Connection, here: Saved, noted: Saved | None) -> int:
    """Count the entries that were noted and are not here; 1 where others stand in their place."""
    if noted is None:
        return 0
    fewer = max(noted.seq - here.seq, noted.lines - here.lines)
    is_another = bool(noted.rev) and not revs_here(connection, [noted.rev])
    return max(fewer, int(is_another), 0)


def _noted_elsewhen(own: Origin, folder: Path) -> list[Saved]:
    """List what was noted of the other epochs of the desk in this folder, where any was saved."""
    marks = (
        mark
        for mark in machine.known(own.replica)
        if mark.epoch != own.epoch and Path(mark.folder) == folder.resolve()
    )
    notes = (
        last_save.read(machine.note_of(own.replica, mark.epoch, _ENTRIES)).last for mark in marks
    )
    return [note for note in notes if note and note.seq]


def _moment(milliseconds: int) -> str:
    """Say a time as a clerk does: 15 มีนาคม 2568 14:05."""
    moment = datetime.fromtimestamp(milliseconds / 1000, UTC).astimezone(THAILAND)
    day = thai.format_date(moment.date().isoformat(), "long")
    return _("{day} at {time}").format(day=day, time=moment.strftime("%H:%M"))


_NEW = N_(
    "Whether everything that was saved is here could not be checked this time: this computer has "
    "no note of this desk yet. From the next start on it is checked."
)
_TORN = N_(
    "Whether everything that was saved is here could not be checked: this computer's note of it is "
    "damaged, and a new one was made. Look whether the last entries are here."
)
_NOT_NOTED = N_(
    "Whether everything that was saved is here cannot be checked on this computer: nothing may be "
    "written to {folder}. Tell whoever looks after this computer."
)
_FEWER_DRAFTS = N_(
    "The drafts, typed and not yet saved, are not those of the last time: {noted} were noted, "
    "{here} are here. Look through them; saved records are not concerned."
)
