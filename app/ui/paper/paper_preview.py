"""Look at a paper before it goes out; but for its number, what is seen goes out."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.core.i18n import _
from app.services.office.print_diary import CAME, FAILED, UNSURE
from app.ui.frame import asking, boxes, messages
from app.ui.frame.jobs import Jobs
from app.ui.paper.outgoing_papers import Outgoing, send
from app.ui.paper.pages_of_pdf import POINTS_AN_INCH, Paper
from app.ui.widgets import icons, theme
from app.ui.widgets.wrapping import display


@dataclass(frozen=True, slots=True)
class Printout:
    """A PDF to look at, what the window calls it, and the name its file would have."""

    pdf: bytes
    title: str
    file_name: str


@dataclass(frozen=True, slots=True)
class Printers:
    """Where to print: the names to choose from, and how to open one."""

    names: Callable[[], list[str]]
    open: Callable[[str], QPrinter]


INSTALLED = Printers(
    QPrinterInfo.availablePrinterNames,
    lambda name: QPrinter(QPrinterInfo.printerInfo(name), QPrinter.PrinterMode.HighResolution),
)


class PaperPreview(QDialog):
    """The pages of one PDF, with print and save.

    `outgoing` gives what is printed and saved, and hears whether it came out. The installed
    printers are offered unless others are given.
    """

    def __init__(
        self,
        printout: Printout,
        jobs: Jobs,
        outgoing: Outgoing,
        *,
        printers: Printers | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(printout.title)
        self._jobs = jobs
        self._paper = Paper(printout.pdf)
        self._file_name = printout.file_name
        self._outgoing = outgoing
        self._printers = printers or INSTALLED
        self._pages = [_Page(self._paper, number, jobs) for number in range(len(self._paper.sizes))]
        self._scroll = self._make_scroll()
        self._printer = QComboBox(self)
        self._printer.addItems(self._printers.names())
        self._printer.setAccessibleName(_("Printer"))
        self._copies = QSpinBox(self)
        self._copies.setRange(1, 20)
        self._copies.setAccessibleName(_("Copies"))
        self._print = QPushButton(_("Print (Enter)"))
        self._save = QPushButton(icons.icon("save"), _("Save PDF (Ctrl+S)"))
        self._told = QLabel(display(_(outgoing.hint)) if outgoing.hint else "")
        self._zoom = 0.0  # 0: as wide as the window
        column = QVBoxLayout(self)
        column.addLayout(self._zoom_row())
        column.addWidget(self._scroll, 1)
        self._row = self._print_row()
        column.addLayout(self._row)
        self._scroll.viewport().installEventFilter(self)
        theme.open_large(self)
        (self._print if self._printer.count() else self._save).setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the pages as wide as their room while nothing else was asked for."""
        if event.type() == QEvent.Type.Resize:
            self._apply_zoom()
        return False

    def done(self, result: int) -> None:
        """Let go of the document with the dialog, after the work that still reads it."""
        super().done(result)
        self._jobs.run(self, lambda _job: self._paper.close(), lambda _nothing: None)

    def zoom_to(self, zoom: float) -> None:
        """Show the pages at a zoom: 1.0 is their true size, 0 the width of the window."""
        self._zoom = zoom
        self._apply_zoom()

    def offer(self, words: str, keys: str, do: Callable[[], None]) -> None:
        """Offer something more that can be done with this paper, by a button and its keys."""
        button = QPushButton(words)
        button.setAutoDefault(False)
        button.setShortcut(keys)
        button.clicked.connect(do)
        self._row.insertWidget(self._row.count() - 2, button)

    def print_paper(self) -> None:
        """Print, then ask whether the paper came out."""
        if not self._printer.currentText():
            return
        printer = self._printers.open(self._printer.currentText())
        printer.setDocName(self._file_name)
        copies = self._copies.value()
        self._print.setEnabled(False)
        self._jobs.run(
            self,
            lambda job: send(self._outgoing, printer, copies, job),
            lambda _nothing: self._ask_whether_printed(),
            failed=self._not_printed,
            title=_("Printing"),
        )

    def save_pdf(self) -> None:
        """Save the paper as a file: where, is asked before it gets its number."""
        target = asking.ask(asking.PDF, self, self._file_name)
        if target:
            self._jobs.run(
                self,
                asking.over(target, lambda job: self._outgoing.save(target, job.step)),
                lambda _nothing: self._saved(target),
                title=_("Saving the PDF"),
            )

    def _saved(self, target: Path) -> None:
        """Say where the file is, and what one more would be; Enter does not save once more."""
        said = [_("Saved: {path}").format(path=target)]
        if self._outgoing.hint:
            said.append(_("Printing or saving once more takes the next number."))
        self._told.setText(display(" · ".join(said)))
        (self._print if self._print.isEnabled() else self._scroll).setFocus()

    def _make_scroll(self) -> QScrollArea:
        desk = QWidget()
        column = QVBoxLayout(desk)
        column.setSpacing(12)
        for page in self._pages:
            column.addWidget(page, 0, Qt.AlignmentFlag.AlignHCenter)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(desk)
        scroll.setAccessibleName(_("Pages"))
        return scroll

    def _zoom_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(QLabel(_("{count} pages").format(count=len(self._pages))))
        self._told.setWordWrap(True)
        row.addWidget(self._told, 1)
        for name, words, keys, step in (
            ("zoom_out", _("Smaller (Ctrl+-)"), "Ctrl+-", 1 / _STEP),
            ("fit_width", _("As wide as the window (Ctrl+0)"), "Ctrl+0", 0.0),
            ("zoom_in", _("Larger (Ctrl++)"), "Ctrl++", _STEP),
        ):
            button = QToolButton()
            button.setIcon(icons.icon(name))
            button.setToolTip(words)
            button.setAccessibleName(words)
            button.setShortcut(keys)
            button.clicked.connect(lambda _on=False, step=step: self.zoom_to(step * self._shown()))
            row.addWidget(button)
        return row

    def _print_row(self) -> QHBoxLayout:
        self._save.setShortcut("Ctrl+S")
        self._save.clicked.connect(self.save_pdf)
        self._print.setProperty("primary", True)
        self._print.setDefault(True)
        self._print.clicked.connect(self.print_paper)
        row = QHBoxLayout()
        if self._printer.count():
            for words, field in ((_("Printer"), self._printer), (_("Copies"), self._copies)):
                row.addWidget(QLabel(words))
                row.addWidget(field)
        else:
            row.addWidget(
                QLabel(_("No printer is installed: save the PDF and print it elsewhere."))
            )
            self._printer.hide()
            self._copies.hide()
            self._print.setEnabled(False)
        row.addStretch(1)
        row.addWidget(self._save)
        row.addWidget(self._print)
        return row

    def _shown(self) -> float:
        """Return the zoom in use, whether it was chosen or fits the window."""
        return self._pages[0].zoom

    def _apply_zoom(self) -> None:
        room = self._scroll.viewport().width() - 2 * self._scroll.contentsMargins().left() - 30
        for page, (width, _height) in zip(self._pages, self._paper.sizes, strict=True):
            fitting = room / (width / POINTS_AN_INCH * self.logicalDpiX())
            page.set_zoom(max(_LEAST, min(_MOST, self._zoom or fitting)))

    def _ask_whether_printed(self) -> None:
        self._print.setEnabled(True)
        self._print.setFocus()
        boxes.ask(
            self,
            _("Did every page come out right? Press 1, 2 or 3. The answer is noted."),
            {
                _("&1  All came out"): self._came_out,
                _("&2  Did not come out"): lambda: self._note(FAILED),
                _("&3  Not sure"): lambda: self._note(UNSURE),
            },
            icon="print",
        )

    def _came_out(self) -> None:
        self._note(CAME)
        self.accept()

    def _note(self, said: str) -> None:
        self._jobs.run(self, lambda _job: self._outgoing.answer(said), lambda _nothing: None)

    def _not_printed(self, error: Exception) -> None:
        self._print.setEnabled(True)
        messages.show(error, self)


