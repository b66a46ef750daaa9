"""Pictures of the window, for people to look at: every page on real data, without a screen."""

import os
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import (
    QEventLoop,
    QMessageLogContext,
    QSettings,
    QSize,
    Qt,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtGui import QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPushButton, QWidget
from shiboken6 import isValid

from app.core.i18n import _
from app.services.office.desk import Desk
from app.services.printing import printing
from app.services.records import search
from app.ui.exchange.export_dialog import ExportDialog
from app.ui.exchange.hand_over_dialog import HandOverDialog
from app.ui.fields.file_view import FileView
from app.ui.frame.front import OUTBOX
from app.ui.frame.jobs import Jobs
from app.ui.paper.outgoing_papers import Unnumbered
from app.ui.paper.paper_preview import PaperPreview, Printout
from app.ui.records.page import pages
from app.ui.shell import start
from app.ui.shell.navigation import entries
from app.ui.shell.sign_in import FirstDay, SignIn
from app.ui.shell.window import Window

SIZE = QSize(1366, 768)
_LAST_DAILY = 9  # the last place that a day's work goes to


def take_main(desk: Desk, folder: Path) -> list[Path]:
    """Draw the doors, the pages of the day's work and the dialogs into `folder`.

    The pictures have the size of a clerk's screen, 1366 x 768, at every scale. Returns the files.
    """
    return _taken(desk, folder, (_Studio.doors, _Studio.daily_pages, _Studio.dialogs))


def take_all(desk: Desk, folder: Path) -> list[Path]:
    """Draw what take_main does, the other pages, each page's empty form, each step of sending."""
    scenes = (_Studio.doors, _Studio.pages, _Studio.dialogs, _Studio.sending)
    return _taken(desk, folder, scenes)


def take_pages(desk: Desk, folder: Path) -> list[Path]:
    """Draw every page with a record into `folder`, as take_all does."""
    return _taken(desk, folder, (_Studio.pages,))


def take_some(desk: Desk, folder: Path, names: Sequence[str], mark: str) -> list[Path]:
    """Draw the pages of these names into `folder`, each with its first record open.

    `mark` is written in the corner of each picture: that its people are invented.
    """

    def scene(studio: _Studio) -> None:
        studio.mark = mark
        for name in names:
            studio.page(name)

    return _taken(desk, folder, (scene,))


def _taken(desk: Desk, folder: Path, scenes: Sequence[Callable[["_Studio"], None]]) -> list[Path]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication([])
    if not isinstance(app, QApplication):
        raise AssertionError(app)
    before = qInstallMessageHandler(_say)
    start.dress(app)
    folder.mkdir(parents=True, exist_ok=True)
    settings = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
    studio = _Studio(app, desk, folder, settings)
    try:
        for scene in scenes:
            scene(studio)
    finally:
        studio.close()
        (folder / "window.ini").unlink(missing_ok=True)
        qInstallMessageHandler(before)
    return studio.files


def _say(_kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    """Pass Qt's words on, but for what it says of every window without a screen."""
    if "propagateSizeHints" not in text:
        sys.stderr.write(text + "\n")


class _Studio:
    """One window on one desk, and the pictures taken of it."""

    def __init__(self, app: QApplication, desk: Desk, folder: Path, settings: QSettings) -> None:
        self.files: list[Path] = []
        self.mark = ""
        self._app = app
        self._desk = desk
        self._folder = folder
        self._settings = settings
        self._jobs = Jobs()
        self._window = Window(desk, self._jobs, settings)
        self._size = SIZE / app.devicePixelRatio()
        self._window.resize(self._size)
        self._window.show()

    def doors(self) -> None:
        """Draw the sign-in and the first day."""
        for name, door in (("sign-in", SignIn), ("first-day", FirstDay)):
            card = door(self._folder, self._jobs, self._settings)
            frame = start.framed(card)
            frame.resize(self._size)
            frame.show()
            card.begin()
            self._grab(frame, name)
            frame.close()

    def daily_pages(self) -> None:
        """Draw the pages of the digits 1 to 9, each with its first record open."""
        for entry in entries():
            if 1 <= entry.place <= _LAST_DAILY:
                self.page(entry.name)

    def pages(self) -> None:
        """Draw every page with its first record open, and with a new one."""
        for entry in entries():
            self.page(entry.name)
            if entry.name in pages():
                self._window.show_page(entry.name).new()
                self._grab(self._window, f"{entry.name}-new")
        self._window.bring(OUTBOX)
        self._settle()
        QTest.keyClick(self._window.front.focusWidget() or self._window, Qt.Key.Key_Down)
        QTest.keyClick(self._window.front.focusWidget() or self._window, Qt.Key.Key_Down)
        self._grab(self._window, "outbox-returned")

    def page(self, name: str) -> None:
        """Draw a page by its name in the navigation, with its first record open if it has one."""
        self._window.bring(name)
        if name in pages():
            numbers = search.rows(self._desk.store, name)
            if numbers:
                (row,) = search.page(self._desk.store, name, numbers[:1])
                self._window.show_page(name).open(row.id)
        self._grab(self._window, name)

    def dialogs(self) -> None:
        """Draw the preview of a paper, the box that finds everything, sending, and a scan."""
        form = printing.forms_of("group")[0]
        pdf = printing.sample(form.name)
        done = PaperPreview(
            Printout(pdf, form.title, "sample.pdf"),
            self._jobs,
            Unnumbered(pdf),
            parent=self._window,
        )
        done.open()
        self._grab(done, "paper-preview")
        done.close()
        done.deleteLater()
        self._window.find_anything()
        self._grab_top("find")
        self._window.export()
        self._grab_top("export-1")
        who = HandOverDialog("OTG-15-KMPT-000123-D", ["นายเกษม คำแสน"], print, self._window)
        who.open()
        self._grab(who, "hand-over")
        who.close()
        paper = printing.sample("member_list")
        view = FileView("scan.pdf", _("File"), lambda _name: paper, self._jobs, self._window)
        view.open()
        self._grab(view, "scan")
        view.close()

    def sending(self) -> None:
        """Draw the steps of sending after the first."""
        self._window.export()
        self._settle()
        dialogs = self._window.findChildren(ExportDialog)
        for dialog in (each for each in dialogs if each.isVisible()):
            for number in (2, 3):
                button = dialog.focusWidget()
                if not isinstance(button, QPushButton) or not button.isDefault():
                    break  # nothing waits
                button.click()
                self._settle()
                if not isValid(dialog) or not dialog.isVisible():
                    break  # there was nothing to send, and the button closed it
                self._grab(dialog, f"export-{number}")
            else:
                self._write(dialog)
            if isValid(dialog):
                dialog.close()

    def _write(self, dialog: ExportDialog) -> None:
        """Draw the writing of a file, and what came of it."""
        drive = self._folder / "usb"
        drive.mkdir(exist_ok=True)
        folder = dialog.findChild(QLineEdit, "folder")
        write = next(each for each in dialog.findChildren(QPushButton) if each.isDefault())
        assert folder is not None  # noqa: S101 (the step has one)
        folder.setText(str(drive))
        self._settle()
        write.click()
        if layout := dialog.layout():
            layout.activate()
        self._draw(dialog, "export-4")  # before the worker has answered
        self._grab(dialog, "export-5")
        shutil.rmtree(drive)

    def close(self) -> None:
        """Let go of the window and its workers."""
        self._jobs.close()
        self._window.deleteLater()
        self._app.processEvents()

    def _grab_top(self, name: str) -> None:
        self._settle()
        for dialog in self._window.findChildren(QDialog):
            if dialog.isVisible():
                self._grab(dialog, name)
                dialog.close()

    def _grab(self, widget: QWidget, name: str) -> None:
        self._settle()
        self._draw(widget, name)

    def _draw(self, widget: QWidget, name: str) -> None:
        path = self._folder / f"{name}.png"
        picture = widget.grab()
        if self.mark:
            corner = picture.rect().adjusted(16, 0, 0, -6)
            with QPainter(picture) as painter:
                painter.setFont(widget.font())
                painter.drawText(corner, Qt.AlignmentFlag.AlignBottom, self.mark)
        picture.save(str(path))
        self.files.append(path)

    def _settle(self) -> None:
        """Wait until no job is at work and what it brought is drawn."""
        self._app.processEvents()
        while self._jobs.is_busy():  # the end of a job is an event
            self._app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        self._app.processEvents()
