"""What is missing of a desk, before it opens, and the ways on: nothing goes on unseen."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout

from app.core import named
from app.core.errors import UserError
from app.core.fields import Field, Kind
from app.core.i18n import N_, _
from app.services.office.desk import Desk
from app.services.office.missing_saves import Missing
from app.ui.fields.field_box import FieldBox
from app.ui.fields.line_editor import LineEditor
from app.ui.frame import asking, boxes
from app.ui.frame.jobs import Jobs
from app.ui.shell.sign_in import PasswordEdit
from app.ui.widgets import theme
from app.ui.widgets.wrapping import display


class WaysBack(QFrame):
    """Says what is missing and offers a backup, the centre's file, or going on without it."""

    opened = Signal(object)  # the Desk
    replacing = Signal()  # the files of the folder are about to be replaced
    replaced = Signal()  # they are, or it did not work
    left = Signal()  # the clerk wants the door again

    def __init__(self, folder: Path, jobs: Jobs, error: UserError, who: tuple[str, str]) -> None:
        super().__init__()
        self._folder = folder
        self._jobs = jobs
        self._user, self._password = who
        self._can_go_on = isinstance(error, Missing)
        self._of_then = FieldBox(PasswordEdit(_OF_THEN))
        self._recovery = FieldBox(LineEditor(_RECOVERY))
        self._rebuild = QPushButton(_("Choose the central office's file…"))
        self._rebuild.clicked.connect(self._ask_for_the_file)
        self._buttons: list[QPushButton] = []
        self._problem = QLabel()
        self._problem.setProperty("tone", "bad")
        self._problem.setWordWrap(True)
        self._under_way = _label("")
        self._lay_out(error.facts if isinstance(error, Missing) else error.sentence)
        QShortcut(QKeySequence("Esc"), self).activated.connect(self.left)

    def begin(self) -> None:
        """Go to the first way."""
        self._buttons[0].setFocus(Qt.FocusReason.TabFocusReason)

    def _lay_out(self, facts: str) -> None:
        self.setObjectName("cardFrame")
        self.setFixedWidth(theme.characters(self, 84))
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 22, 28, 22)
        column.setSpacing(8)
        missing = _("Saved entries are missing")
        heading = _label(missing if self._can_go_on else _("The database cannot be opened"))
        heading.setProperty("tone", "heading")
        theme.enlarge(heading, 1.3)
        column.addWidget(heading)
        column.addWidget(_label(facts))
        column.addSpacing(6)
        self._add(column, _("Restore a backup…"), _FROM_BACKUP, self._ask_for_the_backup)
        column.addWidget(self._of_then)
        self._of_then.hide()
        self._add(
            column,
            _("Make it anew from the central office's file…"),
            _FROM_CENTRE,
            self._ask_for_the_sheet,
        )
        for part in (self._recovery, self._rebuild):
            column.addWidget(part)
            part.hide()
        if self._can_go_on:
            self._add(column, _("Go on without what is missing…"), _WITHOUT, self._ask_to_go_on)
        column.addWidget(self._problem)
        column.addWidget(self._under_way)
        self._add(column, _("Back to the door (Esc)"), "", self.left.emit)

    def _add(
        self, column: QVBoxLayout, words: str, below: str, pressed: Callable[[], None]
    ) -> None:
        button = QPushButton(words)
        button.clicked.connect(lambda _on=False: pressed())
        column.addWidget(button)
        self._buttons.append(button)
        if below:
            button.setAccessibleDescription(_(below))
            column.addWidget(_label(_(below)))

    def _ask_for_the_backup(self) -> None:
        chosen = asking.ask(asking.RESTORING, self)
        if chosen:
            password = str(self._of_then.editor.value() or self._password)
            self._replace(
                lambda ways: ways.from_backup(
                    self._folder, chosen, user=self._user, password=password
                ),
                chosen,
                _("Putting the backup back"),
            )

    def _ask_for_the_sheet(self) -> None:
        for part in (self._recovery, self._rebuild):
            part.show()
        self._recovery.widget.setFocus(Qt.FocusReason.TabFocusReason)

    def _ask_for_the_file(self) -> None:
        chosen = asking.ask(asking.REBUILDING, self)
        if chosen:
            recovery = str(self._recovery.editor.value() or "")
            self._replace(
                lambda ways: ways.from_centre(
                    self._folder,
                    chosen,
                    recovery=recovery,
                    user=self._user,
                    password=self._password,
                ),
                chosen,
                _("Making the desk anew"),
            )

    def _ask_to_go_on(self) -> None:
        boxes.ask(
            self,
            _(
                "What is missing stays missing, unless a backup or the central office brings it "
                "back. The desk goes on under a new key that the central office must enrol."
            ),
            {
                _("Go on without it"): self._go_on,
                _("Cancel"): lambda: None,
            },
            default=1,
            icon="caution",
        )

    def _go_on(self) -> None:
        self._replace(
            lambda ways: ways.without(self._folder, user=self._user, password=self._password),
            self._folder,
            _("Opening…"),
        )

    def _replace(self, work: Callable[..., Desk], path: Path, title: str) -> None:
        """Let go of the folder while its files are replaced: an open file would keep it there."""

        def done(desk: Desk) -> None:
            self.replaced.emit()
            self.opened.emit(desk)

        def failed(error: Exception) -> None:
            self.replaced.emit()
            self._refused(error)

        def over(ways: Any) -> Desk:
            with named.blaming(path):
                return work(ways)

        self.replacing.emit()
        self._run(over, done, failed, title)

    def _run(
        self,
        work: Callable[..., Desk],
        done: Callable[[Desk], None],
        failed: Callable[[Exception], None],
        title: str,
    ) -> None:
        def with_services(_job: object) -> Desk:
            from app.services.safekeeping import (
                ways_back,  # what seals and opens files is read on first use
            )

            return work(ways_back)

        self.setEnabled(False)
        self._problem.setText("")
        self._under_way.setText(display(title))
        self._jobs.run(self, with_services, done, failed=failed, title=title)

    def _refused(self, error: Exception) -> None:
        self.setEnabled(True)
        self._under_way.setText("")
        if not isinstance(error, UserError):
            raise error
        self._problem.setText(display(error.sentence))
        if error.code == "wrong_password":
            self._of_then.show()
        typed = [box for box in (self._of_then, self._recovery) if box.isVisibleTo(self)]
        (typed[0].widget if typed else self._buttons[0]).setFocus(Qt.FocusReason.TabFocusReason)


def _label(words: str) -> QLabel:
    label = QLabel(display(words))
    label.setWordWrap(True)
    return label


_OF_THEN = Field("of_then", N_("Password of the day of the backup"), Kind.TEXT)
_RECOVERY = Field("recovery", N_("Text of the recovery sheet"), Kind.TEXT)
_FROM_BACKUP = N_(
    "The file is named tambon-DATE.backup.zip. What stands here now is kept beside the folder. "
    "What was entered after the backup is missing then, too."
)
_FROM_CENTRE = N_(
    "Ask the central office for the whole file of this office, with its statement beside it. It "
    "has what was sent until now. The recovery sheet of this office opens it."
)
_WITHOUT = N_("Enter again what is missing, or take it in from the central office's file later.")
