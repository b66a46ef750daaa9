"""One file of the outbox in full: its content by type, its way, and the lines that came back."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.core.i18n import _
from app.services.exchange import Returned, Sent, check_code
from app.services.records import records
from app.sync.file_name import ENDING
from app.ui.exchange import sending_words
from app.ui.widgets import icons, theme
from app.ui.widgets.state_label import StateLabel
from app.ui.widgets.times import spoken
from app.ui.widgets.wrapping import display


class BundleCard(QFrame):
    """The facts of a file; Enter on a returned line opens its record."""

    record_asked = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("cardFrame")
        self._name = QLabel()
        self._name.setProperty("tone", "heading")
        self._name.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._state = StateLabel()
        self._facts = QGridLayout()
        self._facts.setColumnStretch(1, 1)
        self._facts.setColumnStretch(3, 1)
        self._facts.setHorizontalSpacing(10)
        self._returned_title = QLabel()
        self._returned_title.setProperty("tone", "bad")
        self.returned = QListWidget()
        self.returned.setObjectName("lineList")
        self.returned.setWordWrap(True)
        self.returned.itemActivated.connect(self._open)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 10)
        column.addWidget(self._name)
        column.addWidget(self._state)
        column.addLayout(self._facts)
        column.addWidget(self._returned_title)
        column.addWidget(self.returned, 1)
        self._content = self._make_fact(_("Content"), 0, 0, 3)
        self._values = [
            self._make_fact(title, 1 + place // 2, 2 * (place % 2))
            for place, title in enumerate(_titles())
        ]
        column.addStretch(1)

    def show_file(self, file: Sent, returned: Sequence[Returned]) -> None:
        """Show a file, and the lines of it that the centre did not take."""
        kind = _("Everything of the office") if file.kind == "full" else _("Changes")
        self._name.setText(f"{file.name}{ENDING} · {kind}")
        still_open = sum(each.is_open for each in returned)
        self._state.say(sending_words.of_file(file, still_open))
        counts = sending_words.in_words(file.counts)
        lines = _("{count} lines").format(count=f"{file.records:,}")
        self._content.setText(display(f"{counts} ({lines})"))
        values = (
            spoken(file.made_at),
            check_code(file.content_id),
            _who_and_when(file),
            _receipt(file),
        )
        for label, words in zip(self._values, values, strict=True):
            label.setText(display(words))
        self._show_returned(returned)

    def wanted_height(self) -> int:
        """Return the height that shows every line at the card's width."""
        layout = self.layout()
        assert layout is not None  # noqa: S101 (it was laid out when it was made)
        layout.activate()
        return layout.totalMinimumHeightForWidth(self.width())

    def go_to_returned(self) -> None:
        """Go to the returned lines, where there are any."""
        if self.returned.count():
            self.returned.setFocus()
            self.returned.setCurrentRow(max(self.returned.currentRow(), 0))

    def _make_fact(self, title: str, row: int, column: int, width: int = 1) -> QLabel:
        name, value = QLabel(title), QLabel()
        name.setProperty("tone", "quiet")
        value.setWordWrap(True)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        top = Qt.AlignmentFlag.AlignTop
        self._facts.addWidget(name, row, column, top)
        self._facts.addWidget(value, row, column + 1, 1, width)
        return value

    def _show_returned(self, returned: Sequence[Returned]) -> None:
        still_open = sum(each.is_open for each in returned)
        words = _("Returned by the centre: {count} lines, {left} to put right (Enter opens)")
        title = words.format(count=f"{len(returned):,}", left=f"{still_open:,}")
        theme.mark(self._returned_title, "tone", "bad" if still_open else "quiet")
        self._returned_title.setText(title)
        self.returned.setAccessibleName(title)
        self.returned.clear()
        for each in returned[:_MOST]:
            item = QListWidgetItem(
                icons.icon("returned" if each.is_open else "good"), _sentence(each)
            )
            item.setData(Qt.ItemDataRole.UserRole, (each.type, each.id))
            self.returned.addItem(item)
        for part in (self._returned_title, self.returned):
            part.setVisible(bool(returned))

    def _open(self, item: QListWidgetItem) -> None:
        type_, record_id = item.data(Qt.ItemDataRole.UserRole)
        if record_id:
            self.record_asked.emit(type_, record_id)


_MOST = 200  # lines shown of one file


def _titles() -> tuple[str, ...]:
    return (
        _("Sealed on"),
        _("Check code"),
        _("Handed over to"),
        _("Receipt"),
    )


def _who_and_when(file: Sent) -> str:
    if not file.handed_over_at:
        return "-"
    return f"{file.handed_over_to} · {spoken(file.handed_over_at)}"


def _receipt(file: Sent) -> str:
    if file.receipt_no is None:
        return "-"
    words = _("No. {number} · {when}")
    return words.format(number=file.receipt_no, when=spoken(file.receipt_at))


def _sentence(returned: Returned) -> str:
    """Name the record and why it came back; what was put right since says so."""
    name = " ".join(filter(None, (records.label(returned.type), returned.title)))
    words = f"{name}: {returned.reason}"
    return words if returned.is_open else _("{words} (changed since)").format(words=words)
