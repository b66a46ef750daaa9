"""What a page does beyond its list and form, as buttons of the form or a menu of them."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from app.core.i18n import _

if TYPE_CHECKING:
    from app.ui.record_page import RecordPage


def put(page: "RecordPage") -> None:
    """Put the actions into buttons; more than two would not fit and go into a menu."""
    actions = page.page.actions
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
