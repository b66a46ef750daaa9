"""What the status bar shows while long work goes on."""

import time

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from app.core.i18n import _
from app.ui.frame.jobs import Job, Jobs
from app.ui.widgets import icons, theme


class BusyBar(QWidget):
    """Nothing for two seconds, then a word, after five a bar with count and cancel."""

    def __init__(self, jobs: Jobs, *, word_after: float = 2.0, bar_after: float = 5.0) -> None:
        super().__init__()
        self._word_after = word_after
        self._bar_after = bar_after
        self._jobs: dict[Job, float] = {}
        self._picture = QLabel()
        self._picture.setPixmap(icons.picture("busy", self))
        self._words = QLabel()
        self._bar = QProgressBar()
        self._bar.setFixedWidth(theme.characters(self, 24))
        self._bar.setAccessibleName(_("Progress"))
        self._cancel = QPushButton(_("Cancel"))
        self._cancel.clicked.connect(self._cancel_first)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for part in (self._picture, self._words, self._bar, self._cancel):
            row.addWidget(part)
        self._clock = QTimer(self, interval=200)
        self._clock.timeout.connect(self._look)
        jobs.started.connect(self._started)
        jobs.stepped.connect(self._stepped)
        jobs.ended.connect(self._ended)
        self._look()

    def _started(self, job: Job) -> None:
        if job.title:
            self._jobs[job] = time.monotonic()
            self._clock.start()

    def _stepped(self, job: Job, done: int, total: int) -> None:
        if job is next(iter(self._jobs), None):
            self._bar.setRange(0, total)
            self._bar.setValue(done)
            self._bar.setFormat(f"{done:,} / {total:,}")

    def _ended(self, job: Job) -> None:
        self._jobs.pop(job, None)
        self._bar.setRange(0, 0)
        if not self._jobs:
            self._clock.stop()
        self._look()

    def _look(self) -> None:
        """Show what the age of the job at work asks for."""
        job = next(iter(self._jobs), None)
        age = time.monotonic() - self._jobs[job] if job else 0.0
        self._words.setText(job.title if job else "")
        self._picture.setVisible(job is not None and age >= self._word_after)
        self._words.setVisible(job is not None and age >= self._word_after)
        self._bar.setVisible(job is not None and age >= self._bar_after)
        self._cancel.setVisible(job is not None and age >= self._bar_after)

    def _cancel_first(self) -> None:
        next(iter(self._jobs)).stop()
        self._cancel.setVisible(False)
