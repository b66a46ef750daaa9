"""The folder into which the offices' files are put, by hand, by mail or by upload.

Every file ends in one of three folders: taken, quarantined with a text that says why, or put by
because the program itself failed over it; another version of the program tries those again. A file
that may still be on its way is left alone: only what stood unchanged between two looks is called
wrong. Each step can be done again, so a power cut between any two changes nothing.
"""

import contextlib
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

import app
from app.core import named
from app.core.i18n import _
from app.models.central import tables
from app.services.central.answers.answers import answer
from app.services.central.intake.ingest import FAULT, QUARANTINED, Ingested, take_in, unanswered
from app.services.central.intake.one_by_one import Fault
from app.services.central.keys.centre import Centre
from app.services.central.keys.keyring import sha256_of
from app.sync import bundle, durable
from app.sync.bundle import Limits
from app.sync.file_name import is_sealed

TAKEN, COPYING, FAULTS = "taken", "copying", "faults"
_LEFT = (COPYING, QUARANTINED, FAULT)
_LONGEST_STEM = 200  # bytes; most drives take 255 for a whole name
_ON_ITS_WAY = (".part", ".tmp", ".temp", ".crdownload", ".download", ".filepart", "~")

Look = tuple[int, int]  # size and time of the last change


@dataclass(slots=True)
class Inbox:
    """A folder under watch. `quarantine` is where wrong files go, `receipts` where answers go."""

    centre: Centre
    folder: Path
    quarantine: Path
    receipts: Path | None = None
    limits: Limits = field(default_factory=Limits)
    _looks: dict[str, Look] = field(default_factory=dict)
    _said: dict[str, str] = field(default_factory=dict)
    _owed: set[str] = field(default_factory=set)  # offices whose receipt could not be written

    def look(self) -> list[Ingested]:
        """Ingest complete files, quarantine bad ones, and return the results not reported yet.

        Raises UserError where the centre itself is at fault; the files stay as they are then.
        """
        self._bring_back()
        found = {path: _look(path) for path in sorted(self.folder.iterdir()) if _is_one(path)}
        results = [(path, self._judged(path, now)) for path, now in found.items() if now]
        taken = [path for path, done in results if done.status not in _LEFT]
        unanswered = self._answer(taken)
        for path in taken:
            _move(path, self.folder / TAKEN)
        for path, done in results:
            if done.status == QUARANTINED:
                self._put_aside(path, done)
            elif done.status == FAULT:
                self._put_by(path, done)
        news = [done for path, done in results if self._said.get(path.name) != done.status]
        self._said = {path.name: done.status for path, done in results if path.exists()}
        self._looks = {path.name: now for path, now in found.items() if now and path.exists()}
        return [*news, *unanswered]

    def _judged(self, path: Path, now: Look) -> Ingested:
        if path.name.lower().endswith(_ON_ITS_WAY):
            return _on_its_way(path)
        is_still = self._looks.get(path.name) == now
        done = take_in(self.centre, path, quarantine=is_still, limits=self.limits)
        has_changed = _look(path) != now
        is_wrong = done.status in (QUARANTINED, FAULT)
        if is_wrong and (not is_still or has_changed or done.code == "not_read"):
            return _on_its_way(path)
        return done

    def _answer(self, taken: list[Path]) -> list[Ingested]:
        """Write receipts to all who sent or are still owed one; return why an office gets none."""
        before, self._owed = self._owed, set()
        offices = before | {bundle.inspect(path).office for path in taken}
        if self.receipts is None or not offices:
            return []
        said = []
        for office, outcome in answer(self.centre, self.receipts, offices):
            if isinstance(outcome, Fault):
                self._owed.add(office)
                said += [] if office in before else [unanswered(office, outcome)]
        return said

    def _bring_back(self) -> None:
        """Put the files over which another version of the program failed into the folder again."""
        for folder in sorted((self.folder / FAULTS).glob("*/")):
            if folder.name == app.__version__:
                continue
            for path in [each for each in folder.iterdir() if _is_one(each)]:
                _move(path, self.folder)
            for text in folder.glob("*.txt"):
                if is_sealed(text.stem):
                    text.unlink()
            with contextlib.suppress(OSError):  # whoever put something else there keeps it
                folder.rmdir()

    def _put_by(self, path: Path, done: Ingested) -> None:
        """Put a file aside until another version of the program comes: the sender did no wrong."""
        text = _(
            "{file} was put aside on {at}.\nReason: {reason}\n"
            "The office did no wrong, and the file is whole. Send the log to whoever looks after "
            "the program. Another version of the program tries the file again by itself; to try "
            "it sooner, put it back into the folder that it came from.\n"
        ).format(file=named.in_words(path), at=tables.now(), reason=done.reason)
        named.make_folder(self.folder / FAULTS)
        _set_aside(path, self.folder / FAULTS / app.__version__, text)

    def _put_aside(self, path: Path, done: Ingested) -> None:
        text = _(
            "{file} was not taken in on {at}.\nReason: {reason}\nCode: {code}\n"
            "Nothing of it was stored. Keep the file, and ask the office that sent it.\n"
        ).format(file=named.in_words(path), at=tables.now(), reason=done.reason, code=done.code)
        _set_aside(path, self.quarantine, text)


