"""What a page does beyond its list and form, offered below the form and by keys."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu

from app.core.i18n import _

if TYPE_CHECKING:
    from app.ui.record_page import RecordPage


def offer(page: "RecordPage") -> None:
    """Give one action a button, and several a menu: a row of buttons is soon too wide."""
    named = [(f"{_(each.title)} ({each.keys})", partial(each.run, page), each.keys)
             for each in page.page.actions]  # fmt: skip
    for _words, do, keys in named:
        shortcut = QShortcut(QKeySequence(keys), page)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(do)
    if len(named) == 1:
        page.form.add_button(named[0][0], named[0][1])
    elif named:
        menu = QMenu(page)
        for words, do, _keys in named:
            menu.addAction(words, do)
        page.form.add_button(_("More"), lambda: None).setMenu(menu)
