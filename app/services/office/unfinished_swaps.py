"""A computer that died while a desk was made or its files were exchanged: found and taken back.

A restore makes its folder beside the desk's and exchanges the two by two renames; between them the
desk's own name is nobody's, and a first day would begin there. Whoever holds the desk alone knows
that what lies there is nobody's work any more.
"""

import shutil
from collections.abc import Sequence
from pathlib import Path

from app.core.errors import UserError
from app.core.i18n import N_, _
from app.models.office import hold, remains

HALVES = (".restoring", ".rebuilding", ".rebuilt", ".rebuilt.rebuilding")
KEPT = ".before-"


def mend(folder: Path) -> str:
    """Undo unfinished swaps of files; return the sentence for the clerk, "" if there were none.

    Called before the desk is held. While another process is at it, nothing is done.
    """
    folder = folder.absolute()
    if not _is_unfinished(folder):
        return ""
    try:
        held = hold.alone(folder)
    except UserError:
        return ""  # somebody is at work here: what lies beside is theirs
    with held:  # whoever was at work meanwhile may have ended
        return _taken_back(folder) if _is_unfinished(folder) else ""


def _is_unfinished(folder: Path) -> bool:
    return bool(_halves(folder) or _kept(folder) or remains.is_half_made(folder))


def _taken_back(folder: Path) -> str:
    halves, kept = _halves(folder), _kept(folder)
    try:
        if remains.is_half_made(folder):
            said = _(_HALF_MADE).format(files=_names(remains.left_in(folder)))
            remains.discard(folder)
        elif kept:
            kept[-1].replace(folder)
            said = _(_PUT_BACK).format(kept=kept[-1].name)
        else:
            said = _(_AS_BEFORE if remains.left_in(folder) else _NOTHING_THERE)
    except OSError:
        where = _names(kept[-1:] or remains.left_in(folder))
        return _(_NOT_TAKEN_BACK).format(folder=folder.parent, files=where)
    for half in halves:
        shutil.rmtree(half, ignore_errors=True)
    return said


def _halves(folder: Path) -> list[Path]:
    found = (folder.with_name(f"{folder.name}{ending}") for ending in HALVES)
    return [path for path in found if path.is_dir()]


def _kept(folder: Path) -> list[Path]:
    """List the former desks beside a folder that is not there, the newest last."""
    if folder.exists() or not folder.parent.is_dir():
        return []
    beside = folder.parent.iterdir()
    former = (path for path in beside if path.name.startswith(f"{folder.name}{KEPT}"))
    return sorted(path for path in former if remains.left_in(path))


def _names(paths: Sequence[Path]) -> str:
    return ", ".join(path.name for path in paths)


_HALF_MADE = N_(
    "The making of this desk did not end: the program or the computer stopped meanwhile. Nobody "
    "could sign in yet, so its files ({files}) were taken away. Make the desk again."
)
_PUT_BACK = N_(
    "A restore did not end: the program or the computer stopped while the folders were being "
    "exchanged. The folder {kept} was put back in its place, so the desk is as before. Restore "
    "again."
)
_AS_BEFORE = N_(
    "A restore did not end: the program or the computer stopped meanwhile. The desk is as it was "
    "before. Restore again."
)
_NOTHING_THERE = N_(
    "A restore did not end: the program or the computer stopped meanwhile. There is no desk here "
    "yet. Restore again from the same file."
)
_NOT_TAKEN_BACK = N_(
    "A restore or the making of a desk did not end, and it cannot be taken back by itself: {files} "
    "in {folder} may not be moved. Tell whoever looks after this computer."
)
