"""Room for a demonstration: an earlier one is thrown away, nothing else ever is."""

import shutil
from contextlib import ExitStack
from pathlib import Path

from app.core import named
from app.core.errors import UserError
from app.core.i18n import _
from app.models.office import hold, machine
from app.models.office.store import MAIN

_MARK = Path("keys") / "password.txt"


def empty(folder: Path) -> None:
    """Make the folder, or empty it where an earlier demonstration lies in it.

    Raises UserError "not_a_demo" where anything else does, and "in_use" where a desk of the
    earlier one is open; nothing is taken away then.
    """
    named.make_folder(folder)
    if not any(folder.iterdir()):
        return
    if not (folder / _MARK).is_file():
        raise UserError(
            _(
                "The folder {folder} holds something other than a demonstration. Name an empty "
                "folder or one that is not there yet."
            ).format(folder=folder),
            code="not_a_demo",
        )
    # The mark goes last: what is left half empty can be emptied again.
    desks = sorted(path.parent for path in folder.rglob(MAIN))
    with ExitStack() as held:
        for desk in desks:
            held.enter_context(hold.alone(desk))
        for desk in desks:  # while its lock is there to be asked
            shutil.rmtree(desk, ignore_errors=True)
    for path in sorted(folder.iterdir(), key=lambda each: each.name == _MARK.parts[0]):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink()
    machine.forget_below(folder)
