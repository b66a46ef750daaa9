"""The last thing that was saved here, noted outside the database: a save that vanishes is missed.

One small file for each epoch of a desk, in the profile and never beside the database. It is written
after each COMMIT and never flushed: it may be behind the database, never ahead of it.

A process writes in two places of its own by turns, so two processes need no lock, and a note that
is torn leaves the one before. Each place has a fixed size and a checksum.
"""

import hashlib
import os
import struct
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from sqlalchemy import Connection

from app.core import log

_PLACE = struct.Struct("<4sQQQQ32s")  # kind, seq, lines, generation, milliseconds, rev
_SUM = 16
_SIZE = 256
_PAIRS = 16  # of processes that have one desk open
_KIND = b"TDM1"


@dataclass(frozen=True, slots=True)
class Saved:
    """How far a file had come when something was saved in it last.

    Of the database: the last `seq` and `rev` of the desk's own chain in this epoch, how many
    `lines` of all chains there were, and which epoch of the desk it was (`generation`). Of the
    drafts: how often they were written, and how many there were. `at` is the time in milliseconds
    since 1970.
    """

    seq: int
    lines: int
    rev: str = ""
    generation: int = 0
    at: int = 0

    @property
    def reach(self) -> tuple[int, int]:
        """Give what grows with each save."""
        return self.seq, self.lines


@dataclass(frozen=True, slots=True)
class Found:
    """What was noted last, None for nothing, and whether a note is torn or cannot be read."""

    last: Saved | None = None
    is_torn: bool = False


def read(path: Path) -> Found:
    """Read what was noted in a file; one that is not there holds nothing."""
    try:
        raw = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return Found()
    except OSError:
        return Found(is_torn=True)
    places = [raw[begin : begin + _SIZE] for begin in range(0, len(raw), _SIZE)]
    noted = [_unpacked(place) for place in places if place.strip(b"\0")]
    whole = [each for each in noted if each is not None]
    return Found(max(whole, key=_reach, default=None), len(whole) < max(len(noted), 1))


def write(path: Path, saved: Saved) -> None:
    """Note what was saved, unless this process has noted as much already.

    Raises OSError where the profile may not be written to.
    """
    begin = os.getpid() % _PAIRS * 2 * _SIZE
    with _opened(path) as file:
        file.seek(begin)
        raw = file.read(2 * _SIZE)
        first, second = _unpacked(raw[:_SIZE]), _unpacked(raw[_SIZE:])
        last = max((each for each in (first, second) if each), key=_reach, default=None)
        if last is None or last.reach < saved.reach:
            file.seek(begin + _SIZE if last is first and first else begin)
            file.write(_packed(saved))


def now(saved: Saved) -> Saved:
    """Give the same with the time of now."""
    return replace(saved, at=time.time_ns() // 1_000_000)


class Keeper:
    """Keeps the notes of one open file: looks at the end of each write, notes after its COMMIT.

    `look` gives the place of the note and how far the file has come.
    """

    def __init__(self, look: Callable[[Connection], tuple[Path, Saved]]) -> None:
        self._look = look
        self._noted: tuple[Path, Saved] | None = None

    def __call__(self, connection: Connection) -> Callable[[], None]:
        """Look how far the file has come; what is given notes it once that is committed."""
        path, saved = self._look(connection)
        return lambda: self._note(path, saved)

    def _note(self, path: Path, saved: Saved) -> None:
        if (path, saved) == self._noted:
            return
        self._noted = path, saved
        try:
            write(path, now(saved))
        except OSError as error:  # that it is not checked is said at the next start
            log.note(f"what was saved was not noted: {type(error).__name__}")


def _opened(path: Path) -> IO[bytes]:
    try:
        return path.open("r+b", buffering=0)
    except FileNotFoundError:
        path.touch(mode=0o600)
        return path.open("r+b", buffering=0)


def _reach(saved: Saved) -> tuple[int, int]:
    return saved.reach


def _packed(saved: Saved) -> bytes:
    rev = bytes.fromhex(saved.rev).ljust(32, b"\0")
    plain = _PLACE.pack(_KIND, saved.seq, saved.lines, saved.generation, saved.at, rev)
    return (plain + _digest(plain)).ljust(_SIZE, b"\0")


def _unpacked(place: bytes) -> Saved | None:
    plain, digest = place[: _PLACE.size], place[_PLACE.size : _PLACE.size + _SUM]
    if len(plain) < _PLACE.size or digest != _digest(plain):
        return None
    _kind, seq, lines, generation, at, rev = _PLACE.unpack(plain)
    return Saved(seq, lines, rev.hex() if rev.strip(b"\0") else "", generation, at)


def _digest(plain: bytes) -> bytes:
    return hashlib.sha256(plain).digest()[:_SUM]
