"""The program running over a real desk, and the clerk in front of it."""

import threading
from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from app.core import thai
from app.services.office.desk import Desk
from app.ui.shell.premises import Premises
from app.ui.shell.start import Program
from app.ui.shell.window import Window
from tests.ui.clerk import Clerk

PASSWORD = "แปดตัวอักษร"
GROUPS = tuple(f"01900000-0000-7000-8000-00000000000{number}" for number in range(1, 4))
REASONS = {"same_phone": "ตัวอย่าง", "same_name": "ตัวอย่าง"}


def citizen(number: int) -> str:
    twelve = f"9{number:011}"
    return twelve + thai.citizen_id_check_digit(twelve)


PERSON = {
    "id_kind": "thai13",
    "id_verified": "original_seen",
    "title_th": "นาย",
    "first_th": "เกษม",
    "last_th": "คำแสน",
    "nationality": "ไทย",
    "birth_date": "1977-03-15",
}


def settings_in(folder: Path) -> QSettings:
    folder.mkdir(exist_ok=True)
    return QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)


class Office:
    """The program running, and the clerk in front of it."""

    def __init__(self, folder: Path, clerk: Clerk, qtbot: QtBot) -> None:
        self.premises = Premises(folder)
        assert self.premises.enter()  # as the program does: it holds the desk, too
        self.program = Program(folder, settings_in(folder), self.premises)
        self.clerk = clerk
        self.qtbot = qtbot
        self.program.begin()
        assert self.program.window is not None
        with qtbot.waitActive(self.program.window):
            self.program.window.activateWindow()

    @property
    def window(self) -> Window:
        assert isinstance(self.program.window, Window)
        return self.program.window

    @property
    def desk(self) -> Desk:
        return self.window.desk

    def sign_in(self) -> None:
        if self.clerk.where() == "user":
            self.clerk.type("kanda")
            self.clerk.press("Enter")
        self.clerk.type(PASSWORD)
        self.clerk.press("Enter")
        self.qtbot.waitUntil(lambda: isinstance(self.program.window, Window))
        self.window.resize(1366, 728)
        with self.qtbot.waitActive(self.window):
            self.window.activateWindow()
        self.rest()

    def hold(self) -> threading.Event:
        """Keep all reads waiting until the event is set, as a slow drive does."""
        go_on = threading.Event()
        self.window._jobs.read(self.window, lambda _job: go_on.wait(), lambda _answer: None)
        return go_on

    def close(self) -> None:
        """End the program as run() does; once more does nothing."""
        self.program.close()
        self.premises.leave()

    def rest(self) -> None:
        """Wait until nothing is under way."""
        jobs = self.program._jobs
        self.qtbot.waitUntil(lambda: not jobs.is_busy())
        self.clerk.waits()

    def rows(self) -> list[str]:
        model = self.window.page.list.list.model()
        return [str(model.index(row, 0).data()) for row in range(model.rowCount())]

    def dialog(self, kind: type[QDialog] = QDialog) -> QDialog:
        found = [each for each in self.window.findChildren(kind) if each.isVisible()]
        assert found, "no dialog is open"
        return found[-1]
