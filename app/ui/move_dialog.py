"""One step of a record: its day, what it asks for, its reason, and what its guards say."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from app.core.errors import Invalid
from app.core.fields import Field, Kind, today
from app.core.i18n import N_, _
from app.services import moves
from app.services.desk import Desk
from app.services.moves import Offer, Wanted
from app.services.records import Record, Saved
from app.ui import messages, theme
from app.ui.editors import Around
from app.ui.record_form import RecordForm, Section

_ON = Field("status_on", N_("Day of this step"), Kind.DATE, required=True)
_REASON = Field("status_reason", N_("Reason"), Kind.NOTE, most=500)


class MoveDialog(QDialog):
    """Takes one step; Ctrl+S or Ctrl+Enter does it, Esc leaves the record as it is."""

    moved = Signal(str)  # the act

    def __init__(
        self, record: Record, offer: Offer, desk: Desk, around: Around, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(offer.text)
        self._record = record
        self._offer = offer
        self._desk = desk
        self._jobs = around.jobs
        self._is_moving = False
        asked = [replace(field, derived=False) for field in offer.fields]
        reason = [replace(_REASON, required=offer.needs_reason)]
        described = [_ON, *asked, *reason]
        names = tuple(field.name for field in described)
        self.form = RecordForm(described, [Section(offer.text, names)], around)
        self.form.heading.setText(record.title)
        self.form.save_once(offer.text)
        self.form.begin(self._known(asked))
        self.form.save_asked.connect(lambda _new: self._move())
        self.form.leave_asked.connect(self.reject)
        if offer.problems:
            self.form.show_problems(list(offer.problems))
        column = QVBoxLayout(self)
        column.addWidget(self.form)
        self.resize(theme.characters(self, 92), theme.line_height(self) * 13)
        self.form.go_to(asked[0].name if asked else "")

    def _known(self, asked: list[Field]) -> dict[str, Any]:
        """Begin with what the record holds already, and today."""
        here = {f.name: self._record.data[f.name] for f in asked if f.name in self._record.data}
        return {"status_on": today().isoformat()} | here

    def _move(self) -> None:
        if self._is_moving:
            return
        self._is_moving = True
        draft = self.form.draft()
        wanted = Wanted(
            self._offer.name,
            draft,
            on=str(draft.get("status_on") or ""),
            reason=str(draft.get("status_reason") or ""),
            reasons=self.form.reasons(),
        )
        self._jobs.run(
            self,
            lambda _job: moves.move(
                self._desk.store,
                self._record.type,
                self._record.id,
                wanted,
                base=self._record.heads,
            ),
            self._done,
            title=_("Saving"),
            failed=self._refused,
        )

    def _done(self, saved: Saved) -> None:
        self.moved.emit(saved.act)
        self.accept()

    def _refused(self, error: Exception) -> None:
        self._is_moving = False
        if isinstance(error, Invalid):
            self.form.show_problems(error.problems)
        else:
            messages.show(error, self)
