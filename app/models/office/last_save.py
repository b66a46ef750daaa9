"""The last thing that was saved here, noted outside the database: a save that vanishes is missed.

One small file for each epoch of a desk, in the profile and never beside the database. It is written
after each COMMIT and never flushed: it may be behind the database, never ahead of it.

A process writes in two places of its own by turns, so two processes need no lock, and a note that
is torn leaves the one before. Each place has a fixed size and a checksum.
"""

import os
import struct
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from app.core import log

_PLACE = struct.Struct("<4sQQQQ32s")  # kind, seq, lines, generation, milliseconds, rev
_SUM = 4
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
        """Return what a save raises: the seq, and the number of lines."""
        return self.seq, self.lines


@dataclass(frozen=True, slots=True)
class Found:
    """What was noted last, None for nothing, and whether a note is torn or cannot be read."""

    last: Saved | None = None
    is_torn: bool = False


def read(path: Path) -> Found:
    """Read the newest note in a file; a missing file holds none."""
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
    """Note with the time of now what was saved, unless this process has noted as much already.

    A clerk waits for it at each save, so it asks the system for as little as it can. Raises OSError
    where the profile may not be written to.
    """
    begin = os.getpid() % _PAIRS * 2 * _SIZE
    file = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
    try:
        os.lseek(file, begin, os.SEEK_SET)
        raw = os.read(file, 2 * _SIZE)
        first, second = _reach_of(raw[:_SIZE]), _reach_of(raw[_SIZE:])
        if max(first, second) < saved.reach:
            os.lseek(file, begin + _SIZE if first > second else begin, os.SEEK_SET)
            os.write(file, _packed(saved, time.time_ns() // 1_000_000))
    finally:
        os.close(file)


class Keeper:
    """Keeps the notes of one open file: looks at the end of each write, notes after its COMMIT.

    `look` gives the place of the note and how far the file has come.
    """

    def __init__(self, look: Callable[[Connection], tuple[Path, Saved]]) -> None:
        self._look = look
        self._noted: tuple[Path, Saved] | None = None

    def __call__(self, connection: Connection) -> Callable[[], None]:
        """Read how far the file has come; return a call to note this after the COMMIT."""
        path, saved = self._look(connection)
        return lambda: self._note(path, saved)

    def _note(self, path: Path, saved: Saved) -> None:
        if (path, saved) == self._noted:
            return
        self._noted = path, saved
        try:
            write(path, saved)
        except OSError as error:  # that it is not checked is said at the next start
            log.note(f"what was saved was not noted: {type(error).__name__}")


def _reach(saved: Saved) -> tuple[int, int]:
    return saved.reach


def _packed(saved: Saved, at: int) -> bytes:
    rev = bytes.fromhex(saved.rev)
    plain = _PLACE.pack(_KIND, saved.seq, saved.lines, saved.generation, at, rev)
    return (plain + _sum(plain)).ljust(_SIZE, b"\0")


def _unpacked(place: bytes) -> Saved | None:
    if _reach_of(place) == _NONE:
        return None
    _kind, seq, lines, generation, at, rev = _PLACE.unpack_from(place)
    return Saved(seq, lines, rev.hex() if rev.strip(b"\0") else "", generation, at)


def _reach_of(place: bytes) -> tuple[int, int]:
    """Return the reach of what is noted in a place; that of none where it is torn or not used."""
    plain = place[: _PLACE.size]
    if place[_PLACE.size : _PLACE.size + _SUM] != _sum(plain) or not plain.startswith(_KIND):
        return _NONE
    _kind, seq, lines, *_rest = _PLACE.unpack(plain)
    return seq, lines


_NONE = (-1, -1)


def _sum(plain: bytes) -> bytes:
    return zlib.crc32(plain).to_bytes(_SUM, "big")
