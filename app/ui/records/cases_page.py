"""What waits for an answer: the cases in a list, and beside it the one that is selected."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.services.office.desk import Desk
from app.services.records import history
from app.services.records.records import Saved
from app.ui.frame.front import Front
from app.ui.frame.jobs import Jobs
from app.ui.frame.two_sides import beside
from app.ui.records.undo_bar import UndoBar
from app.ui.widgets import icons, theme
from app.ui.widgets.wrapping import display


class CasesPage(Front):
    """A page of such cases: each answer is an act, which the bar below offers to undo."""

    def __init__(self, desk: Desk, jobs: Jobs, name: str, why_empty: str) -> None:
        super().__init__()
        self._desk = desk
        self._jobs = jobs
        self._title = QLabel()
        self._title.setProperty("tone", "heading")
        theme.enlarge(self._title, 1.3)
        self.list = QListWidget()
        self.list.setObjectName("lineList")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(name)
        self.list.currentItemChanged.connect(lambda *_items: self._open_selected())
        self._empty = QLabel()
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setProperty("tone", "quiet")
        self._empty.setText(display(why_empty))
        self._undo = UndoBar()
        self._undo.undo_asked.connect(self._take_back)

    def come_forward(self) -> None:
        """Go to the list."""
        self.list.setFocus()

    def undo_last(self) -> None:
        """Undo the last answer while the bar offers it."""
        self._undo.undo()

    def _open_selected(self) -> None:
        """Show the selected case."""
        raise NotImplementedError

    def _put_beside(self, left: QWidget, right: QWidget) -> None:
        self._split = beside(left, right)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(8, 8, 8, 4)
        whole.addWidget(self._title)
        whole.addWidget(self._split, 1)
        whole.addWidget(self._empty, 1)
        whole.addWidget(self._undo)

    def _add(self, icon: str, words: str, case: object) -> None:
        item = QListWidgetItem(icons.icon(icon), words)
        item.setData(Qt.ItemDataRole.UserRole, case)
        self.list.addItem(item)

    def _selected(self) -> object:
        item = self.list.currentItem()
        return item.data(Qt.ItemDataRole.UserRole) if item else None

    def _show_listed(self) -> None:
        """Show the list, or why it is empty."""
        self._split.setVisible(bool(self.list.count()))
        self._empty.setVisible(not self.list.count())
        self._open_selected()

    def _answered(self, words: str, saved: Saved) -> None:
        self._undo.offer(words, saved.act)
        self._changed()
        self.list.setFocus()

    def _take_back(self, act: str) -> None:
        self._jobs.run(
            self, lambda _job: history.undo(self._desk.store, act), lambda _act: self._changed()
        )

    def _changed(self) -> None:
        self.refresh()
        self.written.emit()
