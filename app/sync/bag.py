"""The inside of a bundle while it is written: a BagIt 1.0 bag, zipped as a stream of bytes.

Nothing is kept but the piece at hand, so a bundle of any size takes the same memory, and its
plain text never lies on a disk.
"""

import hashlib
import itertools
import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from operator import itemgetter
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from app.core.json_text import canonical
from app.sync.envelope import Facts
from app.sync.keys import SigningKey

Step = Callable[[int, int], None]
Lines = Iterable[tuple[str, bytes]]
Files = Iterable[tuple[str, bytes]]

BAGIT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
MANIFEST, TAG_MANIFEST = "manifest-sha256.txt", "tagmanifest-sha256.txt"
TAG_SIGNATURE = TAG_MANIFEST + ".sig"
FILE_NAME = re.compile(r"data/files/([0-9a-f]{64})\.([a-z0-9]{1,5})")
MOST_FILE_BYTES = 32 << 20
_CHUNK = 1 << 18
_LINES_A_STEP = 1000


class BagWriter:
    """One bag on its way out; `content_id` and `counts` are known when the chunks have ended."""

    def __init__(self, facts: Facts, key: SigningKey, step: Step) -> None:
        self.counts: dict[str, int] = {}
        self.content_id = ""
        self._facts, self._key, self._step = facts, key, step
        self._hashes: dict[str, str] = {}
        self._bytes = 0
        self._sink = _Sink()

    def chunks(self, lines: Lines, files: Files, receipt: bytes) -> Iterator[bytes]:
        """Yield the zip in pieces. Raises ValueError for lines that are not what the facts say.

        `lines` are (type, canonical line) sorted by type; `files` are (extension, content);
        `receipt` is the canonical receipt, b"" when the bundle is none.
        """
        with ZipFile(self._sink, "w") as archive:  # type: ignore[call-overload]
            for type, group in itertools.groupby(lines, itemgetter(0)):
                if type <= max(self.counts, default=""):
                    raise ValueError("the lines are not sorted by type")
                yield from self._write_lines(archive, type, group)
            self._check_counts()
            for extension, content in files:
                name = f"data/files/{hashlib.sha256(content).hexdigest()}.{extension}"
                if not FILE_NAME.fullmatch(name) or len(content) > MOST_FILE_BYTES:
                    raise ValueError("a file is too large or its extension is not plain")
                if name not in self._hashes:
                    self._write(archive, name, content)
                    yield self._sink.take()
            if receipt:
                self._write(archive, "data/receipt.json", receipt)
            self._write_tags(archive)
        yield self._sink.take()

    def _write_lines(self, archive: ZipFile, type: str, group: Lines) -> Iterator[bytes]:
        name, digest, count = f"data/{type}.ndjson", hashlib.sha256(), 0
        done = sum(self.counts.values())
        total = sum(run.seq_to - run.seq_from + 1 for run in self._facts.runs)
        with archive.open(self._info(name), "w") as file:
            while rows := [raw for _type, raw in itertools.islice(group, _LINES_A_STEP)]:
                self._step(done + count, total)
                text = b"\n".join(rows) + b"\n"
                digest.update(text)
                file.write(text)
                count += len(rows)
                self._bytes += len(text)
                if self._sink.size > _CHUNK:
                    yield self._sink.take()
        self._hashes[name] = digest.hexdigest()
        self.counts[type] = count

    def _check_counts(self) -> None:
        promised = sum(run.seq_to - run.seq_from + 1 for run in self._facts.runs)
        if self._facts.runs and promised != sum(self.counts.values()):
            raise ValueError("the runs do not count as many lines as were given")

    def _write_tags(self, archive: ZipFile) -> None:
        manifest = self._manifest()
        payload = f"Payload-Oxum: {self._bytes}.{len(self._hashes)}\n"
        tags = {
            "bagit.txt": BAGIT,
            "bag-info.txt": f"Source-Organization: {self._facts.office}\n{payload}".encode(),
            "bundle.json": canonical(self._facts.as_data(self.counts)),
            MANIFEST: manifest,
        }
        self._hashes = {}
        for name, content in tags.items():
            self._write(archive, name, content)
        tag_manifest = self._manifest()
        self.content_id = hashlib.sha256(tag_manifest).hexdigest()
        self._write(archive, TAG_MANIFEST, tag_manifest)
        self._write(archive, TAG_SIGNATURE, self._key.sign(tag_manifest))

    def _manifest(self) -> bytes:
        return "".join(f"{self._hashes[name]}  {name}\n" for name in sorted(self._hashes)).encode()

    def _write(self, archive: ZipFile, name: str, content: bytes) -> None:
        self._hashes[name] = hashlib.sha256(content).hexdigest()
        self._bytes += len(content)
        with archive.open(self._info(name), "w") as file:
            file.write(content)

    def _info(self, name: str) -> ZipInfo:
        info = ZipInfo(f"{self._facts.name}/{name}", date_time=(1980, 1, 1, 0, 0, 0))
        info.compress_type = ZIP_DEFLATED  # open() takes the entry's own, which is "stored"
        info.create_system, info.external_attr = 3, 0o644 << 16  # the same on every system
        return info


class Reader:
    """A stream of chunks as the file that age reads; keeps the error that age would swallow."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self.error: BaseException | None = None
        self._chunks = chunks
        self._chunk = memoryview(b"")

    def read(self, size: int) -> bytes:
        """Return up to `size` bytes, b"" at the end."""
        try:
            while not self._chunk:
                self._chunk = memoryview(next(self._chunks))
        except StopIteration:
            return b""
        except BaseException as error:
            self.error = error
            raise
        piece, self._chunk = self._chunk[:size], self._chunk[size:]
        return bytes(piece)


class Writer:
    """The file that age writes to: counts, hashes and passes on; keeps the disk's error."""

    def __init__(self, write: Callable[[bytes], object]) -> None:
        self.error: OSError | None = None
        self.size, self.crc = 0, 0
        self.sha256 = hashlib.sha256()
        self._write = write

    def write(self, data: bytes) -> int:
        """Pass the bytes on."""
        try:
            self._write(data)
        except OSError as error:
            self.error = error
            raise
        self.size += len(data)
        self.crc = zlib.crc32(data, self.crc)
        self.sha256.update(data)
        return len(data)

    def flush(self) -> None:
        """Do nothing: whoever owns the file behind it flushes it."""


class _Sink:
    """What ZipFile writes to: a pipe with no place to go back to."""

    def __init__(self) -> None:
        self.size = 0
        self._pieces: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._pieces.append(bytes(data))
        self.size += len(data)
        return len(data)

    def flush(self) -> None:
        pass

    def take(self) -> bytes:
        whole = b"".join(self._pieces)
        self._pieces, self.size = [], 0
        return whole
