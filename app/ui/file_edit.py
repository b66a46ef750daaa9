"""The field that holds a scan or a picture: Enter or Space chooses one."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from app.core import fields
from app.core.fields import Field
from app.core.i18n import _
from app.ui import messages, theme
from app.ui.jobs import Jobs

Attach = Callable[[Path], str]  # a file of the clerk's -> its name in the record


class FileEdit(QPushButton):
    """A button that says what is attached."""

    changed = Signal()
    left = Signal()
    remark = Signal(str, str)

    def __init__(
        self, field: Field, jobs: Jobs, attach: Attach, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.field = field
        self._jobs = jobs
        self._attach = attach
        self._name: str | None = None
        self.setObjectName(field.name)
        self.setMinimumHeight(theme.line_height(self))
        self.clicked.connect(self._choose)
        self._show()

    def value(self) -> str | None:
        """Give the name of the file, None where none is attached."""
        return self._name

    def set_value(self, value: Any) -> None:
        """Show what a record holds."""
        self._name = value if isinstance(value, str) else None
        self._show()

    def problem(self) -> str:
        """Find nothing wrong: what is no picture and no PDF was not taken."""
        return ""

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the field was left."""
        super().focusOutEvent(event)
        self.left.emit()

    def _choose(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(
            self, _("Attach a file"), "", _("Pictures and PDF") + " (*.jpg *.jpeg *.png *.pdf)"
        )
        if not chosen:
            return
        self.setText(_("Attaching…"))
        self._jobs.run(
            self,
            lambda _job: self._attach(Path(chosen)),
            self._take,
            title=_("Attach a file"),
            failed=self._tell,
        )

    def _take(self, name: str) -> None:
        self._name = name
        self._show()
        self.changed.emit()

    def _tell(self, error: Exception) -> None:
        self._show()
        messages.show(error, self)

    def _show(self) -> None:
        words = fields.show(self.field, self._name) or _("Choose a file…")
        self.setText(words)
        self.setAccessibleName(f"{_(self.field.label)} {words}")
