"""The calendar under a date field: Buddhist years, our own weekday row, keys only if wished."""

import calendar
from datetime import date

from PySide6.QtCore import QDate, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import (
    QCalendarWidget,
    QComboBox,
    QGridLayout,
    QLabel,
    QSpinBox,
    QTableView,
    QWidget,
)

from app.core.i18n import _
from app.core.thai.calendar import MONTHS, be_of, ce_year
from app.ui.widgets import theme


class DatePopup(QWidget):
    """Month, Buddhist year and the days of that month.

    Qt's calendar knows no Buddhist year and cuts Thai weekday names, so only its grid of days is
    used.
    """

    chosen = Signal(str)  # a full ISO date
    given_up = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._month = QComboBox()
        self._month.addItems(MONTHS)
        self._month.setAccessibleName(_("Month"))
        self._year = QSpinBox()
        self._year.setRange(2400, 2700)
        self._year.setPrefix("พ.ศ. ")
        self._year.setAccessibleName(_("Year (B.E.)"))
        self._days = _grid_of_days()
        self._view = self._days.findChildren(QTableView)[0]
        grid = QGridLayout(self)
        grid.setContentsMargins(6, 6, 6, 6)
        grid.setSpacing(2)
        grid.addWidget(self._month, 0, 0, 1, 4)
        grid.addWidget(self._year, 0, 4, 1, 3)
        for column, name in enumerate(_WEEKDAYS):
            label = QLabel(name)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setProperty("tone", "quiet" if column < 5 else "bad")
            label.setMinimumWidth(theme.characters(self, 4))
            grid.addWidget(label, 1, column)
            grid.setColumnStretch(column, 1)
        grid.addWidget(self._days, 2, 0, 1, 7)
        self._month.activated.connect(self._turn)
        self._year.valueChanged.connect(self._turn)
        self._days.currentPageChanged.connect(self._turned)
        self._days.activated.connect(self._take)
        self._days.clicked.connect(self._take)
        for inner in (self._month, self._year, self._view):
            inner.installEventFilter(self)

    def open_at(self, day: date) -> None:
        """Show the month of a day and select it."""
        self._days.setSelectedDate(QDate(day.year, day.month, day.day))
        self._turned(day.year, day.month)

    def take_focus(self) -> None:
        """Let the arrow keys walk over the days."""
        self._view.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc gives up, F4 closes again, Enter takes the day."""
        if isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_F4):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self.given_up.emit()
                return True
        return False

    def _turn(self) -> None:
        month = self._month.currentIndex() + 1
        year = ce_year(self._year.value(), month)
        if year is not None:
            last = calendar.monthrange(year, month)[1]
            day = min(self._days.selectedDate().day(), last)
            self._days.setSelectedDate(QDate(year, month, day))

    def _turned(self, year: int, month: int) -> None:
        for widget in (self._month, self._year):
            widget.blockSignals(True)
        self._month.setCurrentIndex(month - 1)
        self._year.setValue(be_of(year, month))
        for widget in (self._month, self._year):
            widget.blockSignals(False)

    def _take(self, day: QDate) -> None:
        self.chosen.emit(day.toString(Qt.DateFormat.ISODate))


_WEEKDAYS = ("จ.", "อ.", "พ.", "พฤ.", "ศ.", "ส.", "อา.")


def _grid_of_days() -> QCalendarWidget:
    days = QCalendarWidget()
    days.setNavigationBarVisible(False)
    days.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.NoHorizontalHeader)
    days.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
    days.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
    days.setMinimumHeight(days.fontMetrics().height() * 10)  # six weeks, none cut
    rest = QTextCharFormat()
    rest.setForeground(QColor(theme.BAD))
    for weekday in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
        days.setWeekdayTextFormat(weekday, rest)
    return days
