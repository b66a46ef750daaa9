"""Which report, of which period: looked at before it is printed, or saved as a spreadsheet."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.core import period
from app.core.i18n import _
from app.core.period import Period
from app.services import reporting
from app.services.figures import Scope
from app.services.office.desk import Desk
from app.services.records import diary
from app.services.reporting import Report
from app.ui.frame import asking
from app.ui.frame.jobs import Jobs
from app.ui.paper.outgoing_papers import Unnumbered
from app.ui.paper.paper_preview import PaperPreview, Printout
from app.ui.widgets import theme
from app.ui.widgets.keyboard import OWN_ENTER


class ReportDialog(QDialog):
    """The nine reports; the period begins with the year that the page shows."""

    def __init__(self, desk: Desk, jobs: Jobs, scope: Scope, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Reports"))
        self._desk = desk
        self._jobs = jobs
        self._scope = scope
        self.list = QListWidget()
        self.list.setAccessibleName(_("Reports"))
        self.list.setProperty(OWN_ENTER, True)
        self.list.addItems([f"{each.number}  {each.title}" for each in reporting.reports()])
        self.list.setCurrentRow(0)
        self.list.itemDoubleClicked.connect(lambda _item: self.preview())
        self._period = QComboBox()
        self._period.setObjectName("report_period")
        self._period.setAccessibleName(_("Period"))
        for each in _periods(scope.period):
            self._period.addItem(each.text, each)
        self._lay_out()
        self.list.setFocus()

    def preview(self) -> None:
        """Show the pages; what leaves the program is noted in the diary of access."""

        def read(_job: object) -> tuple[Report, bytes]:
            report = reporting.gather(self._desk.store, self._name(), self._asked())
            return report, reporting.draw(self._desk.store, report)

        self._jobs.run(self, read, self._show, title=_("Drawing the document"))

    def save(self) -> None:
        """Save the report as a spreadsheet, and note that it left the program."""
        name = f"{self.list.currentItem().text()}.xlsx"
        path = asking.ask(asking.SHEET, self, name)
        if path is None:
            return

        def write(_job: object) -> None:
            report = reporting.gather(self._desk.store, self._name(), self._asked())
            reporting.write(report, path)
            diary.note_now(self._desk.store, diary.EXPORT, f"{report.name} {path.name}")

        work = asking.over(path, write)
        self._jobs.run(self, work, lambda _nothing: self.accept(), title=_("Writing the file"))

    def _lay_out(self) -> None:
        show = QPushButton(_("Look and print (Enter)"))
        show.setProperty("primary", True)
        show.setDefault(True)  # Enter in the list goes to it
        show.clicked.connect(self.preview)
        save = QPushButton(_("Save as a spreadsheet (Ctrl+S)"))
        save.setAutoDefault(False)
        save.clicked.connect(self.save)
        QShortcut(QKeySequence("Ctrl+S"), self).activated.connect(self.save)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(save)
        row.addWidget(show)
        column = QVBoxLayout(self)
        column.addWidget(self._period)
        column.addWidget(self.list)
        column.addLayout(row)
        self.resize(theme.characters(self, 64), theme.line_height(self) * 14)

    def _name(self) -> str:
        return reporting.reports()[self.list.currentRow()].name

    def _asked(self) -> Scope:
        chosen: Period = self._period.currentData()
        return Scope(chosen, self._scope.district, min(self._scope.as_of, chosen.last))

    def _show(self, drawn: tuple[Report, bytes]) -> None:
        report, pdf = drawn
        title = f"{report.title} · {report.scope.period.name}"
        name = f"{report.title} {report.scope.period.name}.pdf".replace("/", "-")

        def note(action: str, said: str) -> None:
            diary.note_now(
                self._desk.store, action, f"periodic_report {report.name} {said}".strip()
            )

        PaperPreview(
            Printout(pdf, title, name), self._jobs, Unnumbered(pdf, note), parent=self.window()
        ).open()


def _periods(year: Period) -> list[Period]:
    """Return the year, its quarters and its months."""
    quarters = [period.fiscal_quarter(year.year, number) for number in range(1, 5)]
    months = [
        period.month(year.year - (number >= 10), number)
        for number in (*range(10, 13), *range(1, 10))
    ]
    return [year, *quarters, *months]
