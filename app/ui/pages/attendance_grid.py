"""The grid of a class: who was there on which day, with what score; the class moved at once."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.core import thai
from app.core.fields import Draft, Field, Kind
from app.core.i18n import N_, _
from app.services.office.desk import Desk
from app.services.training import attendance, classes
from app.services.training.attendance import Grid
from app.services.training.classes import Done
from app.ui.fields.around import Around
from app.ui.fields.record_edit import RecordEdit
from app.ui.frame import boxes, messages
from app.ui.pages.attendance_table import AttendanceTable
from app.ui.pages.attendance_view import AttendanceView
from app.ui.pages.training import TRAINEES
from app.ui.records.editing import KEEP_AFTER
from app.ui.records.related_list import RecordDialog
from app.ui.records.status_strip import status_text
from app.ui.widgets import theme
from app.ui.widgets.menu import Menu

MARKS = "attendance_marks"  # what a draft of the grid is known by

WHOLE_CLASS: tuple[tuple[str, Callable[..., Done]], ...] = (
    (N_("Check every application"), classes.check_all),
    (N_("Give the seats by order of application"), classes.select_by_order),
    (N_("Begin the training"), classes.begin_training),
    (N_("Part by 80 % of the time"), classes.judge_time),
)


class AttendanceGrid(QWidget):
    """A class as a grid; what is marked is a draft until Ctrl+S."""

    saved = Signal(str, str)  # what was done, the act
    leave_asked = Signal()

    def __init__(self, desk: Desk, around: Around) -> None:
        super().__init__()
        self._desk = desk
        self._around = around
        self._is_saving = False
        self.table = AttendanceTable(self)
        self.view = AttendanceView(self.table)
        self._title = QLabel()
        self._title.setProperty("tone", "heading")
        theme.enlarge(self._title, 1.3)
        self._state = QLabel()
        self._state.setProperty("tone", "quiet")
        self._counts = QLabel()
        self._told = QLabel()
        self._told.setProperty("tone", "caution")
        self._menu = Menu(self)
        person = Field("person", N_("Add a person"), Kind.RECORD, target="person")
        self.adding = RecordEdit(person, around, self)
        self._timer = QTimer(self, singleShot=True, interval=KEEP_AFTER)
        self._timer.timeout.connect(self._keep_draft)
        self._lay_out()
        self._bind()

    def open(self, class_id: str, draft: Draft | None = None) -> None:
        """Show the grid of a class, with the marks of a draft over it."""
        marks = (draft or {}).get(MARKS, {})
        self._read(class_id, lambda grid: self._begin(grid, marks))

    def reload(self) -> None:
        """Read the grid anew; what is marked and not saved stays over it."""
        row, column = self.view.currentIndex().row(), self.view.currentIndex().column()

        def show(grid: Grid) -> None:
            self._show(grid, self.table.marks)
            self.view.go_to(min(row, len(grid.trainees) - 1), column)

        self._read(self.table.grid.class_id, show)

    def is_dirty(self) -> bool:
        """Tell whether something is marked that is not saved."""
        return self.table.is_dirty()

    def guard(self, then: Callable[[], object]) -> None:
        """Do `then` at once where all is saved; ask first where it is not."""
        if not self.is_dirty():
            then()
            return
        boxes.ask(
            self,
            _("What you typed is not saved yet."),
            {
                _("Save"): lambda: self.save(then),
                _("Discard"): lambda: self._discard(then),
                _("Go back to the form"): lambda: None,
            },
            icon="caution",
        )

    def save(self, then: Callable[[], object] = lambda: None) -> None:
        """Store the marks in one act, then the scores in another."""
        if self._is_saving or not self.is_dirty():
            return
        self._is_saving = True
        self._timer.stop()
        grid, marks, scores = self.table.grid, self.table.marks, dict(self.table.scores)
        base = {each.id: each.heads for each in grid.trainees if each.id in marks}

        def work(_job: object) -> tuple[str, Done | None]:
            marked = attendance.mark(self._desk.store, grid.class_id, marks, base=base)
            done = classes.assess(self._desk.store, grid.class_id, scores) if scores else None
            self._desk.store.drafts.drop(_key(grid.class_id))
            return (done.act if done else "") or marked.act, done

        def stored(found: tuple[str, Done | None]) -> None:
            self._is_saving = False
            self.table.marks, self.table.scores = {}, {}
            self._settle(_("Saved."), *found)
            then()

        self._around.jobs.run(self, work, stored, title=_("Saving"), failed=self._not_saved)

    def offer_steps(self) -> None:
        """Offer what moves the whole class; 1 to 4 choose."""
        self.guard(self._show_steps)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self._title, 1)
        top.addWidget(self._state)
        foot = QHBoxLayout()
        foot.addWidget(QLabel(_("Add a person")))
        foot.addWidget(self.adding)
        foot.addWidget(self._counts)
        foot.addWidget(self._told, 1)
        self._buttons = QHBoxLayout()
        hint = QLabel(
            _("Space: present or absent · Ctrl+A: all present · digits: minutes · Enter: trainee")
        )
        hint.setProperty("tone", "quiet")
        self._buttons.addWidget(hint, 1)
        self.steps = self.add_button(_("Whole class (F6)"), self.offer_steps)
        save = self.add_button(_("Save (Ctrl+S)"), self.save)
        save.setProperty("primary", True)
        self.adding.setFixedWidth(theme.characters(self, 36))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(top)
        column.addWidget(self.view, 1)
        column.addLayout(foot)
        column.addLayout(self._buttons)
        self.view.setAccessibleName(_("Attendance"))

    def add_button(self, text: str, pressed: Callable[[], Any]) -> QPushButton:
        """Put a button at the right of the button row."""
        button = QPushButton(text)
        button.clicked.connect(lambda _on=False: pressed())
        self._buttons.addWidget(button)
        return button

    def _bind(self) -> None:
        inside = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys, action in (("Ctrl+S", self.save), ("Esc", self.leave_asked.emit)):
            QShortcut(QKeySequence(keys), self, context=inside).activated.connect(action)
        self.table.changed.connect(self._changed)
        self.table.refused.connect(self._told.setText)
        self.view.opened.connect(self._open_trainee)
        self.view.selectionModel().currentChanged.connect(lambda *_cells: self._say_counts())
        self.adding.picked.connect(self._add)

    def _read(self, class_id: str, then: Callable[[Grid], None]) -> None:
        self._around.jobs.read(
            self, lambda _job: attendance.grid(self._desk.store, class_id), then,
            replace="attendance",
        )  # fmt: skip

    def _begin(self, grid: Grid, marks: dict[str, dict[str, int | None]]) -> None:
        self._show(grid, marks)
        self.view.setFocus()
        self.view.go_to(0, self.view.day_to_mark())

    def _show(self, grid: Grid, marks: dict[str, dict[str, int | None]]) -> None:
        self.table.show(grid, marks)
        seats = _("{seated}/{seats} seats").format(seated=grid.seated, seats=grid.seats)
        self._title.setText(f"{grid.title}   {seats}")

    def _changed(self) -> None:
        self._told.setText("")
        self._state.setText(_("Not saved yet") if self.is_dirty() else "")
        self._say_counts()
        if self.is_dirty():
            self._timer.start()

    def _say_counts(self) -> None:
        column = self.view.currentIndex().column()
        day = self.table.day_at(column)
        if day is None:
            self._counts.setText("")
            return
        present, absent, open_ones = self.table.counts(column)
        words = _("{day}: {present} present, {absent} absent, {open} not marked")
        short = thai.format_date(day.day, "short")
        self._counts.setText(
            words.format(day=short, present=present, absent=absent, open=open_ones)
        )

    def _show_steps(self) -> None:
        self._menu.clear()
        for number, (title, move) in enumerate(WHOLE_CLASS, 1):
            action = self._menu.addAction(f"&{number}  {_(title)}")
            action.triggered.connect(lambda _on=False, move=move: self._move(move))
        self._menu.popup(self.steps.mapToGlobal(QPoint(0, -self._menu.sizeHint().height())))

    def _move(self, move: Callable[..., Done]) -> None:
        class_id = self.table.grid.class_id
        self._around.jobs.run(
            self,
            lambda _job: move(self._desk.store, class_id),
            lambda done: self._settle("", done.act, done),
            title=_("Saving"),
        )

    def _settle(self, words: str, act: str, done: Done | None) -> None:
        """Read anew, say what was done, and name who was held back and why."""
        self.reload()
        self._state.setText("")
        if done is not None:
            words = told(done)
        self.saved.emit(words, act)
        if done is not None and done.left:
            lines = [f"• {each.name}: {each.reason}" for each in done.left[:_NAMED]]
            boxes.tell("\n".join([words, *lines]), self, icon="caution")

    def _open_trainee(self, trainee: str) -> None:
        dialog = self._dialog()
        dialog.editing.open(trainee, then=dialog.open)

    def _add(self) -> None:
        person, class_id = self.adding.value(), self.table.grid.class_id
        self.adding.set_value(None)

        def begin(draft: Draft) -> None:
            dialog = self._dialog()
            dialog.editing.begin(draft)
            dialog.open()
            dialog.form.go_to("link_consent")

        self._around.jobs.read(
            self, lambda _job: classes.new_application(self._desk.store, class_id, person), begin
        )

    def _dialog(self) -> RecordDialog:
        dialog = RecordDialog(TRAINEES, self._desk, self._around, self.window())
        dialog.written.connect(lambda act: self._settle(_("Saved."), act, None))
        return dialog

    def _discard(self, then: Callable[[], object]) -> None:
        self._timer.stop()
        key = _key(self.table.grid.class_id)
        self._around.jobs.read(
            self, lambda _job: self._desk.store.drafts.drop(key), lambda _nothing: None
        )
        self.table.show(self.table.grid)
        then()

    def _not_saved(self, error: Exception) -> None:
        self._is_saving = False
        messages.show(error, self)
        self.reload()

    def _keep_draft(self) -> None:
        if self._is_saving or not self.is_dirty():
            return
        class_id, draft = self.table.grid.class_id, {MARKS: dict(self.table.marks)}
        self._around.jobs.read(
            self,
            lambda _job: self._desk.store.drafts.keep(
                _key(class_id), "training_class", class_id, draft
            ),
            lambda _nothing: self._state.setText(_("Kept as a draft")),
        )


_NAMED = 12  # trainees held back whom the message names


def told(done: Done) -> str:
    """Say in a line what became of a class."""
    if not done.moved:
        return _("Nobody moved.")
    moved = [f"{status_text('enrolment', to)} {count}" for to, count in done.moved.items()]
    return " · ".join(moved)


def _key(class_id: str) -> str:
    return f"attendance/{class_id}"
