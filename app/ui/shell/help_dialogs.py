"""Help: the keys, the report for the help desk, and what this program is made of."""

import platform

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from app import __version__
from app.core import places
from app.core.i18n import N_, _
from app.ui.frame import messages
from app.ui.widgets.wrapping import display

KEYS = (
    ("Enter, Tab, ↓", N_("Next field")),
    ("Shift+Enter, Shift+Tab, ↑", N_("Previous field")),
    ("Ctrl+S", N_("Save")),
    ("Ctrl+Enter", N_("Save and begin a new record")),
    ("Esc", N_("Close the list, then leave the record")),
    ("Ctrl+Z", N_("Undo: in a field what was typed, else the last change")),
    ("Ctrl+N", N_("New record")),
    ("Ctrl+K", N_("Find anything")),
    ("Ctrl+F", N_("Filter of the list")),
    ("Ctrl+PageDown, Ctrl+PageUp", N_("Next and previous record")),
    ("F4", N_("Open the list or the calendar")),
    ("F7", N_("Keep this value for the next record")),
    ("F6", N_("Steps of the record, or of the whole class")),
    ("Ctrl+G", N_("Attendance of the class")),
    ("Space, Ctrl+A, 0-9", N_("In the attendance: present or absent, all present, minutes")),
    ("F9", N_("History of the record")),
    ("Ins", N_("Add a member, guarantor or document")),
    ("Ctrl+1 … Ctrl+6", N_("Move a track of the group on")),
    ("Ctrl+D", N_("New visit from the last")),
    ("Ctrl+G", N_("Split or merge the group, choose a new leader")),
    ("Ctrl+P", N_("Print")),
    ("Ctrl+Shift+P", N_("Print all of the list")),
    ("Ctrl+1 … Ctrl+9", N_("Chips above the list")),
    ("F6", N_("Steps of the record")),
    ("Ctrl+E", N_("Send to the centre")),
    ("Ctrl+L", N_("Lock")),
    ("T, +, −", N_("In a date: today, a day on, a day back")),
)


def show_keys(window: QWidget) -> None:
    """Show the keys."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(24)
    for row, (keys, words) in enumerate(KEYS):
        key = QLabel(keys)
        key.setProperty("tone", "heading")
        grid.addWidget(key, row, 0)
        grid.addWidget(QLabel(_(words)), row, 1)
    _open(window, _("Keys"), grid)


def show_about(window: QWidget) -> None:
    """Show the versions and the credits that licences ask for."""
    words = _(
        "TambonDesk {version}, for the One Tambon, One Independent Occupation Group programme. "
        "Python {python}, Qt {qt} (LGPL). Places: {places}. Letters: Noto Sans Thai, Sarabun (OFL)."
    ).format(
        version=__version__,
        python=platform.python_version(),
        qt=qVersion(),
        places=places.CREDIT,
    )
    label = QLabel(display(words))
    label.setWordWrap(True)
    label.setMinimumWidth(420)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    grid = QGridLayout()
    grid.addWidget(label)
    _open(window, _("About"), grid)


def save_report(window: QWidget) -> None:
    """Save the log for the help desk."""
    messages.save_report(window)


def _open(window: QWidget, title: str, content: QGridLayout) -> None:
    dialog = QDialog(window)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(title)
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    buttons.rejected.connect(dialog.reject)
    column = QVBoxLayout(dialog)
    column.addLayout(content)
    column.addWidget(buttons)
    dialog.open()
