"""Files that come from the centre or another desk: chosen, dragged in or double-clicked."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QMimeData, QObject, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow

from app.core import named
from app.core.i18n import _
from app.services.office.desk import Desk
from app.ui.frame import asking, boxes
from app.ui.frame.jobs import Job, Jobs
from app.ui.widgets.dragging import dragged_files

if TYPE_CHECKING:
    from app.services.exchange import LeftOut, Taken

_NAMED = 5  # lines that were left out; the command names them all


def choose(window: QMainWindow) -> Path | None:
    """Let the clerk choose a file of the centre; None when she changed her mind."""
    return asking.ask(asking.OF_THE_CENTRE, window)


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

    def then(said: _Said) -> None:
        taken()
        boxes.tell(said.sentence, window, icon=said.icon)

    def work(_job: Job) -> _Said:
        with named.blaming(*paths):
            return _taken(desk, paths)

    jobs.run(window, work, then, title=_("Reading the file"))


class _Said(NamedTuple):
    """The sentence about a taken file, and the icon beside it."""

    icon: str
    sentence: str


def _wanted(data: QMimeData) -> list[Path]:
    """Return the dragged paths if they are one file, or parts of one; otherwise nothing."""
    paths = dragged_files(data)
    if len(paths) > 1:
        from app.sync.parts import is_part

        return paths if all(map(is_part, paths)) else []
    return paths


def _taken(desk: Desk, paths: Sequence[Path]) -> _Said:
    """Take a file from the centre by its content, not its name; return the answer to show."""
    from app.services import exchange  # the seals and keys are read on first use
    from app.sync import bundle, durable

    with exchange.whole(*paths) as whole:
        with durable.open_file(whole) as file:
            is_zip = file.read(2) == b"PK"
        if not is_zip:
            return _keys(desk, whole)
        if bundle.inspect(whole).kind == bundle.RECEIPT:
            return _receipt(desk, whole)
        return _of_desk(desk, whole)


def _keys(desk: Desk, path: Path) -> _Said:
    from app.services import exchange
    from app.sync import trust

    fingerprint = exchange.apply_trust(desk.store, path)
    if trust.is_request(path):
        sentence = _("Compare this with the screen of the other desk: {fingerprint}")
    else:
        sentence = _("Compare this with the centre by telephone: {fingerprint}")
    return _Said("caution", sentence.format(fingerprint=fingerprint))


def _of_desk(desk: Desk, path: Path) -> _Said:
    from app.services import exchange

    taken = exchange.import_bundle(desk.store, path)
    said = _new(taken)
    if not taken.left_out:
        return said
    left_out = _(
        "{count} lines were left out: they are damaged or cannot be kept, or only the central "
        "office may write them. Those of the central office come with its next receipt."
    ).format(count=f"{taken.left_out:,}")
    named = _named(exchange.lines_left_out(desk.store, taken.name))
    return _Said("caution", "\n".join([f"{said.sentence} {left_out}", *named]))


def _named(left_out: Sequence["LeftOut"]) -> list[str]:
    """Name the first of the lines that were left out, each with its reason."""
    from app.services.records import records

    known = records.types()
    return [
        f"· {records.label(each.type) if each.type in known else each.type}: {each.reason}"
        for each in left_out[:_NAMED]
    ]


def _new(taken: "Taken") -> _Said:
    if not taken.new and not taken.left_out:
        words = _("{name} is taken; everything in it was here already.")
        return _Said("good", words.format(name=taken.name))
    if not taken.disputed:
        words = _("{name} is taken: {count} new lines.")
        return _Said("good", words.format(name=taken.name, count=f"{taken.new:,}"))
    words = _(
        "{name} is taken: {count} new lines. {disputed} records were changed on both sides: "
        "settle them on the page To settle (Alt+9)."
    )
    counts = {"count": f"{taken.new:,}", "disputed": f"{taken.disputed:,}"}
    return _Said("conflicts", words.format(name=taken.name, **counts))


def _receipt(desk: Desk, path: Path) -> _Said:
    from app.services import exchange

    receipt = exchange.apply_receipt(desk.store, path)
    left_out = exchange.lines_left_out(desk.store, f"-{receipt.number:06d}-R")
    said = _answer(desk, receipt.number)
    if not left_out:
        return said
    words = _("{count} lines of it cannot be kept and were left out:")
    sentence = words.format(count=f"{len(left_out):,}")
    return _Said("caution", "\n".join([f"{said.sentence} {sentence}", *_named(left_out)]))


def _answer(desk: Desk, number: int) -> _Said:
    from app.services import exchange

    returned = [each for each in exchange.returned_lines(desk.store) if each.is_open]
    if not returned:
        words = _("Receipt {number} is taken. The centre returned nothing.")
        return _Said("good", words.format(number=number))
    words = _(
        "Receipt {number} is taken. {count} lines came back to be put right: the outbox (Alt+8) "
        "names them."
    )
    return _Said("returned", words.format(number=number, count=f"{len(returned):,}"))
