"""Sending to the centre in five steps; Enter goes on, Esc stops and leaves nothing behind."""

import itertools
from pathlib import Path

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.core.errors import Cancelled, UserError
from app.core.i18n import _
from app.services import exchange
from app.services.exchange import Preflight, Waiting
from app.services.office.desk import Desk
from app.services.office.scans import LostScan
from app.sync.bundle import Sealed
from app.ui.exchange.export_steps import TITLES, CheckStep, DoneStep, WhatStep, WritingStep
from app.ui.exchange.export_where import Place, WhereStep
from app.ui.exchange.hand_over_dialog import HandOverDialog
from app.ui.frame import asking, boxes, messages
from app.ui.frame.jobs import Job, Jobs
from app.ui.widgets import theme

_WHAT, _CHECKS, _WHERE, _WRITING, _DONE = range(5)


class ExportDialog(QDialog):
    """One file for the centre, into a folder or onto a USB drive."""

    exported = Signal()
    record_asked = Signal(str, str)

    def __init__(self, desk: Desk, jobs: Jobs, settings: QSettings, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Send to the centre"))
        self._desk = desk
        self._jobs = jobs
        self._checking: Job | None = None
        self._writing: Job | None = None
        self._sealed: Sealed | None = None
        self._files: list[Path] = []
        self._what = WhatStep()
        self._checks = CheckStep()
        self._checks.record_asked.connect(self._open_record)
        self._where = WhereStep(settings, jobs)
        self._progress = WritingStep()
        self._end = DoneStep(self._print_cover, self._ask_to_whom)
        self._steps = QStackedWidget()
        self._path = [QLabel(f"{number}  {_(title)}") for number, title in enumerate(TITLES, 1)]
        self._back = QPushButton(_("Back"))
        self._back.clicked.connect(lambda: self._go(self._steps.currentIndex() - 1))
        self._next = QPushButton(_("Next (Enter)"))
        self._next.setProperty("primary", True)
        self._next.setDefault(True)
        self._next.clicked.connect(self._go_on)
        self._close = QPushButton(_("Close"))
        self._close.clicked.connect(self.reject)
        self._lay_out()
        jobs.stepped.connect(self._stepped)
        self._look()

    def reject(self) -> None:
        """Stop what is under way and wait for how it ends; else, or when asked again, close.

        A file that was stopped leaves nothing behind; one that was sealed already goes out.
        """
        self._stop_checking()
        if self._writing is not None and not self._writing.stopped:
            self._writing.stop()
            self._progress.say_stopping()
            return
        super().reject()

    def _lay_out(self) -> None:
        path = QHBoxLayout()
        for number, label in enumerate(self._path):
            path.addWidget(label)
            if number < len(self._path) - 1:
                path.addWidget(QLabel("›"))
        path.addStretch(1)
        for step in (self._what, self._checks, self._where, self._progress, self._end):
            self._steps.addWidget(step)
        buttons = QHBoxLayout()
        buttons.addWidget(self._back)
        buttons.addStretch(1)
        buttons.addWidget(self._next)
        buttons.addWidget(self._close)
        column = QVBoxLayout(self)
        column.addLayout(path)
        column.addWidget(self._steps, 1)
        column.addLayout(buttons)
        self.resize(theme.characters(self, 88), theme.line_height(self) * 13)
        where = self._where
        order = (where.mail, where.megabytes, where.folder, self._next, self._close, self._back)
        for before, after in itertools.pairwise((*order, where.browse)):
            self.setTabOrder(before, after)
        for keys, do in (("Ctrl+P", self._print_cover), ("Ctrl+H", self._ask_to_whom)):
            QShortcut(QKeySequence(keys), self).activated.connect(do)
        self._go(_WHAT)
        self._next.setEnabled(False)

    def _look(self) -> None:
        """See what there is to send and begin to check it while the clerk reads."""
        self._jobs.run(
            self,
            lambda _job: (
                exchange.centre_fingerprint(self._desk.store),
                exchange.waiting_by_type(self._desk.store),
            ),
            self._show_what,
            failed=self._nothing_to_send,
        )

    def _show_what(self, found: tuple[str, Waiting]) -> None:
        fingerprint, waiting = found
        if not waiting.lines:
            self._what.say(_("There is nothing new to send: the centre has everything."))
            self._close.setFocus()
            return
        self._what.show_waiting(waiting, fingerprint)
        self._next.setEnabled(True)
        self._next.setFocus()
        self._checking = self._jobs.run(
            self,
            lambda job: exchange.preflight(self._desk.store, step=job.step),
            self._checked,
            failed=self._not_checked,
        )

    def _nothing_to_send(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self._what.say(error.sentence)
        else:
            messages.show(error, self)
        self._close.setFocus()

    def _checked(self, found: Preflight) -> None:
        self._checking = None
        self._checks.show_verdict(found)

    def _not_checked(self, error: Exception) -> None:
        self._checking = None
        if isinstance(error, UserError):
            self._checks.say(error.sentence)
        else:
            messages.show(error, self)

    def _stop_checking(self) -> None:
        if self._checking is not None:
            self._checking.cancel()
            self._checking = None
            self._checks.say(_("The check was left out."))

    def _go_on(self) -> None:
        at = self._steps.currentIndex()
        if at == _WHERE:
            place = self._where.chosen()
            if place:
                self._write(place)
        elif at < _WHERE:
            self._go(at + 1)

    def _go(self, step: int) -> None:
        self._steps.setCurrentIndex(step)
        for number, label in enumerate(self._path):
            theme.mark(label, "tone", "heading" if number == step else "quiet")
        self._back.setVisible(step in (_CHECKS, _WHERE))
        self._next.setVisible(step <= _WHERE)
        words = _("Write the file (Enter)") if step == _WHERE else _("Next (Enter)")
        self._next.setText(words)
        self._close.setText(_("Cancel") if step < _DONE else _("Close (Enter)"))
        if step == _WHERE and not self._where.folder.text():
            self._where.folder.setFocus()
        elif step <= _WHERE:
            self._next.setFocus()
        else:
            self._close.setFocus()

    def _write(self, place: Place) -> None:
        self._stop_checking()
        self._progress.begin()
        self._go(_WRITING)
        self._writing = self._jobs.run(
            self,
            asking.over(place.folder, lambda job: _export(self._desk, place, job)),
            lambda made: self._written(place, *made),
            failed=self._not_written,
        )

    def _stepped(self, job: Job, done: int, total: int) -> None:
        if job is self._writing:
            self._progress.step(done, total)
        elif job is self._checking:
            self._checks.step(done, total)

    def _written(self, place: Place, sealed: Sealed, files: list[Path]) -> None:
        too_late = self._writing is not None and self._writing.stopped
        self._writing = None
        self._sealed, self._files = sealed, files
        self._where.remember(place)
        self._end.show_sealed(sealed, files, too_late=too_late)
        self._go(_DONE)
        self._make_room()
        self.exported.emit()
        self._jobs.read(
            self, lambda _job: exchange.left_out(self._desk.store, sealed), self._say_left_out
        )

    def _say_left_out(self, lost: list[LostScan]) -> None:
        if lost:
            words = "\n".join(each.sentence for each in lost)
            boxes.tell(words, self, icon="caution")

    def _make_room(self) -> None:
        """Grow to the height of the text: a dialog does not know it of lines that wrap."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.resize(self.width(), max(self.height(), layout.totalHeightForWidth(self.width())))

    def _not_written(self, error: Exception) -> None:
        self._writing = None
        if isinstance(error, Cancelled):
            self._fail(_("Stopped. Nothing was written and nothing was changed."))
        elif isinstance(error, UserError):
            self._fail(error.sentence)
        else:
            self._go(_WHERE)
            messages.show(error, self)

    def _fail(self, words: str) -> None:
        self._end.show_failure(words)
        self._go(_DONE)

    def _open_record(self, type_: str, record_id: str) -> None:
        self.reject()
        self.record_asked.emit(type_, record_id)

    def _print_cover(self) -> None:
        if self._sealed is not None:
            from app.ui.exchange.cover_sheet import (
                show_cover_sheet,  # the forms are read on first use
            )

            name, parts = self._sealed.envelope.name, len(self._files)
            show_cover_sheet(self, self._desk, self._jobs, name, parts=parts)

    def _ask_to_whom(self) -> None:
        if self._sealed is None:
            return
        name = self._sealed.envelope.name
        self._jobs.read(
            self,
            lambda _job: exchange.receivers(self._desk.store),
            lambda known: HandOverDialog(name, known, self._hand_over, self).open(),
        )

    def _hand_over(self, to: str, at: str) -> None:
        assert self._sealed is not None  # noqa: S101 (asked for a sealed file only)
        name = self._sealed.envelope.name
        self._jobs.run(
            self,
            lambda _job: exchange.hand_over(self._desk.store, name, to=to, at=at),
            lambda _nothing: self._noted(to),
        )

    def _noted(self, to: str) -> None:
        self._end.say_handed_over(to)
        self.exported.emit()
        self._close.setFocus()


def _export(desk: Desk, place: Place, job: Job) -> tuple[Sealed, list[Path]]:
    """Write the file, whole or in parts; return what was sealed and the files that go."""
    if place.megabytes is None:
        sealed = exchange.export(desk.store, place.folder, step=job.step)
        return sealed, [sealed.path]
    return exchange.export_parts(desk.store, place.folder, megabytes=place.megabytes, step=job.step)
