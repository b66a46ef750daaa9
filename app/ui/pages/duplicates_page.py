"""People who may be one: pairs side by side, the answer by one key, and merges taken back."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.core.i18n import _
from app.services.office.desk import Desk
from app.services.people import duplicates
from app.services.people.duplicates import DIFFERENT, SAME, Merged, Pair, Row
from app.ui.frame.jobs import Job, Jobs
from app.ui.records.cases_page import CasesPage
from app.ui.widgets import icons, shortcuts
from app.ui.widgets.reason_dialog import ReasonDialog
from app.ui.widgets.wrapping import display


class DuplicatesPage(CasesPage):
    """On the left the pairs, open ones first; on the right the two records, fact by fact."""

    def __init__(self, desk: Desk, jobs: Jobs) -> None:
        super().__init__(desk, jobs, _("Possibly the same person"), _why_empty())
        self._facts = QScrollArea()
        self._facts.setWidgetResizable(True)
        self._facts.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._buttons: list[QPushButton] = []
        self._lay_out()
        self.refresh()

    def refresh(self) -> None:
        """Look for pairs anew."""
        self._jobs.read(self, self._read, self._show, replace="duplicates")

    def answer(self, keep: int) -> None:
        """Answer the pair in front: keep its first (1) or second (2) record, or both (0)."""
        pair = self._selected()
        if not isinstance(pair, Pair):
            return
        kept, other = (pair.second, pair.first) if keep == 2 else (pair.first, pair.second)
        found = SAME if keep else DIFFERENT
        self._jobs.run(
            self,
            lambda _job: duplicates.answer(self._desk.store, kept, other, found),
            partial(self._answered, _("Answered.")),
            title=_("Saving"),
        )

    def part(self) -> None:
        """Take a merge back, with a reason."""
        merged = self._selected()
        if not isinstance(merged, Merged):
            return

        def with_reason(reason: str) -> None:
            self._jobs.run(
                self,
                lambda _job: duplicates.take_back(self._desk.store, merged.link, reason),
                partial(self._answered, _("Parted again.")),
            )

        question = _("Why are the records of {title} parted again?").format(title=merged.title)
        ReasonDialog(question, with_reason, self, button=_("Part them again")).open()

    def _lay_out(self) -> None:
        keys = (
            (_("The same: keep the first (Ctrl+1)"), "Ctrl+1", partial(self.answer, 1)),
            (_("The same: keep the second (Ctrl+2)"), "Ctrl+2", partial(self.answer, 2)),
            (_("Two persons (Ctrl+0)"), "Ctrl+0", partial(self.answer, 0)),
            (_("Part them again (Ctrl+D)"), "Ctrl+D", self.part),
        )
        row = QHBoxLayout()
        for words, chord, do in keys:
            button = QPushButton(words)
            button.clicked.connect(lambda _on=False, do=do: do())
            row.addWidget(button)
            self._buttons.append(button)
            shortcuts.within(self, chord, do)
        row.addStretch(1)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._facts, 1)
        column.addLayout(row)
        self._put_beside(self.list, right)

    def _read(self, _job: Job) -> tuple[list[Pair], list[Merged]]:
        return duplicates.candidates(self._desk.store), duplicates.merged(self._desk.store)

    def _show(self, found: tuple[list[Pair], list[Merged]]) -> None:
        pairs, merged = found
        row = max(self.list.currentRow(), 0)
        self._title.setText(_("Possibly the same person: {count}").format(count=f"{len(pairs):,}"))
        self.list.blockSignals(True)
        self.list.clear()
        for pair in pairs:
            self._add("caution", f"{pair.title}\n{_why(pair)}", pair)
        for each in merged:
            words = _("Merged with {title}").format(title=each.title)
            self._add("good", f"{each.other_title}\n{words}", each)
        self.list.setCurrentRow(min(row, self.list.count() - 1))
        self.list.blockSignals(False)
        self._show_listed()

    def _open_selected(self) -> None:
        what = self._selected()
        for number, button in enumerate(self._buttons):
            button.setVisible(isinstance(what, Merged if number == _PART else Pair))
        if isinstance(what, Pair | Merged):
            ids = (what.first, what.second) if isinstance(what, Pair) else (what.kept, what.other)
            self._jobs.read(
                self,
                lambda _job: duplicates.compare(self._desk.store, *ids),
                self._show_facts,
                replace="duplicate",
            )

    def _show_facts(self, rows: list[Row]) -> None:
        page = QWidget()
        grid = QGridLayout(page)
        grid.setHorizontalSpacing(18)
        for column, words in enumerate((_("First record"), _("Second record")), 1):
            grid.addWidget(_label(words, "heading"), 0, column)
        for number, row in enumerate(rows, 1):
            tone = "caution" if row.differs else ""
            grid.addWidget(_label(row.label, "quiet"), number, 0)
            grid.addWidget(_label(row.first or "-", tone), number, 1)
            grid.addWidget(_label(row.second or "-", tone), number, 2)
            if row.differs:
                sign = QLabel()
                sign.setPixmap(icons.picture("caution", self))
                sign.setAccessibleName(_("Differs: {label}").format(label=row.label))
                grid.addWidget(sign, number, 3)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        grid.setRowStretch(len(rows) + 1, 1)
        self._facts.setWidget(page)


_PART = 3  # the place of the button that parts a merge


def _label(words: str, tone: str) -> QLabel:
    label = QLabel(display(words))
    label.setWordWrap(True)
    label.setProperty("tone", tone)
    return label


def _why(pair: Pair) -> str:
    if pair.why == duplicates.BY_NUMBER:
        return _("One id number in two records")
    return _("One name and one year of birth")


def _why_empty() -> str:
    return _(
        "Nobody seems to be entered twice. Two records with one id number, or with one name and "
        "one year of birth, stand here side by side until someone says whether they are one person."
    )
