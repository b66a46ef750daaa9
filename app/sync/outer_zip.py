"""The outer zip of a bundle: four stored members whose every byte is fixed by their content.

A reader compares the frame with the one it would have written itself, so that a flipped bit, a
second member of the same name, bytes before or behind the zip and every zip trick are refused
before anything is read. The layout is in docs/bundle-format.md, "The outer zip".
"""

import struct
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from app.core.i18n import _
from app.sync.refused import Refused, too_big

README, ENVELOPE, SIGNATURE, PAYLOAD = NAMES = (
    "README.txt",
    "envelope.json",
    "envelope.json.sig",
    "payload.zip.age",
)
MOST_PAYLOAD = 0xFFFF0000  # a zip without the 64-bit extension

_MOST = {README: 65_536, ENVELOPE: 16_384, SIGNATURE: 4_096}
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_BEFORE_CRC = 14  # bytes of a local header that are the same in each
_VERSION, _DATE = 20, 0x21  # zip 2.0; 1 January 1980, the zero of zip's calendar


@dataclass(frozen=True, slots=True)
class Frame:
    """The small members of a bundle, and where its payload lies in the file."""

    readme: bytes
    envelope: bytes
    signature: bytes
    payload_at: int
    payload_size: int
    payload_crc: int


def frame(
    readme: bytes,
    envelope: bytes,
    signature: bytes,
    payload: Iterable[bytes],
    *,
    crc: int,
    size: int,
) -> Iterator[bytes]:
    """Write the outer zip in pieces; `crc` and `size` are the payload's, known beforehand."""
    small = dict(zip(NAMES, (readme, envelope, signature), strict=False))
    members = [(name, len(data), zlib.crc32(data)) for name, data in small.items()]
    members.append((PAYLOAD, size, crc))
    for member in members:
        yield _local(*member)
        if member[0] == PAYLOAD:
            yield from payload
        else:
            yield small[member[0]]
    yield _directory(members)


def read_frame(file: BinaryIO, *, most_payload: int) -> Frame:
    """Read the outer zip from its first byte to its last, but for the payload's own bytes.

    Raises Refused: "not_a_bundle", "incomplete" (the file ends early: perhaps it is still being
    copied), "too_big", "outer_form".
    """
    members, small = [], []
    for name in NAMES:
        size, crc = _read_local(file, name)
        members.append((name, size, crc))
        if size > _MOST.get(name, most_payload):
            raise too_big()
        if name != PAYLOAD:
            small.append(_read(file, size))
            if zlib.crc32(small[-1]) != crc:
                raise _damaged()
    payload_at = file.tell()
    directory = _directory(members)
    length = file.seek(0, 2)
    if length < payload_at + size + len(directory):
        raise _incomplete()
    file.seek(payload_at + size)
    if file.read(len(directory) + 1) != directory:
        raise _damaged()
    readme, envelope, signature = small
    return Frame(readme, envelope, signature, payload_at, size, crc)


def payload_chunks(file: BinaryIO, found: Frame, length: int = 1 << 16) -> Iterator[bytes]:
    """Yield the bytes of the payload in pieces. Raises Refused "incomplete"."""
    file.seek(found.payload_at)
    left = found.payload_size
    while left:
        chunk = _read(file, min(length, left))
        left -= len(chunk)
        yield chunk


def _read_local(file: BinaryIO, name: str) -> tuple[int, int]:
    raw = file.read(_LOCAL.size + len(name))
    if raw[:_BEFORE_CRC] != _local(name, 0, 0)[:_BEFORE_CRC][: len(raw)]:
        raise _not_a_bundle()
    if len(raw) != _LOCAL.size + len(name):
        raise _incomplete()
    size, crc = _LOCAL.unpack_from(raw)[8], _LOCAL.unpack_from(raw)[6]
    if raw != _local(name, size, crc):
        raise _not_a_bundle()
    return size, crc


def _local(name: str, size: int, crc: int) -> bytes:
    fixed = (b"PK\3\4", _VERSION, 0, 0, 0, _DATE, crc, size, size, len(name), 0)
    return _LOCAL.pack(*fixed) + name.encode()


def _directory(members: list[tuple[str, int, int]]) -> bytes:
    entries, at = b"", 0
    for name, size, crc in members:
        fixed = (b"PK\1\2", _VERSION, _VERSION, 0, 0, 0, _DATE, crc, size, size, len(name))
        entries += _CENTRAL.pack(*fixed, 0, 0, 0, 0, 0, at) + name.encode()
        at += _LOCAL.size + len(name) + size
    count = len(members)
    return entries + _END.pack(b"PK\5\6", 0, 0, count, count, len(entries), at, 0)


def _read(file: BinaryIO, size: int) -> bytes:
    data = file.read(size)
    if len(data) != size:
        raise _incomplete()
    return data


def _not_a_bundle() -> Refused:
    return Refused(
        _("This file is not a bundle of an office, or it was damaged."), code="not_a_bundle"
    )


def _incomplete() -> Refused:
    return Refused(
        _("The file is not complete. Wait until it is copied, or copy it again."),
        code="incomplete",
    )


def _damaged() -> Refused:
    return Refused(_("The file was damaged on the way. Copy it again."), code="outer_form")
