"""The paths that a clerk names: what may be made there, and what is said where one is no good."""

from pathlib import Path

from app.core.errors import UserError
from app.core.i18n import _
from app.core.paths import default_data


def make_folder(folder: Path) -> None:
    """Make a folder that was named; its parent never, the profile's default folder excepted.

    A stick that was pulled out must not become a folder of the disk behind it. Raises UserError
    "no_folder" with the path.
    """
    make_parent(folder)
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise UserError(
            _("The folder {folder} cannot be made. Choose another folder.").format(folder=folder),
            code="no_folder",
        ) from error


def make_parent(folder: Path) -> None:
    """Make sure that a folder can lie where it was named; makes what make_folder may make.

    Raises UserError "no_folder" with the path.
    """
    try:
        if folder == default_data():
            folder.parent.mkdir(parents=True, exist_ok=True)
        is_there = folder.parent.is_dir()
    except (OSError, ValueError):
        is_there = False
    if not is_there:
        raise UserError(
            _(
                "The folder {parent} is not there, so {folder} cannot be made. Check the drive, or "
                "make that folder first."
            ).format(parent=folder.parent, folder=folder),
            code="no_folder",
        )
