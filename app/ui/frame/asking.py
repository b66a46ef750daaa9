"""The one door by which the clerk names a file or folder in a dialog.

What she names is looked at before anything begins, and what is no good is said in a box with the
path. Each purpose is registered: the tests try every one with every bad path.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QFileDialog, QWidget

from app.core import named
from app.core.errors import UserError
from app.core.i18n import N_, _
from app.ui.frame import boxes

T = TypeVar("T")
Job = TypeVar("Job")  # what the work is given; only its caller knows more of it


@dataclass(frozen=True, slots=True)
class Purpose:
    """Why a path is asked for: the title of the dialog, what the path must be, which files show.

    `ending` is added to the name of a file to write that has another.
    """

    title: str
    must_be: Callable[[Path], None]
    files: str = ""
    ending: str = ""


BACKUP = Purpose(N_("Folder or USB drive"), named.folder_to_fill)
KEY_REQUEST = Purpose(N_("Folder or USB drive"), named.folder_to_fill)
SENDING = Purpose(N_("Folder or USB drive"), named.folder_to_fill)
SENDING_AGAIN = Purpose(N_("Folder or USB drive"), named.folder_to_fill)
OF_THE_CENTRE = Purpose(N_("File of the centre"), named.file_to_read)
RESTORING = Purpose(N_("Backup"), named.file_to_read, N_("Backup of TambonDesk (*.backup.zip)"))
REBUILDING = Purpose(N_("File of the centre"), named.file_to_read)
SCAN = Purpose(
    N_("Attach a file"), named.file_to_read, N_("Pictures and PDF (*.jpg *.jpeg *.png *.pdf)")
)
PDF = Purpose(N_("Save the PDF"), named.file_to_write, N_("PDF file (*.pdf)"), ".pdf")
SHEET = Purpose(N_("Save as a spreadsheet"), named.file_to_write, "*.xlsx", ".xlsx")
LOG = Purpose(N_("Save the report"), named.file_to_write, N_("Zip file (*.zip)"), ".zip")


def purposes() -> dict[str, Purpose]:
    """List what a path is asked for, by the name in this module."""
    return {name: each for name, each in globals().items() if isinstance(each, Purpose)}


def ask(purpose: Purpose, parent: QWidget | None, start: str = "") -> Path | None:
    """Let the clerk name a path, beginning at `start`; None when she changed her mind.

    One that is no good is said in a box, and is None as well.
    """
    chosen = _asked(purpose, parent, start)
    if not chosen:
        return None
    path = Path(chosen)
    if purpose.ending and path.name and path.suffix.lower() != purpose.ending:
        path = path.with_name(path.name + purpose.ending)
    try:
        purpose.must_be(path)
    except UserError as error:
        boxes.refuse(error, parent)
        return None
    if path != Path(chosen) and path.exists() and not _may_replace(path, parent):
        return None
    return path


def over(path: Path, work: Callable[[Job], T]) -> Callable[[Job], T]:
    """Wrap the work on a path that a person named: a fault of its disk is told with the path."""

    def blaming(job: Job) -> T:
        with named.blaming(path):
            return work(job)

    return blaming


def _may_replace(path: Path, parent: QWidget | None) -> bool:
    """Ask about a file that Qt's dialog did not see: it knew the name without its ending."""
    sentence = _("There is a file {name} in this folder already. Replace it?")
    return boxes.decide(parent, sentence.format(name=path.name), _("Replace"), _("Cancel"))


def _asked(purpose: Purpose, parent: QWidget | None, start: str) -> str:
    title = _(purpose.title)
    if purpose.must_be is named.folder_to_fill:
        return QFileDialog.getExistingDirectory(parent, title, start)
    files = _(purpose.files) if purpose.files else ""
    if purpose.must_be is named.file_to_read:
        return QFileDialog.getOpenFileName(parent, title, start, files)[0]
    return QFileDialog.getSaveFileName(parent, title, start, files)[0]
