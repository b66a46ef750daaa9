"""A record at a glance: the facts that a service finds of it, above its form."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from app.models.office.store import Store
from app.services.office.desk import Desk
from app.services.records.facts import Fact
from app.ui.frame.jobs import Jobs
from app.ui.widgets import icons, theme
from app.ui.widgets.wrapping import display


class Glance(QWidget):
    """Shows the facts of a record, each as a sign and words; without a record it takes no room."""

    def __init__(self, facts: Callable[[Store, str], list[Fact]], desk: Desk, jobs: Jobs) -> None:
        super().__init__()
        self._facts = facts
        self._desk = desk
        self._jobs = jobs
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(2, 1)
        self.hide()

    def show_for(self, record_id: str) -> None:
        """Read the facts of a record and show them; "" shows none."""
        if not record_id:
            self._show([])
            return
        self._jobs.read(
            self,
            lambda _job: self._facts(self._desk.store, record_id),
            self._show,
            replace=f"glance {id(self)}",
        )

    def _show(self, facts: list[Fact]) -> None:
        while item := self._grid.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for row, fact in enumerate(facts):
            about = QLabel(fact.about)
            about.setProperty("tone", "quiet")
            words = QLabel(display(fact.words))
            words.setWordWrap(True)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            theme.mark(words, "tone", fact.tone)
            self._grid.addWidget(about, row, 0, Qt.AlignmentFlag.AlignTop)
            if fact.tone:
                sign = QLabel()
                sign.setPixmap(icons.picture(fact.tone, self))
                self._grid.addWidget(sign, row, 1, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(words, row, 2)
        self.setAccessibleName("\n".join(f"{fact.about}: {fact.words}" for fact in facts))
        self.setVisible(bool(facts))
