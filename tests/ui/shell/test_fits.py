"""No word of a page is cut, on a clerk's screen and on one that shows all half as large again."""

import pytest
from PySide6.QtWidgets import QListWidget, QPushButton, QWidget

from app.ui.shell.navigation import entries
from tests.ui.office import Office

SCREEN, MAGNIFIED = (1366, 728), (910, 485)  # without the title bar


@pytest.mark.parametrize("size", [SCREEN, MAGNIFIED], ids=["100 %", "150 %"])
def test_every_button_of_every_page_has_room_for_its_words(
    office: Office, size: tuple[int, int]
) -> None:
    office.window.resize(*size)
    office.rest()

    assert {name: cut for name in _names() if (cut := _cut_on(office, name))} == {}


def test_all_pages_are_in_sight_of_the_navigation_at_150_percent(office: Office) -> None:
    office.window.resize(*MAGNIFIED)
    office.rest()

    (pages,) = office.window.findChildren(QListWidget, "navigationList")
    last = pages.visualItemRect(pages.item(pages.count() - 1))
    assert pages.count() == len(entries())
    assert pages.viewport().rect().contains(last)
    assert last.height() >= pages.iconSize().height()


def _names() -> list[str]:
    return [entry.name for entry in entries()]


def _cut_on(office: Office, name: str) -> list[str]:
    """List the buttons of a page that are narrower than their words."""
    office.window.bring(name)
    office.rest()
    page: QWidget = office.window.front
    return [
        button.text()
        for button in page.findChildren(QPushButton)
        if button.isVisible() and button.text() and button.width() < button.sizeHint().width()
    ]
