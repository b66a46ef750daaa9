"""Looking at an attached scan inside the window: its bytes never touch the disk in the clear."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.core.errors import UserError
from app.core.i18n import _
from app.ui.frame import messages
from app.ui.frame.jobs import Job, Jobs
from app.ui.widgets import theme

Content = Callable[[str], bytes]  # the name of a file in a record -> what is in it


class FileView(QDialog):
    """The pages of a PDF or the one picture, as wide as the window at first."""

    def __init__(
        self, name: str, title: str, content: Content, jobs: Jobs, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._zoom = 1.0  # times the width of the window
        self._pictures: list[QImage] = []
        self._labels: list[QLabel] = []
        self._sheet = QWidget()
        self._column = QVBoxLayout(self._sheet)
        self._column.setSpacing(12)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setWidget(self._sheet)
        self._area.setAccessibleName(title)
        self._area.viewport().installEventFilter(self)
        self._words = QLabel(_("Opening the file…"))
        column = QVBoxLayout(self)
        column.addWidget(self._area, 1)
        column.addLayout(self._button_row())
        theme.open_large(self)
        self._area.setFocus()
        jobs.run(self, lambda job: _pictures(name, content, job), self._show, failed=self._fail)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the pages as wide as their room."""
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return False

    def zoom_by(self, factor: float) -> None:
        """Show the pages larger or smaller; 0 is as wide as the window again."""
        self._zoom = max(_LEAST, min(_MOST, self._zoom * factor)) if factor else 1.0
        self._fit()

    def _button_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self._words)
        row.addStretch(1)
        for words, keys, factor in (
            (_("Smaller (Ctrl+-)"), "Ctrl+-", 0.8),
            (_("As wide as the window (Ctrl+0)"), "Ctrl+0", 0.0),
            (_("Larger (Ctrl++)"), "Ctrl++", 1.25),
        ):
            button = QPushButton(words)
            button.setShortcut(keys)
            button.clicked.connect(lambda _on=False, factor=factor: self.zoom_by(factor))
            row.addWidget(button)
        close = QPushButton(_("Close"))
        close.clicked.connect(self.reject)
        row.addWidget(close)
        return row

    def _show(self, pictures: list[QImage]) -> None:
        self._pictures = pictures
        self._words.setText(_("{count} pages").format(count=len(pictures)))
        for number in range(len(pictures)):
            label = QLabel()
            words = _("Page {number} of {count}")
            label.setAccessibleName(words.format(number=number + 1, count=len(pictures)))
            self._column.addWidget(label, 0, Qt.AlignmentFlag.AlignHCenter)
            self._labels.append(label)
        self._column.addStretch(1)
        self._fit()

    def _fail(self, error: Exception) -> None:
        parent = self.parentWidget()
        self.reject()
        messages.show(error, parent)

    def _fit(self) -> None:
        ratio = self.devicePixelRatio()
        room = max(self._area.viewport().width() - 30, 60)
        for label, picture in zip(self._labels, self._pictures, strict=True):
            natural = picture.width() * 96 / _DOTS if len(self._pictures) > 1 else picture.width()
            wide = round(min(room, max(natural, room / 2)) * self._zoom * ratio)
            mode = Qt.TransformationMode.SmoothTransformation
            pixels = QPixmap.fromImage(picture.scaledToWidth(wide, mode))
            pixels.setDevicePixelRatio(ratio)
            label.setPixmap(pixels)
            label.setFixedSize(pixels.deviceIndependentSize().toSize())


_LEAST, _MOST = 0.3, 4.0
_DOTS = 144  # dots an inch at which pages are drawn
_PAGES = 30  # pages of a PDF that are drawn; a scan has few


def _pictures(name: str, content: Content, job: Job) -> list[QImage]:
    """Draw what is in a file, in memory alone. Raises UserError where it cannot be drawn."""
    inside = content(name)
    try:
        found = _pages(inside, job) if name.endswith(".pdf") else [QImage.fromData(inside)]
    except ValueError as error:
        raise _damaged() from error
    if any(picture.isNull() for picture in found):
        raise _damaged()
    return found


def _pages(pdf: bytes, job: Job) -> list[QImage]:
    from pypdfium2 import PdfiumError  # the renderer is read on first use

    from app.ui.paper.pages_of_pdf import Paper

    try:
        paper = Paper(pdf)
    except PdfiumError as error:
        raise ValueError from error
    try:
        count = min(len(paper.sizes), _PAGES)
        pages = []
        for number in range(count):
            job.step(number, count)
            pages.append(paper.picture(number, _DOTS))
        return pages
    finally:
        paper.close()


def _damaged() -> UserError:
    return UserError(
        _("This file cannot be shown: it is damaged. Attach it again."), code="damaged_file"
    )
