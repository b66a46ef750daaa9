"""The door of the desk: signing in, and on the first day making the desk."""

from pathlib import Path

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
)

from app.core import programme
from app.core.errors import Invalid, Problem, UserError
from app.core.fields import Field, Kind
from app.core.i18n import N_, _
from app.services.office import desk as desks
from app.services.office.desk import Desk
from app.services.office.missing_saves import LOST, Missing
from app.ui.fields.field_box import FieldBox
from app.ui.fields.line_editor import LineEditor
from app.ui.fields.pick_edit import ChoiceEdit
from app.ui.frame.jobs import Jobs
from app.ui.shell.recovery_text import RecoverySheet
from app.ui.widgets import icons, theme
from app.ui.widgets.keyboard import OWN_ENTER

LAST_USER = "last_user"


class SignIn(QFrame):
    """User and password; the password unlocks the database, so this takes a second."""

    opened = Signal(object)  # the Desk
    lost = Signal(object, str, str)  # what is missing or cannot be read; user and password

    def __init__(self, folder: Path, jobs: Jobs, settings: QSettings) -> None:
        super().__init__()
        self._folder = folder
        self._jobs = jobs
        self._settings = settings
        self._user = FieldBox(LineEditor(_USER))
        self._password = FieldBox(PasswordEdit(_PASSWORD))
        self._enter = _primary(_("Sign in"), self._sign_in)
        _enter_presses(self._password, self._enter)
        _card(self, _("Sign in"), [self._user, self._password], self._enter)
        self._user.editor.set_value(settings.value(LAST_USER) or None)

    def begin(self) -> None:
        """Go to the first field that is still empty; say at once where no password will help."""
        box = self._password if self._user.editor.value() else self._user
        box.widget.setFocus(Qt.FocusReason.TabFocusReason)
        try:
            desks.look(self._folder)
        except UserError as error:
            self._password.show_problem(error.sentence)

    def _sign_in(self) -> None:
        user, password = str(self._user.editor.value() or ""), self._password.editor.value()
        self._enter.setEnabled(False)
        self._enter.setText(_("Opening…"))
        self._jobs.run(
            self,
            lambda _job: desks.open_desk(self._folder, user=user, password=password),
            self._opened,
            failed=self._refused,
        )

    def _opened(self, desk: Desk) -> None:
        self._settings.setValue(LAST_USER, self._user.editor.value())
        self.opened.emit(desk)

    def _refused(self, error: Exception) -> None:
        self._enter.setEnabled(True)
        self._enter.setText(_("Sign in"))
        if not isinstance(error, UserError):
            raise error
        if isinstance(error, Missing) or error.code in LOST:
            user, password = self._user.editor.value(), self._password.editor.value()
            self._settings.setValue(LAST_USER, user)
            self.lost.emit(error, str(user or ""), str(password or ""))
            return
        self._password.show_problem(error.sentence)
        _go_to(self._password)


