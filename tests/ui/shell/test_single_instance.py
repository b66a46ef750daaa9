"""The program started a second time on the same desk."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from app.ui.shell import start
from app.ui.shell.premises import Premises
from app.ui.shell.single_instance import Doorbell
from tests.ui.clerk import Clerk
from tests.ui.office import Office, settings_in

SECOND_START = """
import pathlib, sys
from app.ui.shell import start
sys.exit(start.run(pathlib.Path(sys.argv[1])))
"""
CRASH = """
import os, pathlib, sys
from PySide6.QtCore import QCoreApplication
from app.ui.shell import start
from app.ui.shell.single_instance import Doorbell
from tests.ui.clerk import Clerk
app = QCoreApplication([])
bell = Doorbell(pathlib.Path(sys.argv[1]))
assert bell.take()
os._exit(0)
"""

WITHOUT_NETWORK = """
import pathlib, sys
sys.modules["PySide6.QtNetwork"] = None
from PySide6.QtCore import QCoreApplication
from app.ui.shell import start
from app.ui.shell.single_instance import Doorbell
from tests.ui.clerk import Clerk
app = QCoreApplication([])
first, second = (Doorbell(pathlib.Path(sys.argv[1])) for _ in range(2))
print(first.take(), second.take(), second.ring())
first.release()
print(second.take())
"""


@pytest.fixture
def bell(folder: Path) -> Iterator[Doorbell]:
    bell = Doorbell(folder)
    yield bell
    bell.release()


def test_a_second_start_brings_the_first_window_forward_and_ends(
    office: Office, folder: Path, qtbot: QtBot
) -> None:
    office.premises.bell.rung.connect(office.program.come_forward)
    office.window.showMinimized()
    second = subprocess.Popen([sys.executable, "-c", SECOND_START, str(folder)])
    try:
        qtbot.waitUntil(lambda: not office.window.isMinimized())
        # the first window goes on working meanwhile: the second waits for its answer
        qtbot.waitUntil(lambda: second.poll() is not None)
        assert second.returncode == 0
    finally:
        second.kill()
        second.wait()


def test_a_file_that_is_double_clicked_reaches_the_window_that_is_open(
    office: Office, folder: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "ใบตอบรับ.zip"
    path.write_bytes(b"PK nothing")
    heard: list[str] = []
    office.premises.bell.file_brought.connect(heard.append)
    second = subprocess.Popen(
        [sys.executable, "-m", "app", "--data", str(folder), str(path)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    try:
        qtbot.waitUntil(lambda: heard == [str(path)])
        assert second.wait(30) == 0
    finally:
        second.kill()
        second.wait()


def test_a_file_given_at_the_start_waits_for_the_sign_in(
    open_office: Callable[[Path], Office], folder: Path, tmp_path: Path
) -> None:
    path = tmp_path / "ใบตอบรับ.zip"
    path.write_bytes(b"PK nothing")
    office = open_office(folder)
    office.program.take_file(path)
    office.sign_in()
    office.rest()
    assert office.dialog(QMessageBox).isVisible()


def test_a_desk_is_taken_once_and_a_window_that_hangs_does_not_answer(
    qtbot: QtBot, bell: Doorbell, folder: Path
) -> None:
    assert bell.take()
    second = Doorbell(folder)
    assert not second.take()
    assert not second.ring()  # nothing is answered while this very thread waits


def test_what_a_crash_left_keeps_nobody_out(qtbot: QtBot, bell: Doorbell, folder: Path) -> None:
    subprocess.run([sys.executable, "-c", CRASH, str(folder)], check=True)
    assert bell.take()


def test_without_the_libraries_of_the_network_a_desk_is_still_taken_once(folder: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", WITHOUT_NETWORK, str(folder)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.split() == ["True", "False", "False", "True"]


def test_two_desks_of_one_user_each_have_their_own_window(
    qtbot: QtBot, bell: Doorbell, tmp_path: Path
) -> None:
    assert bell.take()
    other = Doorbell(tmp_path)
    assert other.take()
    other.release()


def test_the_door_says_at_once_that_the_database_is_away(clerk: Clerk, tmp_path: Path) -> None:
    (tmp_path / "keys.json").write_text("{}", encoding="ascii")
    program = start.Program(tmp_path, settings_in(tmp_path), Premises(tmp_path))
    program.begin()
    assert program.window is not None
    try:
        assert f"ไม่พบฐานข้อมูล tambon.db ในโฟลเดอร์ {tmp_path}" in clerk.words(program.window)
        assert clerk.words(program.window).count("สำนักงาน") == 0  # no first day
    finally:
        program.window.close()
        program.close()


@pytest.mark.parametrize("name", ["OTG-15.zip", ""])
def test_a_start_with_a_file_that_is_gone_or_a_folder_opens_the_window_and_says_so(
    tmp_path: Path, name: str
) -> None:
    script = (
        "import sys\nfrom app import cli\nfrom app.ui.frame import messages\n"
        "def show(error, parent=None):\n"
        "    print(parent.isVisible(), error.sentence, flush=True)\n"
        "    sys.exit(7)\n"
        "messages.show = show\n"
        "cli.main(sys.argv[1:])\n"
    )
    brought = tmp_path / "stick" / name
    (tmp_path / "stick").mkdir()
    ran = subprocess.run(
        [sys.executable, "-c", script, "--data", str(tmp_path / "desk"), str(brought)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        check=False,
    )
    said = f"ไม่พบ {brought}" if name else f"{brought} ไม่ใช่ไฟล์"
    assert ran.returncode == 7 and ran.stdout.startswith(f"True {said}"), ran
