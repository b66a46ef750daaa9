"""The first page of the office: how far the groups have come, the money, what is due, what waits.

The first picture is read at once; what walks every member follows behind it.
"""

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.core import period, thai
from app.core.fields import today
from app.core.i18n import _
from app.services import figures
from app.services.figures import Details, Overview, Scope
from app.services.office.desk import Desk
from app.ui.frame.front import OUTBOX, Front
from app.ui.frame.jobs import Jobs
from app.ui.pages import overview_words
from app.ui.widgets import theme
from app.ui.widgets.figure_button import FigureButton, Shown
from app.ui.widgets.wrapping import display

Ids = Callable[[Desk], list[str]]


class OverviewPage(Front):
    """Figures of a fiscal year and a district; every figure opens the list behind it."""

    list_asked = Signal(str, str, object)  # type, title, what gives the ids
    page_asked = Signal(str)  # the name of a page
    drafts_asked = Signal()

    def __init__(self, desk: Desk, jobs: Jobs) -> None:
        super().__init__()
        self._desk = desk
        self._jobs = jobs
        self._goes_to_first = False
        self._year = QComboBox()
        self._year.setObjectName("overview_year")
        self._district = QComboBox()
        self._district.setObjectName("overview_district")
        self._boxes = {name: _Box(title) for name, title in _titles().items()}
        self._lay_out()
        self._fill_years()
        self._district.addItem(_("Whole province"), "")
        self._year.currentIndexChanged.connect(lambda _index: self.refresh())
        self._district.currentIndexChanged.connect(lambda _index: self.refresh())
        self.refresh()
        # behind the first picture: reading the places takes longer than a key may
        self._jobs.read(self, lambda _job: figures.districts(desk.office), self._fill_districts)

    @property
    def scope(self) -> Scope:
        """Return what is asked for: a fiscal year that is over is shown as of its last day."""
        year = period.fiscal_year(self._year.currentData())
        return Scope(year, self._district.currentData() or "", min(today(), year.last))

    def come_forward(self) -> None:
        """Go to the first figure, as soon as there is one."""
        first = self.findChild(FigureButton)
        (first or self._year).setFocus()
        self._goes_to_first = first is None

    def refresh(self) -> None:
        """Read the first picture anew, and the rest behind it."""
        scope, store = self.scope, self._desk.store

        def read(_job: object) -> tuple[Overview, int]:
            return figures.overview(store, scope), len(store.drafts.all())

        self._jobs.read(self, read, self._show, replace="overview")
        self._jobs.run(
            self,
            lambda _job: figures.details(store, scope),
            lambda found: self._show_details(scope, found),
        )

    def print_menu(self) -> None:
        """Choose a report of the period and the district that are shown."""
        from app.ui.paper.report_dialog import ReportDialog  # the forms are read on first use

        ReportDialog(self._desk, self._jobs, self.scope, self).open()

    def minimumSizeHint(self) -> QSize:
        """Let the window become narrow."""
        return QSize(theme.characters(self, 60), super().minimumSizeHint().height())

    def _fill_years(self) -> None:
        now = thai.fiscal_year_be(today())
        for year in range(now, _FIRST_YEAR - 1, -1):
            self._year.addItem(_("Fiscal year {year}").format(year=year), year)

    def _fill_districts(self, found: list[tuple[str, str]]) -> None:
        self._district.blockSignals(True)
        for code, name in found:
            self._district.addItem(name, code)
        self._district.blockSignals(False)

    def _lay_out(self) -> None:
        title = QLabel(_("Overview"))
        title.setProperty("tone", "heading")
        theme.enlarge(title, 1.3)
        self._year.setAccessibleName(_("Fiscal year"))
        self._district.setAccessibleName(_("District"))
        reports = QPushButton(_("Reports (Ctrl+P)"))
        reports.clicked.connect(self.print_menu)
        top = QHBoxLayout()
        top.addWidget(title, 1)
        for part in (self._year, self._district, reports):
            top.addWidget(part)
        page = QWidget()
        page.setObjectName("formPage")
        grid = QGridLayout(page)
        for place, box in enumerate(self._boxes.values()):
            grid.addWidget(box, place // 2, place % 2, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(9, 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 4)
        column.addLayout(top)
        column.addWidget(scroll, 1)

    def _show(self, found: tuple[Overview, int]) -> None:
        overview, drafts = found
        scope = overview.scope
        lines = [
            (each.name, shown, self._list_of(scope, each.name, each.type, each.title))
            for each, shown in overview_words.funnel(overview)
        ]
        loans = self._list_of(scope, "loans_approved", "loan_file", _("Loans approved"))
        lines.append(("pot", overview_words.pot(overview.pot), loans))
        self._boxes["funnel"].show_lines(lines)
        if self._goes_to_first and self._year.hasFocus():
            self.come_forward()
        self._boxes["waiting"].show_lines(
            [*self._deadlines(overview), *self._work(overview, drafts)]
        )

    def _deadlines(self, found: Overview) -> Iterable["_Line"]:
        for each in found.deadlines:
            day = thai.format_date(each.on.isoformat(), "short")
            number = _("{day} · {count} days left").format(day=day, count=each.days)
            shown = Shown(each.text, number, f"{each.text}: {number}", tone="caution")
            about = found.figures[each.figure]
            opens = self._list_of(found.scope, about.name, about.type, about.title)
            yield f"deadline_{each.figure}", shown, opens

    def _work(self, found: Overview, drafts: int) -> Iterable["_Line"]:
        for name in figures.TO_DO:
            each = found.figures[name]
            opens = self._list_of(found.scope, name, each.type, each.title)
            yield name, overview_words.to_do(each), opens
        for name, words, count, do in (
            ("drafts", _("Drafts that wait"), drafts, self.drafts_asked.emit),
            (
                "unacknowledged",
                _("Files that the centre has not answered"),
                found.unacknowledged,
                partial(self.page_asked.emit, OUTBOX),
            ),
        ):
            tone = "caution" if count else "quiet"
            yield name, Shown(words, f"{count:,}", f"{words}: {count:,}", tone=tone), do

    def _show_details(self, scope: Scope, found: Details) -> None:
        if scope != self.scope:
            return  # another year or district was chosen meanwhile
        for box, names in (("results", overview_words.RESULTS), ("people", overview_words.PEOPLE)):
            self._boxes[box].show_lines(
                (
                    name,
                    overview_words.figure(found.figures[name]),
                    self._list_of(scope, name, found.figures[name].type, found.figures[name].title),
                )
                for name in names
            )
        self._boxes["arrears"].show_lines(
            (name, shown, partial(self.list_asked.emit, "loan_file", shown.words, _given(ids)))
            for name, shown, ids in overview_words.arrears(found)
        )
        self._boxes["more"].show_words(overview_words.plain(found))

    def _list_of(self, scope: Scope, name: str, type_: str, title: str) -> Callable[[], object]:
        def ids(desk: Desk) -> list[str]:
            return figures.behind(desk.store, scope, name)

        return partial(self.list_asked.emit, type_, title, ids)


_FIRST_YEAR = 2567  # of the programme
_Line = tuple[str, Shown, Callable[[], object]]


def _titles() -> dict[str, str]:
    return {
        "funnel": _("From the register to the loan"),
        "waiting": _("Days that come and work that waits"),
        "results": _("Results and targets"),
        "people": _("Members and data"),
        "arrears": _("Repayment"),
        "more": _("More figures"),
    }


def _given(ids: tuple[str, ...]) -> Ids:
    return lambda _desk: list(ids)


class _Box(QFrame):
    """A titled frame of figures; until they are read it says so."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setObjectName("cardFrame")
        self._buttons: dict[str, FigureButton] = {}
        self._column = QVBoxLayout(self)
        self._column.setSpacing(2)
        head = QLabel(title)
        head.setProperty("tone", "heading")
        self._column.addWidget(head)
        self._words = QLabel(_("Being counted…"))
        self._words.setWordWrap(True)
        self._words.setProperty("tone", "quiet")
        self._column.addWidget(self._words)

    def show_lines(self, lines: Iterable[_Line]) -> None:
        """Show figures in their order; a button stays, so that the focus does."""
        wanted = {name: (shown, opens) for name, shown, opens in lines}
        for name in set(self._buttons) - set(wanted):
            self._buttons.pop(name).deleteLater()
        for name, (shown, opens) in wanted.items():
            if name in self._buttons:
                self._buttons[name].clicked.disconnect()
            else:
                self._buttons[name] = FigureButton(name, self)
                self._column.addWidget(self._buttons[name])
                self._buttons[name].show()  # now, for the focus may go there at once
            self._buttons[name].show_figure(shown)
            self._buttons[name].clicked.connect(lambda _on=False, opens=opens: opens())
        self._words.hide()

    def show_words(self, lines: list[str]) -> None:
        """Show figures that open nothing."""
        self._words.setText("\n".join(map(display, lines)))
        self._words.setProperty("tone", "")
