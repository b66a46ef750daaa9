"""The whole verify over a copy of the desk: when the day's work ends, and once a day.

What it found is a fact of this computer: a bad verdict is said at once and at each sign-in, until
a later check finds nothing. A check that the disk did not let be made has no verdict.
"""

import errno
import shutil
from pathlib import Path

from app.core.errors import UserError
from app.core.i18n import N_, _
from app.models.office import backup
from app.models.office.database import OF_THE_DISK
from app.models.office.store import MAIN, Store
from app.models.office.vault import FILE as KEYS
from app.services.office import last_check, scans
from app.services.office.last_check import Checked
from app.services.safekeeping import backup_proof
from app.services.safekeeping.backups import PROOF
from app.sync.bundle import Step, no_step


def check(store: Store, *, step: Step = no_step) -> Checked:
    """Copy the desk, open the copy as a restore would, verify it whole, and keep the verdict.

    Once a week all scans are read as well. Nothing is kept of a check that `step` stops, or that
    the disk does not let be made: that raises UserError "not_checked".
    """
    half = store.folder / PROOF
    shutil.rmtree(half, ignore_errors=True)  # of a computer that went off meanwhile
    try:
        half.mkdir()
        count, reason = _proven(store, half, step)
    except OSError as error:
        raise _not_checked(store, error.errno == errno.ENOSPC) from error
    except UserError as error:
        raise _not_checked(store, error.code == "disk_full") from error
    finally:
        shutil.rmtree(half, ignore_errors=True)
    return last_check.note(store, count, reason)


def _proven(store: Store, half: Path, step: Step) -> tuple[int, str]:
    """Return how many lines a copy holds, and what is broken in it; its disk is no part of that."""
    count = 0
    try:
        facts = backup.copy(store.main, half / MAIN)
        count = facts["counts"]["line"]
        (half / KEYS).write_bytes(backup.keys(store.main, facts["key_file"]))
        with backup_proof.opened(half, store.key) as opened:
            proof = backup_proof.prove(opened, facts, step=step)
        return count, proof.broken or proof.rows_anew or _ruined_scan(store, step)
    except UserError as error:
        if error.code in _OF_THE_DISK:
            raise
        return count, error.sentence


def _not_checked(store: Store, is_full: bool) -> UserError:
    why = _(_NO_ROOM if is_full else _NO_ANSWER)
    return UserError(
        _(
            "The data could not be checked, because {why}. This says nothing of the data itself. "
            "The disk has {free} MB free, and the check needs {needed} MB. Make room or look "
            "after the disk; the check is tried again."
        ).format(
            why=why,
            free=f"{shutil.disk_usage(store.folder).free // _MEGABYTE:,}",
            needed=f"{1 + _COPIES * store.main.path.stat().st_size // _MEGABYTE:,}",
        ),
        code="not_checked",
    )


_OF_THE_DISK = (*OF_THE_DISK, "keys_not_written")
_MEGABYTE = 1_000_000
_COPIES = 2  # the copy, and the log of what is written while it is opened
_NO_ROOM = N_("there is no room for a copy of it on the disk")
_NO_ANSWER = N_("the disk did not take a copy of it, or did not answer")


def _ruined_scan(store: Store, step: Step) -> str:
    lost = scans.check(store, step=step) if scans.is_due(store, store.folder) else []
    return lost[0].sentence if lost else ""
