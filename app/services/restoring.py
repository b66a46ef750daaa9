"""A backup put back: into a folder of its own, verified, then swapped; the old folder is kept.

Whatever was handed over after the backup was made is known elsewhere under the old chain, so the
restored desk begins a new epoch (services.epochs).
"""

import contextlib
import shutil
from datetime import UTC, datetime
from pathlib import Path

from app.core import named
from app.core.errors import UserError
from app.core.i18n import _
from app.models import hold, key_file, vault
from app.models.attachments import FOLDER as FILES
from app.services import desk as desks
from app.services import epochs, proving
from app.services.desk import Desk

_BAD_INSIDE = ("no_keys", "keys_changed", "damaged")  # they speak of a desk, not of its backup


def restore(folder: Path, path: Path, *, user: str, password: str) -> Desk:
    """Put a backup in the place of the desk in `folder`; give the restored desk, signed in.

    The password is the one of the day of the backup. What stood in the folder is moved beside it
    (NAME.before-DATE) and never removed. Scans come from the `files` folder beside the backup and
    from the old desk. Raises UserError "not_a_backup", "backup_damaged", "wrong_password",
    "in_use" where a window or a command has the desk open, and TooNew; the folder is as it was
    then.
    """
    named.make_parent(folder)
    with hold.alone(folder):
        _put_back(folder, path, user, password)
    return desks.open_desk(folder, user=user, password=password)


def _put_back(folder: Path, path: Path, user: str, password: str) -> None:
    half = folder.with_name(f"{folder.name}.restoring")
    shutil.rmtree(half, ignore_errors=True)  # of a computer that went off meanwhile
    try:
        header = proving.unpack(path, half)
        key = _unlock(half, folder, user, password)
        with proving.opened(half, key) as store:
            if proving.prove(store, header):
                raise proving.damaged()
            epochs.start_anew(store)
        _bring_scans(half, path.parent / FILES, folder / FILES)
        _swap(folder, half)
    except UserError as error:
        if error.code in _BAD_INSIDE:
            raise proving.damaged() from error
        raise
    finally:
        shutil.rmtree(half, ignore_errors=True)


def _unlock(half: Path, folder: Path, user: str, password: str) -> bytes:
    """Give the key of a backup by its key file, or by the desk's own where the backup's is bad.

    The first release packed a damaged key file while the desk went on with its copy.
    """
    if not any(key_file.read_each(half).values()):
        for name in (vault.FILE, vault.COPY):
            with contextlib.suppress(FileNotFoundError):
                shutil.copyfile(folder / name, half / name)
    return vault.unlock(half, user, password)[0]


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
    except OSError as error:  # no desk is open here: Windows says so of any file that is open
        if kept.exists() and not folder.exists():
            kept.replace(folder)
        raise UserError(
            _(
                "Another program has a file of the folder {folder} open, or the folder may not be "
                "moved. Close that program and restore again; the desk is as before."
            ).format(folder=folder),
            code="not_moved",
        ) from error
