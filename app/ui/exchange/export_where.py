"""Where a file for the centre goes: a folder or drive, whole or in parts that mail lets through."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.core import fields, named
from app.core.errors import UserError
from app.core.fields import Field, Kind
from app.core.i18n import N_, _
from app.services import exchange
from app.ui.fields.editors import WholeEdit
from app.ui.frame import asking
from app.ui.frame.jobs import Jobs
from app.ui.widgets import icons, theme
from app.ui.widgets.state_label import Say, StateLabel
from app.ui.widgets.wrapping import display

LAST_FOLDER = "export_folder"
_LAST_MEGABYTES = "export_megabytes"  # 0: whole
_MEGABYTES = Field("megabytes", N_("Megabytes of a part"), Kind.WHOLE, True, least=1, most=500)


@dataclass(frozen=True, slots=True)
class Place:
    """The folder, and the most megabytes (10^6 bytes) of a part; None for one whole file."""

    folder: Path
    megabytes: int | None


class WhereStep(QWidget):
    """The folder or drive, the last choice remembered, and how much room there is."""

    def __init__(self, settings: QSettings, jobs: Jobs) -> None:
        super().__init__()
        self._jobs = jobs
        self._settings = settings
        last = int(str(settings.value(_LAST_MEGABYTES) or 0))
        self.mail = QCheckBox(_("Send by mail: divide it into parts (Ctrl+M)"))
        self.mail.setObjectName("mail")
        self.mail.setChecked(last > 0)
        self.mail.toggled.connect(self._turn_mail)
        QShortcut(QKeySequence("Ctrl+M"), self).activated.connect(self._ask_for_mail)
        self.megabytes = WholeEdit(_MEGABYTES)
        self.megabytes.set_value(last or exchange.MEGABYTES)
        self.megabytes.setFixedWidth(theme.characters(self, 10))
        self.folder = QLineEdit(str(settings.value(LAST_FOLDER) or ""))
        self.folder.setObjectName("folder")
        self.folder.setAccessibleName(_("Folder or USB drive"))
        self.folder.textChanged.connect(lambda _text: self._measure())
        self.browse = QPushButton(icons.icon("folder"), _("Choose…"))
        self.browse.clicked.connect(self._browse)
        self._room = StateLabel()
        self._lay_out()
        self._turn_mail(self.mail.isChecked())
        self._measure()

    def chosen(self) -> Place | None:
        """Return the choice; None, and a word why, where it cannot be."""
        typed = self.folder.text().strip()
        megabytes = self.megabytes.value() if self.mail.isChecked() else None
        self._measuring.cancel()  # or what it finds would stand over what is said now
        if self.mail.isChecked() and (problem := self._size_problem()):
            self._room.say(Say("bad", "bad", problem))
            self.megabytes.setFocus()
            return None
        problem = _folder_problem(typed)
        if not problem:
            return Place(Path(typed), megabytes)
        self._room.say(Say("bad", "bad", problem))
        self.folder.setFocus()
        return None

    def remember(self, place: Place) -> None:
        """Offer this choice the next time."""
        self._settings.setValue(LAST_FOLDER, str(place.folder))
        self._settings.setValue(_LAST_MEGABYTES, place.megabytes or 0)

    def _lay_out(self) -> None:
        most = QLabel(_("Megabytes of a part"))
        most.setBuddy(self.megabytes)
        hint = QLabel(display(_("A mail of 10 MB has room for a part of 7 MB.")))
        hint.setProperty("tone", "quiet")
        size = QHBoxLayout()
        size.setContentsMargins(theme.characters(self, 3), 0, 0, 0)
        for part in (most, self.megabytes, hint):
            size.addWidget(part)
        size.addStretch(1)
        self._size = QWidget()
        self._size.setLayout(size)
        label = QLabel(_("Folder or USB drive"))
        label.setBuddy(self.folder)
        row = QHBoxLayout()
        row.addWidget(self.folder, 1)
        row.addWidget(self.browse)
        column = QVBoxLayout(self)
        column.addWidget(self.mail)
        column.addWidget(self._size)
        column.addSpacing(8)
        column.addWidget(label)
        column.addLayout(row)
        column.addWidget(self._room)
        column.addStretch(1)

    def _size_problem(self) -> str:
        value = self.megabytes.value()
        problems = [each.message for each in fields.check(_MEGABYTES, value)]
        return self.megabytes.problem() or " ".join(problems)

    def _ask_for_mail(self) -> None:
        self.mail.toggle()
        (self.megabytes if self.mail.isChecked() else self.folder).setFocus()

    def _turn_mail(self, on: bool) -> None:
        self._size.setEnabled(on)

    def _browse(self) -> None:
        chosen = asking.ask(asking.SENDING, self, self.folder.text())
        if chosen:
            self.folder.setText(str(chosen))

    def _measure(self) -> None:
        typed = self.folder.text().strip()
        self._measuring = self._jobs.read(
            self, lambda _job: _free(typed), self._show_room, replace="room"
        )

    def _show_room(self, free: int | None) -> None:
        if free is None:
            self._room.say(Say("", "", ""))
            return
        words = _("{free} MB free").format(free=f"{free // 1_000_000:,}")
        is_short = free < _LITTLE
        tone = "caution" if is_short else "quiet"
        self._room.say(Say("caution" if is_short else "", tone, words))


_LITTLE = 50_000_000  # bytes


def _folder_problem(typed: str) -> str:
    """Return why the typed or remembered folder cannot be used, or ""."""
    if not typed:
        return _("Choose the folder or drive for the file.")
    try:
        named.folder_to_fill(Path(typed))
    except UserError as error:
        return error.sentence
    return ""


def _free(folder: str) -> int | None:
    """Measure the room on a drive, which may answer slowly; None where there is none."""
    try:
        return shutil.disk_usage(folder).free if folder else None
    except (OSError, ValueError):
        return None
