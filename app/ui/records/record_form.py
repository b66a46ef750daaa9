"""A record on the screen, built from the descriptions of its fields."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.core import fields
from app.core.errors import Problem
from app.core.fields import Draft, Field, Kind
from app.core.i18n import _
from app.ui.fields.address_edit import AddressEdit
from app.ui.fields.around import Around
from app.ui.fields.editors import MakeEditor, make_editor
from app.ui.fields.field_box import FieldBox, LooksAround
from app.ui.fields.field_grid import FieldGrid
from app.ui.fields.rows_edit import RowsEdit
from app.ui.records.form_sections import Section, card, span
from app.ui.records.problem_list import ProblemList
from app.ui.widgets import theme
from app.ui.widgets.flow import Flow
from app.ui.widgets.state_label import StateLabel


class RecordForm(QWidget):
    """The form of one type of record; it edits a draft and knows nothing of storing it."""

    changed = Signal()
    loaded = Signal()  # another draft stands in the form
    save_asked = Signal(bool)  # True: and begin a new record
    leave_asked = Signal()
    person_asked = Signal(str)  # the id of a person that a problem names

    def __init__(
        self,
        described: Sequence[Field],
        sections: Sequence[Section],
        around: Around,
        editors: Mapping[str, MakeEditor] = {},
    ) -> None:
        super().__init__()
        self._editors = editors  # of the fields that have one of their own
        self._fields = tuple(field for field in described if not field.derived)
        self._boxes: dict[str, FieldBox] = {}
        self._loaded: Draft = {}
        self._loading = False
        self.heading = QLabel()
        self.heading.setProperty("tone", "heading")
        theme.enlarge(self.heading, 1.3)
        self.state = QLabel()
        self.state.setProperty("tone", "quiet")
        self.way = StateLabel()  # how far the record has come to the centre
        self._problems = ProblemList()
        self._problems.jump.connect(self.go_to)
        self._problems.person_asked.connect(self.person_asked)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._make_page(sections, around))
        self._buttons = Flow(spacing=6)
        self._save = QPushButton(_("Save (Ctrl+S)"))
        self._save_and_new = QPushButton(_("Save and new (Ctrl+Enter)"))
        self._lay_out()
        self._bind_keys()
        self.load({})

    def draft(self) -> Draft:
        """Read what stands in the form; what this form does not show stays as it was loaded."""
        shown = {name: box.editor.value() for name, box in self._boxes.items()}
        rest = {name: value for name, value in self._loaded.items() if name not in shown}
        return rest | {name: value for name, value in shown.items() if value is not None}

    def load(self, draft: Mapping[str, Any]) -> None:
        """Show a draft; from now on it counts as unchanged. What no line may hold is marked."""
        self._loading = True
        self._loaded = dict(draft)
        for name, box in self._boxes.items():
            if isinstance(box.editor, LooksAround):
                box.editor.look_at(draft)
            box.editor.set_value(draft.get(name))
            box.clear_problem()
        self._loading = False
        self.show_problems([])
        for box in self._all_boxes():
            box.check()
        self.loaded.emit()

    def put(self, name: str, value: Any) -> None:
        """Put a value into a field as if it were typed there."""
        self._boxes[name].editor.set_value(value)
        self.changed.emit()

    def begin(self, draft: Mapping[str, Any] = {}) -> None:
        """Show a new record: the fields' defaults, `draft`, and what is pinned."""
        pinned = {
            name: value
            for name, box in self._boxes.items()
            if box.is_pinned() and (value := box.editor.value()) is not None
        }
        defaults = {
            field.name: field.default for field in self._fields if field.default is not None
        }
        self.load({**defaults, **draft, **pinned})

    def overlay(self, draft: Mapping[str, Any]) -> None:
        """Show a draft over what was loaded: it counts as typed."""
        loaded = self._loaded
        self.load(draft)
        self._loaded = loaded

    def mark_saved(self) -> None:
        """Take what stands in the form as the saved state."""
        self._loaded = self.draft()

    def is_dirty(self) -> bool:
        """Tell whether the clerk changed anything since the draft was loaded."""
        return fields.clean(self._fields, self.draft()) != fields.clean(self._fields, self._loaded)

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Put problems under their fields and on top, and go to the first."""
        for box in self._all_boxes():
            box.clear_problem()
        for path in {problem.field for problem in problems}:
            here = [problem for problem in problems if problem.field == path]
            box_there = self._box_at(path)
            if box_there:
                box_there.show_problem(
                    " · ".join(problem.message for problem in here),
                    warning=all(problem.warning for problem in here),
                )
        self._problems.show_problems(problems)
        self._put_summary_before_fields()
        first = min(problems, key=lambda problem: problem.warning, default=None)
        if first:
            self.go_to(first.field)
        if first and first.question:
            self._problems.go_to_answer(first)

    def reasons(self) -> dict[str, str]:
        """Return the typed reasons, by the code of the problem."""
        return self._problems.reasons()

    def go_to(self, path: str) -> None:
        """Bring a field into view and into focus; "" is the first field."""
        box = self._box_at(path) or next(iter(self._boxes.values()))
        target = box.widget.focusProxy() or box.widget
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        self._scroll.ensureWidgetVisible(box, 0, 40)

    def field_in_focus(self) -> str:
        """Name the field the clerk is in; "" when she is in none."""
        widget = QApplication.focusWidget()
        for name, box in self._boxes.items():
            if widget is not None and box.isAncestorOf(widget):
                return name
        return ""

    def add_button(self, text: str, pressed: Callable[[], None]) -> QPushButton:
        """Put a button of the page's own at the left of the button row."""
        button = QPushButton(text)
        button.clicked.connect(pressed)
        self._buttons.addWidget(button)
        return button

    def save_once(self, text: str) -> None:
        """Name the button by what it does here; there is no next record to go on to."""
        self._save.setText(f"{text} (Ctrl+S)")
        self._save_and_new.hide()

    def add_on_top(self, content: QWidget) -> None:
        """Put a line of the page's own between the heading and the sections."""
        self._column.insertWidget(1, content)

    def add_below(self, content: QWidget) -> None:
        """Put a card of the page's own below the sections."""
        self._sections.insertWidget(self._sections.count() - 1, card("", content))

    def _make_page(self, sections: Sequence[Section], around: Around) -> QWidget:
        described = {field.name: field for field in self._fields}
        page = QWidget()
        page.setObjectName("formPage")
        column = self._sections = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(8)
        for number, section in enumerate(sections, 1):
            names = [name for name in section.fields if name in described]
            grid = FieldGrid()
            for name in names:
                grid.add(self._make_box(described[name], around), span(described[name]))
            column.addWidget(card(f"{number}  {_(section.title)}", grid))
        column.addStretch(1)
        return page

    def _make_box(self, field: Field, around: Around) -> FieldBox:
        make = self._editors.get(field.name, make_editor)
        box = FieldBox(make(field, around), pinnable=field.kind not in _NEVER_PINNED)
        box.editor.changed.connect(self._changed)
        self._boxes[field.name] = box
        return box

    def _lay_out(self) -> None:
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        top = QHBoxLayout()
        top.addWidget(self.heading, 1)
        top.addWidget(self.way)
        top.addWidget(self.state)
        column.addLayout(top)
        column.addWidget(self._problems)
        column.addWidget(self._scroll, 1)
        column.addLayout(self._buttons)
        self._save.setProperty("primary", True)
        self._save.clicked.connect(lambda: self.save_asked.emit(False))
        self._save_and_new.clicked.connect(lambda: self.save_asked.emit(True))
        self._buttons.add_at_end(self._save)
        self._buttons.add_at_end(self._save_and_new)

    def _bind_keys(self) -> None:
        inside = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys, action in (
            ("Ctrl+S", lambda: self.save_asked.emit(False)),
            ("Ctrl+Return", lambda: self.save_asked.emit(True)),
            ("Ctrl+Enter", lambda: self.save_asked.emit(True)),
            ("Esc", self.leave_asked.emit),
            ("F7", self._turn_pin),
        ):
            QShortcut(QKeySequence(keys), self, context=inside).activated.connect(action)

    def _turn_pin(self) -> None:
        box = self._boxes.get(self.field_in_focus())
        if box is not None and box.pin is not None:
            box.pin.toggle()

    def _changed(self) -> None:
        for path in self._problems.paths():
            box = self._box_at(path)
            if box is not None and not box.has_problem():
                self._problems.settle(path)
        if not self._loading:
            self.changed.emit()

    def _put_summary_before_fields(self) -> None:
        """Let Tab go through the summary's lines before the fields, as the eye does."""
        if not self._boxes:
            return
        first = next(iter(self._boxes.values())).widget
        before = first.previousInFocusChain() or first
        while before is not first and before.focusPolicy() == Qt.FocusPolicy.NoFocus:
            before = before.previousInFocusChain() or first
        for widget in self._problems.stops():
            QWidget.setTabOrder(before, widget)
            before = widget

    def _box_at(self, path: str) -> FieldBox | None:
        name, _dot, rest = path.partition(".")
        box = self._boxes.get(name)
        if box is not None and rest and isinstance(box.editor, AddressEdit | RowsEdit):
            return box.editor.box_at(rest) or box
        return box

    def _all_boxes(self) -> list[FieldBox]:
        return self.findChildren(FieldBox)


_NEVER_PINNED = (Kind.CITIZEN_ID, Kind.ROWS)  # a number is one person's; lines are one record's
