"""A backup put back: into a folder of its own, verified, then swapped; the old folder is kept.

Whatever was handed over after the backup was made is known elsewhere under the old chain, so the
restored desk begins a new epoch (services.epochs).
"""

import contextlib
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from app.core import named
from app.core.errors import UserError
from app.core.i18n import _
from app.models.office import hold, key_file, vault
from app.models.office.store import Store
from app.models.records import attachments
from app.services.office import desk as desks
from app.services.office import epochs, exchanged_files, scans, unfinished_swaps
from app.services.office.desk import Desk
from app.services.office.scans import LostScan
from app.services.safekeeping import backup_proof

_BAD_INSIDE = ("no_keys", "keys_changed", "damaged")  # they speak of a desk, not of its backup


def restore(folder: Path, path: Path, *, user: str, password: str) -> Desk:
    """Put a backup in the place of the desk in `folder`; return the restored desk, signed in.

    The password is the one of the day of the backup. What stood in the folder is moved beside it
    (NAME.before-DATE) and never removed. Scans come from the `files` folder beside the backup and
    from the old desk; `notice` names those that are whole in neither, and says where rows had to
    be computed anew. Raises UserError
    "not_a_backup", "backup_damaged", "wrong_password", "in_use" where a window or a command has
    the desk open, and TooNew; the folder is as it was then. Of a link to a folder the aim is
    replaced, and the link stays.
    """
    folder = aim(folder)
    named.make_parent(folder)
    unfinished_swaps.mend(folder)  # what is kept of the desk may be all that has its scans
    with hold.alone(folder):
        said = _put_back(folder, path, user, password)
    desk = desks.enter(folder, user, password)
    exchanged_files.forget(desk.store)
    notices = (desk.notice, *said)
    return replace(desk, notice="\n\n".join(filter(None, notices)))


def _put_back(folder: Path, path: Path, user: str, password: str) -> list[str]:
    """Prove the backup and swap it in; return what the clerk must be told of it."""
    half, kept = folder.with_name(f"{folder.name}.restoring"), former(folder)
    shutil.rmtree(half, ignore_errors=True)  # of a computer that went off meanwhile
    try:
        header = backup_proof.unpack(path, half)
        key = _unlock(half, folder, user, password)
        with backup_proof.opened(half, key) as store:
            proof = backup_proof.prove(store, header)
            if proof.broken:
                raise backup_proof.damaged()
            epochs.start_anew(store)
            said = [each.sentence for each in _bring_scans(store, path.parent, folder)]
            said = [_computed_anew(), *said] if proof.rows_anew else said
            exchanged_files.note(
                store, exchanged_files.BACKUP, kept if folder.exists() else None, said
            )
        swap(folder, half, kept)
    except UserError as error:
        if error.code in _BAD_INSIDE:
            raise backup_proof.damaged() from error
        raise
    finally:
        shutil.rmtree(half, ignore_errors=True)
    return said


def _computed_anew() -> str:
    return _(
        "Some records of the backup were not what its lines say. They were computed anew "
        "from the lines, and everything was verified."
    )


def _unlock(half: Path, folder: Path, user: str, password: str) -> bytes:
    """Return the key of a backup by its key file, or by the desk's own where the backup's is bad.

    The first release packed a damaged key file while the desk went on with its copy.
    """
    if not any(key_file.read_each(half).values()):
        for name in (vault.FILE, vault.COPY):
            with contextlib.suppress(FileNotFoundError):
                shutil.copyfile(folder / name, half / name)
    return vault.unlock(half, user, password)[0]


def _bring_scans(store: Store, *sources: Path) -> list[LostScan]:
    """Bring the scans that are whole beside the backup or in the old desk; list the others."""
    with store.read() as connection:
        names = list(attachments.sizes(connection))
    return scans.described(store, scans.bring_back(store.folder, store.key, names, sources))


def aim(folder: Path) -> Path:
    """Return the folder that a link leads to, or the path itself: swapping a link would hide it."""
    return folder.resolve() if folder.is_symlink() else folder


def former(folder: Path) -> Path:
    """Name the place beside a desk where it is kept when another is put in its own."""
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    return folder.with_name(f"{folder.name}{unfinished_swaps.KEPT}{stamp}")


def swap(folder: Path, half: Path, kept: Path) -> None:
    """Put the new folder in the place of the old one, which stays beside it as `kept`."""
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
