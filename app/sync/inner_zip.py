"""The bytes of the inner zip before zipfile reads them: one directory, and entries without a gap.

zipfile follows a 64-bit directory that hides before the end record, opens entries that overlap,
and does not ask whether an entry's own header says what the directory says. Here every byte of
the file is accounted for, so that all programs see the same entries, and no more than we bound.
"""

import struct
from dataclasses import dataclass
from typing import IO

from app.core.i18n import _
from app.sync.refused import Refused, too_big

_END = struct.Struct("<4s4H2LH")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_MOST_DIRECTORY_ENTRY = 400
_STREAMED = 0x8  # sizes and CRC follow the entry, for a writer that cannot go back


@dataclass(frozen=True, slots=True)
class _Place:
    """The place of an entry and the bytes expected at it: header, content, descriptor."""

    at: int
    header: bytes
    size: int
    descriptor: bytes


def check_layout(file: IO[bytes], *, most_entries: int) -> None:
    """Bound the directory and compare it with the entries. Raises Refused.

    Codes: "inner_form"; "too_big" for more entries than that.
    """
    at = 0
    places, directory_at = _directory(file, most_entries)
    for place in places:
        if place.at != at:
            raise wrong_form()
        file.seek(at)
        begins = file.read(len(place.header))
        file.seek(place.size, 1)
        if (begins, file.read(len(place.descriptor))) != (place.header, place.descriptor):
            raise wrong_form()
        at += len(place.header) + place.size + len(place.descriptor)
    if at != directory_at:
        raise wrong_form()


def wrong_form() -> Refused:
    """Refuse an inside that no program of ours writes."""
    return Refused(_("The inside of the file is not in the known form."), code="inner_form")


def _directory(file: IO[bytes], most_entries: int) -> tuple[list[_Place], int]:
    length = file.seek(0, 2)
    if length < _END.size:
        raise wrong_form()
    file.seek(-_END.size, 2)
    signature, disk, first, here, entries, size, at, comment = _END.unpack(file.read(_END.size))
    if (signature, disk, first, comment) != (b"PK\5\6", 0, 0, 0) or here != entries:
        raise wrong_form()
    if entries > most_entries or size > most_entries * _MOST_DIRECTORY_ENTRY:
        raise too_big()
    if at + size + _END.size != length:
        raise wrong_form()
    file.seek(at)
    raw = file.read(size)
    places, place = [], 0
    for _entry in range(entries):
        found, place = _entry_at(raw, place)
        places.append(found)
    if place != size:  # so there is no room for a 64-bit directory, which zipfile would follow
        raise wrong_form()
    return places, at


def _entry_at(raw: bytes, place: int) -> tuple[_Place, int]:
    """Read one entry of the directory, and return the place of the next."""
    if len(raw) - place < _CENTRAL.size:
        raise wrong_form()
    fields = _CENTRAL.unpack_from(raw, place)
    signature, flags, packed, name_size = fields[0], fields[3], fields[8], fields[10]
    extra, comment, disk, at = fields[11], fields[12], fields[13], fields[16]
    if signature != b"PK\1\2" or extra or comment or disk or flags & ~_STREAMED:
        raise wrong_form()
    fixed = raw[place : place + _CENTRAL.size]
    sums = fixed[16:28]  # CRC and both sizes
    streamed = bool(flags & _STREAMED)
    end = place + _CENTRAL.size + name_size
    name = raw[place + _CENTRAL.size : end]
    header = b"PK\3\4" + fixed[6:16] + (bytes(12) if streamed else sums) + fixed[28:30]
    descriptor = b"PK\7\10" + sums if streamed else b""
    return _Place(at, header + b"\0\0" + name, packed, descriptor), end
