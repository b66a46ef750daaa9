"""Scans and pictures beside the database: each under a name that says nothing, encrypted alone.

A record names a file by its content ("<sha256>.jpg"); on the disk it lies in `files/` under an
HMAC of that name, sealed with AES-256-GCM under a key derived from the database key. So the same
file is kept once, whoever attaches it, and a folder that is carried off tells nothing.
"""

import contextlib
import hashlib
import hmac
import os
import secrets
from collections.abc import Iterable
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import Column, Connection, Integer, Table, Text, select

from app.core.errors import UserError
from app.core.i18n import _
from app.core.kinds import FILE_NAME, Field, Kind
from app.core.line import Data
from app.models.records.base import Base, entities, fields_of

FOLDER = "files"
MOST_BYTES = 10_000_000
SEALED_MORE = 28  # bytes: the nonce before the content and the tag behind it

attachments = Table(
    "attachment",
    Base.metadata,
    Column("name", Text, primary_key=True),  # "<sha256>.<extension>"
    Column("size", Integer, nullable=False),
    Column("sent_through", Integer),  # the seq_to of the first bundle of this epoch that holds it
    sqlite_with_rowid=False,
)

_BEGINNINGS = {"jpg": b"\xff\xd8\xff", "png": b"\x89PNG\r\n\x1a\n", "pdf": b"%PDF-"}


def name_of(content: bytes) -> str:
    """Name a file by its content; its beginning tells what it is, never the name it came under.

    Raises UserError "file_kind" and "file_size".
    """
    if len(content) > MOST_BYTES:
        raise UserError(
            _("The file is larger than {most} MB. Scan it with fewer dots an inch.").format(
                most=MOST_BYTES // 1_000_000
            ),
            code="file_size",
        )
    for extension, beginning in _BEGINNINGS.items():
        if content.startswith(beginning):
            return f"{hashlib.sha256(content).hexdigest()}.{extension}"
    raise UserError(_("Attach a JPEG or PNG picture or a PDF file."), code="file_kind")


def keep(folder: Path, key: bytes, name: str, content: bytes) -> None:
    """Write a file, encrypted and durably; one that is whole already stays as it is.

    `folder` is the desk's, `key` the database key. Raises UserError "file_not_written".
    """
    if read(folder, key, name) is not None:
        return
    nonce = secrets.token_bytes(12)
    sealed = nonce + AESGCM(_derived(key, b"content")).encrypt(nonce, content, None)
    try:
        _write(path_of(folder, key, name), sealed)
    except OSError as error:
        raise UserError(
            _("The file cannot be kept: the disk is full or may not be written to."),
            code="file_not_written",
        ) from error


def read(folder: Path, key: bytes, name: str) -> bytes | None:
    """Return the content of a file, None where it is not here or no longer whole."""
    try:
        content = _opened(path_of(folder, key, name), key)
    except (OSError, InvalidTag, ValueError):
        return None
    return content if hashlib.sha256(content).hexdigest() == name.partition(".")[0] else None


def bring(source: Path, target: Path, key: bytes, name: str) -> bool:
    """Copy a file from one folder to another, each that of a desk or of backups.

    Gives whether there was a whole one to copy: a ruin never is. Raises OSError, also where the
    copy does not read back as it was written.
    """
    if read(source, key, name) is None:
        return False
    _write(path_of(target, key, name), path_of(source, key, name).read_bytes())
    if read(target, key, name) is None:
        raise OSError
    return True


def is_whole(path: Path, key: bytes) -> bool:
    """Tell whether a kept file is as it was written, and lies under the name of its content."""
    try:
        name = name_of(_opened(path, key))
    except (OSError, InvalidTag, ValueError, UserError):
        return False
    return path_of(path.parent.parent, key, name).name == path.name


def path_of(folder: Path, key: bytes, name: str) -> Path:
    """Return where a file lies below the folder of a desk, or of its backups."""
    tag = hmac.new(_derived(key, b"name"), name.encode(), hashlib.sha256).hexdigest()
    return folder / FOLDER / tag


def drop(folder: Path, key: bytes, names: Iterable[str]) -> None:
    """Take files away for good: an erasure does."""
    for name in names:
        path_of(folder, key, name).unlink(missing_ok=True)


def named_in(type_: str, data: Data) -> set[str]:
    """List the files that a record's data names."""
    entity = entities().get(type_)
    return set(_named(fields_of(entity), data)) if entity else set()


def types_with_files() -> list[str]:
    """List the types whose records may name files."""
    return [name for name, entity in entities().items() if _has_files(fields_of(entity))]


def sizes(connection: Connection) -> dict[str, int]:
    """Map every file this desk has had to the number of its bytes."""
    rows = connection.execute(select(attachments.c.name, attachments.c.size))
    return {row[0]: row[1] for row in rows}


def known(connection: Connection) -> dict[str, int | None]:
    """Map every file this desk has had to the seq through which it was sent (None: not yet)."""
    rows = connection.execute(select(attachments.c.name, attachments.c.sent_through))
    return {row[0]: row[1] for row in rows}


def _has_files(fields: Iterable[Field]) -> bool:
    return any(each.kind is Kind.FILE or _has_files(each.rows) for each in fields)


def _named(fields: Iterable[Field], data: Data) -> Iterable[str]:
    for each in fields:
        value = data.get(each.name)
        if each.kind is Kind.FILE and isinstance(value, str) and FILE_NAME.fullmatch(value):
            yield value
        if each.kind is Kind.ROWS and isinstance(value, list):
            for row in value:
                yield from _named(each.rows, row) if isinstance(row, dict) else ()


def _opened(path: Path, key: bytes) -> bytes:
    raw = path.read_bytes()
    return AESGCM(_derived(key, b"content")).decrypt(raw[:12], raw[12:], None)


def _write(path: Path, sealed: bytes) -> None:
    """Write a file durably; it gets its name only when it is whole."""
    half = path.with_suffix(".part")
    try:
        path.parent.mkdir(exist_ok=True)
        with half.open("wb") as file:
            file.write(sealed)
            file.flush()
            os.fsync(file.fileno())
        half.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            half.unlink(missing_ok=True)
        raise


def _derived(key: bytes, what: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=b"tambon-desk attachment " + what).derive(key)
