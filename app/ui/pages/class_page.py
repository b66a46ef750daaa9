"""The page of the classes: beside list and form the attendance grid of the class in the form."""

from collections.abc import Callable

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout

from app.core.fields import Draft
from app.core.i18n import _
from app.services.office.desk import Desk
from app.ui.fields.around import Around
from app.ui.pages.attendance_grid import MARKS, AttendanceGrid
from app.ui.records.page import Page
from app.ui.records.record_page import RecordPage


class ClassPage(RecordPage):
    """Ctrl+G turns to the grid of the class, Esc back to its form."""

    def __init__(self, page: Page, desk: Desk, around: Around) -> None:
        super().__init__(page, desk, around)
        self.grid = AttendanceGrid(desk, around)
        self.grid.hide()
        column = self.layout()
        assert isinstance(column, QVBoxLayout)  # noqa: S101 (as RecordPage lays out)
        column.insertWidget(1, self.grid, 1)
        self.form.add_button(_("Attendance (Ctrl+G)"), self.open_grid)
        self.grid.add_button(_("Print (Ctrl+P)"), self.print_menu)
        QShortcut(QKeySequence("Ctrl+G"), self).activated.connect(self.open_grid)
        self.grid.leave_asked.connect(lambda: self.grid.guard(self.close_grid))
        self.grid.saved.connect(self._grid_saved)

    def open_grid(self) -> None:
        """Turn to the grid of the class in the list or form; only a saved class has one."""
        record = self.editing.record
        in_form = record.id if record else ""
        # the form may still be reading the class that the list just went to
        class_id = self.list.list.selected_id() if self.list.list.hasFocus() else in_form
        if self.grid.isHidden() and class_id:
            self.editing.open(class_id, then=self._show_grid)

    def close_grid(self) -> None:
        """Turn back to list and form, and read the class anew."""
        if self.grid.isHidden():
            return
        self.grid.hide()
        self.sides.show()
        if self.editing.record is not None:
            self.editing.open(self.editing.record.id)
        self.list.list.setFocus()

    def open(self, record_id: str) -> None:
        """Show a class in the form."""
        self.guard(lambda: self._leave_grid(lambda: super(ClassPage, self).open(record_id)))

    def new(self, draft: Draft | None = None) -> None:
        """Begin a new class, or in the grid another trainee."""
        if self.grid.isHidden():
            super().new(draft)
        else:
            self.grid.adding.setFocus()

    def resume(self, key: str, record_id: str, draft: Draft) -> None:
        """Go on with a draft of the form, or of the grid."""
        if MARKS not in draft:
            super().resume(key, record_id, draft)
            return
        self.editing.open(record_id, then=lambda: self._show_grid(draft))

    def is_dirty(self) -> bool:
        """Tell whether something in the form or the grid is not saved."""
        return super().is_dirty() or self.grid.is_dirty()

    def guard(self, then: Callable[[], object]) -> None:
        """Ask about what is not saved before the page is left."""
        if self.grid.isHidden():
            super().guard(then)
        else:
            self.grid.guard(then)

    def refresh(self) -> None:
        """Read list and grid anew."""
        super().refresh()
        if not self.grid.isHidden():
            self.grid.reload()

    def come_forward(self) -> None:
        """Go to the filter of the list."""
        self.close_grid()
        super().come_forward()

    def offer_steps(self) -> None:
        """Offer the steps of the class, or in the grid those of its trainees."""
        if self.grid.isHidden():
            super().offer_steps()
        else:
            self.grid.offer_steps()

    def print_menu(self) -> None:
        """Offer the documents of the class as it is stored."""
        self.guard(self._offer_papers)

    def _show_grid(self, draft: Draft | None = None) -> None:
        record = self.editing.record
        if record is None:
            return
        self.sides.hide()
        self.grid.show()
        self.grid.open(record.id, draft)

    def _leave_grid(self, then: Callable[[], object]) -> None:
        self.grid.hide()
        self.sides.show()
        then()

    def _grid_saved(self, words: str, act: str) -> None:
        if act:
            self._undo.offer(words, act)
            self.written.emit()

    def _undone(self) -> None:
        super()._undone()
        if not self.grid.isHidden():
            self.grid.reload()
