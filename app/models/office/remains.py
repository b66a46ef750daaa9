"""The files of a desk's folder, above all when some of them are away: none is ever overwritten."""

from pathlib import Path

from app.core.errors import UserError
from app.core.i18n import _
from app.models.office import key_file, vault
from app.models.office.database import BALLAST

MAIN, DRAFTS = "tambon.db", "drafts.db"


def discard(folder: Path) -> None:
    """Take away what the making of a desk left behind when it failed. Never for a finished one."""
    for path in [*left_in(folder), *folder.glob(f"{BALLAST}*")]:
        path.unlink()


def left_in(folder: Path) -> list[Path]:
    """List the files of a desk, or what is left of one: database, key files, drafts, journals."""
    names = (MAIN, vault.FILE, vault.COPY, DRAFTS)
    found = [path for name in names for path in sorted(folder.glob(f"{name}*"))]
    return [path for path in found if path.is_file()]


def is_half_made(folder: Path) -> bool:
    """Tell whether the making of a desk did not end: its key file opens for nobody yet.

    Its recovery sheet was never shown either, so no one can ever open it.
    """
    found = left_in(folder)
    copies = key_file.read_each(folder)
    there = [whole for name, whole in copies.items() if (folder / name).exists()]
    if there:
        return all(whole is not None and not whole.get("users") for whole in there)
    return bool(found) and all(path.name.endswith(".part") for path in found)


def refuse_to_make(folder: Path) -> None:
    """Refuse to make a desk over one, or over what is left of one: its keys are the only ones.

    Raises UserError "exists" and "database_gone".
    """
    if (folder / MAIN).exists():
        raise UserError(
            _("There is already a database in this folder. Choose an empty folder."), code="exists"
        )
    if left_in(folder):
        raise _away(folder)


def refuse_without_database(folder: Path) -> None:
    """Raise UserError "no_database" where there is no database, "database_gone" where one was."""
    if not (folder / MAIN).exists():
        raise _away(folder) if left_in(folder) else _none_yet(folder)


def _none_yet(folder: Path) -> UserError:
    return UserError(
        _("There is no database in the folder {folder} yet.").format(folder=folder),
        code="no_database",
    )


def _away(folder: Path) -> UserError:
    return UserError(
        _(
            "The database {name} is missing from the folder {folder}, but its files {files} are "
            "there. Look for it, also where a virus scanner puts files away, and put it back; or "
            "restore the last backup. No file was overwritten."
        ).format(name=MAIN, folder=folder, files=", ".join(path.name for path in left_in(folder))),
        code="database_gone",
    )