def watch(
    inbox: Inbox, *, stop: Event, every: float, say: Callable[[Iterable[Ingested]], None]
) -> None:
    """Look again and again, `every` so many seconds, until told to stop; a file is never cut."""
    while True:
        say(inbox.look())
        if stop.wait(every):
            return


def _is_one(path: Path) -> bool:
    """Tell whether a name is a bundle's or that of one on its way; other files are left alone."""
    name = path.name.lower()
    cut = next((name.removesuffix(end) for end in _ON_ITS_WAY if name.endswith(end)), name)
    is_named = is_sealed(cut)
    return is_named and not name.startswith(".") and path.is_file() and not path.is_symlink()


def _look(path: Path) -> Look | None:
    try:
        found = path.stat()
    except FileNotFoundError:  # whoever copies it renames it
        return None
    return found.st_size, found.st_mtime_ns


def _on_its_way(path: Path) -> Ingested:
    sentence = _("The file is still being copied, or it is not complete; it is left alone.")
    return Ingested(named.in_words(path), "", COPYING, code="incomplete", reason=sentence)


def _set_aside(path: Path, folder: Path, text: str) -> None:
    """Put a file into a folder with a text beside it."""
    named.make_folder(folder)
    target = _free(folder, path)
    durable.write(target.with_name(f"{target.name}.txt"), [text.encode()])
    _move(path, folder)


def _move(path: Path, folder: Path) -> None:
    """Put a file into a folder, also on another drive; the same file there is replaced."""
    named.make_folder(folder)
    target = _free(folder, path)
    try:
        path.replace(target)
    except OSError:
        with path.open("rb") as file:
            durable.write(target, iter(lambda: file.read(durable.CHUNK), b""))
        path.unlink()


def _free(folder: Path, path: Path) -> Path:
    """Name the file in its new place; whatever else has that name there stays beside it.

    A name that leaves no room for ".txt" and the like behind it is cut.
    """
    target, stem = folder / path.name, path.stem
    while len(os.fsencode(stem)) > _LONGEST_STEM:
        stem = stem[:-1]
    if stem == path.stem and _is_free(target, path):
        return target
    return folder / f"{stem}-{sha256_of(path)[:8]}{path.suffix}"


def _is_free(target: Path, path: Path) -> bool:
    """Tell whether a file can be put there, and its text beside it; the same may be there."""
    if target.with_name(f"{target.name}.txt").is_dir():
        return False
    return not target.exists() or (target.is_file() and sha256_of(target) == sha256_of(path))
