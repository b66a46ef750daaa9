"""A list with a column for each day: who is in it by number or name, the cells say how long."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from sqlalchemy import func, select

from app.core import thai
from app.core.errors import Invalid, Problem, UserError
from app.core.i18n import _
from app.core.line import Data
from app.models.office.store import Store, origin
from app.models.records.lines import lines
from app.models.records.record_type import RecordType
from app.services.records import lists, records
from app.services.records.lists import Days, ListKind
from app.services.records.planned_view import Ahead
from app.services.spreadsheets.imports import matching
from app.services.spreadsheets.imports.plans import Difference, Entry, Plan, Row, Verdict
from app.services.spreadsheets.sheets import Columns, Read, Sheet, find_columns, read_rows
from app.services.spreadsheets.sheets.cells import as_text
from app.services.spreadsheets.sheets.headings import MOST_HEADING_ROWS, NOT_USED
from app.services.spreadsheets.sheets.workbook import Cell

_PRESENT = {"มา", "ม", "เข้า", "/", "✓", "✔", "1", "y", "yes", "present"}
_ABSENT = {"ขาด", "ข", "ลา", "ล", "ป่วย", "x", "×", "✗", "✖", "0", "n", "no", "absent"}
_CLOCK = re.compile(r"([0-9]{1,2})[:.]([0-9]{2})")
_HOURS = 24  # a bare number up to this may mean hours as well as minutes
_FIRST_BUDDHIST = 2300


@dataclass(frozen=True, slots=True)
class _Known:
    id: str
    data: Data
    heads: tuple[str, ...]
    name: str
    number: str


def plan(store: Store, sheet: Sheet, kind: ListKind, asked: Days, owner: str) -> Plan:
    """Tell what the rows of a sheet would mark; nothing is stored.

    `owner` is the id of the record that has the days, as a class has. A cell says present,
    absent, minutes, or hours and minutes; an empty one changes nothing.
    Raises Invalid "sheet_headings" or "sheet_days", and UserError "not_found" for the owner.
    """
    member = _target(kind, asked)
    fields = [each for each in records.fields(member) if each.name in asked.named_by]
    with store.read() as connection:
        view = Ahead(connection, origin(connection).office)
        owned_by = view.get(RecordType[Data](kind.owner), owner)
        if owned_by is None:
            raise UserError(_(kind.no_owner), code="not_found")
        days = asked.minutes(owned_by)
        columns, of_day = _columns(sheet, find_columns(_with_words(sheet, days), fields), days)
        reading = read_rows(sheet, columns, fields, on=view.today)
        judging = _Judging(kind, asked, days, _members(view, kind, asked, owner))
        rows = [
            _with_cells(
                judging.judge(read, {day: _cell(sheet, read, at) for at, day in of_day.items()}),
                sheet,
                len(columns.targets),
            )
            for read in reading.rows
        ]
        position = connection.scalar(select(func.max(lines.c.no))) or 0
    matched = frozenset(judging.seen)
    return Plan(kind.name, owner, columns, tuple(rows), reading.skipped, position, matched)


class _Judging:
    """A list being read; it knows whom the rows before were about."""

    def __init__(
        self, kind: ListKind, asked: Days, days: Mapping[str, int], members: Sequence[_Known]
    ) -> None:
        self.seen: dict[str, int] = {}
        self._kind = kind
        self._asked = asked
        self._days = days
        self._members = members
        self._member = _target(kind, asked)

    def judge(self, read: Read, cells: Mapping[str, Cell]) -> Row:
        """Tell whom a row is about and what it changes."""
        title = records.title(self._member, read.values)
        problems = [each for each in read.problems if not each.warning]
        found = [] if problems else self._named(read)
        if not problems and len(found) != 1:
            problems = [self._nobody(len(found))]
        if problems:
            return _refused(read, title, problems)
        known = found[0]
        problems = self._doubted(known, read.row_number)
        marks: dict[str, int] = {}
        for day, cell in cells.items():
            try:
                minutes = read_mark(cell, self._days[day])
            except Invalid as error:
                where = thai.format_date(day, "short")
                message = f"{where}: {error.sentence}"
                problems.append(Problem(self._asked.field, message, error.code))
            else:
                marks |= {} if minutes is None else {day: minutes}
        if problems:
            return _refused(read, known.name, problems)
        return self._marked(read, known, self._asked.marked(known.data, marks, self._days))

    def _named(self, read: Read) -> list[_Known]:
        if number := _number(self._member, read.values):
            return [each for each in self._members if each.number == number]
        key = thai.search_key(records.title(self._member, read.values))
        bare = thai.search_key(records.title(self._member, read.values | {"title_th": ""}))
        return [each for each in self._members if key and _key(each, key, bare)]

    def _nobody(self, count: int) -> Problem:
        sentence, code = (
            (self._asked.several, "several_known")
            if count
            else (self._asked.nobody, "not_in_class")
        )
        return Problem(self._asked.member, _(sentence).format(count=count), code)

    def _doubted(self, known: _Known, row: int) -> list[Problem]:
        first = self.seen.setdefault(known.id, row)
        if first != row:
            message = _("Row {row} has the same number or name. Keep one of the two rows.")
            return [Problem(self._asked.member, message.format(row=first), "twice_in_file")]
        if len(known.heads) > 1:
            message = _("Two desks changed this record. Settle that first, then import the row.")
            return [Problem("", message, "conflict")]
        if known.data.get("status") not in self._asked.statuses:
            message = _(self._asked.not_marked).format(name=known.name)
            return [Problem(self._asked.field, message, "not_attending")]
        return []

    def _marked(self, read: Read, known: _Known, after: Data) -> Row:
        field = self._asked.field
        before, now = known.data.get(field) or [], after.get(field) or []
        if before == now:
            return Row(read.row_number, Verdict.SAME, known.name, (), (), ())
        verdict = Verdict.CHANGED if before else Verdict.NEW
        entry = Entry(self._kind.type, known.id, after, known.heads, ())
        changed = _differences(field, before, now)
        return Row(read.row_number, verdict, known.name, changed, (), (entry,))


def read_mark(cell: Cell, whole: int) -> int | None:
    """Read a cell into minutes of a day that lasts `whole`, None for an empty one.

    Raises Invalid ("mark") for what may mean several things or is longer than the day.
    """
    if isinstance(cell, bool):
        return whole if cell else 0
    if isinstance(cell, time):
        cell = f"{cell.hour}:{cell.minute:02}"
    text = thai.to_arabic_digits(as_text(cell)).strip().casefold()
    if text in ("", "-", "·"):
        return None
    if text in _PRESENT:
        return whole
    if text in _ABSENT:
        return 0
    clock = _CLOCK.fullmatch(text)
    if clock:
        minutes = int(clock[1]) * 60 + int(clock[2])
    else:
        bare = text.removesuffix("นาที").strip()
        minutes = int(bare) if bare.isascii() and bare.isdigit() and len(bare) < 5 else -1
        if minutes < 0 or (minutes <= _HOURS and bare == text):
            raise Invalid(_("Write present, absent, the minutes, or 3:30 for hours."), code="mark")
    if minutes > whole:
        raise Invalid(_("The day lasts {most} minutes.").format(most=whole), code="mark")
    return minutes


def _with_words(sheet: Sheet, days: Mapping[str, int]) -> Sheet:
    """Write the days among the headings out: a column without words belongs to the one before."""
    rows = [
        tuple(day if (day := _day_of(cell, days)) else cell for cell in row)
        for row in sheet.rows[:MOST_HEADING_ROWS]
    ]
    return replace(sheet, rows=(*rows, *sheet.rows[MOST_HEADING_ROWS:]))


def _columns(
    sheet: Sheet, columns: Columns, days: Mapping[str, int]
) -> tuple[Columns, dict[int, str]]:
    """Find the column of each day; a heading is a date, or the day of the month alone."""
    found: dict[int, str] = {}
    for row in columns.header_rows:
        for place, cell in enumerate(sheet.rows[row - 1]):
            used = place < len(columns.targets) and columns.targets[place] != NOT_USED
            day = None if used else _day_of(cell, days)
            if day and day not in found.values():
                found[place] = day
    if not found:
        message = _("No column is headed by a day of the class. Write the dates above the columns.")
        raise Invalid(message, code="sheet_days")
    width = max(len(columns.targets), max(found) + 1)
    targets = (*columns.targets, *[NOT_USED] * (width - len(columns.targets)))
    headings = [*columns.headings, *[""] * (width - len(columns.headings))]
    for place, day in found.items():
        headings[place] = thai.format_date(day, "short")
    return replace(columns, targets=targets, headings=tuple(headings)), found


def _day_of(cell: Cell, days: Mapping[str, int]) -> str | None:
    if isinstance(cell, date):
        day = cell.date() if isinstance(cell, datetime) else cell
        years = 543 if day.year >= _FIRST_BUDDHIST else 0
        iso = f"{day.year - years:04}{day.isoformat()[4:]}"
        return iso if iso in days else None
    text = thai.to_arabic_digits(as_text(cell)).removeprefix("วันที่").strip()
    if text.isascii() and text.isdigit() and len(text) <= 2:
        of_month = [day for day in days if int(day[8:]) == int(text)]
        return of_month[0] if len(of_month) == 1 else None
    try:
        iso = thai.parse_date(text, today=date.fromisoformat(min(days, default="2025-01-01")))
    except Invalid:
        return None
    return iso if iso in days else None


def _target(kind: ListKind, asked: Days) -> RecordType[Data]:
    """Return the type of those whose records are marked."""
    of = next(each.target for each in records.fields(kind.type) if each.name == asked.member)
    return RecordType[Data](of)


def _members(view: Ahead, kind: ListKind, asked: Days, owner: str) -> list[_Known]:
    found = dict(asked.rows(view, owner))
    target = _target(kind, asked)
    view.load(target, "id", [data.get(asked.member) for data in found.values()])
    members = []
    for known in matching.known(view.connection, kind.type, found):
        named = view.get(target, known.data.get(asked.member)) or {}
        name, number = records.title(target, named), _number(target, named)
        members.append(_Known(known.id, known.data, known.heads, name, number))
    return members


def _number(type_: str, data: Data) -> str:
    """Return the number that a record is known by, "" for none."""
    return next(iter(lists.listed(type_).key_of(data)[1:]), "")


def _key(known: _Known, key: str, bare: str) -> bool:
    name = thai.search_key(known.name)
    return name == key or name.endswith(bare)


def _refused(read: Read, title: str, problems: Sequence[Problem]) -> Row:
    return Row(read.row_number, Verdict.REFUSED, title, (), tuple(problems), ())


def _differences(field: str, before: Sequence[Data], now: Sequence[Data]) -> tuple[Difference, ...]:
    old = {row["day"]: row["minutes"] for row in before}
    return tuple(
        Difference(
            field,
            thai.format_date(row["day"], "short"),
            str(old.get(row["day"], "")),
            str(row["minutes"]),
        )
        for row in now
        if old.get(row["day"]) != row["minutes"]
    )


def _cell(sheet: Sheet, read: Read, place: int) -> Cell:
    row = sheet.rows[read.row_number - 1]
    return row[place] if place < len(row) else ""


def _with_cells(row: Row, sheet: Sheet, width: int) -> Row:
    """Keep what stood in a refused row, so that it can be put right and read again."""
    if row.verdict is not Verdict.REFUSED:
        return row
    cells = sheet.rows[row.number - 1][:width]
    return replace(row, cells=tuple(map(as_text, cells)))
