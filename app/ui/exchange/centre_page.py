"""What the centre sent with its receipts: to read, and a way to the loan files it decided."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QVBoxLayout

from app.core import fields, thai
from app.core.i18n import _
from app.models import shapes
from app.services import exchange
from app.services.exchange import Decision, FromCentre, GroupMoved, KnownRound, LastReceipt
from app.services.office.desk import Desk, office_name
from app.services.records import records
from app.ui.frame.front import Front
from app.ui.frame.jobs import Jobs
from app.ui.widgets import icons, theme
from app.ui.widgets.times import spoken
from app.ui.widgets.wrapping import display


class CentrePage(Front):
    """One list under headings; Enter on a decision opens its loan file."""

    def __init__(self, desk: Desk, jobs: Jobs) -> None:
        super().__init__()
        self._desk = desk
        self._jobs = jobs
        title = QLabel(_("From the centre"))
        title.setProperty("tone", "heading")
        theme.enlarge(title, 1.3)
        how = QLabel(
            display(
                _(
                    "It comes with the centre's receipts (Ctrl+O) and cannot be changed here. "
                    "Enter on a decision opens its loan file."
                )
            )
        )
        how.setWordWrap(True)
        how.setProperty("tone", "quiet")
        self.list = QListWidget()
        self.list.setObjectName("lineList")
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.list.setAccessibleName(_("From the centre"))
        self.list.itemActivated.connect(self._open)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(8, 8, 8, 4)
        whole.addWidget(title)
        whole.addWidget(how)
        whole.addWidget(self.list, 1)
        self.refresh()

    def come_forward(self) -> None:
        """Go to the list."""
        self.list.setFocus()

    def refresh(self) -> None:
        """Read anew what was sent; the place in the list is kept."""
        self._jobs.read(
            self,
            lambda _job: exchange.from_centre(self._desk.store),
            self._show,
            replace="from the centre",
        )

    def _show(self, found: FromCentre) -> None:
        here = self.list.currentItem()
        place = here.data(_PLACE) if here else ""
        self.list.clear()
        for heading, lines in _sections(found):
            self._add_heading(heading)
            for line in lines:
                item = QListWidgetItem(icons.icon(line.icon), display(line.words))
                item.setData(Qt.ItemDataRole.UserRole, line.loan_file)
                item.setData(_PLACE, f"{heading}: {line.words}")
                self.list.addItem(item)
        every = [self.list.item(row) for row in range(self.list.count())]
        same = [item for item in every if item.data(_PLACE) == place]
        self.list.setCurrentItem(same[0] if same and place else every[1])

    def _add_heading(self, words: str) -> None:
        item = QListWidgetItem(words)
        item.setFlags(Qt.ItemFlag.NoItemFlags)  # the arrows pass it by
        item.setForeground(QColor(theme.INK))
        font = self.list.font()
        font.setBold(True)
        item.setFont(font)
        self.list.addItem(item)

    def _open(self, item: QListWidgetItem) -> None:
        loan_file = item.data(Qt.ItemDataRole.UserRole)
        if loan_file:
            self.record_asked.emit("loan_file", loan_file)


# The same words stand under every heading that holds nothing, so the heading belongs to the place.
_PLACE = Qt.ItemDataRole.AccessibleTextRole


class _Line(NamedTuple):
    """An entry of the list; `loan_file` is the id of the file that Enter opens."""

    icon: str
    words: str
    loan_file: str = ""


def _sections(found: FromCentre) -> Iterator[tuple[str, Sequence[_Line]]]:
    """Put all of it into words; a section that holds nothing says so."""
    none = [_Line("busy", _("The centre has sent nothing of this yet."))]
    yield _("Last receipt"), [_receipt(found.receipt)] if found.receipt else none
    yield _("Decisions on loan files"), [_decision(each) for each in found.decisions] or none
    yield _("Allotments"), [_allotment(each) for each in found.allotments] or none
    yield _("Groups that moved"), [_moved(each) for each in found.transfers] or none
    yield _("Fund rounds"), [_round(each) for each in found.rounds]
    tables = [
        _Line("table", _("Table {name}, version {version}").format(name=name, version=version))
        for name, version in found.code_tables
    ]
    yield _("Code tables"), tables or none


def _receipt(found: LastReceipt) -> _Line:
    words = _("Receipt {number} · made {at} · taken in here {applied_at}").format(
        number=found.number, at=spoken(found.at), applied_at=spoken(found.applied_at)
    )
    counts = _(
        "{returned} lines returned (Alt+8) · {flagged} to look at and {disputed} to settle (Alt+9)"
    ).format(
        returned=f"{found.returned:,}",
        flagged=f"{found.flagged:,}",
        disputed=f"{found.disputed:,}",
    )
    return _Line("returned" if found.returned else "good", f"{words}\n{counts}")


def _decision(found: Decision) -> _Line:
    icon = _OUTCOMES.get(found.data.get("outcome", ""), "caution")
    title = found.title or _("a loan file that is not here")
    left_out = ("loan_file",)
    return _Line(icon, f"{title}\n{_facts('loan_decision', found.data, left_out)}", found.loan_file)


def _moved(found: GroupMoved) -> _Line:
    title = found.title or _("a group that is not here: enter it anew from its papers")
    way = _("from {giver} to {taker}").format(
        giver=office_name(found.data.get("from_office", "")),
        taker=office_name(found.data.get("to_office", "")),
    )
    left_out = ("group", "from_office", "to_office")
    return _Line("group", f"{title}\n{way} · {_facts('transfer', found.data, left_out)}")


def _allotment(data: shapes.Allotment) -> _Line:
    name = _("Round {code}").format(code=data.get("round", ""))
    return _Line("loan", f"{name}\n{_facts('allotment', data, ('round',))}")


def _round(found: KnownRound) -> _Line:
    this = found.round
    facts = [
        _("Applications {first} to {last}").format(
            first=_day(this.apply_from.isoformat()), last=_day(this.apply_to.isoformat())
        )
    ]
    facts += [
        _("extended to {day} (letter {letter})").format(
            day=_day(each.apply_to.isoformat()), letter=each.letter_no or "-"
        )
        for each in this.extensions
    ]
    if this.contract_by:
        facts.append(_("contracts by {day}").format(day=_day(this.contract_by.isoformat())))
    known = _("announced by the centre") if found.is_announced else _("came with the program")
    return _Line("calendar", f"{this.code}  {this.name}\n{' · '.join((*facts, known))}")


def _facts(type_: str, data: Mapping[str, object], left_out: Sequence[str]) -> str:
    """Write a record's fields with their labels in one line."""
    shown = [
        (_(field.label), fields.show(field, data.get(field.name)))
        for field in records.fields(type_)
        if field.name not in left_out
    ]
    return " · ".join(f"{label} {words}" for label, words in shown if words)


def _day(iso: str) -> str:
    return thai.format_date(iso, "short")


_OUTCOMES = {"approved": "good", "partly": "good", "refused": "bad", "returned": "returned"}
