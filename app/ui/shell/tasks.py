"""The longer errands of the File menu: the key request and the backup."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMainWindow

from app.core.i18n import _
from app.services.office.desk import Desk
from app.ui.frame import asking, boxes
from app.ui.frame.jobs import Jobs

if TYPE_CHECKING:
    from app.services.safekeeping.backups import BackedUp


def back_up(window: QMainWindow, desk: Desk, jobs: Jobs) -> None:
    """Write a whole copy of the desk into a folder the clerk chooses."""
    folder = asking.ask(asking.BACKUP, window)
    if folder is None:
        return
    from app.services.safekeeping import backups

    jobs.run(
        window,
        asking.over(folder, lambda job: backups.back_up(desk.store, folder, step=job.step)),
        lambda made: _tell_backup(window, made),
        title=_("Backing up"),
    )


def _tell_backup(window: QMainWindow, made: "BackedUp") -> None:
    sentence = _("The backup is in {name}.").format(name=made.path.name)
    boxes.tell(
        "\n\n".join(filter(None, (sentence, made.notice))),
        window,
        icon="caution" if made.notice else "good",
    )


def request_key(window: QMainWindow, desk: Desk, jobs: Jobs) -> None:
    """Write the file by which the centre enrols this desk."""
    folder = asking.ask(asking.KEY_REQUEST, window)
    if folder is None:
        return
    from app.services import exchange

    jobs.run(
        window,
        asking.over(
            folder,
            lambda _job: (
                exchange.request_key(desk.store, folder).name,
                exchange.own_fingerprint(desk.store),
            ),
        ),
        lambda made: _tell(
            window,
            _("The request is in {name}. Give it to the centre; compare {fingerprint}.").format(
                name=made[0], fingerprint=made[1]
            ),
        ),
        title=_("Making the request"),
    )


def _tell(window: QMainWindow, sentence: str) -> None:
    boxes.tell(sentence, window)
