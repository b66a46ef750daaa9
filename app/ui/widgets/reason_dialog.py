"""A question that needs a reason in words before it is done."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.core.i18n import _
from app.ui.widgets import theme
from app.ui.widgets.wrapping import display


class ReasonDialog(QDialog):
    """Asks why; without words nothing is done."""

    def __init__(
        self, question: str, done: Callable[[str], None], parent: QWidget, *, button: str = ""
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Reason"))
        self._done = done
        words = QLabel(display(question))
        words.setWordWrap(True)
        self._reason = QLineEdit()
        self._reason.setObjectName("reason")
        self._reason.setAccessibleName(question)
        self._reason.textChanged.connect(self._typed)
        self._do = QPushButton(button or _("Take out of use"))
        self._do.clicked.connect(self.accept)
        cancel = QPushButton(_("Cancel"))
        cancel.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._do)
        row.addWidget(cancel)
        column = QVBoxLayout(self)
        column.addWidget(words)
        column.addWidget(self._reason)
        column.addLayout(row)
        self.resize(theme.characters(self, 60), 0)
        self._typed("")
        self._reason.setFocus()

    def accept(self) -> None:
        """Do it, with the reason."""
        self._done(self._reason.text().strip())
        super().accept()

    def _typed(self, text: str) -> None:
        self._do.setEnabled(bool(text.strip()))
