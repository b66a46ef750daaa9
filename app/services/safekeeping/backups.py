"""A backup that can be put back: written, opened as a restore would, and only then called one."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from app.core.errors import UserError
from app.core.i18n import _
from app.models.office import backup
from app.models.office.store import Store
from app.services.office import key_slots, scans
from app.services.office.scans import LostScan
from app.services.safekeeping import backup_proof
from app.sync.bundle import Step, no_step

PROOF = "proof"  # the folder in the desk's own in which a copy is proven; never there for long


@dataclass(frozen=True, slots=True)
class BackedUp:
    """A backup, and what the clerk must be told of: scans that are whole nowhere, what was mended.

    `notice` is "" for nothing.
    """

    path: Path
    lost: tuple[LostScan, ...]
    notice: str


def back_up(store: Store, target: Path, *, reason: str = "", step: Step = no_step) -> BackedUp:
    """Write a backup into `target`, prove it and bring the scans beside it up to date.

    The proof is the restore's own, with the key at hand. Raises UserError "backup_failed",
    "backup_no_keys" and "backup_unproven": what could not be put back is not kept. Raises
    "backup_inside" for a place in the desk's own folder.
    """
    _refuse_inside(store.folder, target)
    notices = [_settled(store)]
    path = backup.write(
        store.main, target, reason=reason, prove=lambda whole: _prove(store, whole, step)
    )
    try:
        found = scans.copy(store, target, step=step)
    except OSError as error:
        raise UserError(
            _(
                "The backup {name} is written, but the scans could not all be copied beside it. "
                "Make room, or take another disk, and back up again."
            ).format(name=path.name),
            code="scans_not_copied",
        ) from error
    lost = scans.described(store, found.lost)
    notices += [found.notice, *(each.sentence for each in lost)]
    return BackedUp(path, tuple(lost), "\n\n".join(filter(None, notices)))


def _refuse_inside(folder: Path, target: Path) -> None:
    if target.resolve().is_relative_to(folder.resolve()):
        raise UserError(
            _(
                "{target} lies in the folder of the desk itself: a backup there is lost together "
                "with the desk. Choose a stick or another disk."
            ).format(target=target),
            code="backup_inside",
        )


def _settled(store: Store) -> str:
    try:
        return key_slots.settle(store)
    except UserError:
        return ""  # the backup itself says that there is no key file to pack


def _prove(store: Store, whole: Path, step: Step) -> None:
    """Open a backup as a restore would, up to its new epoch, which only a restore begins."""
    half = store.folder / PROOF
    shutil.rmtree(half, ignore_errors=True)  # of a computer that went off meanwhile
    try:
        header = backup_proof.unpack(whole, half)
        with backup_proof.opened(half, store.key) as copy:
            broken = backup_proof.prove(copy, header, step=step).broken
    except UserError as error:
        raise backup.failed(whole.parent.parent) from error
    finally:
        shutil.rmtree(half, ignore_errors=True)
    if broken:
        raise UserError(
            _(
                "No backup was kept: what it holds does not verify, so it could not be put back "
                "({reason}). Keep the earlier backups, and tell whoever looks after the program."
            ).format(reason=broken),
            code="backup_unproven",
        )
