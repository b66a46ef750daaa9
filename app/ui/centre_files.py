"""Files that come from the centre or another desk: chosen, dragged in or double-clicked."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QMainWindow

from app.core.errors import UserError
from app.core.i18n import _
from app.services.desk import Desk
from app.ui import messages
from app.ui.dragging import dragged_files
from app.ui.jobs import Jobs


def choose(window: QMainWindow) -> Path | None:
    """Let the clerk choose a file of the centre; None when she changed her mind."""
    chosen, _kind = QFileDialog.getOpenFileName(window, _("File of the centre"))
    return Path(chosen) if chosen else None


class Drops(QObject):
    """Takes one file, or parts of one, dragged onto a window; anything else is left alone."""

    dropped = Signal(list)  # of paths

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the drag in, and then the file."""
        if not isinstance(event, QDragEnterEvent | QDropEvent):
            return False
        paths = _wanted(event.mimeData())
        if not paths or event.type() not in (QEvent.Type.DragEnter, QEvent.Type.Drop):
            return False
        event.acceptProposedAction()
        if event.type() == QEvent.Type.Drop:
            self.dropped.emit(paths)
        return True


def take(
    window: QMainWindow,
    desk: Desk,
    jobs: Jobs,
    paths: Sequence[Path],
    *,
    taken: Callable[[], None],
) -> None:
    """Take in what a file holds, off the window's thread, and say what came of it.

    Of a file that came in parts one is enough: those beside it are read with it.
    """

    def then(sentence: str) -> None:
        taken()
        messages.show(UserError(sentence), window)

    jobs.run(window, lambda _job: _taken(desk, paths), then, title=_("Reading the file"))


def _wanted(data: QMimeData) -> list[Path]:
    """Give what is dragged where it can be one file: several only where all are parts."""
    paths = dragged_files(data)
    if len(paths) > 1:
        from app.sync.parts import SUFFIX

        return paths if all(path.suffix == SUFFIX for path in paths) else []
    return paths


def _taken(desk: Desk, paths: Sequence[Path]) -> str:
    """Take whatever it is by its content, not its name; gives what to say."""
    from app.services import bundles  # the seals and keys are read on first use
    from app.sync import bundle, durable

    with bundles.whole(*paths) as whole:
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
    if not taken.new:
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
