"""The field that names another record: typed words find it, its title is shown."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.fields import Field
from app.ui.jobs import Jobs
from app.ui.pick_edit import Offer, PickEdit

Find = Callable[[str, str], list[Offer]]  # record type, words -> (id, title)
TitleOf = Callable[[str, str], str]  # record type, id -> title


class RecordEdit(PickEdit):
    """A record of type `field.target`; it is looked up off the window's thread."""

    def __init__(
        self, field: Field, jobs: Jobs, find: Find, title_of: TitleOf, parent: QWidget | None = None
    ) -> None:
        super().__init__(field, parent)
        self._jobs = jobs
        self._find = find
        self._title_of = title_of

    def words_to_type(self, value: Any) -> str:
        """Write the record's title."""
        return self._title_of(self.field.target, value)

    def ask_for(self, text: str) -> None:
        """Look the words up; the answer to older words is dropped."""
        self._look_up(text, self.offer)

    def leave(self) -> None:
        """Take the only record that fits what was typed too quickly for the list."""
        super().leave()
        if self.problem():
            self._look_up(self.text(), self._settle)

    def _look_up(self, text: str, then: Callable[[list[Offer]], None]) -> None:
        target = self.field.target
        self._jobs.read(
            self, lambda _job: self._find(target, text), then, replace=f"offers {id(self)}"
        )

    def _settle(self, offers: list[Offer]) -> None:
        if len(offers) == 1 and self.problem() and not self.hasFocus():
            self.put(offers[0][0])
            self.picked.emit()
            self.left.emit()
