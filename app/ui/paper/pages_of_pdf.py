"""Pages of a PDF as pictures, and onto paper: the very bytes, never laid out again."""

from collections.abc import Sequence
from typing import Any

import pypdfium2
from PySide6.QtCore import QMarginsF, QRect, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from app.core.errors import Cancelled, UserError
from app.core.i18n import _
from app.reports.layout.joined import ONE_AT_A_TIME
from app.ui.frame.jobs import Job

POINTS_AN_INCH = 72


class Paper:
    """A PDF document; safe to use from any thread, the renderer itself is not."""

    def __init__(self, pdf: bytes) -> None:
        self.pdf = pdf
        with ONE_AT_A_TIME:
            self._document: Any = pypdfium2.PdfDocument(pdf)
            self.sizes: list[tuple[float, float]] = [page.get_size() for page in self._document]

    def picture(self, page: int, dots_an_inch: float) -> QImage:
        """Draw a page, counted from 0, at a resolution."""
        with ONE_AT_A_TIME:
            bitmap = self._document[page].render(scale=dots_an_inch / POINTS_AN_INCH)
            return QImage(
                bitmap.buffer,
                bitmap.width,
                bitmap.height,
                bitmap.stride,
                QImage.Format.Format_BGR888,
            ).copy()

    def close(self) -> None:
        """Let go of the document; pictures that were drawn stay."""
        with ONE_AT_A_TIME:
            self._document.close()


def print_pages(papers: Sequence[Paper], printer: QPrinter, job: Job) -> None:
    """Send papers to a printer at its own resolution, one point of the form one on paper.

    Each begins on a new sheet where the printer prints both sides. Raises UserError when the
    printer does not take the pages.
    """
    printer.setFullPage(True)
    printer.setCopyCount(1)  # each copy is a paper of its own, with its own number
    both_sides = printer.duplex() != QPrinter.DuplexMode.DuplexNone
    sides = _sides(papers, both_sides=both_sides)
    painter = QPainter()
    try:
        for done, (paper, page) in enumerate(sides):
            job.step(done, len(sides))
            printer.setPageLayout(_layout(*paper.sizes[max(page, 0)]))
            if not (printer.newPage() if painter.isActive() else painter.begin(printer)):
                raise UserError(
                    _("The printer does not answer. Check that it is on, then print again."),
                    code="printer",
                )
            if page != _BLANK:
                _draw(painter, printer, paper, page)
    except Cancelled:
        printer.abort()
        raise
    finally:
        if painter.isActive():
            painter.end()


_BLANK = -1  # the back of a sheet on which nothing is printed


def _sides(papers: Sequence[Paper], *, both_sides: bool) -> list[tuple[Paper, int]]:
    sides: list[tuple[Paper, int]] = []
    for paper in papers:
        if both_sides and len(sides) % 2:
            sides.append((paper, _BLANK))
        sides += [(paper, page) for page in range(len(paper.sizes))]
    return sides


def _layout(width: float, height: float) -> QPageLayout:
    upright = QSizeF(min(width, height), max(width, height))
    size = QPageSize(upright, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    lying = width > height
    orientation = QPageLayout.Orientation.Landscape if lying else QPageLayout.Orientation.Portrait
    return QPageLayout(size, orientation, QMarginsF(0, 0, 0, 0))


def _draw(painter: QPainter, printer: QPrinter, paper: Paper, page: int) -> None:
    resolution = printer.resolution()
    width, height = (round(side * resolution / POINTS_AN_INCH) for side in paper.sizes[page])
    painter.drawImage(QRect(0, 0, width, height), paper.picture(page, resolution))
