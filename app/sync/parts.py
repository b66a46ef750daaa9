"""A sealed file in parts that mail lets through, and the same file made from them again.

A part is one line of canonical JSON, its header, and below it a piece of the file. Nobody signs a
part: whatever is made from parts is believed only after the checks of every bundle. Format:
docs/bundle-format.md, "Parts".
"""

import contextlib
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import BinaryIO

from app.core import schema
from app.core.i18n import _
from app.core.json_text import canonical
from app.sync import durable
from app.sync.file_name import ENDING
from app.sync.refused import Refused, too_big
from app.sync.unbag import Limits

SUFFIX = ".otgpart"
MEGABYTE = 1_000_000
MEGABYTES = 7  # a mail of 10 MB, the usual bound, holds no more: it makes four bytes of three
MOST_PARTS = 1000

_MOST_HEADER = 1024
_MOST_FRAME = 100_000  # what a bundle has around its payload, its readme the most of it


@dataclass(frozen=True, slots=True)
class Header:
    """What a part says of itself: the bundle, the number from 1, and the hashes of both.

    `size` and `sha256` are of the piece that follows, `whole_size` and `whole_sha256` of the file.
    """

    format: str
    v: int
    name: str
    part: int
    of: int
    size: int
    sha256: str
    whole_size: int
    whole_sha256: str

    @property
    def whole(self) -> tuple[str, int, int, str]:
        """What all parts of one file have in common."""
        return self.name, self.of, self.whole_size, self.whole_sha256


@dataclass(frozen=True, slots=True)
class Part:
    """A part as it lies in a folder; its piece begins at the byte `at` and has `length` bytes."""

    path: Path
    header: Header
    at: int
    length: int


def is_part(path: Path) -> bool:
    """Tell whether a file has the ending of a part, in letters of any case."""
    return path.suffix.lower() == SUFFIX


