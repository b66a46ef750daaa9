"""The longer errands of the File menu: keys and receipts of the centre, and the backup."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMainWindow

from app.core.errors import UserError
from app.core.i18n import _
from app.services.desk import Desk
from app.ui import messages
from app.ui.jobs import Jobs


def of_the_centre(
    window: QMainWindow, desk: Desk, jobs: Jobs, *, receipt_taken: Callable[[], None]
) -> list[tuple[str, Callable[[], None]]]:
    """Give the (words, errand) that set up and follow the sending."""
    return [
        (_("Make a &key request…"), lambda: _request_key(window, desk, jobs)),
        (_("Take the centre's &answer…"), lambda: _take_trust(window, desk, jobs)),
        (_("Take a &receipt…"), lambda: _take_receipt(window, desk, jobs, receipt_taken)),
    ]


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


def _request_key(window: QMainWindow, desk: Desk, jobs: Jobs) -> None:
    folder = _choose_folder(window)
    if folder is None:
        return
    from app.services import bundles

    jobs.run(
        window,
        lambda _job: bundles.request_key(desk.store, folder),
        lambda path: _tell(
            window, _("The request is in {name}. Give it to the centre.").format(name=path.name)
        ),
        title=_("Making the request"),
    )


def _take_trust(window: QMainWindow, desk: Desk, jobs: Jobs) -> None:
    path = _choose_file(window)
    if path is None:
        return
    from app.services import bundles

    jobs.run(
        window,
        lambda _job: bundles.apply_trust(desk.store, path),
        lambda fingerprint: _tell(
            window,
            _("Compare this with the centre by telephone: {fingerprint}").format(
                fingerprint=fingerprint
            ),
        ),
        title=_("Reading the answer"),
    )


def _take_receipt(window: QMainWindow, desk: Desk, jobs: Jobs, taken: Callable[[], None]) -> None:
    path = _choose_file(window)
    if path is None:
        return
    from app.services import bundles

    def then(_receipt: object) -> None:
        taken()
        _tell(window, _("The receipt is taken."))

    jobs.run(
        window,
        lambda _job: bundles.apply_receipt(desk.store, path),
        then,
        title=_("Reading the receipt"),
    )


def _choose_folder(window: QMainWindow) -> Path | None:
    chosen = QFileDialog.getExistingDirectory(window, _("Folder or USB drive"))
    return Path(chosen) if chosen else None


def _choose_file(window: QMainWindow) -> Path | None:
    chosen, _kind = QFileDialog.getOpenFileName(window, _("File of the centre"))
    return Path(chosen) if chosen else None


def _tell(window: QMainWindow, sentence: str) -> None:
    messages.show(UserError(sentence), window)
