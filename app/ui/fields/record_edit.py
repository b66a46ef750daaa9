"""The field that names another record: typed words find it, its title is shown."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.fields import Field
from app.core.i18n import _
from app.services.records import records
from app.ui.fields.around import Around
from app.ui.fields.pick_edit import Offer, PickEdit


class RecordEdit(PickEdit):
    """A record of type `field.target`; it is looked up off the window's thread.

    The last row of the list adds one. Enter takes that row only when it was walked to.
    """

    def __init__(self, field: Field, around: Around, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.around = around
        self._add = around.adds.get(field.target)
        self._awaits = False  # rows for what is typed by now

    def words_to_type(self, value: Any) -> str:
        """Write the record's title."""
        return self.around.title_of(self.field.target, value)

    def ask_for(self, text: str) -> None:
        """Look the words up; the answer to older words is dropped."""
        self._awaits = True
        self._look_up(text, self._answer)

    def follow(self, text: str) -> None:
        """Offer nothing under an emptied field: it may stay empty."""
        if text:
            super().follow(text)
        else:
            self.close_list()

    def offer(self, offers: Sequence[Offer]) -> None:
        """Show what was found, and below it the way to a new record."""
        super().offer([*offers, *self._way_to_add()])
        if not offers:
            self.choose_no_row()

    def is_answered(self) -> bool:
        """Tell whether the rows are those of the words that stand in the field."""
        return not self._awaits

    def close_list(self) -> None:
        """Take the list away; what was looked up for it opens it no more."""
        self._awaits = False
        super().close_list()

    def take(self, value: Any) -> bool:
        """Take a record, or begin a new one: then the clerk comes back to this field."""
        if value is not _NEW:
            return super().take(value)
        if self._add is not None:
            self._add(self, self._words(), self._take_new)
        return False

    def leave(self) -> None:
        """Take the only record that fits what was typed too quickly for the list."""
        super().leave()
        if self.problem():
            self._look_up(self.text(), self._settle)

    def _answer(self, offers: list[Offer]) -> None:
        if self._awaits:
            self._awaits = False
            self.offer(offers)

    def _way_to_add(self) -> list[Offer]:
        if self._add is None:
            return []
        label, words = records.label(self.field.target), self._words()
        if words:
            return [(_NEW, _("+ Add {label} “{words}”").format(label=label, words=words))]
        return [(_NEW, _("+ Add {label}").format(label=label))]

    def _words(self) -> str:
        """Return the typed words; the title of a chosen record counts as not typed."""
        return "" if self.text() == self._shown else self.text().strip()

    def _take_new(self, record_id: str) -> None:
        self.put(record_id)
        self.picked.emit()

    def _look_up(self, text: str, then: Callable[[list[Offer]], None]) -> None:
        target, find = self.field.target, self.around.find
        self.around.jobs.read(
            self, lambda _job: find(target, text), then, replace=f"offers {id(self)}"
        )

    def _settle(self, offers: list[Offer]) -> None:
        if len(offers) == 1 and self.problem() and not self.hasFocus():
            self.put(offers[0][0])
            self.picked.emit()
            self.left.emit()


_NEW = object()  # the value of the row that adds a record
