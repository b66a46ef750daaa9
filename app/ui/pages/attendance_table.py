"""The attendance of a class as a table: a row for each trainee, a column for each day."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor

from app.core import fields, thai
from app.core.errors import Invalid
from app.core.fields import Field, Kind
from app.core.i18n import _
from app.services.records.records import fields as fields_of_type
from app.services.training.attendance import Day, Grid, Trainee
from app.services.training.counting import share_attended
from app.ui.records.status_strip import status_text
from app.ui.widgets import icons, theme

Index = QModelIndex | QPersistentModelIndex
Marks = dict[str, dict[str, int | None]]

BEFORE = 2  # columns before the days: name and status
ASSESSED = ("assessable", "failed")  # whose score can be typed


class AttendanceTable(QAbstractTableModel):
    """The grid as it was read, and over it what the clerk marked and did not save yet."""

    changed = Signal()
    refused = Signal(str)  # what was typed cannot be taken: the reason

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.grid = Grid("", "", 0, 0, (), ())
        self.marks: Marks = {}
        self.scores: dict[str, int] = {}
        self._score = next(f for f in fields_of_type("enrolment") if f.name == "score")

    def show(self, grid: Grid, marks: Mapping[str, Mapping[str, int | None]] = {}) -> None:
        """Show a grid, with the marks of a draft over it."""
        self.beginResetModel()
        self.grid = grid
        self.marks = {trainee: dict(of) for trainee, of in marks.items()}
        self.scores = {}
        self.endResetModel()
        self.changed.emit()

    def is_dirty(self) -> bool:
        """Tell whether something is marked that is not saved."""
        return bool(self.marks or self.scores)

    def minutes(self, row: int, day: str) -> int | None:
        """Return the minutes of a trainee on a day, None where it is not marked."""
        trainee = self.grid.trainees[row]
        marks = self.marks.get(trainee.id, {})
        return marks[day] if day in marks else trainee.attended.get(day)

    def day_at(self, column: int) -> Day | None:
        """Return the day of a column, None for one that is not of a day."""
        place = column - BEFORE
        return self.grid.days[place] if 0 <= place < len(self.grid.days) else None

    def set_minutes(self, row: int, day: str, minutes: int | None) -> None:
        """Mark a trainee on a day; back to what is stored is no change."""
        trainee = self.grid.trainees[row]
        if not trainee.attends:
            self.refused.emit(
                _("{name} is not in training: take the step first, then mark the attendance.")
                .format(name=trainee.name)
            )  # fmt: skip
            return
        marks = self.marks.setdefault(trainee.id, {})
        marks[day] = minutes
        if trainee.attended.get(day) == minutes:
            del marks[day]
        if not marks:
            del self.marks[trainee.id]
        self._tell()

    def toggle(self, row: int, column: int) -> None:
        """Turn a mark over: who was there becomes absent, everyone else present."""
        day = self.day_at(column)
        if day is not None:
            now = self.minutes(row, day.day)
            self.set_minutes(row, day.day, day.minutes if not now else 0)

    def all_present(self, column: int) -> None:
        """Mark everyone present on the day of a column who is not marked yet."""
        day = self.day_at(column)
        if day is None:
            return
        for row, trainee in enumerate(self.grid.trainees):
            if trainee.attends and self.minutes(row, day.day) is None:
                self.set_minutes(row, day.day, day.minutes)

    def counts(self, column: int) -> tuple[int, int, int]:
        """Count who was there, who was absent and who is not marked on the day of a column."""
        day = self.day_at(column)
        rows = [row for row, trainee in enumerate(self.grid.trainees) if trainee.attends]
        found = [self.minutes(row, day.day) for row in rows] if day else []
        absent, open_ones = found.count(0), found.count(None)
        return len(found) - absent - open_ones, absent, open_ones

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Count the trainees."""
        return 0 if parent.isValid() else len(self.grid.trainees)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """Count the columns: name, status, the days, share, score, certificate."""
        return 0 if parent.isValid() else BEFORE + len(self.grid.days) + 3

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the heading of a column, the number of a row."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation is Qt.Orientation.Vertical:
            return section + 1
        day = self.day_at(section)
        if day is not None:
            return thai.format_date(day.day, "short2")
        if section < BEFORE:
            return (_("Trainee"), _("Status"))[section]
        return (_("Share"), _("Score"), _("Number of the training certificate"))[
            self._behind(section)
        ]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the words of a cell, its picture, and a ground where it is not saved yet."""
        row, column = index.row(), index.column()
        day = self.day_at(column)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._words(row, column)
        if role == Qt.ItemDataRole.EditRole:
            return self._typed(row, column)
        if role == Qt.ItemDataRole.TextAlignmentRole and column >= BEFORE:
            return Qt.AlignmentFlag.AlignCenter
        if role == Qt.ItemDataRole.DecorationRole and day is not None:
            minutes = self.minutes(row, day.day)
            names = {None: "", 0: "bad"}
            name = names.get(minutes, "good" if minutes == day.minutes else "caution")
            return icons.icon(name) if name else None
        if role == Qt.ItemDataRole.BackgroundRole and self._is_fresh(row, column):
            return QColor(theme.FRESH)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let the minutes of a day be typed, and the score of who is to be assessed."""
        flags = super().flags(index)
        trainee = self.grid.trainees[index.row()]
        typed = (self.day_at(index.column()) is not None and trainee.attends) or (
            self._behind(index.column()) == _SCORE and trainee.status in ASSESSED
        )
        return flags | Qt.ItemFlag.ItemIsEditable if typed else flags

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take what was typed into a cell; what cannot be taken is told and changes nothing."""
        row, day = index.row(), self.day_at(index.column())
        field = _minutes_field(day) if day is not None else self._score
        try:
            typed = fields.parse(field, str(value), on=fields.today())
        except Invalid as error:
            self.refused.emit(error.sentence)
            return False
        found = fields.check(field, typed)
        if found:
            self.refused.emit(found[0].message)
            return False
        if day is not None:
            self.set_minutes(row, day.day, typed)
        else:
            self._set_score(self.grid.trainees[row], typed)
        return True

    def _set_score(self, trainee: Trainee, score: int | None) -> None:
        self.scores.pop(trainee.id, None)
        if score is not None and (score != trainee.score or trainee.status == "assessable"):
            self.scores[trainee.id] = score
        self._tell()

    def _words(self, row: int, column: int) -> str:
        trainee, day = self.grid.trainees[row], self.day_at(column)
        if day is not None:
            return minutes_words(self.minutes(row, day.day), day)
        if column < BEFORE:
            return (trainee.name, status_text("enrolment", trainee.status))[column]
        score = fields.show(self._score, self.scores.get(trainee.id, trainee.score))
        return (self._share(trainee), score, trainee.certificate_no)[self._behind(column)]

    def _share(self, trainee: Trainee) -> str:
        """Return the share of the time with what is marked and not saved yet."""
        attended = trainee.attended | self.marks.get(trainee.id, {})
        return share_attended(sum(filter(None, attended.values())), self.grid.hours)

    def _typed(self, row: int, column: int) -> str:
        day = self.day_at(column)
        if day is None:
            return self._words(row, column)
        minutes = self.minutes(row, day.day)
        return "" if minutes is None else str(minutes)

    def _is_fresh(self, row: int, column: int) -> bool:
        trainee, day = self.grid.trainees[row], self.day_at(column)
        if day is not None:
            return day.day in self.marks.get(trainee.id, {})
        return self._behind(column) == _SCORE and trainee.id in self.scores

    def _behind(self, column: int) -> int:
        """Return the place of a column behind the days."""
        return column - BEFORE - len(self.grid.days)

    def _tell(self) -> None:
        if self.grid.trainees:
            last = self.index(len(self.grid.trainees) - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)
        self.changed.emit()


_SCORE = 1


def minutes_words(minutes: int | None, day: Day) -> str:
    """Say how long somebody was there on a day."""
    if minutes is None:
        return "·"
    if minutes == 0:
        return _("absent")
    if minutes == day.minutes:
        return _("present")
    return _("{minutes} min").format(minutes=minutes)


def _minutes_field(day: Day) -> Field:
    return Field("minutes", _("Minutes attended"), Kind.WHOLE, least=0, most=day.minutes)
