"""The check of the whole desk: before the window closes, and once a day while nothing else runs."""

from functools import partial

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QLabel, QMainWindow, QProgressBar, QPushButton, QVBoxLayout

from app.core.errors import UserError
from app.core.i18n import _
from app.services.office import last_check
from app.services.office.desk import Desk
from app.services.office.last_check import Checked
from app.ui.frame import messages
from app.ui.frame.jobs import Job, Jobs
from app.ui.widgets import theme


def _check(desk: Desk, job: Job) -> Checked:
    from app.services.safekeeping import desk_check  # the proof is read when it is wanted

    return desk_check.check(desk.store, step=job.step)


class DailyCheck(QObject):
    """Checks the desk of a window; whatever else is asked for goes first."""

    def __init__(self, window: QMainWindow, desk: Desk, jobs: Jobs) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._jobs = jobs
        self._job: Job | None = None
        self._is_over = False  # checked, or the clerk would not wait
        self._has_said = False  # why a check could not be made
        self.clock = QTimer(self, interval=_LOOK_EVERY)
        self.clock.timeout.connect(self._look)
        self.clock.start()
        jobs.started.connect(self._give_way)

    def at_closing(self, event: QCloseEvent) -> None:
        """Hold the window open for the check, where lines came since the last one."""
        if self._is_over or not self._is_due_at_closing():
            return
        event.ignore()
        dialog = ClosingCheck(self._window, self._desk, self._jobs)
        dialog.finished.connect(self._leave)
        dialog.open()
        dialog.begin()

    def _is_due_at_closing(self) -> bool:
        try:
            return last_check.is_due_at_closing(self._desk.store)
        except UserError:
            return False  # a disk that does not answer keeps nobody from leaving

    def _leave(self) -> None:
        self._is_over = True
        self._window.close()

    def _look(self) -> None:
        """Begin the check of the day, if nothing else is under way."""
        if not self._jobs.is_busy():
            store = self._desk.store
            self._jobs.read(self, lambda _job: last_check.is_due(store), self._begin)

    def _begin(self, is_due: bool) -> None:
        if is_due and not self._jobs.is_busy():
            work = partial(_check, self._desk)
            title = _("Checking the data")
            self._job = self._jobs.run(
                self, work, self._checked, failed=self._not_checked, title=title
            )

    def _checked(self, found: Checked) -> None:
        if found.reason:
            messages.show(UserError(found.sentence), self._window)

    def _not_checked(self, error: Exception) -> None:
        """Say once why there is no verdict; it is tried again at the next look."""
        if not isinstance(error, UserError) or not self._has_said:
            self._has_said = isinstance(error, UserError)
            messages.show(error, self._window)

    def _give_way(self, job: Job) -> None:
        if self._job is not None and job is not self._job and job.title:
            self._job.stop()


class ClosingCheck(QDialog):
    """How far the check is; the clerk may leave without it."""

    def __init__(self, window: QMainWindow, desk: Desk, jobs: Jobs) -> None:
        super().__init__(window)
        self.setWindowTitle(_("Checking before the program closes"))
        self._desk = desk
        self._jobs = jobs
        self._job: Job | None = None
        self._words = QLabel(_("A copy of all data is being checked. Your work is saved already."))
        self._words.setWordWrap(True)
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setAccessibleName(_("Progress"))
        self._leave = QPushButton(_("Close without checking"))
        self._leave.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        for part in (self._words, self._bar, self._leave):
            column.addWidget(part)
        self.resize(theme.characters(self, 60), self.sizeHint().height())
        self.finished.connect(self._stop)
        jobs.stepped.connect(self._stepped)

    def begin(self) -> None:
        """Begin the check; the dialog ends by itself where nothing is wrong."""
        work = partial(_check, self._desk)
        self._job = self._jobs.run(self, work, self._checked, failed=self._failed)

    def _stepped(self, job: Job, done: int, total: int) -> None:
        if job is self._job:
            self._bar.setRange(0, total)
            self._bar.setValue(done)

    def _checked(self, found: Checked) -> None:
        if found.reason:
            self._say(found.sentence)
        else:
            self.accept()

    def _failed(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self._say(error.sentence)
            return
        self.accept()
        messages.show(error, self.parentWidget())

    def _say(self, sentence: str) -> None:
        """Show the fault found, and close once the clerk has read it."""
        self._words.setText(sentence)
        self._bar.hide()
        self._leave.setText(_("Close"))
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.resize(self.width(), layout.totalHeightForWidth(self.width()))

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()


_LOOK_EVERY = 600_000  # milliseconds
