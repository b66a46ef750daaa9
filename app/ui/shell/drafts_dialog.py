"""What was typed and not saved, after a crash or an interruption: go on, or throw away."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.core.i18n import _
from app.models.office.drafts import Drafts
from app.services.records import records
from app.ui.records.page import pages
from app.ui.widgets import theme
from app.ui.widgets.times import spoken


class DraftsDialog(QDialog):
    """The drafts, the newest first."""

    resume_asked = Signal(dict)  # a draft
    dropped = Signal()

    def __init__(self, drafts: Drafts, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Drafts"))
        self._drafts = drafts
        self._list = QListWidget()
        self._list.setAccessibleName(_("Drafts"))
        for draft in drafts.all():
            if draft["type"] not in pages():
                continue
            title = records.title(draft["type"], draft["data"]) or _("no name yet")
            words = f"{records.label(draft['type'])} · {title} · {spoken(draft['saved_at'])}"
            item = QListWidgetItem(words)
            item.setData(Qt.ItemDataRole.UserRole, draft)
            self._list.addItem(item)
        self._list.setCurrentRow(0)
        self._list.itemActivated.connect(self._resume)
        go_on = QPushButton(_("Go on (Enter)"))
        go_on.clicked.connect(lambda: self._resume(self._list.currentItem()))
        drop = QPushButton(_("Discard (Del)"))
        drop.clicked.connect(self._drop)
        QShortcut(QKeySequence("Del"), self).activated.connect(self._drop)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(go_on)
        buttons.addWidget(drop)
        column = QVBoxLayout(self)
        column.addWidget(QLabel(_("Typed, but not saved yet:")))
        column.addWidget(self._list)
        column.addLayout(buttons)
        self.resize(theme.characters(self, 70), theme.line_height(self) * 10)
        self._list.setFocus()

    def _resume(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        draft = item.data(Qt.ItemDataRole.UserRole)
        self.accept()
        self.resume_asked.emit(draft)

    def _drop(self) -> None:
        item = self._list.takeItem(self._list.currentRow())
        if item is not None:
            self._drafts.drop(item.data(Qt.ItemDataRole.UserRole)["key"])
            self.dropped.emit()
