"""What a page does beyond its list and form, offered below the form and by keys."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from app.core.i18n import _
from app.ui.widgets.menu import Menu

if TYPE_CHECKING:
    from app.ui.records.record_page import RecordPage


def offer(page: "RecordPage") -> None:
    """Give few and short actions buttons, the others one menu: a row is soon too wide."""
    actions = page.page.actions
    for each in actions:
        shortcut = QShortcut(QKeySequence(each.keys), page)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(partial(each.run, page))
    titles = [f"{_(each.title)} ({each.keys})" for each in actions]
    if len("".join(titles)) <= _LETTERS:
        for title, each in zip(titles, actions, strict=True):
            page.form.add_button(title, partial(each.run, page))
        return
    menu = Menu(page)
    for number, (title, each) in enumerate(zip(titles, actions, strict=True), 1):
        action = menu.addAction(f"&{number}  {title}")
        action.triggered.connect(lambda _on=False, run=each.run: run(page))
    page.form.add_button(_("More"), lambda: None).setMenu(menu)


_LETTERS = 40  # of the page's own buttons beside those of every form
