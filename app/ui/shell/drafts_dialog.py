"""What was typed and not saved, after a crash or an interruption: go on, or throw away."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
)

from app.core.i18n import _
from app.services.records import records
from app.ui.pages import pages
from app.ui.widgets import theme
from app.ui.widgets.times import spoken

if TYPE_CHECKING:
    from app.ui.shell.window import Window


def show(window: "Window") -> None:
    """Open the list of drafts."""
    drafts = [each for each in window.desk.store.drafts.all() if each["type"] in pages()]
    DraftsDialog(window, drafts).open()


class DraftsDialog(QDialog):
    """The drafts, the newest first."""

    def __init__(self, window: "Window", drafts: list[dict[str, Any]]) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Drafts"))
        self._window = window
        self._list = QListWidget()
        self._list.setAccessibleName(_("Drafts"))
        for draft in drafts:
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
        page = self._window.show_page(draft["type"])
        page.resume(draft["key"], draft["id"], draft["data"])

    def _drop(self) -> None:
        item = self._list.takeItem(self._list.currentRow())
        if item is not None:
            self._window.desk.store.drafts.drop(item.data(Qt.ItemDataRole.UserRole)["key"])
            self._window.count_drafts()
