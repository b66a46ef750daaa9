"""What is to be settled: records that two hands wrote, and what the centre asks to be looked at."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QLabel,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.core.errors import Invalid, UserError
from app.core.i18n import _
from app.services.office.desk import Desk
from app.services.records import conflicts, disputes, records
from app.services.records.conflicts import Choice, Disputed, Notice
from app.services.records.disputes import Dispute
from app.sync.merge import Fork
from app.ui.exchange.dispute_card import DisputeCard
from app.ui.fields.around import Around
from app.ui.frame import messages
from app.ui.frame.jobs import Job
from app.ui.records.cases_page import CasesPage
from app.ui.widgets import shortcuts
from app.ui.widgets.times import spoken
from app.ui.widgets.wrapping import display


@dataclass(frozen=True, slots=True)
class _Found:
    count: int
    disputed: list[Disputed]
    notices: list[Notice]
    forks: list[Fork]


class ConflictsPage(CasesPage):
    """On the left what waits, on the right the versions side by side."""

    def __init__(self, desk: Desk, around: Around) -> None:
        super().__init__(desk, around.jobs, _("To settle"), _why_empty())
        self.list.setWordWrap(True)
        self.list.itemActivated.connect(self._go_in)
        self._more = QLabel()
        self._more.setProperty("tone", "quiet")
        self.card = DisputeCard(around)
        self.card.settled.connect(self._settle)
        self.card.let_go.connect(self._let_go)
        self.card.record_asked.connect(self.record_asked)
        self.card.left.connect(self.come_forward)
        self._lay_out()
        self.refresh()

    def refresh(self) -> None:
        """Read what waits anew; the selected record stays selected."""
        self._jobs.read(self, self._read, self._show, replace="conflicts")

    def _lay_out(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list, 1)
        column.addWidget(self._more)
        self._put_beside(left, self.card)
        shortcuts.within(self, "Esc", self.come_forward)

    def _read(self, _job: Job) -> _Found:
        store = self._desk.store
        return _Found(
            conflicts.count(store),
            conflicts.listed(store),
            conflicts.notices(store),
            conflicts.forks(store),
        )

    def _show(self, found: _Found) -> None:
        kept = self._selected()
        self._title.setText(_("To settle: {count}").format(count=f"{found.count:,}"))
        self.list.blockSignals(True)
        self.list.clear()
        for each in found.disputed:
            self._add("conflicts", display(_line_of(each)), each)
        for fork in found.forks:
            self._add("bad", display(_line_of_fork(fork)), fork)
        for notice in found.notices:
            name = f"{records.label(notice.type)} {notice.title}"
            self._add("caution", display(f"{name}\n{notice.reason}"), notice)
        self._select(kept)
        self.list.blockSignals(False)
        left_out = found.count - len(found.disputed)
        words = _("and {count} more: they follow as these are settled")
        self._more.setText(words.format(count=f"{left_out:,}"))
        self._more.setVisible(left_out > 0)
        self._show_listed()

    def _select(self, kept: object) -> None:
        """Stay with the record that was selected, else go to the first."""
        same = (getattr(kept, "type", None), getattr(kept, "id", None))
        for row in range(self.list.count()):
            what = self.list.item(row).data(Qt.ItemDataRole.UserRole)
            if kept and (getattr(what, "type", ""), getattr(what, "id", "")) == same:
                self.list.setCurrentRow(row)
                return
        self.list.setCurrentRow(0)

    def _open_selected(self) -> None:
        what = self._selected()
        if isinstance(what, Disputed):
            self._jobs.read(
                self, lambda _job: self._opened(what), self._opened_is, replace="dispute"
            )
        elif isinstance(what, Notice):
            self.card.show_notice(what)
        elif isinstance(what, Fork):
            self.card.say(_what_a_fork_is())

    def _opened(self, what: Disputed) -> Dispute | None:
        """Read a record's versions; None where it was settled since the list was read."""
        try:
            return disputes.opened(self._desk.store, what.type, what.id)
        except UserError:
            return None

    def _opened_is(self, dispute: Dispute | None) -> None:
        if dispute is None:
            self.refresh()
        else:
            self.card.show_dispute(dispute)

    def _go_in(self, item: QListWidgetItem) -> None:
        what = item.data(Qt.ItemDataRole.UserRole)
        if isinstance(what, Disputed):
            self.card.go_in()
        elif isinstance(what, Notice):
            self.record_asked.emit(what.type, what.id)

    def _settle(self, dispute: Dispute, chosen: Choice, reasons: dict[str, str]) -> None:
        self._jobs.run(
            self,
            lambda _job: conflicts.settle(self._desk.store, dispute, chosen, reasons=reasons),
            partial(self._answered, _("Settled.")),
            failed=self._not_settled,
            title=_("Saving"),
        )

    def _let_go(self, dispute: Dispute) -> None:
        self._jobs.run(
            self,
            lambda _job: conflicts.let_go(self._desk.store, dispute),
            partial(self._answered, _("Settled.")),
            title=_("Saving"),
        )

    def _not_settled(self, error: Exception) -> None:
        if isinstance(error, Invalid):
            self.card.show_problems(error.problems)
        else:
            messages.show(error, self)
            self.refresh()


def _line_of(each: Disputed) -> str:
    name = " ".join(filter(None, (records.label(each.type), each.title)))
    words = _("{count} versions · last {when}")
    return f"{name}\n{words.format(count=each.versions, when=spoken(each.at))}"


def _line_of_fork(fork: Fork) -> str:
    words = _("A copy of a computer went on writing from entry {number}")
    return words.format(number=f"{fork.seq:,}")


def _what_a_fork_is() -> str:
    return _(
        "Two computers write under one name: a disk was copied, or an old state was put back. Both "
        "entries are kept. Stop entering on the copy and call the centre; the copy must be set up "
        "anew."
    )


def _why_empty() -> str:
    return _(
        "Nothing is to be settled. When two desks change the same record without knowing of one "
        "another, both versions stand here side by side until you choose."
    )
