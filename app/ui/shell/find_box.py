"""One box for everything (Ctrl+K): people, groups, loan files, screens and commands."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.core import thai
from app.core.i18n import _
from app.services.office.desk import Desk
from app.services.records import records, search
from app.services.records.search import Hit
from app.ui.frame.jobs import Jobs
from app.ui.widgets import theme
from app.ui.widgets.key_layouts import digits_from_thai_keys
from app.ui.widgets.keyboard import OWN_ENTER


@dataclass(frozen=True, slots=True)
class Found:
    """One line of the box: what kind of thing, its words, and what Enter does."""

    kind: str
    words: str
    go: Callable[[], object]


class FindBox(QDialog):
    """Type, walk with Down, Enter opens; empty it shows what was worked on last."""

    def __init__(
        self,
        desk: Desk,
        jobs: Jobs,
        actions: Sequence[QAction],
        recent: Sequence[Found],
        open_record: Callable[[str, str], object],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Find anything"))
        self._desk = desk
        self._jobs = jobs
        self._actions = actions
        self._recent = recent
        self._open_record = open_record
        self._found: list[Found] = []
        self._sought = ""  # the words whose answer has not come yet
        self._waiting: list[Callable[[], None]] = []  # what was pressed meanwhile
        self._edit = QLineEdit()
        self._edit.setObjectName("find")
        self._edit.setPlaceholderText(_("Name, number, phone, group, screen or command"))
        self._edit.setAccessibleName(self._edit.placeholderText())
        self._edit.textChanged.connect(self._look)
        self._edit.setProperty(OWN_ENTER, True)
        self._edit.installEventFilter(self)
        self._list = QListWidget()
        self._list.setObjectName("offerList")
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.itemClicked.connect(self._clicked)
        keys = QLabel(_("Enter opens · Up and Down walk · Esc closes"))
        keys.setProperty("tone", "quiet")
        column = QVBoxLayout(self)
        for part in (self._edit, self._list, keys):
            column.addWidget(part)
        self.resize(theme.characters(self, 84), theme.line_height(self) * 14)
        self._look("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Walk the list and open from the box itself."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self._when_found(lambda: self._walk(step))
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
            self._when_found(self._go)
            return True
        return False

    def _when_found(self, do: Callable[[], None]) -> None:
        """Do it to the rows of what is typed: at once, or when they are here."""
        if self._sought:
            self._waiting.append(do)
        else:
            do()

    def _look(self, text: str) -> None:
        words = self._sought = digits_from_thai_keys(text.strip()) or text.strip()
        self._waiting.clear()
        if not words:
            self._show(list(self._recent))
            return
        self._jobs.read(
            self,
            lambda _job: search.find(self._desk.store, words, limit=20),
            lambda hits: self._answer(words, hits),
            replace="find",
        )

    def _answer(self, words: str, hits: list[Hit]) -> None:
        if words != self._sought:
            return  # the box was emptied since
        self._sought = ""
        self._show([*map(self._hit, hits), *self._commands(words)])
        while self._waiting:
            self._waiting.pop(0)()

    def _hit(self, hit: Hit) -> Found:
        words = "   ".join(filter(None, (hit.title, hit.detail)))
        return Found(records.label(hit.type), words, lambda: self._open_record(hit.type, hit.id))

    def _commands(self, words: str) -> list[Found]:
        key = thai.search_key(words)
        return [
            Found(_("Command"), bare_words(action), action.trigger)
            for action in self._actions
            if key in thai.search_key(bare_words(action)) and action.isEnabled()
        ]

    def _show(self, found: list[Found]) -> None:
        self._found = found
        self._list.clear()
        for each in found:
            self._list.addItem(QListWidgetItem(f"{each.kind} · {each.words}"))
        if not found and self._edit.text().strip():
            nothing = QListWidgetItem(_("Nothing found"))
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            self._list.addItem(nothing)
        self._list.setCurrentRow(0)

    def _clicked(self, _item: QListWidgetItem) -> None:
        self._go()

    def _walk(self, step: int) -> None:
        row = max(0, min(self._list.currentRow() + step, self._list.count() - 1))
        self._list.setCurrentRow(row)

    def _go(self) -> None:
        row = self._list.currentRow()
        if 0 <= row < len(self._found):
            found = self._found[row]
            self._waiting.clear()  # a key pressed twice opens it once
            self.accept()
            found.go()


def bare_words(action: QAction) -> str:
    """Return an action's words without the letter of its key: แฟ้ม(&F) is แฟ้ม."""
    text = action.text().replace("…", "")
    return text.partition("(&")[0].replace("&", "")
