"""Sending the records to the centre: where to, progress with cancel, and what came of it."""

from pathlib import Path

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.core.errors import Cancelled, UserError
from app.core.i18n import _
from app.services.desk import Desk
from app.ui import icons, messages, theme
from app.ui.jobs import Job, Jobs
from app.ui.wrapping import display

LAST_FOLDER = "export_folder"


class ExportDialog(QDialog):
    """One bundle into a folder or onto a USB drive; the drive is remembered."""

    exported = Signal()

    def __init__(self, desk: Desk, jobs: Jobs, settings: QSettings, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Send to the centre"))
        self._desk = desk
        self._jobs = jobs
        self._settings = settings
        self._job: Job | None = None
        self._folder = QLineEdit(str(settings.value(LAST_FOLDER) or ""))
        self._folder.setObjectName("folder")
        self._folder.setAccessibleName(_("Folder or USB drive"))
        self._bar = QProgressBar()
        self._bar.setAccessibleName(_("Progress"))
        self._bar.hide()
        self._result = QLabel()
        self._result.setWordWrap(True)
        self._result.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._start = QPushButton(_("Write the file"))
        self._start.setProperty("primary", True)
        self._start.clicked.connect(self._export)
        self._stop = QPushButton(_("Close"))
        self._stop.clicked.connect(self.reject)
        self._lay_out()
        jobs.stepped.connect(self._stepped)
        (self._start if self._folder.text() else self._folder).setFocus()

    def reject(self) -> None:
        """Cancel while it is being written, else close; a cancelled file leaves nothing behind."""
        if self._job is not None:
            self._job.cancel()
            self._ended(_("Stopped. Nothing was written and nothing was changed."))
            return
        super().reject()

    def _lay_out(self) -> None:
        words = QLabel(
            display(
                _(
                    "All changes that the centre has not acknowledged yet go into one sealed file. "
                    "Only the centre can read it."
                )
            )
        )
        words.setWordWrap(True)
        label = QLabel(_("Folder or USB drive"))
        label.setBuddy(self._folder)
        browse = QPushButton(icons.icon("folder"), _("Choose…"))
        browse.clicked.connect(self._browse)
        where = QHBoxLayout()
        where.addWidget(self._folder, 1)
        where.addWidget(browse)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._start)
        buttons.addWidget(self._stop)
        column = QVBoxLayout(self)
        for part in (words, label):
            column.addWidget(part)
        column.addLayout(where)
        column.addWidget(self._bar)
        column.addWidget(self._result, 1)
        column.addLayout(buttons)
        self.resize(theme.characters(self, 72), theme.line_height(self) * 10)

    def _browse(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self, _("Folder or USB drive"), self._folder.text()
        )
        if chosen:
            self._folder.setText(chosen)

    def _export(self) -> None:
        from app.services import bundles  # the seals and keys are read on first use

        folder = Path(self._folder.text().strip())
        if not self._folder.text().strip() or not folder.is_dir():
            self._say(_("This folder is not there. Plug in the drive or choose another."), "bad")
            self._folder.setFocus()
            return
        self._start.setEnabled(False)
        self._stop.setText(_("Cancel"))
        self._bar.setRange(0, 0)
        self._bar.show()
        self._say("", "")
        self._job = self._jobs.run(
            self,
            lambda job: bundles.export(self._desk.store, folder, step=job.step),
            self._done,
            failed=self._failed,
        )

    def _stepped(self, job: Job, done: int, total: int) -> None:
        if job is self._job:
            self._bar.setRange(0, total)
            self._bar.setValue(done)
            self._bar.setFormat(
                _("{done} of {total} lines").format(done=f"{done:,}", total=f"{total:,}")
            )

    def _done(self, sealed: object) -> None:
        from app.sync.bundle import Sealed

        assert isinstance(sealed, Sealed)  # noqa: S101 (for the type checker)
        self._settings.setValue(LAST_FOLDER, self._folder.text())
        count = sum(sealed.counts.values())
        self._ended(
            _("{count} lines are in the file {name}. Check code: {code}").format(
                count=f"{count:,}", name=sealed.path.name, code=spoken_code(sealed.content_id)
            ),
            "good",
        )
        self.exported.emit()

    def _failed(self, error: Exception) -> None:
        if isinstance(error, Cancelled):
            return
        if isinstance(error, UserError):
            self._ended(error.sentence, "bad")
        else:
            self._ended("", "")
            messages.show(error, self)

    def _ended(self, words: str, tone: str = "quiet") -> None:
        self._job = None
        self._bar.hide()
        self._start.setEnabled(True)
        self._stop.setText(_("Close"))
        self._say(words, tone)
        self._stop.setFocus()

    def _say(self, words: str, tone: str) -> None:
        theme.mark(self._result, "tone", tone)
        self._result.setText(display(words))


def spoken_code(content_id: str) -> str:
    """Give the part of a content id that is read over the telephone: four groups of four."""
    return " ".join(content_id[at : at + 4].upper() for at in range(0, 16, 4))
