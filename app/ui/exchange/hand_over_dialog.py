"""To whom a file was handed over, and when."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, time

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCompleter,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.core import fields
from app.core.fields import Field, Kind
from app.core.i18n import _
from app.ui.fields.date_edit import BEDateEdit
from app.ui.widgets import theme
from app.ui.widgets.wrapping import display

_ON = Field("handed_over_on", "", Kind.DATE)


class HandOverDialog(QDialog):
    """Asks who took the file; who took the last one is offered, the day is today."""

    def __init__(
        self,
        name: str,
        known: Sequence[str],
        done: Callable[[str, str], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Handed over"))
        self._done = done
        self._to = QLineEdit(known[0] if known else "")
        self._to.setObjectName("handed_over_to")
        self._to.setAccessibleName(_("Handed over to"))
        self._to.setCompleter(QCompleter(list(known), self._to))
        self._on = BEDateEdit(_ON)
        self._on.setAccessibleName(_("Date"))
        self._on.set_value(fields.today().isoformat())
        self._do = QPushButton(_("Handed over (Ctrl+S)"))
        self._do.setProperty("primary", True)
        self._do.clicked.connect(self.accept)
        QShortcut(QKeySequence("Ctrl+S"), self).activated.connect(self.accept)
        self._to.textChanged.connect(lambda _text: self._look())
        self._on.changed.connect(self._look)
        self._lay_out(name)
        self._look()
        self._to.selectAll()
        self._to.setFocus()

    def accept(self) -> None:
        """Note it; without a name and a day nothing is noted."""
        if self._do.isEnabled():
            self._done(self._to.text().strip(), self._at())
            super().accept()

    def _lay_out(self, name: str) -> None:
        words = QLabel(display(_("File {name} was handed over to:").format(name=name)))
        words.setWordWrap(True)
        day = QLabel(_("Date"))
        day.setBuddy(self._on)
        cancel = QPushButton(_("Cancel"))
        cancel.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._do)
        row.addWidget(cancel)
        column = QVBoxLayout(self)
        for part in (words, self._to, day, self._on):
            column.addWidget(part)
        column.addLayout(row)
        self.resize(theme.characters(self, 56), 0)

    def _look(self) -> None:
        day = self._on.value()
        sound = isinstance(day, str) and not fields.check(_ON, day)
        self._do.setEnabled(bool(self._to.text().strip()) and sound)

    def _at(self) -> str:
        """Return the day as UTC; today is now, another day its noon in Thailand."""
        day = datetime.fromisoformat(str(self._on.value())).date()
        noon = datetime.combine(day, time(12), fields.THAILAND)
        moment = datetime.now(UTC) if day == fields.today() else noon.astimezone(UTC)
        return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
