"""The door: the first day makes a desk, a password opens it."""

import re
from collections.abc import Callable
from pathlib import Path

from pytestqt.qtbot import QtBot

from app.ui.shell.window import Window
from tests.ui.clerk import Clerk
from tests.ui.office import PASSWORD, Office


def test_the_first_day_makes_a_desk_and_puts_the_recovery_text_away_first(
    open_office: Callable[[Path], Office], clerk: Clerk, qtbot: QtBot, tmp_path: Path
) -> None:
    office = open_office(tmp_path / "new")
    for typed in ("อ่างทอง", "กานดา ตัวอย่าง", "kanda", PASSWORD, PASSWORD):
        clerk.type(typed)
        clerk.press("Enter")
    door = office.program.window
    assert door is not None
    qtbot.waitUntil(lambda: "เพียงครั้งนี้ครั้งเดียว" in clerk.words(door))
    assert len(re.findall(r"^[A-Z2-7]{5}$", clerk.words(door), re.MULTILINE)) == 8
    clerk.press("Tab", "Space", "Tab", "Enter")
    qtbot.waitUntil(lambda: isinstance(office.program.window, Window))
    assert "จังหวัดอ่างทอง" in office.window.windowTitle()


def test_the_first_day_names_what_is_missing(
    open_office: Callable[[Path], Office], clerk: Clerk, qtbot: QtBot, tmp_path: Path
) -> None:
    office = open_office(tmp_path / "new")
    door = office.program.window
    assert door is not None
    clerk.press("Enter", "Enter", "Enter")
    clerk.type("1")
    clerk.press("Enter", "Enter")
    assert "ไม่ตรงกัน" in clerk.words(door)
    clerk.press("Backspace", "Shift+Enter", "Backspace", "Enter", "Enter")
    office.rest()
    assert "เลือกสำนักงาน" in clerk.words(door) or "สำนักงาน" in clerk.words(door)
    assert clerk.where() == "office"


def test_a_wrong_password_is_said_under_the_field_and_the_next_try_can_follow_at_once(
    open_office: Callable[[Path], Office], clerk: Clerk, folder: Path
) -> None:
    office = open_office(folder)
    door = office.program.window
    assert door is not None
    clerk.type("kanda")
    clerk.press("Enter")
    clerk.type("ผิดแน่นอน")
    clerk.press("Enter")
    office.rest()
    assert "รหัสผ่านไม่ถูกต้อง" in clerk.words(door)
    office.sign_in()
    assert office.rows() == ["กลุ่มดอกไม้จันทน์ย่านซื่อ"]


def test_signing_in_again_asks_for_the_password_alone(
    open_office: Callable[[Path], Office], clerk: Clerk, office: Office, folder: Path
) -> None:
    clerk.press("Ctrl+L")
    office.rest()
    assert not isinstance(office.program.window, Window)
    before = clerk.presses
    assert clerk.where() == "password"
    office.sign_in()
    assert clerk.presses - before == len(PASSWORD) + 1
