"""The outbox: every file for the centre, how far it has come, and what came back of it."""

from collections import Counter
from functools import partial

from PySide6.QtCore import QSettings, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app.core.i18n import _
from app.services import exchange
from app.services.exchange import Returned, Sent
from app.services.office.desk import Desk
from app.ui.exchange.bundle_card import BundleCard
from app.ui.exchange.bundle_table import BundleTable, list_of
from app.ui.exchange.export_where import LAST_FOLDER
from app.ui.exchange.hand_over_dialog import HandOverDialog
from app.ui.frame import asking, boxes
from app.ui.frame.front import Front
from app.ui.frame.jobs import Job, Jobs
from app.ui.records.undo_bar import UndoBar
from app.ui.widgets import icons, theme
from app.ui.widgets.wrapping import display


class OutboxPage(Front):
    """The files, the newest first; below the selected one its content and what was returned."""

    export_asked = Signal()
    file_asked = Signal()  # a file of the centre is to be taken in

    def __init__(self, desk: Desk, jobs: Jobs, settings: QSettings) -> None:
        super().__init__()
        self._desk = desk
        self._jobs = jobs
        self._settings = settings
        self._returned: list[Returned] = []
        self.card = BundleCard()
        self.card.record_asked.connect(self.record_asked)
        self._table = BundleTable(self)
        self.list = list_of(self._table)
        self.list.selectionModel().currentRowChanged.connect(lambda *_rows: self._show_selected())
        self.list.activated.connect(lambda _index: self.card.go_to_returned())
        self._empty = QLabel(display(_("Nothing was sealed yet. Press Ctrl+E to send the first.")))
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setProperty("tone", "quiet")
        self._undo = UndoBar()
        self._undo.undo_asked.connect(self._take_back)
        self._needs_file: list[QPushButton] = []
        self._lay_out()
        self.refresh()

    def come_forward(self) -> None:
        """Go to the list."""
        self.list.setFocus()

    def refresh(self) -> None:
        """Read the files and what was returned anew; the selected one stays selected."""
        self._jobs.read(self, self._read, self._show, replace="outbox")

    def undo_last(self) -> None:
        """Undo the last note of a hand-over while the bar offers it."""
        self._undo.undo()

    def print_menu(self) -> None:
        """Show the cover sheet of the selected file."""
        file = self.selected()
        if file is not None:
            from app.ui.exchange.cover_sheet import (
                show_cover_sheet,  # the forms are read on first use
            )

            show_cover_sheet(self, self._desk, self._jobs, file.name)

    def minimumSizeHint(self) -> QSize:
        """Let the window become narrow: the navigation gives up its names before this is short."""
        return QSize(theme.characters(self, 60), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the card its lines when the window becomes small."""
        super().resizeEvent(event)
        self._make_room_soon()

    def selected(self) -> Sent | None:
        """Return the file that is selected."""
        return self._table.file_at(self.list.currentIndex().row())

    def _lay_out(self) -> None:
        title = QLabel(_("Outbox"))
        title.setProperty("tone", "heading")
        theme.enlarge(title, 1.3)
        take = QPushButton(icons.icon("take_in"), _("File of the centre (Ctrl+O)"))
        take.clicked.connect(self.file_asked)
        self._split = split = QSplitter(Qt.Orientation.Vertical)
        upper = QWidget()
        column = QVBoxLayout(upper)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list, 1)
        column.addWidget(self._empty, 1)
        split.addWidget(upper)
        split.addWidget(self.card)
        split.setChildrenCollapsible(False)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(8, 8, 8, 4)
        top = QHBoxLayout()
        top.addWidget(title, 1)
        top.addWidget(take)
        whole.addLayout(top)
        whole.addWidget(split, 1)
        whole.addLayout(self._button_row())
        whole.addWidget(self._undo)

    def _button_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch(1)
        for words, keys, do in (
            (_("Cover sheet (Ctrl+P)"), "", self.print_menu),
            (_("Send again (Ctrl+R)"), "Ctrl+R", self._send_again),
            (_("Handed over (Ctrl+H)"), "Ctrl+H", self._ask_to_whom),
        ):
            button = QPushButton(words)
            button.clicked.connect(do)
            if keys:
                QShortcut(QKeySequence(keys), self).activated.connect(do)
            row.addWidget(button)
            self._needs_file.append(button)
        export = QPushButton(_("Send to the centre (Ctrl+E)"))
        export.setProperty("primary", True)
        export.clicked.connect(self.export_asked)
        row.addWidget(export)
        return row

    def _read(self, _job: Job) -> tuple[list[Sent], list[Returned]]:
        return exchange.sent(self._desk.store), exchange.returned_lines(self._desk.store)

    def _show(self, found: tuple[list[Sent], list[Returned]]) -> None:
        files, self._returned = found
        before = self.selected()
        still_open = Counter(each.bundle for each in self._returned if each.is_open)
        self._table.show_files(files, still_open)
        for part, shown in ((self.list, bool(files)), (self._empty, not files)):
            part.setVisible(shown)
        self.card.setVisible(bool(files))
        if files:
            row = self._table.row_of(before.name if before else "")
            self.list.setCurrentIndex(self._table.index(row, 0))
        self._show_selected()

    def _show_selected(self) -> None:
        file = self.selected()
        for button in self._needs_file:
            button.setEnabled(file is not None)
        if file is not None:
            returned = [each for each in self._returned if _is_of(each, file)]
            self.card.show_file(file, returned)
            self._make_room_soon()

    def _make_room_soon(self) -> None:
        """Look at the card once it is laid out."""
        QTimer.singleShot(0, self, self._make_room)

    def _make_room(self) -> None:
        """Give the card the height of its lines, at the expense of the list."""
        wanted = self.card.wanted_height()
        if not self.card.isHidden() and self.card.height() < wanted:
            whole = sum(self._split.sizes())
            self._split.setSizes([whole - wanted, wanted])

    def _send_again(self) -> None:
        file = self.selected()
        if file is None:
            return
        last = str(self._settings.value(LAST_FOLDER) or "")
        chosen = asking.ask(asking.SENDING_AGAIN, self, last)
        if chosen is None:
            return
        self._settings.setValue(LAST_FOLDER, str(chosen))
        self._jobs.run(
            self,
            asking.over(
                chosen, lambda _job: exchange.copy_again(self._desk.store, file.name, chosen)
            ),
            lambda sealed: self._say_copied(sealed.path.name, sealed.content_id),
            title=_("Copying the file"),
        )

    def _say_copied(self, name: str, content_id: str) -> None:
        sentence = _(
            "The very same file {name} is there once more; it was read back and compared. "
            "Check code: {code}"
        )
        said = sentence.format(name=name, code=exchange.check_code(content_id))
        boxes.tell(said, self)

    def _ask_to_whom(self) -> None:
        file = self.selected()
        if file is None:
            return
        self._jobs.read(
            self,
            lambda _job: exchange.receivers(self._desk.store),
            lambda known: HandOverDialog(
                file.name, known, partial(self._hand_over, file.name), self
            ).open(),
        )

    def _hand_over(self, name: str, to: str, at: str) -> None:
        def noted(_nothing: object) -> None:
            self._undo.offer(_("Noted: handed over to {name}.").format(name=to), name)
            self._changed()

        self._jobs.run(
            self, lambda _job: exchange.hand_over(self._desk.store, name, to=to, at=at), noted
        )

    def _take_back(self, name: str) -> None:
        self._jobs.run(
            self,
            lambda _job: exchange.take_back_hand_over(self._desk.store, name),
            lambda _nothing: self._changed(),
        )

    def _changed(self) -> None:
        self.refresh()
        self.written.emit()


def _is_of(returned: Returned, file: Sent) -> bool:
    """Tell whether a line went with a file; a line that was not read names the file in words."""
    return returned.bundle == file.name or (not returned.bundle and file.name in returned.reason)