_STEP = 1.25
_LEAST, _MOST = 0.25, 4.0


class _Page(QWidget):
    """One page; it is drawn when it is first looked at, off the window's thread."""

    def __init__(self, paper: Paper, number: int, jobs: Jobs) -> None:
        super().__init__()
        self.zoom = 1.0
        self._paper = paper
        self._number = number
        self._jobs = jobs
        self._picture: QImage | None = None
        self._asked = 0.0
        words = _("Page {number} of {count}")
        self.setAccessibleName(words.format(number=number + 1, count=len(paper.sizes)))

    def set_zoom(self, zoom: float) -> None:
        """Give the page the size it has at a zoom."""
        self.zoom = zoom
        inches = (side / POINTS_AN_INCH for side in self._paper.sizes[self._number])
        self.setFixedSize(QSize(*(round(side * zoom * self.logicalDpiX()) for side in inches)))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the page, or white paper until its picture is there."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        dots = self.zoom * self.logicalDpiX() * self.devicePixelRatio()
        if self._asked != dots:
            self._asked = dots
            self._jobs.read(
                self,
                lambda _job: self._paper.picture(self._number, dots),
                self._take,
                replace=f"page {id(self)}",
            )
        if self._picture is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self.rect(), self._picture)
        painter.setPen(Qt.GlobalColor.gray)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _take(self, picture: QImage) -> None:
        self._picture = picture
        self.update()
