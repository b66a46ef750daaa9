"""A backup put back: into a folder of its own, verified, then swapped; the old folder is kept.

Whatever was handed over after the backup was made is known elsewhere under the old chain, so the
restored desk begins a new epoch (services.epochs).
"""

import contextlib
import hashlib
import shutil
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson

from app.core.errors import UserError
from app.core.i18n import _
from app.models import backup, vault
from app.models import store as stores
from app.models.attachments import FOLDER as FILES
from app.models.store import MAIN
from app.services import desk as desks
from app.services import epochs, key_slots
from app.services.desk import Desk
from app.services.verify import verify

_CHUNK = 1 << 20


def restore(folder: Path, path: Path, *, user: str, password: str) -> Desk:
    """Put a backup in the place of the desk in `folder`; give the restored desk, signed in.

    The password is the one of the day of the backup. What stood in the folder is moved beside it
    (NAME.before-DATE) and never removed. Scans come from the `files` folder beside the backup and
    from the old desk. Raises UserError "not_a_backup", "backup_damaged", "wrong_password",
    "in_use" where a window holds the desk open, and TooNew; the folder is as it was then.
    """
    half = folder.with_name(f"{folder.name}.restoring")
    shutil.rmtree(half, ignore_errors=True)  # of a computer that went off meanwhile
    try:
        header = _unpack(path, half)
        key, _tag = vault.unlock(half, user, password)
        _prove(half, key, header)
        _bring_scans(half, path.parent / FILES, folder / FILES)
        _swap(folder, half)
    finally:
        shutil.rmtree(half, ignore_errors=True)
    return desks.open_desk(folder, user=user, password=password)


def _unpack(path: Path, half: Path) -> dict[str, Any]:
    """Write the parts of a backup into a new folder, each as the header hashes it."""
    half.mkdir(parents=True)
    try:
        with zipfile.ZipFile(path) as archive:
            header = orjson.loads(_small(archive, "header.json"))
            if header["format"] != backup.FORMAT or header["v"] != 1:
                raise _not_a_backup()
            for name, expected in header["sha256"].items():
                if name not in (MAIN, vault.FILE):
                    raise _not_a_backup()
                if _write(archive, name, half / name) != expected:
                    raise _damaged()
    except (zipfile.BadZipFile, KeyError, TypeError, AttributeError, ValueError) as error:
        raise _not_a_backup() from error
    except OSError as error:
        raise UserError(
            _("The backup cannot be read, or there is no room for it. Check both disks."),
            code="not_read",
        ) from error
    if not all((half / name).exists() for name in (MAIN, vault.FILE)):
        raise _not_a_backup()
    return dict(header)


def _small(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as file:
        return file.read(_CHUNK)


def _write(archive: zipfile.ZipFile, name: str, target: Path) -> str:
    digest = hashlib.sha256()
    with archive.open(name) as source, target.open("wb") as file:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            file.write(chunk)
    return digest.hexdigest()


def _prove(half: Path, key: bytes, header: dict[str, Any]) -> None:
    """Open the copy, upgrade it where it is older, verify every line, and begin its new epoch."""
    with _opened(half, key) as store:
        verdict = verify(store)
        if not verdict.ok or verdict.lines != header.get("counts", {}).get("line"):
            raise _damaged()
        epochs.start_anew(store)


@contextlib.contextmanager
def _opened(half: Path, key: bytes) -> Iterator[stores.Store]:
    store = stores.open_store(half, key)
    try:
        key_slots.settle(store)  # a backup has one copy of the key file, a desk has two
        desks.bring_rows_up_to_date(store)
        yield store
    finally:
        store.close()


def _bring_scans(half: Path, *sources: Path) -> None:
    """Copy the scans that are at hand; they are encrypted, and each proves itself when read."""
    for source in sources:
        for path in source.glob("*") if source.is_dir() else ():
            target = half / FILES / path.name
            if path.is_file() and not target.exists():
                target.parent.mkdir(exist_ok=True)
                shutil.copyfile(path, target)


def _swap(folder: Path, half: Path) -> None:
    """Put the new folder in the place of the old one, which stays beside it."""
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    kept = folder.with_name(f"{folder.name}.before-{stamp}")
    try:
        if folder.exists():
            folder.replace(kept)
        half.replace(folder)
    except OSError as error:
        if kept.exists() and not folder.exists():
            kept.replace(folder)
        raise UserError(
            _("The desk is open in a window. Close the window and restore again."), code="in_use"
        ) from error


def _not_a_backup() -> UserError:
    return UserError(
        _("This file is not a backup of TambonDesk. Choose a file named *.backup.zip."),
        code="not_a_backup",
    )


def _damaged() -> UserError:
    return UserError(
        _("This backup is damaged and was not put back. Choose another one."),
        code="backup_damaged",
    )
