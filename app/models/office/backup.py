"""Backups: one file with the database, its key file and a header that counts it.

The scans, each encrypted by itself, lie beside the backups in `files`, once each.
"""

import hashlib
import os
import tempfile
import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

import orjson

from app.core import json_text, named
from app.core.errors import UserError
from app.core.i18n import _
from app.models.office import vault
from app.models.office.database import Database, in_words
from app.models.office.desk_folder import DAMAGED
from app.models.office.vault import FILE as KEYS

FORMAT = "tambon-backup"
ENDING = ".backup.zip"


def write(
    database: Database,
    target: Path,
    *,
    reason: str = "",
    prove: Callable[[Path], object] = lambda _whole: None,
) -> Path:
    """Back the desk up into one file in `target` and read it back before it gets its name.

    `prove` is shown the file before and refuses one by raising. Raises UserError "backup_failed"
    where the copy cannot be written or does not verify, and "backup_no_keys"; nothing is left
    then, and an earlier backup is never overwritten.
    """
    try:
        named.make_folder(target)
        with tempfile.TemporaryDirectory(dir=target, prefix=".backup-") as scratch:
            made = datetime.now(UTC)
            whole = _write(database, Path(scratch), made)
            prove(whole)
            return _named(whole, target, made, reason)
    except OSError as error:
        raise failed(target) from error


def _write(database: Database, scratch: Path, made: datetime) -> Path:
    beside = scratch / database.path.name
    try:
        facts = copy(database, beside)
    except UserError as error:
        raise failed(scratch.parent) from error
    slots = keys(database, facts.pop("key_file"))
    header = {
        "format": FORMAT,
        "v": 1,
        "made_at": made.isoformat(timespec="seconds"),
        **facts,
        "sha256": {beside.name: _sha256(beside), KEYS: hashlib.sha256(slots).hexdigest()},
    }
    whole = scratch / "whole"
    _pack(whole, header, beside, slots)
    _verify(whole, header)
    return whole


def _named(whole: Path, target: Path, made: datetime, reason: str) -> Path:
    """Return the path of a new backup, named by the millisecond: two in a second are two files."""
    stamp = made.strftime("%Y%m%d-%H%M%S-%f")[:-3]
    final = target / ("-".join(filter(None, ("tambon", stamp, reason))) + ENDING)
    whole.replace(final)
    return final


def keys(database: Database, known: int) -> bytes:
    """Return the copy of the key file that is proven: with another nobody would open the backup.

    `known` is the serial that the database knows. Raises UserError "backup_no_keys".
    """
    try:
        return vault.proven_bytes(database.path.parent, database.key, known=known)
    except UserError as error:
        raise UserError(
            _(
                "Neither copy of the key file can be used any more, and without it a backup could "
                "not be opened: none was made. Keep the earlier backups, and send what waits to "
                "the central office before you close the program."
            ),
            code="backup_no_keys",
        ) from error


def copy(database: Database, beside: Path) -> dict[str, Any]:
    """Copy in one step: in small steps beside a busy writer the copy starts over for ever.

    Gives what the header says of the copy, its schema, origin and counts, and as "key_file" the
    serial of the key file it knows. Raises UserError as the disk does, and "damaged" for a copy
    that is not sound.
    """
    with (
        in_words(),
        closing(database.connect()) as source,
        closing(database.connect(beside)) as target,
    ):
        source.backup(target, pages=-1)
        target.execute("PRAGMA journal_mode=DELETE")
        if _one(target, "PRAGMA integrity_check") != "ok":
            raise UserError(_(DAMAGED), code="damaged")
        return {
            "schema": _one(target, "SELECT version_num FROM alembic_version"),
            "origin": _setting(target, "origin"),
            "key_file": _setting(target, vault.SERIAL) or 0,
            "counts": {
                name: _one(target, f'SELECT count(*) FROM "{name}"')  # noqa: S608
                for name in ("line", "line_body", "head")
            },
        }


def _setting(connection: Any, name: str) -> Any:
    found = _one(connection, f"SELECT value FROM setting WHERE name = '{name}'")  # noqa: S608
    return json_text.kept(found) if found else None


def _one(connection: Any, question: str) -> Any:
    found = connection.execute(question).fetchone()
    return found[0] if found else None


def _pack(whole: Path, header: dict[str, Any], beside: Path, slots: bytes) -> None:
    with whole.open("wb") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
            archive.writestr("header.json", orjson.dumps(header, option=orjson.OPT_INDENT_2))
            archive.write(beside, beside.name)
            archive.writestr(KEYS, slots)
        file.flush()
        os.fsync(file.fileno())


def _verify(whole: Path, header: dict[str, Any]) -> None:
    with zipfile.ZipFile(whole) as archive:
        for name, expected in header["sha256"].items():
            with archive.open(name) as file:
                if _sha256_of(file) != expected:
                    raise failed(whole.parent.parent)


def failed(folder: Path) -> UserError:
    """Say that no backup was made: the disk did not take it."""
    return UserError(
        _(
            "The backup could not be written and verified in {folder}, and was not kept. Try "
            "another disk."
        ).format(folder=named.shown(folder)),
        code="backup_failed",
    )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return _sha256_of(file)


def _sha256_of(file: IO[bytes]) -> str:
    return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
