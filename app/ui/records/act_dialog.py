"""A form for one act that is no plain save: a step of a record, a group that splits."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from app.core.errors import Invalid, Problem
from app.core.fields import Draft, Field, check
from app.core.i18n import _
from app.services.records.records import Saved
from app.ui.fields.around import Around
from app.ui.frame import messages
from app.ui.records.form_sections import Section
from app.ui.records.record_form import RecordForm
from app.ui.widgets import theme

Do = Callable[[Draft, Mapping[str, str]], Saved]  # what was typed, reasons by problem code


class ActDialog(QDialog):
    """Asks for the facts of an act; Ctrl+S does it, Esc leaves everything as it is."""

    done_with = Signal(object)  # what was saved

    def __init__(
        self, title: str, fields: Sequence[Field], do: Do, around: Around, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._fields = fields
        self._do = do
        self._jobs = around.jobs
        self._is_doing = False
        names = tuple(field.name for field in fields)
        self.form = RecordForm(fields, [Section(title, names)], around)
        self.form.save_once(title)
        self.form.save_asked.connect(lambda _new: self._act())
        self.form.leave_asked.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(self.form)
        self.resize(theme.characters(self, 92), theme.line_height(self) * 15)

    def begin(self, heading: str, draft: Draft, problems: Sequence[Problem] = ()) -> None:
        """Show the form with the known values, and the warnings before anything is typed."""
        self.form.heading.setText(heading)
        self.form.begin(draft)
        self.open()
        self.form.go_to("")
        if problems:
            self.form.show_problems(problems)

    def _act(self) -> None:
        draft, reasons = self.form.draft(), self.form.reasons()
        checked = [check(field, draft.get(field.name)) for field in self._fields]
        wrong = [found for of_field in checked for found in of_field if found.code == "record"]
        if wrong:  # the act itself would name the fields of what it writes, which are not here
            self.form.show_problems(wrong)
        if wrong or self._is_doing:
            return
        self._is_doing = True
        self._jobs.run(
            self,
            lambda _job: self._do(draft, reasons),
            self._done,
            title=_("Saving"),
            failed=self._refused,
        )

    def _done(self, saved: Saved) -> None:
        self.done_with.emit(saved)
        self.accept()

    def _refused(self, error: Exception) -> None:
        self._is_doing = False
        if isinstance(error, Invalid):
            self.form.show_problems(error.problems)
        else:
            messages.show(error, self)
