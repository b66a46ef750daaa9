"""The foot of the window: drafts, what waits, what came back, and when a file last left."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLabel, QSizePolicy, QStatusBar

from app.core.i18n import _
from app.services.office.desk import Desk
from app.ui.frame.jobs import Job, Jobs
from app.ui.shell.busy import BusyBar
from app.ui.widgets.state_label import Say, StateLabel
from app.ui.widgets.times import days_since


@dataclass(frozen=True, slots=True)
class _Counted:
    waiting: int
    returned: int
    to_settle: int
    last_sealed: str


class Foot(QObject):
    """The status bar; it counts again when it hears of a change."""

    counted = Signal(int, int)  # lines returned, records to settle

    def __init__(self, bar: QStatusBar, desk: Desk, jobs: Jobs) -> None:
        super().__init__(bar)
        self._desk = desk
        self._jobs = jobs
        self._drafts = QLabel()
        self._waiting = QLabel()
        self._returned = StateLabel()
        self._exported = StateLabel()
        for state in (self._returned, self._exported):
            state.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        bar.setSizeGripEnabled(False)
        bar.setContentsMargins(8, 0, 10, 0)
        bar.addWidget(BusyBar(jobs))
        user = QLabel(_("User: {name}").format(name=desk.user))
        for part in (self._drafts, self._returned, self._waiting, self._exported, user):
            bar.addPermanentWidget(part)

    def count_drafts(self) -> None:
        """Say how many drafts wait."""
        self._jobs.read(
            self,
            lambda _job: len(self._desk.store.drafts.all()),
            self._show_drafts,
            replace="drafts",
        )

    def count_waiting(self) -> None:
        """Show how many records wait for the centre, and how many lines came back."""
        self._jobs.read(self, self._count, self._show, replace="waiting")

    def _show_drafts(self, count: int) -> None:
        self._drafts.setText(_("{count} drafts wait").format(count=count) if count else "")

    def _count(self, _job: Job) -> _Counted:
        from app.services import exchange  # the seals and keys are read behind the window's back
        from app.services.records import conflicts

        store = self._desk.store
        files = exchange.sent(store)
        returned = sum(each.is_open for each in exchange.returned_lines(store))
        last = files[0].made_at if files else ""
        return _Counted(exchange.waiting(store), returned, conflicts.count(store), last)

    def _show(self, found: _Counted) -> None:
        words = _("{count} lines wait to be sent").format(count=f"{found.waiting:,}")
        self._waiting.setText(words if found.waiting else "")
        came_back = _("{count} lines returned").format(count=f"{found.returned:,}")
        self._returned.say(Say("returned", "bad", came_back if found.returned else ""))
        self._exported.say(self._age(found.last_sealed))
        self.counted.emit(found.returned, found.to_settle)

    def _age(self, made_at: str) -> Say:
        """Say how long ago the last file was sealed, as the outbox has it."""
        if not made_at:
            return Say("", "", _("Nothing sent yet"))
        days = days_since(made_at)
        late = days > _LATE
        words = _("Last sent {count} days ago").format(count=days) if days else _("Sent today")
        return Say("caution" if late else "", "caution" if late else "", words)


_LATE = 7  # days without sending; rule 33 of the desk
