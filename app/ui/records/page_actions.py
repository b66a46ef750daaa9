"""What a page does beyond its list and form, offered below the form and by keys."""

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QWidget

from app.core.i18n import _
from app.ui.records.page import Action
from app.ui.records.record_form import RecordForm
from app.ui.widgets import shortcuts
from app.ui.widgets.menu import Menu


def offer(page: QWidget, form: RecordForm, actions: Mapping[Action, Callable[[], None]]) -> None:
    """Give few and short actions buttons, the others one menu: a row is soon too wide."""
    for each, run in actions.items():
        shortcuts.within(page, each.keys, run)
    titles = [f"{_(each.title)} ({each.keys})" for each in actions]
    if len("".join(titles)) <= _LETTERS:
        for title, run in zip(titles, actions.values(), strict=True):
            form.add_button(title, run)
        return
    menu = Menu(page)
    for number, (title, run) in enumerate(zip(titles, actions.values(), strict=True), 1):
        action = menu.addAction(f"&{number}  {title}")
        action.triggered.connect(lambda _on=False, run=run: run())
    form.add_button(_("More"), lambda: None).setMenu(menu)


_LETTERS = 40  # of the page's own buttons beside those of every form
