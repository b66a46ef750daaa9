"""The recovery text on the screen, once: it goes to paper before the desk opens."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.core import fields
from app.core.i18n import _
from app.services.office.desk import Desk, office_name
from app.ui.frame.jobs import Jobs
from app.ui.widgets import icons, theme
from app.ui.widgets.wrapping import display


class RecoverySheet(QWidget):
    """Eight groups of five letters, and the sheet to print or save."""

    kept = Signal()  # the clerk says that the sheet is put away

    def __init__(self, desk: Desk, recovery: str, full_name: str, jobs: Jobs) -> None:
        super().__init__()
        self._desk = desk
        self._recovery = recovery
        self._full_name = full_name or desk.user
        self._jobs = jobs
        words = QLabel(
            display(
                _(
                    "This code opens the data when every password is lost. It is shown only now: "
                    "print the sheet or save it, and lock it away."
                )
            )
        )
        words.setWordWrap(True)
        self._print = QPushButton(icons.icon("print"), _("Print or save the sheet…"))
        self._print.clicked.connect(self._preview)
        self._is_kept = QCheckBox(_("The sheet is put away in a locked place"))
        self._open = QPushButton(_("Open the desk"))
        self._open.setProperty("primary", True)
        self._open.setEnabled(False)
        self._open.clicked.connect(self.kept)
        self._is_kept.toggled.connect(self._open.setEnabled)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(words)
        column.addLayout(_groups(recovery))
        for part in (self._print, self._is_kept, self._open):
            column.addWidget(part)

    def begin(self) -> None:
        """Go to what must be done first."""
        self._print.setFocus(Qt.FocusReason.TabFocusReason)

    def _preview(self) -> None:
        from app.reports import recovery_sheet  # the fonts of paper are read on first use
        from app.reports.stamp import Stamp
        from app.ui.paper.outgoing_papers import Unnumbered
        from app.ui.paper.paper_preview import PaperPreview, Printout

        now = datetime.now(fields.THAILAND).strftime("%Y-%m-%dT%H:%M")
        stamp = Stamp(office_name(self._desk.office), self._full_name, now)
        title = _("Recovery sheet")
        pdf = recovery_sheet.draw(self._recovery, stamp)  # kept nowhere, noted nowhere
        printout = Printout(pdf, title, f"{title}.pdf")
        PaperPreview(printout, self._jobs, Unnumbered(pdf), parent=self.window()).open()


def _groups(recovery: str) -> QGridLayout:
    grid = QGridLayout()
    for number, group in enumerate(recovery.replace("-", " ").split()):
        label = QLabel(group)
        theme.enlarge(label, 1.4)
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        label.setFrameShape(QLabel.Shape.StyledPanel)
        label.setAccessibleName(
            _("Group {number}: {letters}").format(number=number + 1, letters=" ".join(group))
        )
        grid.addWidget(label, number // 4, number % 4)
    return grid
