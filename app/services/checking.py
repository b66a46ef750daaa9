"""The whole verify over a copy of the desk: when the day's work ends, and once a day.

What it found is a fact of this computer: a bad verdict is said at once and at each sign-in, until
a later check finds nothing.
"""

import shutil

from app.core.errors import UserError
from app.core.i18n import _
from app.models import backup
from app.models.store import MAIN, Store
from app.models.vault import FILE as KEYS
from app.services import checked, proving, scans
from app.services.backing_up import PROOF
from app.services.checked import Checked
from app.sync.bundle import Step, no_step


def check(store: Store, *, step: Step = no_step) -> Checked:
    """Copy the desk, open the copy as a restore would, verify it whole, and keep the verdict.

    Once a week all scans are read as well. Nothing is kept of a check that `step` stops.
    """
    half = store.folder / PROOF
    shutil.rmtree(half, ignore_errors=True)  # of a computer that went off meanwhile
    count, reason = 0, ""
    try:
        half.mkdir()
        facts = backup.copy(store.main, half / MAIN)
        count = facts["counts"]["line"]
        (half / KEYS).write_bytes(backup.keys(store.main, facts["key_file"]))
        with proving.opened(half, store.key) as opened:
            proof = proving.prove(opened, facts, step=step)
            reason = proof.broken or proof.rows_anew
    except UserError as error:
        reason = error.sentence
    except OSError:
        reason = _("A copy to check could not be made; there may be no room on the disk.")
    finally:
        shutil.rmtree(half, ignore_errors=True)
    reason = reason or _ruined_scan(store, step)
    return checked.note(store, count, reason)


def _ruined_scan(store: Store, step: Step) -> str:
    lost = scans.check(store, step=step) if scans.is_due(store, store.folder) else []
    return lost[0].sentence if lost else ""
