"""A record that several hands wrote: every version, field by field, and the choice between them."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.core.errors import Problem
from app.core.i18n import _
from app.services.records import records
from app.services.records.conflicts import Notice
from app.services.records.disputes import Dispute, Version
from app.ui.exchange.question_row import QuestionRow
from app.ui.fields.around import Around
from app.ui.records.problem_list import ProblemList
from app.ui.widgets import shortcuts
from app.ui.widgets.times import spoken
from app.ui.widgets.wrapping import display


class DisputeCard(QFrame):
    """The versions side by side; 1 and 2 or the arrows choose, Ctrl+S settles."""

    settled = Signal(object, object, object)  # the dispute, what was chosen, reasons
    let_go = Signal(object)  # the dispute: the record stays deleted
    record_asked = Signal(str, str)
    left = Signal()

    def __init__(self, around: Around) -> None:
        super().__init__()
        self.setObjectName("cardFrame")
        self._around = around
        self._dispute: Dispute | None = None
        self._notice: Notice | None = None
        self.rows: list[QuestionRow] = []
        self._title = QLabel()
        self._title.setProperty("tone", "heading")
        self._words = QLabel()
        self._words.setWordWrap(True)
        self._problems = ProblemList()
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._open = QPushButton(_("Open the record"))
        self._open.clicked.connect(self._ask_for_record)
        self._drop = QPushButton(_("Leave it deleted"))
        self._drop.clicked.connect(lambda: self.let_go.emit(self._dispute))
        self._settle = QPushButton()
        self._settle.setProperty("primary", True)
        self._settle.clicked.connect(self.settle)
        self._lay_out()
        self.say("")

    def show_dispute(self, dispute: Dispute) -> None:
        """Show a record's versions."""
        is_same = self._dispute is not None and self._dispute == dispute
        if is_same:
            return  # what was chosen so far stands
        self._dispute, self._notice = dispute, None
        name = (records.label(dispute.type), dispute.title)
        self._title.setText(" ".join(filter(None, name)))
        self._words.setText(display(_how_to(dispute)))
        self._fill(dispute)
        self._problems.show_problems(dispute.problems)
        gone = all(version.data is None for version in dispute.versions)
        self._drop.setVisible(dispute.is_whole and dispute.can_be_settled)
        self._settle.setVisible(dispute.can_be_settled and not gone)
        self._open.setVisible(not gone)
        self._settle.setText(
            _("Keep the record (Ctrl+S)") if dispute.is_whole else _("Settle (Ctrl+S)")
        )
        self._scroll.show()

    def show_notice(self, notice: Notice) -> None:
        """Show what the centre asks to be looked at."""
        self.say(notice.reason)
        self._notice = notice
        self._title.setText(f"{records.label(notice.type)} {notice.title}")
        self._open.show()

    def say(self, words: str) -> None:
        """Show words alone."""
        self._dispute = self._notice = None
        self._title.setText("")
        self._words.setText(display(words))
        self._problems.show_problems([])
        for part in (self._scroll, self._open, self._drop, self._settle):
            part.hide()

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """List what keeps the record from being settled, with room for the reasons."""
        self._problems.show_problems(problems)
        if problems:
            self._problems.go_to_answer(problems[0])

    def go_in(self) -> None:
        """Go to the first question, or to the button where there is none."""
        first = self.rows[0].focus_stop() if self.rows else self._settle
        (first if first.isVisible() else self._drop).setFocus()

    def settle(self) -> None:
        """Settle the record as it is chosen now."""
        if self._dispute is not None and self._settle.isVisible():
            chosen = {row.question.fields: row.answer() for row in self.rows}
            self.settled.emit(self._dispute, chosen, self._problems.reasons())

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self._open)
        buttons.addStretch(1)
        buttons.addWidget(self._drop)
        buttons.addWidget(self._settle)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 10)
        column.addWidget(self._title)
        column.addWidget(self._words)
        column.addWidget(self._problems)
        column.addWidget(self._scroll, 1)
        column.addStretch(0)
        column.addLayout(buttons)
        shortcuts.within(self, "Ctrl+S", self.settle)

    def _fill(self, dispute: Dispute) -> None:
        """Lay out a column for each version under who wrote it, and a row for each question."""
        page = QWidget()
        page.setObjectName("formPage")
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 4, 6, 0)
        grid.setColumnStretch(0, 2)
        for column, version in enumerate(dispute.versions, 1):
            grid.setColumnStretch(column, 3)
            heading = QLabel(display(_who(column, version)))
            heading.setWordWrap(True)
            grid.addWidget(heading, 0, column, Qt.AlignmentFlag.AlignTop)
        fields = {field.name: field for field in records.fields(dispute.type)}
        self.rows = [QuestionRow(question, fields, self._around) for question in dispute.questions]
        for number, row in enumerate(self.rows, 1):
            row.add_to(grid, number)
            row.done.connect(partial(self._go_after, number))
        grid.setRowStretch(len(self.rows) + 1, 1)
        self._scroll.setWidget(page)

    def _go_after(self, number: int) -> None:
        """Go on to the next question, after the last to the button."""
        following = self.rows[number].focus_stop() if number < len(self.rows) else self._settle
        following.setFocus()

    def _ask_for_record(self) -> None:
        about = self._dispute or self._notice
        if about is not None:
            self.record_asked.emit(about.type, about.id)


def _who(number: int, version: Version) -> str:
    place = _("this computer") if version.is_here else _("another desk or the centre")
    by = version.by or _("unknown")
    words = f"{number}  {by}\n{spoken(version.at)} · {place}"
    if version.data is None:
        return "\n".join((words, _("Deleted, or without content")))
    return words


def _how_to(dispute: Dispute) -> str:
    if not dispute.can_be_settled:
        return _("Only the centre can settle this record; its next receipt will bring the answer.")
    if all(version.data is None for version in dispute.versions):
        return _("Nothing is left of this record. Leave it deleted.")
    if dispute.is_whole:
        return _("One hand deleted the record, another still wrote on it. Keep it, or let it go.")
    if not any(question.is_open for question in dispute.questions):
        return _("Each hand changed something else, so both changes fit together. Confirm them.")
    return _(
        "Choose for each line which version holds: press its number, or walk with Left and Right. "
        "F2 types a value of your own."
    )
