"""Opening the program: its looks and language, one at a time, then the door and the window."""

import os
import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QObject, QSettings, Qt
from PySide6.QtWidgets import QApplication, QMainWindow, QVBoxLayout, QWidget

from app.core import latency, named
from app.core.errors import UserError
from app.core.i18n import _
from app.services.office import desk as desks
from app.services.office.desk import Desk
from app.ui.frame import boxes, messages
from app.ui.frame.jobs import Jobs
from app.ui.shell.daily_check import DailyCheck
from app.ui.shell.idle import Rest
from app.ui.shell.premises import Premises
from app.ui.shell.sign_in import FirstDay, SignIn
from app.ui.shell.ways_back_page import WaysBack
from app.ui.shell.window import LARGE_TEXT, Window
from app.ui.widgets import icons, language, theme
from app.ui.widgets.keyboard import Keyboard
from app.ui.widgets.wrapping import keep_clipboard_plain


def run(folder: Path, file: Path | None = None) -> int:
    """Open the window on the desk in `folder` and stay until it is closed; return the exit code.

    `file` is one of the centre that was double-clicked: it is taken in after the sign-in, or by
    the window that has this desk open already.
    """
    app = QApplication(sys.argv[:1])
    messages.install()
    premises = Premises(folder)
    try:
        is_first = premises.enter()
    except UserError as error:
        dress(app)
        messages.show(error)
        return app.exec()
    settings = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
    dress(app, large=settings.value(LARGE_TEXT, False, bool) is True)
    if not is_first:
        if premises.bell.ring(file):
            return 0
        messages.show(UserError(_("This desk is open already: look for its window.")))
        return app.exec()
    program = Program(folder, settings, premises)
    premises.bell.rung.connect(program.come_forward)
    premises.bell.file_brought.connect(lambda path: program.take_file(Path(path)))
    program.begin()
    if file:
        program.take_file(file)
    Rest(app)
    with latency.kept_low():
        code = app.exec()
    program.close()
    premises.leave()
    return code


def dress(app: QApplication, *, large: bool = False) -> None:
    """Set the application's looks, language and keys."""
    app.setApplicationName("TambonDesk")
    app.setApplicationDisplayName(_("TambonDesk"))
    app.setWindowIcon(icons.icon("tambondesk"))
    theme.apply(app, points=theme.LARGE_POINTS if large else theme.BODY_POINTS)
    language.install(app)
    Keyboard(app)
    keep_clipboard_plain()


def try_offscreen() -> None:
    """Open the door of a desk that does not exist yet, without a screen, and close it again."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    app = QApplication([])
    dress(app)
    with tempfile.TemporaryDirectory() as scratch:
        settings = QSettings(str(Path(scratch) / "window.ini"), QSettings.Format.IniFormat)
        premises = Premises(Path(scratch) / "desk")
        premises.enter()
        program = Program(Path(scratch) / "desk", settings, premises)
        program.begin()
        app.processEvents()
        program.close()
        premises.leave()


class Program(QObject):
    """The door and the window in turn; the workers live as long as this."""

    def __init__(self, folder: Path, settings: QSettings, premises: Premises) -> None:
        super().__init__()
        self.window: QMainWindow | None = None
        self._folder = folder
        self._premises = premises
        self._settings = settings
        self._jobs = Jobs(self)
        self._desk: Desk | None = None
        self._file: Path | None = None  # waits until somebody has signed in

    def begin(self) -> None:
        """Show the door: signing in, or the first day where there is no desk yet."""
        kind = SignIn if desks.is_here(self._folder) else FirstDay
        door: SignIn | FirstDay = kind(self._folder, self._jobs, self._settings)
        door.opened.connect(self._open)
        if isinstance(door, SignIn):
            door.lost.connect(self._show_ways_back)
        else:
            self._let_go_for(door)
        self._show(framed(door))
        door.begin()
        self._say_what_was_found()

    def come_forward(self) -> None:
        """Bring the window in front of the others, also out of the task bar."""
        if self.window is not None:
            self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
            self.window.raise_()
            self.window.activateWindow()

    def take_file(self, path: Path) -> None:
        """Take in a file of the centre: now, or once somebody has signed in.

        One that is gone, or a folder, is said at once.
        """
        try:
            named.file_to_read(path)
        except UserError as error:
            messages.show(error, self.window)
            return
        if isinstance(self.window, Window):
            self.window.take_file(path)
        else:
            self._file = path

    def close(self) -> None:
        """Finish the work and let go of the desk."""
        self._jobs.close()
        if self._desk is not None:
            self._desk.close()
            self._desk = None

    def _show_ways_back(self, error: UserError, user: str, password: str) -> None:
        """Show what is missing of the desk, and what the clerk can do, before anything opens."""
        ways = WaysBack(self._folder, self._jobs, error, (user, password))
        self._let_go_for(ways)
        ways.opened.connect(self._open)
        ways.left.connect(self.begin)
        self._show(framed(ways))
        ways.begin()

    def _say_what_was_found(self) -> None:
        """Say once what had not ended in the folder: the last start may have died over it."""
        if self._premises.found:
            boxes.tell(self._premises.found, self.window, icon="caution")
            self._premises.found = ""

    def _let_go_for(self, door: FirstDay | WaysBack) -> None:
        """Let go of the folder while its files are made or replaced: that needs it alone."""
        door.replacing.connect(self._premises.leave)
        door.replaced.connect(self._premises.enter)

    def _open(self, desk: Desk, *, again: bool = False) -> None:
        self._desk = desk
        window = Window(desk, self._jobs, self._settings)
        window.leaving.connect(DailyCheck(window, desk, self._jobs).at_closing)
        window.locked.connect(self._lock)
        window.outgrown.connect(lambda: self._open(desk, again=True))
        self._show(window)
        if desk.notice and not again:
            messages.show(UserError(desk.notice), window)
        file, self._file = self._file, None
        if file:
            window.take_file(file)

    def _lock(self) -> None:
        desk, self._desk = self._desk, None
        self.begin()
        if desk is not None:
            desk.close()

    def _show(self, window: QMainWindow) -> None:
        before, self.window = self.window, window
        window.show()
        if isinstance(before, Window):
            before.leaving.disconnect()  # another takes its place: the program goes on
        if before is not None:
            before.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            before.close()


def framed(door: QWidget) -> QMainWindow:
    """Return a door a window of its own."""
    frame = QMainWindow()
    theme.style(frame)
    frame.setWindowTitle(_("TambonDesk"))
    middle = QWidget()
    column = QVBoxLayout(middle)
    column.addWidget(door, 0, Qt.AlignmentFlag.AlignCenter)
    frame.setCentralWidget(middle)
    frame.resize(1000, 680)
    return frame
