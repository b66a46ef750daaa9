"""A menu whose rows are chosen by their digit or letter under either layout."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QMenuBar

from app.ui.widgets.key_layouts import is_foreign, physical


def in_bar(bar: QMenuBar, title: str) -> "Menu":
    """Add a menu to a bar."""
    menu = Menu(title, bar)
    bar.addMenu(menu)
    return menu


class Menu(QMenu):
    """The menu of this program: an open one takes every key, so it tells them by their place.

    The keyboard of the program follows the focus, which an open menu does not have.
    """

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the sign that the key has on a Latin layout where this one has another."""
        if is_foreign(event):
            latin = physical(event)
            held = event.modifiers()
            event = QKeyEvent(QEvent.Type.KeyPress, ord(latin), held, latin)
        super().keyPressEvent(event)