def split(path: Path, folder: Path, *, most_bytes: int) -> list[Path]:
    """Write a sealed file into `folder` as parts, each a file of at most so many bytes.

    The same file gives the same parts. Raises UserError as durable.write does, and ValueError for
    more than MOST_PARTS; nothing is left behind then.
    """
    piece = most_bytes - _MOST_HEADER
    size = path.stat().st_size
    count = -(-size // piece) if piece > 0 else 0
    if not 1 <= count <= MOST_PARTS:
        raise ValueError("the parts would be too small, or the file is empty")
    written: list[Path] = []
    try:
        with durable.open_file(path) as file:
            whole = hashlib.file_digest(file, "sha256").hexdigest()
            for number in range(1, count + 1):
                start = (number - 1) * piece
                length = min(piece, size - start)
                digest = hashlib.sha256()
                for chunk in _piece(file, start, length):
                    digest.update(chunk)
                header = Header(
                    "otg-part", 1, path.stem, number, count, length, digest.hexdigest(), size, whole
                )
                target = folder / f"{path.stem}.{number}-of-{count}{SUFFIX}"
                durable.write(target, [_line(header), *_piece(file, start, length)])
                written.append(target)
    except BaseException:
        for target in written:
            with contextlib.suppress(OSError):
                target.unlink(missing_ok=True)
        raise
    return written


def read_part(path: Path) -> Part:
    """Read what a part says of itself, not its piece. Raises Refused "part_form", "too_big"."""
    with durable.open_file(path) as file:
        line, newline, _rest = file.read(_MOST_HEADER).partition(b"\n")
        length = file.seek(0, 2)
    try:
        data = schema.read(line, HEADER)
    except schema.Unfit as unfit:
        raise _no_part(path) from unfit
    if not newline or data["part"] > data["of"] or data["size"] > data["whole_size"]:
        raise _no_part(path)
    if data["whole_size"] > Limits().sealed_bytes + _MOST_FRAME:
        raise too_big()
    at = len(line) + 1
    return Part(path, Header(**data), at, length - at)


def join(paths: Iterable[Path], folder: Path) -> Path:
    """Make the sealed file from its parts, in any order, some of them perhaps there twice.

    Gives the file's path in `folder`: byte for byte the file that was split. Raises Refused:
    "part_form", "too_big", "parts_mixed" for parts of several files, "part_missing", "incomplete"
    and "part_damaged", which name the part, "exists" where another file has the name.
    """
    found = [read_part(path) for path in paths]
    if not found:
        raise _refused("part_form", _("There are no parts of a bundle here."))
    if len({part.header.whole for part in found}) > 1:
        raise _refused(
            "parts_mixed", _("These are parts of several files. Choose the parts of one alone.")
        )
    header = found[0].header
    chosen = [_sound(found, number, header.of) for number in range(1, header.of + 1)]
    if sum(part.header.size for part in chosen) != header.whole_size:
        raise _not_the_whole()
    target = folder / f"{header.name}{ENDING}"
    if target.exists():
        _refuse_another(target, header)
        return target
    durable.write(target, _checked(_pieces(chosen), header))
    return target


def _sound(found: Sequence[Part], number: int, count: int) -> Part:
    """Choose a copy of one part whose bytes match its header."""
    copies = [part for part in found if part.header.part == number]
    if not copies:
        here = {part.header.part for part in found}
        raise _missing([each for each in range(1, count + 1) if each not in here], count)
    for part in copies:
        digest = hashlib.sha256()
        for chunk in _pieces([part]):
            digest.update(chunk)
        if (part.length, digest.hexdigest()) == (part.header.size, part.header.sha256):
            return part
    if all(part.length < part.header.size for part in copies):
        raise _incomplete(copies[0].header)
    raise _damaged(copies[0].header)


def _pieces(parts: Iterable[Part]) -> Iterator[bytes]:
    for part in parts:
        with durable.open_file(part.path) as file:
            yield from _piece(file, part.at, part.header.size)


def _piece(file: BinaryIO, start: int, length: int) -> Iterator[bytes]:
    file.seek(start)
    while length > 0 and (chunk := file.read(min(length, durable.CHUNK))):
        length -= len(chunk)
        yield chunk


def _checked(chunks: Iterator[bytes], header: Header) -> Iterator[bytes]:
    digest = hashlib.sha256()
    for chunk in chunks:
        digest.update(chunk)
        yield chunk
    if digest.hexdigest() != header.whole_sha256:
        raise _not_the_whole()


def _refuse_another(target: Path, header: Header) -> None:
    with durable.open_file(target) as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != header.whole_sha256:
            raise _refused(
                "exists",
                _("There is another file {name} here already. Choose another folder.").format(
                    name=target.name
                ),
            )


def _line(header: Header) -> bytes:
    return canonical({each.name: getattr(header, each.name) for each in fields(Header)}) + b"\n"


def _missing(numbers: Sequence[int], count: int) -> Refused:
    first = ", ".join(str(number) for number in numbers[:10])
    return _refused(
        "part_missing",
        _("Part {numbers} of {count} is missing. Put all parts into one folder.").format(
            numbers=first + (" …" if len(numbers) > 10 else ""), count=count
        ),
    )


def _no_part(path: Path) -> Refused:
    return _refused(
        "part_form",
        _("{file} is not a part of a bundle, or it was damaged. Ask for it again.").format(
            file=path.name
        ),
    )


def _incomplete(header: Header) -> Refused:
    return _refused(
        "incomplete",
        _(
            "Part {number} of {count} is not complete. Wait until it is copied, or copy it again."
        ).format(number=header.part, count=header.of),
    )


def _damaged(header: Header) -> Refused:
    return _refused(
        "part_damaged",
        _("Part {number} of {count} is damaged. Copy it again.").format(
            number=header.part, count=header.of
        ),
    )


def _not_the_whole() -> Refused:
    return _refused(
        "part_damaged",
        _("The parts do not make the file that was sent. Ask for all of them again."),
    )


def _refused(code: str, sentence: str) -> Refused:
    return Refused(sentence, code=code)


HEADER = schema.record(
    {
        "format": schema.one_of("otg-part"),
        "v": schema.one_of(1),
        "name": schema.bundle_name,
        "part": schema.number(1, MOST_PARTS),
        "of": schema.number(1, MOST_PARTS),
        "size": schema.number(1),
        "sha256": schema.hex64,
        "whole_size": schema.number(1),
        "whole_sha256": schema.hex64,
    }
)
