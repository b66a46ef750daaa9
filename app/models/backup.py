"""Backups: one verified file with the database, its key slots and a header that counts it."""

import hashlib
import os
import shutil
import tempfile
import zipfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

import orjson

from app.core.errors import UserError
from app.core.i18n import _
from app.models.attachments import FOLDER as FILES
from app.models.database import Database, in_words
from app.models.vault import FILE as KEYS

FORMAT = "tambon-backup"
ENDING = ".backup.zip"


def write(database: Database, target: Path, *, reason: str = "") -> Path:
    """Back the desk up into one file in `target` and read it back before it gets its name.

    The scans, each encrypted by itself, are copied beside it into `files`, once each.

    Raises UserError "backup_failed" where the copy cannot be written or does not verify; nothing
    is left then, and an earlier backup is never overwritten.
    """
    try:
        target.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target, prefix=".backup-") as scratch:
            written = _write(database, Path(scratch), target, reason)
        _copy_scans(database.path.parent / FILES, target / FILES)
        return written
    except OSError as error:
        raise _failed() from error


def _write(database: Database, scratch: Path, target: Path, reason: str) -> Path:
    made = datetime.now(UTC)
    copy = scratch / database.path.name
    facts = _copy(database, copy)
    keys = database.path.with_name(KEYS).read_bytes()
    header = {
        "format": FORMAT,
        "v": 1,
        "made_at": made.isoformat(timespec="seconds"),
        **facts,
        "sha256": {copy.name: _sha256(copy), KEYS: hashlib.sha256(keys).hexdigest()},
    }
    whole = scratch / "whole"
    _pack(whole, header, copy, keys)
    _verify(whole, header)
    stamp = made.strftime("%Y%m%d-%H%M%S-%f")[:-3]  # milliseconds: two in a second are two files
    final = target / ("-".join(filter(None, ("tambon", stamp, reason))) + ENDING)
    whole.replace(final)
    return final


def _copy_scans(source: Path, target: Path) -> None:
    """Bring the folder of scans up to date; a file gets its name only when it is whole."""
    for path in sorted(source.glob("*")) if source.is_dir() else ():
        kept = target / path.name
        if not kept.exists():
            target.mkdir(exist_ok=True)
            half = kept.with_suffix(".part")
            shutil.copyfile(path, half)
            half.replace(kept)


def _copy(database: Database, copy: Path) -> dict[str, Any]:
    """Copy in one step: in small steps beside a busy writer the copy starts over for ever.

    Gives what the header says of the copy: its schema, origin and counts.
    """
    try:
        with (
            in_words(),
            closing(database.connect()) as source,
            closing(database.connect(copy)) as target,
        ):
            source.backup(target, pages=-1)
            target.execute("PRAGMA journal_mode=DELETE")
            if _one(target, "PRAGMA integrity_check") != "ok":
                raise _failed()
            origin = _one(target, "SELECT value FROM setting WHERE name = 'origin'")
            return {
                "schema": _one(target, "SELECT version_num FROM alembic_version"),
                "origin": orjson.loads(origin) if origin else None,
                "counts": {
                    name: _one(target, f'SELECT count(*) FROM "{name}"')  # noqa: S608
                    for name in ("line", "line_body", "head")
                },
            }
    except UserError as error:
        raise _failed() from error


def _one(connection: Any, question: str) -> Any:
    found = connection.execute(question).fetchone()
    return found[0] if found else None


def _pack(whole: Path, header: dict[str, Any], copy: Path, keys: bytes) -> None:
    with whole.open("wb") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
            archive.writestr("header.json", orjson.dumps(header, option=orjson.OPT_INDENT_2))
            archive.write(copy, copy.name)
            archive.writestr(KEYS, keys)
        file.flush()
        os.fsync(file.fileno())


def _verify(whole: Path, header: dict[str, Any]) -> None:
    with zipfile.ZipFile(whole) as archive:
        for name, expected in header["sha256"].items():
            with archive.open(name) as file:
                if _sha256_of(file) != expected:
                    raise _failed()


def _failed() -> UserError:
    return UserError(
        _("The backup could not be written and verified, and was not kept. Try another disk."),
        code="backup_failed",
    )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return _sha256_of(file)


def _sha256_of(file: IO[bytes]) -> str:
    return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
