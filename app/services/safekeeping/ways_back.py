"""The ways back to a desk of which something is missing: a backup, the centre's file, going on.

Each gives the desk signed in, with what the clerk must know as its notice.
"""

import shutil
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from app.core.i18n import _
from app.models.office import hold, vault
from app.services import exchange
from app.services.office import desk, exchanged_files, unfinished_swaps
from app.services.office.desk import Desk
from app.services.records.verify import verify
from app.services.safekeeping import rebuilding, restoring


def from_backup(folder: Path, path: Path, *, user: str, password: str) -> Desk:
    """Put a backup in the desk's place; what stood there is kept. Raises as restore does."""
    opened = restoring.restore(folder, path, user=user, password=password)
    sentence = _(
        "The backup is in its place with {lines} lines. The desk goes on under a new key: send "
        "a key request to the central office with the next file."
    )
    return _with(opened, sentence.format(lines=f"{verify(opened.store).lines:,}"))


def from_centre(
    folder: Path,
    path: Path,
    *,
    recovery: str,
    user: str,
    password: str,
    cost: vault.Cost = vault.STRONG,
) -> Desk:
    """Make the desk anew from the centre's file, in the place of what is left of it.

    It is made beside the folder and then swapped; what stood there is kept. Raises as rebuild and
    restore do.
    """
    folder = restoring.aim(folder)
    beside = folder.with_name(f"{folder.name}.rebuilt")
    unfinished_swaps.mend(folder)
    with hold.alone(folder):
        try:
            with exchange.whole(path) as file:
                made = rebuilding.rebuild(
                    beside, file, recovery=recovery, user=user, password=password, cost=cost
                )
            kept = restoring.former(folder)
            with closing(made):
                exchanged_files.note(made.store, exchanged_files.FILE, kept)
            restoring.swap(folder, beside, kept)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    opened = desk.enter(folder, user, password)
    exchanged_files.forget(opened.store)
    sentence = _(
        "The desk is rebuilt with {lines} lines from the centre {fingerprint}: compare it "
        "by telephone, then send a key request before the next bundle."
    )
    lines, fingerprint = verify(opened.store).lines, exchange.centre_fingerprint(opened.store)
    return _with(opened, sentence.format(lines=f"{lines:,}", fingerprint=fingerprint))


def without(folder: Path, *, user: str, password: str) -> Desk:
    """Go on without what is missing, under a new epoch. Raises as open_desk does."""
    opened = desk.open_desk(folder, user=user, password=password, go_on=True)
    return _with(
        opened,
        _(
            "This desk goes on under a new key: send a key request to the central office with the "
            "next file."
        ),
    )


def _with(opened: Desk, sentence: str) -> Desk:
    return replace(opened, notice="\n\n".join(filter(None, (sentence, opened.notice))))
