"""The six tracks of a group at a glance: a sign and a word for each, and a key that moves it on."""

from functools import partial

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QPushButton

from app.core.codes import TRACK_STATES
from app.core.i18n import _
from app.models.groups import TRACKS
from app.services.records import records
from app.ui.records.record_form import RecordForm
from app.ui.widgets import icons, shortcuts, theme
from app.ui.widgets.flow import Flow

SIGNS = {
    "not_started": "track_not_started",
    "doing": "track_doing",
    "done": "good",
    "not_applicable": "track_not_applicable",
}


class TrackStrip(QFrame):
    """Shows what stands in the form; Ctrl+1 to Ctrl+6 change it there, and a save keeps it."""

    def __init__(self, form: RecordForm) -> None:
        super().__init__()
        self._form = form
        self._buttons: dict[str, QPushButton] = {}
        described = {each.name: each for each in records.fields("group")}
        row = Flow(self)
        for number, name in enumerate(TRACKS):
            button = QPushButton()
            button.setObjectName(f"strip.{name}")
            button.setProperty("chip", True)
            button.setIconSize(QSize(1, 1) * theme.line_height(button))
            button.setProperty("label", _(described[name].label))
            button.clicked.connect(partial(self._move_on, name))
            self._buttons[name] = button
            row.addWidget(button)
            # beside the form the same keys choose a chip of the list
            shortcuts.within(form, f"Ctrl+{number + 1}", partial(self._move_on, name))
        form.changed.connect(self._show)
        form.loaded.connect(self._show)
        self._show()

    def _show(self) -> None:
        draft = self._form.draft()
        for number, (name, button) in enumerate(self._buttons.items(), 1):
            state = _state(draft.get(name))
            words = f"{button.property('label')}: {_(dict(TRACK_STATES)[state])}"
            button.setText(words)
            button.setIcon(icons.icon(SIGNS[state]))
            button.setAccessibleName(words)
            button.setToolTip(
                _("{words} · Ctrl+{number} changes it").format(words=words, number=number)
            )

    def _move_on(self, name: str) -> None:
        """Go on to the next state, and from the last to the first."""
        order = list(SIGNS)
        state = _state(self._form.draft().get(name))
        self._form.put(name, order[(order.index(state) + 1) % len(order)])


def _state(value: object) -> str:
    return str(value) if value in SIGNS else next(iter(SIGNS))
