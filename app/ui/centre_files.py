"""Files that come from the centre or another desk: chosen, dragged in or double-clicked."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QMainWindow

from app.core.errors import UserError
from app.core.i18n import _
from app.services.desk import Desk
from app.ui import messages
from app.ui.dragging import dragged
from app.ui.jobs import Jobs

if TYPE_CHECKING:
    from app.services.bundles import Taken


def choose(window: QMainWindow) -> Path | None:
    """Let the clerk choose a file of the centre; None when she changed her mind."""
    chosen, _kind = QFileDialog.getOpenFileName(window, _("File of the centre"))
    return Path(chosen) if chosen else None


class Drops(QObject):
    """Takes the one file that is dragged onto a window; anything else is left alone."""

    dropped = Signal(Path)

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the drag in, and then the file."""
        if not isinstance(event, QDragEnterEvent | QDropEvent):
            return False
        path = dragged(event.mimeData())
        if path is None or event.type() not in (QEvent.Type.DragEnter, QEvent.Type.Drop):
            return False
        event.acceptProposedAction()
        if event.type() == QEvent.Type.Drop:
            self.dropped.emit(path)
        return True


def take(
    window: QMainWindow, desk: Desk, jobs: Jobs, path: Path, *, taken: Callable[[], None]
) -> None:
    """Take in what a file holds, off the window's thread, and say what came of it."""

    def then(sentence: str) -> None:
        taken()
        messages.show(UserError(sentence), window)

    jobs.run(window, lambda _job: _taken(desk, path), then, title=_("Reading the file"))


def _taken(desk: Desk, path: Path) -> str:
    """Take whatever it is by its content, not its name; gives what to say."""
    from app.services import bundles  # the seals and keys are read on first use
    from app.sync import bundle, durable

    with bundles.whole(path) as whole:
        with durable.open_file(whole) as file:
            is_zip = file.read(2) == b"PK"
        if not is_zip:
            return _keys(desk, whole)
        if bundle.inspect(whole).kind == bundle.RECEIPT:
            return _receipt(desk, whole)
        return _of_desk(desk, whole)


def _keys(desk: Desk, path: Path) -> str:
    from app.services import bundles
    from app.sync import trust

    fingerprint = bundles.apply_trust(desk.store, path)
    if trust.is_request(path):
        sentence = _("Compare this with the screen of the other desk: {fingerprint}")
    else:
        sentence = _("Compare this with the centre by telephone: {fingerprint}")
    return sentence.format(fingerprint=fingerprint)


def _of_desk(desk: Desk, path: Path) -> str:
    from app.services import bundles

    taken = bundles.import_bundle(desk.store, path)
    left_out = _(
        "{count} lines were left out: they are damaged, or only the central office may write "
        "them. Those of the central office come with its next receipt."
    ).format(count=f"{taken.left_out:,}")
    return f"{_new(taken)} {left_out}" if taken.left_out else _new(taken)


def _new(taken: "Taken") -> str:
    if not taken.new and not taken.left_out:
        return _("{name} is taken; everything in it was here already.").format(name=taken.name)
    if not taken.disputed:
        return _("{name} is taken: {count} new lines.").format(
            name=taken.name, count=f"{taken.new:,}"
        )
    return _(
        "{name} is taken: {count} new lines. {disputed} records were changed on both sides: "
        "settle them on the page To settle (Alt+9)."
    ).format(name=taken.name, count=f"{taken.new:,}", disputed=f"{taken.disputed:,}")


def _receipt(desk: Desk, path: Path) -> str:
    from app.services import bundles

    receipt = bundles.apply_receipt(desk.store, path)
    returned = [each for each in bundles.returned_lines(desk.store) if each.is_open]
    if not returned:
        return _("Receipt {number} is taken. The centre returned nothing.").format(
            number=receipt.number
        )
    return _(
        "Receipt {number} is taken. {count} lines came back to be put right: the outbox (Alt+8) "
        "names them."
    ).format(number=receipt.number, count=f"{len(returned):,}")