class FirstDay(QFrame):
    """Office, first user and password; then the recovery sheet, which is shown once."""

    opened = Signal(object)  # the Desk
    replacing = Signal()  # the files of the folder are about to be made
    replaced = Signal()  # they are, or it did not work

    def __init__(self, folder: Path, jobs: Jobs, settings: QSettings) -> None:
        super().__init__()
        self._folder = folder
        self._jobs = jobs
        self._settings = settings
        offices = tuple((office.code, office.name) for office in programme.offices())
        office = Field(
            "office",
            N_("Office"),
            Kind.CHOICE,
            required=True,
            choices=offices,
            hint=N_("Type a part of the province's name"),
        )
        self._boxes = {
            "office": FieldBox(ChoiceEdit(office)),
            "full_name": FieldBox(LineEditor(_FULL_NAME)),
            "user": FieldBox(LineEditor(_USER)),
            "password": FieldBox(PasswordEdit(_PASSWORD)),
            "again": FieldBox(PasswordEdit(_AGAIN)),
        }
        self._make = _primary(_("Make the desk"), self._make_desk)
        _enter_presses(self._boxes["again"], self._make)
        _card(self, _("The first day of this desk"), list(self._boxes.values()), self._make)

    def begin(self) -> None:
        """Go to the first field."""
        self._boxes["office"].widget.setFocus(Qt.FocusReason.TabFocusReason)

    def _make_desk(self) -> None:
        facts = {name: str(box.editor.value() or "") for name, box in self._boxes.items()}
        if facts["password"] != facts["again"]:
            self._show(
                [Problem("again", _("The two passwords are not the same: type both again."))]
            )
            return
        self._make.setEnabled(False)
        self.replacing.emit()
        self._jobs.run(
            self,
            lambda _job: desks.create(
                self._folder,
                office=facts["office"],
                user=facts["user"],
                password=facts["password"],
                full_name=facts["full_name"],
            ),
            lambda made: self._made(*made),
            failed=self._refused,
        )

    def _made(self, desk: Desk, recovery: str) -> None:
        self.replaced.emit()
        self._settings.setValue(LAST_USER, self._boxes["user"].editor.value())
        full_name = str(self._boxes["full_name"].editor.value() or "")
        sheet = RecoverySheet(desk, recovery, full_name, self._jobs)
        sheet.kept.connect(lambda: self.opened.emit(desk))
        layout = self.layout()
        for box in self._boxes.values():
            box.hide()
        self._make.hide()
        if layout is not None:
            layout.addWidget(sheet)
        sheet.begin()

    def _refused(self, error: Exception) -> None:
        self.replaced.emit()
        self._make.setEnabled(True)
        if isinstance(error, Invalid):
            self._show(list(error.problems))
        elif isinstance(error, UserError):
            self._show([Problem("office", error.sentence)])
        else:
            raise error

    def _show(self, problems: list[Problem]) -> None:
        for box in self._boxes.values():
            box.clear_problem()
        for problem in problems:
            self._boxes[problem.field].show_problem(problem.message)
        _go_to(self._boxes[problems[0].field])


class PasswordEdit(LineEditor):
    """A password: taken to the letter, shown as dots."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self.setEchoMode(QLineEdit.EchoMode.Password)

    def parse(self, text: str) -> str:
        """Take it as it is."""
        return text


_USER = Field("user", N_("User name"), Kind.TEXT, required=True, most=60)
_FULL_NAME = Field("full_name", N_("Full name"), Kind.TEXT, most=200)
_PASSWORD = Field("password", N_("Password"), Kind.TEXT, required=True)
_AGAIN = Field("again", N_("Password once more"), Kind.TEXT, required=True)


def _primary(text: str, pressed: object) -> QPushButton:
    button = QPushButton(text)
    button.setProperty("primary", True)
    button.clicked.connect(pressed)
    return button


def _go_to(box: FieldBox) -> None:
    """Go into a field; what is typed next replaces what stands there, also if it had the focus."""
    box.widget.setFocus(Qt.FocusReason.TabFocusReason)
    if isinstance(box.widget, QLineEdit):
        box.widget.selectAll()


def _enter_presses(last: FieldBox, button: QPushButton) -> None:
    """Let Enter in the last field do what the card is for; in the others it goes on."""
    edit = last.widget
    assert isinstance(edit, QLineEdit)  # noqa: S101 (a password is one)
    edit.setProperty(OWN_ENTER, True)
    edit.returnPressed.connect(button.click)


def _card(card: QFrame, title: str, boxes: list[FieldBox], button: QPushButton) -> None:
    card.setObjectName("cardFrame")
    card.setFixedWidth(theme.characters(card, 64))
    mark = QLabel()
    mark.setPixmap(icons.picture("tambondesk", card, lines=2.4))
    heading = QLabel(title)
    heading.setProperty("tone", "heading")
    theme.enlarge(heading, 1.4)
    top = QHBoxLayout()
    top.addWidget(mark)
    top.addWidget(heading, 1)
    column = QVBoxLayout(card)
    column.setContentsMargins(28, 22, 28, 22)
    column.setSpacing(10)
    column.addLayout(top)
    for box in boxes:
        column.addWidget(box)
    column.addWidget(button)
