"""One field as it stands on the screen: label, editor, and the words under it."""

from collections.abc import Mapping
from typing import Any, Protocol, runtime_checkable

from PySide6.QtCore import QSize, Qt, Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from app.core.fields import Field, Kind
from app.core.i18n import _
from app.ui.widgets import icons, theme
from app.ui.widgets.wrapping import display


class Editor(Protocol):
    """What every editor is, besides being a QWidget that takes the focus."""

    field: Field
    changed: SignalInstance
    left: SignalInstance
    remark: SignalInstance

    def value(self) -> Any:
        """Return the value; text that cannot be read as it was typed."""
        ...

    def set_value(self, value: Any) -> None:
        """Show a value from a record or a draft."""
        ...

    def problem(self) -> str:
        """Return why the value cannot be read, or ""."""
        ...


@runtime_checkable
class LooksAround(Protocol):
    """An editor that shows more of the record than its own field."""

    def look_at(self, draft: Mapping[str, Any]) -> None:
        """Read from a record, before it is shown, the other values that this editor needs."""
        ...


class FieldBox(QWidget):
    """A field's frame; messages appear below the editor, so a row of editors stays in line.

    An unlabelled box is a cell of a grid: whoever owns the grid shows its message.
    """

    told = Signal()  # the problem under the field came, changed or went

    def __init__(self, editor: Editor, *, labelled: bool = True, pinnable: bool = False) -> None:
        super().__init__()
        self.editor = editor
        self.pin: QToolButton | None = None
        self._labelled = labelled
        self._problem = ""
        self._tone = ""
        self._remark = ("", "")
        # where remarks come and go while typing, their line is kept free
        self._keeps_line = labelled and editor.field.kind in (Kind.CITIZEN_ID, Kind.BAHT)
        self._picture = QLabel(self)
        self._words = QLabel(self)
        for message in (self._picture, self._words):
            message.setVisible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        if labelled:
            column.addLayout(self._label_row(pinnable))
        column.addWidget(self.widget)
        if labelled:
            column.addLayout(self._message_row())
        column.addStretch(1)
        editor.changed.connect(self._changed)
        editor.left.connect(self.check)
        if labelled:
            editor.remark.connect(self._remarked)
            self._show_message()

    @property
    def widget(self) -> QWidget:
        """Return the editor as the widget it is."""
        assert isinstance(self.editor, QWidget)  # noqa: S101 (what Protocol cannot say)
        return self.editor

    def check(self) -> None:
        """Show, under the field, why its value cannot be read."""
        reason = self.editor.problem()
        if reason:
            self.show_problem(reason)

    def show_problem(self, message: str, *, warning: bool = False) -> None:
        """Put a problem under the field; a warning is shown as one."""
        self._problem = message
        self._tone = "caution" if warning else "bad"
        self._mark()

    def clear_problem(self) -> None:
        """Take the problem away."""
        if self._problem:
            self._problem = ""
            self._tone = ""
            self._mark()

    def has_problem(self) -> bool:
        """Tell whether a problem stands under the field."""
        return bool(self._problem)

    def is_pinned(self) -> bool:
        """Tell whether the value is kept for the next record."""
        return self.pin is not None and self.pin.isChecked()

    def message(self) -> str:
        """Return the words under the field."""
        return self._problem or self._remark[0]

    def _label_row(self, pinnable: bool) -> QHBoxLayout:
        field = self.editor.field
        row = QHBoxLayout()
        row.setSpacing(2)
        # a tick box carries its label itself; the empty one keeps the row in line
        text = "" if field.kind is Kind.FLAG else _(field.label) + (" *" if field.required else "")
        label = QLabel(text)
        label.setBuddy(self.widget)
        label.setMinimumHeight(label.fontMetrics().height() + 4)  # as high as a pin
        row.addWidget(label)
        row.addStretch(1)
        if pinnable:
            self.pin = _pin_button(_(field.label))
            row.addWidget(self.pin)
        return row

    def _message_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(2, 0, 0, 0)
        row.setSpacing(4)
        self._words.setWordWrap(True)
        self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._picture.setAlignment(Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._picture)
        row.addWidget(self._words, 1)
        return row

    def _changed(self) -> None:
        if self._problem and not self.editor.problem():
            self.clear_problem()

    def _remarked(self, words: str, tone: str) -> None:
        self._remark = (words, tone)
        self._show_message()

    def _mark(self) -> None:
        theme.mark(self.widget, "problem", self._tone)
        self.widget.setAccessibleDescription(self._problem)
        if self._labelled:
            self._show_message()
        self.told.emit()

    def _show_message(self) -> None:
        words, tone = (self._problem, self._tone) if self._problem else self._remark
        self._words.setText(display(words))
        theme.mark(self._words, "tone", tone)
        if tone in ("good", "bad", "caution") and words:
            self._picture.setPixmap(icons.picture(tone, self))
        self._picture.setVisible(tone in ("good", "bad", "caution") and bool(words))
        self._words.setVisible(bool(words) or self._keeps_line)


def _pin_button(label: str) -> QToolButton:
    pin = QToolButton()
    pin.setCheckable(True)
    pin.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    pin.setIcon(icons.icon("pin"))
    side = pin.fontMetrics().height()
    pin.setFixedSize(side + 4, side + 4)
    pin.setIconSize(QSize(side - 4, side - 4))
    pin.setToolTip(_("Keep this value for the next record (F7)"))
    pin.setAccessibleName(_("Keep: {label}").format(label=label))
    pin.toggled.connect(lambda on: pin.setIcon(icons.icon("pinned" if on else "pin")))
    return pin
