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
    """Give a few actions buttons, and more of them one menu: a row of buttons is soon too wide."""
    actions = page.page.actions
    for each in actions:
        shortcut = QShortcut(QKeySequence(each.keys), page)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(partial(each.run, page))
    if len(actions) <= _BUTTONS:
        for each in actions:
            page.form.add_button(f"{_(each.title)} ({each.keys})", partial(each.run, page))
        return
    menu = QMenu(page)
    for number, each in enumerate(actions, 1):
        action = menu.addAction(f"&{number}  {_(each.title)} ({each.keys})")
        action.triggered.connect(lambda _on=False, run=each.run: run(page))
    page.form.add_button(_("More"), lambda: None).setMenu(menu)


_BUTTONS = 2  # of the page's own beside those of every form
