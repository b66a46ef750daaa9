"""Are the scans whole? Looked at when new and once a week, here and in the backups' folder.

A scan is named by its content, so a copy that opens under its name is the true one, wherever it
lies: what is bad here is mended from the backups' folder, and what is bad there from here.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection

from app.core.i18n import _
from app.core.kinds import Kind
from app.models.office.store import Store, set_setting, setting
from app.models.records import attachments as files
from app.models.records.lines import all_lines
from app.services.records import naming
from app.services.records.acts import current
from app.services.records.records import fields, label
from app.sync.bundle import Step, no_step

WEEK = timedelta(days=7)
_LEFT_OUT = "scans_left_out"
CHECKED = "scans_checked"  # folder -> when all scans in it were last read, UTC


@dataclass(frozen=True, slots=True)
class LostScan:
    """A scan that is whole nowhere, and the record that names it."""

    name: str
    type: str
    id: str
    title: str

    @property
    def sentence(self) -> str:
        """Return the sentence for the clerk: the lost scan, and the way to replace it."""
        return _(
            "A scan of {type} {title} is lost or damaged ({name}). Attach it again, or put back "
            "the file from a backup."
        ).format(type=label(self.type), title=self.title or self.id, name=self.name[:8])


@dataclass(slots=True)
class Round:
    """What a round found, as names: lost, mended here from the backups, mended there from here."""

    lost: list[str] = field(default_factory=list)
    mended_here: list[str] = field(default_factory=list)
    mended_there: list[str] = field(default_factory=list)

    @property
    def notice(self) -> str:
        """Say what was mended, "" for nothing."""
        here = _("{count} scans of this computer were damaged and came back from the backup.")
        there = _("{count} scans of the backup were damaged and were written anew.")
        mended = ((here, self.mended_here), (there, self.mended_there))
        return " ".join(words.format(count=len(names)) for words, names in mended if names)


def check(store: Store, *, step: Step = no_step) -> list[LostScan]:
    """Read every scan of the desk; list those that are not whole, and note when it was done."""
    with store.read() as connection:
        names = list(files.sizes(connection))
    lost = []
    for number, name in enumerate(names):
        step(number, len(names))
        if files.read(store.folder, store.key, name) is None:
            lost.append(name)
    _note(store, store.folder)
    return described(store, lost)


def copy(store: Store, target: Path, *, step: Step = no_step) -> Round:
    """Bring the scans beside the backups in `target` up to date, and mend what is bad on a side.

    A new one is read before and after; what is there already is read once a week. Raises OSError.
    """
    with store.read() as connection:
        sizes = files.sizes(connection)
    every = is_due(store, target)
    found = Round()
    for number, (name, size) in enumerate(sizes.items()):
        step(number, len(sizes))
        sides = (store.folder, target)
        if every or not all(_seems_whole(side, store.key, name, size) for side in sides):
            _compare(store, target, name, found)
    if every:
        _note(store, store.folder, target)
    return found


def is_due(store: Store, folder: Path) -> bool:
    """Tell whether the scans in a folder were not all read for a week."""
    with store.read() as connection:
        last = setting(connection, CHECKED, {}).get(str(folder.resolve()))
    return last is None or datetime.now(UTC) - datetime.fromisoformat(last) >= WEEK


def bring_back(half: Path, key: bytes, names: Iterable[str], sources: Iterable[Path]) -> list[str]:
    """Bring the scans of a restored desk from the folders that may have them; list what none has.

    Whatever else opens under the desk's key comes along: a record of it may return by a bundle.
    """
    for source in sources:
        folder = source / files.FOLDER
        for path in sorted(folder.glob("*")) if folder.is_dir() else ():
            target = half / files.FOLDER / path.name
            if not target.exists() and files.is_whole(path, key):
                target.parent.mkdir(exist_ok=True)
                target.write_bytes(path.read_bytes())
    return [name for name in names if files.read(half, key, name) is None]


def note_left_out(store: Store, content_id: str, names: list[str]) -> None:
    """Note which scans a sealed file lacks; the file before needs none of it any more."""
    note = {"content_id": content_id, "names": names} if names else None
    store.write(lambda connection: set_setting(connection, _LEFT_OUT, note))


def left_out(store: Store, content_id: str) -> list[LostScan]:
    """List the scans that were noted of a sealed file."""
    with store.read() as connection:
        note = setting(connection, _LEFT_OUT, {})
    return described(store, note["names"]) if note.get("content_id") == content_id else []


def described(store: Store, names: Iterable[str]) -> list[LostScan]:
    """Name the record of each scan; one that no record ever named is nobody's loss."""
    wanted = set(names)
    if not wanted:
        return []
    with store.read() as connection:
        named = _records_of(connection, wanted)
    return [
        LostScan(name, *record, _title_of(store, *record)) for name, record in sorted(named.items())
    ]


def _title_of(store: Store, type_: str, record_id: str) -> str:
    """Name a record; one that has no name of its own by the first record that it names."""
    title = naming.title_of(store, type_, record_id)
    if title:
        return title
    with store.read() as connection:
        found = current(connection, type_, record_id)
    data = found.data if found else {}
    owners = (
        naming.title_of(store, each.target, str(data[each.name]))
        for each in fields(type_)
        if each.kind is Kind.RECORD and data.get(each.name)
    )
    return next(filter(None, owners), "")


def _records_of(connection: Connection, names: set[str]) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for line in all_lines(connection, types=files.types_with_files()):
        if line.body:
            for name in files.named_in(line.header.type, line.body.data) & names:
                found[name] = (line.header.type, line.header.id)
    return found


def _seems_whole(folder: Path, key: bytes, name: str, size: int) -> bool:
    """Tell whether a scan has its length: what a round between two weekly ones looks at."""
    try:
        return files.path_of(folder, key, name).stat().st_size == size + files.SEALED_MORE
    except OSError:
        return False


def _compare(store: Store, target: Path, name: str, found: Round) -> None:
    here = files.read(store.folder, store.key, name) is not None
    there = files.read(target, store.key, name) is not None
    if here and not there:
        if files.path_of(target, store.key, name).exists():
            found.mended_there.append(name)
        files.bring(store.folder, target, store.key, name)
    elif there and not here:
        files.bring(target, store.folder, store.key, name)
        found.mended_here.append(name)
    elif not here:
        found.lost.append(name)


def _note(store: Store, *folders: Path) -> None:
    now = datetime.now(UTC).isoformat(timespec="seconds")

    def work(connection: Connection) -> None:
        known = setting(connection, CHECKED, {})
        set_setting(connection, CHECKED, known | {str(each.resolve()): now for each in folders})

    store.write(work)
