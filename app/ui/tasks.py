"""The longer errands of the File menu: the key request and the backup."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMainWindow

from app.core.i18n import _
from app.services.desk import Desk
from app.ui import messages
from app.ui.jobs import Jobs


def back_up(window: QMainWindow, desk: Desk, jobs: Jobs) -> None:
    """Write a whole copy of the desk into a folder the clerk chooses."""
    folder = _choose_folder(window)
    if folder is None:
        return
    from app.models import backup

    jobs.run(
        window,
        lambda _job: backup.write(desk.store.main, folder),
        lambda path: _tell(window, _("The backup is in {name}.").format(name=path.name)),
        title=_("Backing up"),
    )


def request_key(window: QMainWindow, desk: Desk, jobs: Jobs) -> None:
    """Write the file by which the centre enrols this desk."""
    folder = _choose_folder(window)
    if folder is None:
        return
    from app.services import bundles

    jobs.run(
        window,
        lambda _job: (
            bundles.request_key(desk.store, folder).name,
            bundles.own_fingerprint(desk.store),
        ),
        lambda made: _tell(
            window,
            _("The request is in {name}. Give it to the centre; compare {fingerprint}.").format(
                name=made[0], fingerprint=made[1]
            ),
        ),
        title=_("Making the request"),
    )


def _choose_folder(window: QMainWindow) -> Path | None:
    chosen = QFileDialog.getExistingDirectory(window, _("Folder or USB drive"))
    return Path(chosen) if chosen else None


def _tell(window: QMainWindow, sentence: str) -> None:
    messages.tell(sentence, window)
