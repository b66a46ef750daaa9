"""The list of a page with its filter: typing narrows it, the arrow keys walk it."""

from array import array
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.core.fields import Field, Kind
from app.core.i18n import _
from app.services.office.desk import Desk
from app.services.records import naming, search
from app.ui.frame import messages
from app.ui.frame.jobs import Job, Jobs
from app.ui.records.page import Only, Page
from app.ui.records.page_fields import page_fields
from app.ui.records.record_table import RecordList, RecordTable, words_of
from app.ui.widgets import icons, shortcuts
from app.ui.widgets.flow import Flow
from app.ui.widgets.key_layouts import digits_from_thai_keys
from app.ui.widgets.keyboard import OWN_ENTER
from app.ui.widgets.wrapping import display


class ListPane(QWidget):
    """Filter, chips, count and list of one type of record."""

    chosen = Signal(str)  # the clerk walked to a record
    opened = Signal(str)  # the clerk wants to work on it

    def __init__(self, page: Page, desk: Desk, jobs: Jobs) -> None:
        super().__init__()
        self._page = page
        self._desk = desk
        self._jobs = jobs
        self._sort = ("", False)
        self._equal: dict[str, Any] = {}
        self._only: Only | None = None
        self._guest = QPushButton()  # the chip of a figure whose records are listed
        self._guest_only: Only | None = None
        self._titles: dict[tuple[str, str], str] = {}
        self.rowids: array[int] = array("q")  # what is listed, in its order
        self._is_reading = False
        self._waiting: list[Callable[[], object]] = []
        self._dim = QTimer(self, singleShot=True, interval=_SEEN)
        self._dim.timeout.connect(partial(self._mark_old, True))
        described = {field.name: field for field in page_fields(page, desk)}
        table = RecordTable(
            [described[name] for name in page.columns], self._read_page, self._words, self
        )
        self.list = RecordList(table)
        self.list.setAccessibleName(_(page.title))
        self.filter = self._make_filter()
        self._count = QLabel()
        self._count.setProperty("tone", "quiet")
        self._empty = QLabel()
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setProperty("tone", "quiet")
        self._lay_out()
        self.list.chosen.connect(self.chosen)
        self.list.opened.connect(self.opened)
        self.list.sort_asked.connect(self._sort_by)
        self.list.typed.connect(self._type_into_filter)
        self.refresh()

    def refresh(self) -> None:
        """Find the rows anew; the answer to an older question is dropped.

        Until it has come the rows are those of the question before: they are soon dimmed, and what
        is to be done to the list waits (when_read).
        """
        self._is_reading = True
        self._dim.start()
        words, (sort, descending) = self._sought(), self._sort
        equal, only = dict(self._equal), self._only

        def read(_job: Job) -> "array[int]":
            type_ = self._page.type
            if only:
                equal["id"] = only(self._desk, type_)
            store = self._desk.store
            return search.rows(
                store, type_, words=words, sort=sort, descending=descending, equal=equal
            )

        replace = f"list {self._page.type}"
        self._jobs.read(self, read, self._show, replace=replace, failed=self._not_read)

    def when_read(self, do: Callable[[], object]) -> None:
        """Do something to the rows that the clerk has asked for: at once, or when they are here."""
        if self._is_reading:
            self._waiting.append(do)
        else:
            do()

    def keep(self, title: str, only: "Only") -> None:
        """Keep the records that a figure counts, under a chip that says so."""
        self._guest.setText(title)
        self._guest.show()
        self._guest.setChecked(True)
        self._guest_only = only
        self.filter.clear()
        self._keep_only({}, only)

    def neighbour(self, step: int) -> str:
        """Go to the record before or after the selected one; return its id, "" at the ends."""
        row = self.list.currentIndex().row() + step
        if not 0 <= row < self.list.model().rowCount():
            return ""
        self.list.blockSignals(True)
        self.list.go_to_row(row)
        self.list.blockSignals(False)
        return self.list.selected_id()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the filter Down goes into the list and Esc empties it."""
        if not isinstance(event, QKeyEvent) or watched is not self.filter:
            return False
        if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        if event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            open_it = event.key() != Qt.Key.Key_Down
            self.when_read(partial(self._enter_list, open_it=open_it))
            return True
        if event.key() == Qt.Key.Key_Escape:
            self._clear()
            return True
        return False

    def _make_filter(self) -> QLineEdit:
        edit = QLineEdit()
        edit.setObjectName(f"filter.{self._page.type}")
        edit.setPlaceholderText(_("Filter this list (Ctrl+F)"))
        edit.setAccessibleName(_("Filter this list (Ctrl+F)"))
        edit.addAction(icons.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        edit.setClearButtonEnabled(True)
        edit.setProperty(OWN_ENTER, True)
        edit.textChanged.connect(self.refresh)
        edit.installEventFilter(self)
        return edit

    def _lay_out(self) -> None:
        chips = Flow()
        group = QButtonGroup(self)
        for number, (title, equal, only) in enumerate(
            (
                (_("All"), {}, None),
                *((title, equal, None) for title, equal in self._page.filters),
                *((title, {}, only) for title, only in self._page.finders),
                (_("Not sent"), {}, _waiting),
                (_("Returned"), {}, _returned),
            ),
            1,
        ):
            chip = QPushButton(_(title))
            chip.setCheckable(True)
            chip.setProperty("chip", True)
            chip.setChecked(not equal and only is None)
            keep = partial(self._keep_only, equal, only)
            chip.clicked.connect(lambda _on=True, keep=keep: keep())
            if number < 10:
                chip.setToolTip(f"Ctrl+{number}")
                shortcuts.within(self, f"Ctrl+{number}", chip.click)
            group.addButton(chip)
            chips.addWidget(chip)
        self._guest.setCheckable(True)
        self._guest.setProperty("chip", True)
        self._guest.hide()
        self._guest.clicked.connect(lambda _on=True: self._keep_only({}, self._guest_only))
        group.addButton(self._guest)
        chips.addWidget(self._guest)
        chips.add_at_end(self._count)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.filter)
        column.addLayout(chips)
        column.addWidget(self.list, 1)
        column.addWidget(self._empty, 1)

    def _sought(self) -> str:
        text = self.filter.text().strip()
        return digits_from_thai_keys(text) or text  # a scanner under the Thai layout

    def _show(self, rowids: "array[int]") -> None:
        self._titles.clear()
        self.rowids = rowids
        self.list.show_rows(rowids)
        self._count.setText(_("{count} records").format(count=f"{len(rowids):,}"))
        self._empty.setText(display(self._why_empty()))
        self._empty.setVisible(not rowids)
        self.list.setVisible(bool(rowids))
        waiting, self._waiting = self._waiting, []
        self._has_read()
        for do in waiting:
            do()

    def _not_read(self, error: Exception) -> None:
        self._waiting.clear()
        self._has_read()
        messages.show(error, self)

    def _has_read(self) -> None:
        self._is_reading = False
        self._dim.stop()
        self._mark_old(False)

    def _mark_old(self, old: bool) -> None:
        """Dim the rows and their count, or show them as they are."""
        if bool(self.list.property("old")) != old:
            self.list.setProperty("old", old)
            self.list.setStyle(self.list.style())  # the looks are asked for anew
            self._count.setEnabled(not old)

    def _why_empty(self) -> str:
        if self._sought() or self._equal or self._only:
            return _("Nothing fits. Press Esc in the filter to see all again.")
        return _("Nothing here yet. Press Ctrl+N to enter the first.")

    def _read_page(self, rowids: Sequence[int]) -> list[search.Row]:
        return search.page(self._desk.store, self._page.type, rowids)

    def _words(self, field: Field, value: Any) -> str:
        if field.kind is not Kind.RECORD or not value:
            return words_of(field, value)
        key = (field.target, value)
        if key not in self._titles:
            self._titles[key] = naming.named(self._desk.store, *key)
        return self._titles[key]

    def _keep_only(self, equal: dict[str, Any], only: Only | None) -> None:
        self._equal, self._only = equal, only
        self.refresh()

    def _sort_by(self, name: str, descending: bool) -> None:
        self._sort = ("" if name == self._page.columns[0] else name, descending)
        self.refresh()

    def _type_into_filter(self, text: str) -> None:
        self.filter.setFocus()
        self.filter.setText(text)

    def _enter_list(self, *, open_it: bool) -> None:
        if not self.list.model().rowCount():
            return
        self.list.setFocus()
        if not self.list.selected_id():
            self.list.go_to_row(0)
        if open_it:
            self.opened.emit(self.list.selected_id())

    def _clear(self) -> None:
        first = self.findChildren(QPushButton)[0]
        first.setChecked(True)
        self._equal, self._only = {}, None
        self.filter.clear()
        self.refresh()


_SEEN = 120  # milliseconds: rows that flicker at every key say nothing


def _waiting(desk: Desk, type_: str) -> list[str]:
    from app.services import exchange  # the seals and keys are read on first use

    return exchange.records_waiting(desk.store, type_)


def _returned(desk: Desk, type_: str) -> list[str]:
    from app.services import exchange

    return exchange.records_returned(desk.store, type_)
