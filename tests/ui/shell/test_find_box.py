"""The box for everything, typed into faster than the office can be searched."""

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QLineEdit, QListWidget
from pytestqt.qtbot import QtBot

from app.ui.shell.find_box import FindBox
from tests.ui.clerk import Clerk
from tests.ui.office import Office


@pytest.fixture
def held(office: Office) -> Iterator[threading.Event]:
    """Hold the thread that searches, as other reads do on an old computer."""
    go_on = office.hold()
    yield go_on
    go_on.set()


def box_of(office: Office) -> FindBox:
    (box,) = office.window.findChildren(FindBox)
    return box


def rows(office: Office) -> list[str]:
    (lines,) = box_of(office).findChildren(QListWidget)
    return [lines.item(row).text() for row in range(lines.count())]


def test_enter_opens_what_was_typed_and_not_what_was_found_for_its_first_letters(
    office: Office, clerk: Clerk, qtbot: QtBot
) -> None:
    clerk.press("Ctrl+K")
    clerk.type("เกษม")
    office.rest()
    assert "เกษม" in rows(office)[0]
    go_on = office.hold()
    clerk.press("Ctrl+A")
    clerk.type("อรทัย")
    clerk.press("Enter", "Enter")
    assert box_of(office).isVisible()
    go_on.set()
    qtbot.waitUntil(lambda: "อรทัย" in clerk.reads(office.window, "first_th"))


def test_down_and_enter_typed_ahead_take_the_second_row(
    office: Office, held: threading.Event, clerk: Clerk, qtbot: QtBot
) -> None:
    clerk.press("Ctrl+K")
    clerk.type("คำแสน")
    clerk.press("Down", "Enter")
    held.set()
    qtbot.waitUntil(lambda: not office.window.findChildren(FindBox))
    office.rest()
    second = clerk.reads(office.window, "first_th")
    clerk.press("Ctrl+K")
    clerk.type("คำแสน")
    qtbot.waitUntil(lambda: len(rows(office)) > 2)
    assert second in rows(office)[1]


def test_an_emptied_box_is_not_filled_with_what_was_sought_before(
    office: Office, held: threading.Event, clerk: Clerk, qtbot: QtBot
) -> None:
    clerk.press("Ctrl+K")
    before = rows(office)
    clerk.type("เกษม")
    box_of(office).findChild(QLineEdit).clear()

    held.set()
    qtbot.waitUntil(lambda: not office.window._jobs.is_busy())
    assert rows(office) == before
