"""The field that holds a scan or a picture: choose one, look at it, take it off."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from app.core import fields
from app.core.fields import Field
from app.core.i18n import _
from app.ui.fields.file_view import Content, FileView
from app.ui.frame import asking, messages
from app.ui.frame.jobs import Jobs
from app.ui.widgets import theme
from app.ui.widgets.dragging import dragged

Attach = Callable[[Path], str]  # a file of the clerk's -> its name in the record


class FileEdit(QPushButton):
    """A button that says what is attached.

    Enter and Space choose a file, or look at the one that is attached; F4 chooses another, Del
    takes it off. A file may be dragged onto it.
    """

    changed = Signal()
    left = Signal()
    remark = Signal(str, str)

    def __init__(
        self,
        field: Field,
        jobs: Jobs,
        attach: Attach,
        content: Content,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.field = field
        self._jobs = jobs
        self._attach = attach
        self._content = content
        self._name: str | None = None
        self.setObjectName(field.name)
        self.setMinimumHeight(theme.line_height(self))
        self.setAcceptDrops(True)
        self.clicked.connect(self._look_or_choose)
        self._show()

    def value(self) -> str | None:
        """Return the name of the file, None where none is attached."""
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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take another file with F4, none with Del."""
        if event.key() == Qt.Key.Key_F4:
            self._choose()
        elif event.key() == Qt.Key.Key_Delete and not event.modifiers() and self._name:
            self._take(None)
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a file that is dragged onto the field."""
        if dragged(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Attach the file that was dropped."""
        path = dragged(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self._keep(path)

    def _look_or_choose(self) -> None:
        if self._name:
            title = _(self.field.label)
            FileView(self._name, title, self._content, self._jobs, self.window()).open()
        else:
            self._choose()

    def _choose(self) -> None:
        chosen = choose_file(self)
        if chosen is not None:
            self._keep(chosen)

    def _keep(self, path: Path) -> None:
        self.setText(_("Attaching…"))
        self._jobs.run(
            self,
            lambda _job: self._attach(path),
            self._take,
            title=_("Attach a file"),
            failed=self._tell,
        )

    def _take(self, name: str | None) -> None:
        self._name = name
        self._show()
        self.changed.emit()

    def _tell(self, error: Exception) -> None:
        self._show()
        messages.show(error, self)

    def _show(self) -> None:
        words = fields.show(self.field, self._name) or _("Choose a file…")
        self.setText(words)
        keys = _("Enter looks at it · F4 another · Del takes it off")
        self.setToolTip(keys if self._name else words)
        self.setAccessibleDescription(self.toolTip())
        self.setAccessibleName(f"{_(self.field.label)} {words}")


def choose_file(parent: QWidget) -> Path | None:
    """Let the clerk choose a scan or a picture; None when she changed her mind."""
    return asking.ask(asking.SCAN, parent)
