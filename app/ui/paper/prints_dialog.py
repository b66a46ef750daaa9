"""The papers of a record: which number went out when, by whom, and whether it came out."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.core import thai
from app.core.i18n import N_, _
from app.models.office.store import Store
from app.services.office import print_diary
from app.services.office.print_diary import CAME, STATES, Printed
from app.services.printing import printing, prints
from app.services.records import diary
from app.ui.frame.jobs import Jobs
from app.ui.paper.outgoing_papers import Unnumbered
from app.ui.paper.paper_preview import PaperPreview, Printout
from app.ui.widgets import theme
from app.ui.widgets.keyboard import OWN_ENTER
from app.ui.widgets.wrapping import display


def show_prints(window: QWidget, store: Store, jobs: Jobs, *, record: str, title: str) -> None:
    """Read what was printed of a record, or of a file of the outbox by its name, and show it."""
    jobs.read(
        window,
        lambda _job: print_diary.of_record(store, record),
        lambda papers: PrintsDialog(title, papers, store, jobs, window).open(),
    )


class PrintsDialog(QDialog):
    """The papers, the newest first; a kept one is given out again as a copy of what was."""

    def __init__(
        self, title: str, papers: list[Printed], store: Store, jobs: Jobs, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("What was printed: {title}").format(title=title))
        self._papers = papers
        self._store = store
        self._jobs = jobs
        self._titles = {form.name: form.title for form in printing.forms()}
        self._table = self._make_table()
        self._copy = QPushButton(_("Look at a copy and print it (Enter)"))
        self._copy.setProperty("primary", True)
        self._copy.setDefault(True)
        self._copy.clicked.connect(self.look_at_copy)
        self._came = QPushButton(_("It did come out (Ctrl+Enter)"))
        self._came.setAutoDefault(False)
        self._came.clicked.connect(self.confirm)
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self.confirm)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._came)
        buttons.addWidget(self._copy)
        column = QVBoxLayout(self)
        words = QLabel(display(_(_WORDS) if papers else _("Nothing was printed here yet.")))
        words.setWordWrap(True)
        column.addWidget(words)
        column.addWidget(self._table)
        column.addLayout(buttons)
        self.resize(theme.characters(self, 110), theme.line_height(self) * 16)
        self._table.itemSelectionChanged.connect(self._chosen)
        self._table.selectRow(0)
        self._chosen()
        self._table.setFocus()

    def look_at_copy(self) -> None:
        """Show the kept paper as it went out, marked as a copy; it takes no number."""
        paper = self._paper()
        if paper and paper.kept:
            self._jobs.run(
                self,
                lambda _job: prints.copy_of(self._store, paper.no),
                lambda pdf: self._show(paper, pdf),
                title=_("Drawing the document"),
            )

    def confirm(self) -> None:
        """Note that a paper, which nobody had confirmed, did come out."""
        paper = self._paper()
        if paper and not paper.confirmed:
            self._jobs.run(self, lambda _job: self._confirmed(paper), self._take)

    def _confirmed(self, paper: Printed) -> list[Printed]:
        print_diary.answer(self._store, [paper.no], CAME)
        return print_diary.of_record(self._store, paper.record)

    def _show(self, paper: Printed, pdf: bytes) -> None:
        def note(action: str, said: str) -> None:
            if action != diary.ANSWER:
                prints.note_copy(self._store, paper.no)

        name = _("Copy of {form}, number {copy}").format(
            form=self._titles[paper.form], copy=paper.copy
        )
        PaperPreview(
            Printout(pdf, name, f"{name}.pdf"), self._jobs, Unnumbered(pdf, note), parent=self
        ).open()

    def _make_table(self) -> QTableWidget:
        table = QTableWidget(0, 5)
        table.setAccessibleName(_("What was printed"))
        table.setHorizontalHeaderLabels(
            [_("Document"), _("Print no."), _("When"), _("By"), _("Whether it came out")]
        )
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        table.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        table.verticalHeader().hide()
        table.setTabKeyNavigation(False)
        table.setProperty(OWN_ENTER, True)
        headings = table.horizontalHeader()
        headings.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        headings.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._fill(table)
        return table

    def _fill(self, table: QTableWidget) -> None:
        table.setRowCount(len(self._papers))
        for row, paper in enumerate(self._papers):
            for column, words in enumerate(self._cells(paper)):
                table.setItem(row, column, QTableWidgetItem(words))

    def _cells(self, paper: Printed) -> tuple[str, ...]:
        words = _("{copy} (printed again: {count})") if paper.again else "{copy}"
        when = f"{thai.format_date(paper.at[:10], 'short')} {paper.at[11:16]}"
        title = self._titles.get(paper.form, paper.form)
        return (
            title,
            words.format(copy=paper.copy, count=paper.again),
            when,
            paper.by,
            _(STATES[paper.state]),
        )

    def _take(self, papers: list[Printed]) -> None:
        row = self._table.currentRow()
        self._papers = papers
        self._fill(self._table)
        self._table.selectRow(row)
        self._chosen()

    def _paper(self) -> Printed | None:
        row = self._table.currentRow()
        return self._papers[row] if 0 <= row < len(self._papers) else None

    def _chosen(self) -> None:
        paper = self._paper()
        self._copy.setEnabled(paper is not None and paper.kept)
        self._came.setEnabled(paper is not None and not paper.confirmed)


_WORDS = N_(
    "A copy is the paper as it went out, marked as a copy: it takes no number. "
    "To print the record as it is now, choose the document in the menu."
)
