"""An open menu takes every key; its rows are chosen by digit or letter under both layouts."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QMenuBar, QWidget

from app.ui.shell.navigation import entries
from app.ui.widgets.menu import Menu
from tests.ui.clerk import Clerk
from tests.ui.keys import KEYS, Key
from tests.ui.office import Office

pytestmark = pytest.mark.qt_log_ignore("grabbing the keyboard")

NAMED = [key for key in KEYS if key.latin.isalnum()]


def bring(menu: QMenu, key: Key, sign: str) -> None:
    """Bring a press as X11 does: with the sign of the layout and the key's own number."""
    plain = Qt.KeyboardModifier.NoModifier
    brought = QKeyEvent(
        QEvent.Type.KeyPress, ord(sign.upper()), plain, key.number, 0, 0, sign.lower()
    )
    QApplication.sendEvent(menu, brought)


@pytest.mark.parametrize("thai", [False, True], ids=["latin", "thai"])
def test_a_row_is_chosen_by_the_place_of_its_key(clerk: Clerk, thai: bool) -> None:
    window = QWidget()
    clerk.sees(window)
    menu = Menu(window)
    chosen: list[str] = []
    for key in NAMED:
        row = menu.addAction(f"&{key.latin}  ตัวอย่าง")
        row.triggered.connect(lambda _on=False, sign=key.latin: chosen.append(sign))
    for key in NAMED:
        menu.popup(window.mapToGlobal(QPoint(0, 0)))
        bring(menu, key, key.thai if thai else key.latin)
        clerk.waits()
        assert not menu.isVisible(), key
    assert chosen == [key.latin for key in NAMED]


def test_every_menu_of_every_page_is_one_of_ours(office: Office) -> None:
    for entry in entries():
        office.window.bring(entry.name)
        office.rest()
    menus = [
        menu
        for menu in office.window.findChildren(QMenu)
        if not isinstance(menu.parent(), QLineEdit)
        and (menu.title() or not isinstance(menu.parent(), QMenuBar))  # what Qt makes itself
    ]
    assert len(menus) > 10
    assert [menu.parent() for menu in menus if not isinstance(menu, Menu)] == []
