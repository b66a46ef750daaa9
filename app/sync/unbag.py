"""The inside of a bundle while it is read: names we know, sizes we bound, hashes that hold.

Its writer held a key of ours and may still be hostile, so no entry reaches the disk under its own
name and nothing is believed that was not counted.
"""

import contextlib
import hashlib
import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from app.core.i18n import _
from app.sync import bag
from app.sync.inner_zip import check_layout, wrong_form
from app.sync.refused import Refused, too_big


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a bundle may hold before it is refused: bytes sealed and inside, entries, lines.

    `ratio` is how many bytes may come out of one; lines of ours give eleven, and a bundle of less
    than 64 MiB inside is not asked.
    """

    sealed_bytes: int = 512 << 20
    plain_bytes: int = 8 << 30
    ratio: int = 200
    entries: int = 20_000
    lines: int = 20_000_000


class BagReader:
    """An open bag whose names, sizes and hashes have been checked."""

    def __init__(self, file: IO[bytes], name: str, limits: Limits) -> None:
        """Check the bag. Raises Refused: "inner_form", "too_big", "bag_hash"."""
        check_layout(file, most_entries=limits.entries)
        with _zip_errors():
            self._zip = ZipFile(file)
        self._entries = _known_entries(self._zip.infolist(), f"{name}/", limits)
        self._check_hashes()

    @property
    def types(self) -> tuple[str, ...]:
        """The types that have lines, in order."""
        return tuple(found[1] for name in sorted(self._entries) if (found := _LINES.match(name)))

    @property
    def files(self) -> tuple[str, ...]:
        """The names of the files in the bag, "<sha256>.<extension>"."""
        return tuple(
            name.rpartition("/")[2] for name in sorted(self._entries) if bag.FILE_NAME.match(name)
        )

    def has(self, name: str) -> bool:
        """Tell whether the bag has this entry."""
        return name in self._entries

    def size(self, name: str) -> int:
        """Return the number of bytes of an entry that the bag has."""
        return self._entries[name].file_size

    def read(self, name: str) -> bytes:
        """Return one entry whole; tag files, receipt and files are small. Raises Refused."""
        most = _MOST_TAG.get(name, bag.MOST_FILE_BYTES)
        if name not in self._entries:
            raise wrong_form()
        if self._entries[name].file_size > most:
            raise too_big()
        return b"".join(self.chunks(name))

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield one entry in pieces."""
        with _zip_errors(), self._zip.open(self._entries[name]) as entry:
            while chunk := entry.read(1 << 18):
                yield chunk

    def _check_hashes(self) -> None:
        """Compare every entry with the manifests, and the manifests with the entries."""
        tags = {name for name in self._entries if not name.startswith("data/")}
        payload = set(self._entries) - tags
        listed = self._manifest(bag.MANIFEST)
        listed_tags = self._manifest(bag.TAG_MANIFEST)
        if (
            set(listed) != payload
            or set(listed_tags) != tags - {bag.TAG_MANIFEST, bag.TAG_SIGNATURE}
            or self.read("bagit.txt") != bag.BAGIT
        ):
            raise wrong_form()
        for name, expected in (listed | listed_tags).items():
            file = bag.FILE_NAME.fullmatch(name)
            if self._hash(name) != expected or (file and file[1] != expected):
                raise Refused(
                    _("The content of the file does not match its list. Ask for it again."),
                    code="bag_hash",
                )

    def _manifest(self, name: str) -> dict[str, str]:
        """Read one manifest; only the one way in which we write it is known."""
        rows = self.read(name).decode("ascii", "replace").split("\n")
        found = [_ROW.fullmatch(row) for row in rows[:-1]]
        listed = {row[2]: row[1] for row in found if row}
        if rows[-1] != "" or len(listed) != len(rows) - 1 or list(listed) != sorted(listed):
            raise wrong_form()
        return listed

    def _hash(self, name: str) -> str:
        digest = hashlib.sha256()
        for chunk in self.chunks(name):
            digest.update(chunk)
        return digest.hexdigest()


_TAGS = ("bagit.txt", "bag-info.txt", "bundle.json", bag.MANIFEST, bag.TAG_MANIFEST)
_MOST_TAG = {
    "bagit.txt": 200,
    "bag-info.txt": 4_096,
    "bundle.json": 8 << 20,
    bag.MANIFEST: 4 << 20,
    bag.TAG_MANIFEST: 4_096,
    bag.TAG_SIGNATURE: 4_096,
    "data/receipt.json": 32 << 20,
}
_LINES = re.compile(r"data/([a-z][a-z_]{0,40})\.ndjson")
_ROW = re.compile(r"([0-9a-f]{64})  ([ -~]+)")
_ANY_RATIO = 64 << 20
_ZIP_ERRORS = (
    BadZipFile,
    NotImplementedError,
    RuntimeError,
    ValueError,
    EOFError,
    struct.error,
    zlib.error,
)


@contextlib.contextmanager
def _zip_errors() -> Iterator[None]:
    """Turn whatever zipfile says of a zip that was tampered with into a refusal."""
    try:
        yield
    except _ZIP_ERRORS as error:
        raise wrong_form() from error


def _known_entries(entries: list[ZipInfo], folder: str, limits: Limits) -> dict[str, ZipInfo]:
    """Take the entries by an allow-list of names; zipfile would keep a name given twice."""
    known = {entry.filename.removeprefix(folder): entry for entry in entries}
    allowed = {*_TAGS, bag.TAG_SIGNATURE, "data/receipt.json"}
    if len(known) != len(entries) or any(
        not entry.filename.startswith(folder)
        or entry.orig_filename != entry.filename
        or entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED)
        or not (name in allowed or _LINES.fullmatch(name) or bag.FILE_NAME.fullmatch(name))
        for name, entry in known.items()
    ):
        raise wrong_form()
    # zipfile gives no byte of an entry beyond what it declares, so this bounds what is read
    plain = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if plain > limits.plain_bytes or plain > max(_ANY_RATIO, limits.ratio * packed):
        raise too_big()
    return known
