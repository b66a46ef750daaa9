"""The editor of every Kind; a new Kind is one entry here and one in core.kind_rules."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QTextCursor, QTextOption
from PySide6.QtWidgets import QApplication, QCheckBox, QPlainTextEdit, QWidget

from app.core import fields, thai
from app.core.fields import Field, Kind
from app.core.i18n import _
from app.ui.fields.address_edit import AddressEdit
from app.ui.fields.around import Around
from app.ui.fields.citizen_id_edit import CitizenIdEdit
from app.ui.fields.date_edit import BEDateEdit
from app.ui.fields.field_box import Editor
from app.ui.fields.file_edit import FileEdit
from app.ui.fields.line_editor import LineEditor
from app.ui.fields.pick_edit import ChoiceEdit
from app.ui.fields.place_edit import PlaceEdit
from app.ui.fields.record_edit import RecordEdit
from app.ui.fields.rows_edit import RowsEdit
from app.ui.widgets import theme
from app.ui.widgets.wrapping import plain

MakeEditor = Callable[[Field, Around], Editor]


def make_editor(field: Field, around: Around) -> Editor:
    """Make the editor of a field."""
    return EDITORS[field.kind](field, around)


class BahtEdit(LineEditor):
    """An amount: 300000 while typing, 300,000.00 after, in words underneath."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)

    def words_to_type(self, value: Any) -> str:
        """Write bare digits, satang only where there are any."""
        return thai.format_baht(value).replace(",", "").removesuffix(".00")

    def words_to_read(self, value: Any) -> str:
        """Write commas and two decimals."""
        return thai.format_baht(value)

    def say(self, value: Any) -> None:
        """Spell the amount as the contract will."""
        spelt = f"({thai.baht_text(value)})" if isinstance(value, int) else ""
        self.remark.emit(spelt, "quiet")


class WholeEdit(LineEditor):
    """A number, at the right as in a table."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)


class FlagEdit(QCheckBox):
    """A tick: Space turns it over, 1 and 0 set it."""

    changed = Signal()
    left = Signal()
    remark = Signal(str, str)

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(_(field.label), parent)
        self.field = field
        self._answered = False
        self._say()
        self.setMinimumHeight(theme.line_height(self))
        self.setObjectName(field.name)
        self.setAccessibleName(_(field.label))
        self.clicked.connect(self._answer)

    def value(self) -> bool | None:
        """Return the answer, or None while nobody has given one."""
        return self.isChecked() if self._answered else None

    def set_value(self, value: Any) -> None:
        """Show an answer."""
        self._answered = value is not None
        self.setChecked(bool(value))
        self._say()

    def problem(self) -> str:
        """Find nothing wrong: a tick is always readable."""
        return ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let 1 tick and 0 untick."""
        if event.text() and event.text() in "10๑๐":
            self.setChecked(event.text() in "1๑")
            self._answer()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the field was left."""
        super().focusOutEvent(event)
        self.left.emit()

    def _answer(self) -> None:
        self._answered = True
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        """Show the answer in words, yes, no or not answered: an empty box alone is ambiguous."""
        if self.field.required:
            answer = _("yes") if self.isChecked() else _("no")
            words = answer if self._answered else _("not answered: 1 is yes, 0 is no")
            self.setText(f"{_(self.field.label)}: {words}")
            self.setAccessibleName(self.text())


class NoteEdit(QPlainTextEdit):
    """Several lines: Enter is a new line, Tab leaves, Down on the last line too."""

    changed = Signal()
    left = Signal()
    remark = Signal(str, str)

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self._text_on_entry = ""
        self._loading = False
        self.setObjectName(field.name)
        self.setAccessibleName(_(field.label))
        self.setPlaceholderText(_(field.hint))
        self.setTabChangesFocus(True)
        # without a Thai dictionary Qt sees one endless word
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * 3 + 18)
        self.textChanged.connect(self._text_changed)

    def value(self) -> str | None:
        """Return the text, None when there is none."""
        return plain(self.toPlainText()).strip() or None

    def set_value(self, value: Any) -> None:
        """Show a text that comes from a record."""
        self._loading = True
        self.setPlainText(str(value or ""))
        self._loading = False

    def problem(self) -> str:
        """Say when the text is longer than the form has room for."""
        value = self.value()
        found = fields.check(self.field, value) if value else []
        return " ".join(problem.message for problem in found)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on from the last line with Down; everything else is typing."""
        if event.key() == Qt.Key.Key_Down and not event.modifiers():
            below = self.textCursor()
            if not below.movePosition(QTextCursor.MoveOperation.Down):
                tab = QKeyEvent(event.type(), Qt.Key.Key_Tab, event.modifiers())
                QApplication.sendEvent(self, tab)
                return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the field was left."""
        super().focusOutEvent(event)
        self.left.emit()

    def _text_changed(self) -> None:
        if not self._loading:
            self.changed.emit()


EDITORS: dict[Kind, MakeEditor] = {
    Kind.TEXT: lambda field, _around: LineEditor(field),
    Kind.NOTE: lambda field, _around: NoteEdit(field),
    Kind.CITIZEN_ID: lambda field, _around: CitizenIdEdit(field),
    Kind.DIGITS: lambda field, _around: LineEditor(field),
    Kind.BAHT: lambda field, _around: BahtEdit(field),
    Kind.WHOLE: lambda field, _around: WholeEdit(field),
    Kind.POINTS: lambda field, _around: WholeEdit(field),
    Kind.DATE: lambda field, _around: BEDateEdit(field),
    Kind.PARTIAL_DATE: lambda field, _around: BEDateEdit(field),
    Kind.CHOICE: lambda field, _around: ChoiceEdit(field),
    Kind.FLAG: lambda field, _around: FlagEdit(field),
    Kind.SUBDISTRICT: lambda field, around: PlaceEdit(field, around.home),
    Kind.ADDRESS: lambda field, around: AddressEdit(field, lambda part: make_editor(part, around)),
    Kind.FILE: lambda field, around: FileEdit(field, around.jobs, around.attach, around.content),
    Kind.RECORD: RecordEdit,
    Kind.ROWS: lambda field, around: RowsEdit(field, lambda inner: make_editor(inner, around)),
}
