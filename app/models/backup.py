"""Backups: one verified file with the database, its key slots and a header that counts it."""

import hashlib
import os
import tempfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson

from app.core.errors import UserError
from app.core.i18n import _
from app.models.database import Database, in_words
from app.models.vault import FILE as KEYS

_FORMAT = "tambon-backup"


def write(database: Database, target: Path, *, reason: str = "") -> Path:
    """Back the desk up into one file in `target` and read it back before it gets its name.

    Raises UserError "backup_failed" where the copy does not verify; nothing is left then.
    """
    target.mkdir(parents=True, exist_ok=True)
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    name = "-".join(filter(None, ("tambon", stamp, reason))) + ".backup.zip"
    with tempfile.TemporaryDirectory(dir=target, prefix=".backup-") as scratch:
        copy = Path(scratch) / database.path.name
        counts = _copy(database, copy)
        keys = database.path.with_name(KEYS).read_bytes()
        header = {
            "format": _FORMAT,
            "v": 1,
            "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "counts": counts,
            "sha256": {copy.name: _sha256(copy), KEYS: hashlib.sha256(keys).hexdigest()},
        }
        whole = Path(scratch) / name
        _pack(whole, header, copy, keys)
        _verify(whole, header)
        final = target / name
        whole.replace(final)
    return final


def _copy(database: Database, copy: Path) -> dict[str, int]:
    """Copy in one step: in small steps beside a busy writer the copy starts over for ever."""
    with in_words():
        source, target = database.connect(), database.connect(copy)
        try:
            source.backup(target, pages=-1)
            target.execute("PRAGMA journal_mode=DELETE")
            verdict = target.execute("PRAGMA integrity_check").fetchone()[0]
            counts = {
                name: target.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608
                for name in ("line", "line_body", "head")
            }
        finally:
            source.close()
            target.close()
    if verdict != "ok":
        raise _failed()
    return counts


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
        _("The backup could not be verified and was not kept. Try another disk."),
        code="backup_failed",
    )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return _sha256_of(file)


def _sha256_of(file: Any) -> str:
    return hashlib.file_digest(file, "sha256").hexdigest()
