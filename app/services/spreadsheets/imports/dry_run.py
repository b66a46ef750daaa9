"""The dry run: a file read, and what each of its rows would do to the records."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import zip_longest
from pathlib import Path

from sqlalchemy import func, select

from app.core import thai
from app.core.errors import Invalid, UserError
from app.core.fields import Field
from app.core.i18n import _
from app.core.line import Data
from app.models.office.store import Store, origin
from app.models.records.lines import lines
from app.models.records.record_type import RecordType
from app.services.records import lists, records
from app.services.records.planned_view import Ahead
from app.services.spreadsheets.imports import attendance_lists
from app.services.spreadsheets.imports.links import in_words
from app.services.spreadsheets.imports.plans import Choices, Plan, Row, Verdict
from app.services.spreadsheets.imports.row_verdicts import Judging
from app.services.spreadsheets.sheets import Read, Sheet, find_columns, open_sheets, read_rows
from app.services.spreadsheets.sheets.cells import as_text
from app.sync.bundle import Step, no_step

_FIRST_BUDDHIST = 2300
_OFTEN = 100  # rows between two steps


def fields(kind: str) -> tuple[Field, ...]:
    """List the fields that a list of this kind can fill, for find_columns and for the clerk."""
    asked = lists.kinds()[kind]
    if asked.days is not None:
        return records.fields(asked.type)
    left_out = (*asked.without, *lists.listed(asked.type).never)
    own = [each for each in records.fields(asked.type) if each.name not in left_out]
    if asked.place is not None:
        fillable = asked.place.own
        own += [each for each in records.fields(asked.place.type) if each.name in fillable]
    return in_words(own)


def plan(
    store: Store,
    path: Path,
    kind: str,
    *,
    owner: str = "",
    choices: Choices | None = None,
    step: Step = no_step,
) -> Plan:
    """Read a file and tell what its rows would do; nothing is stored.

    `kind` is one of kinds(); `owner` is the id of the record that such a list belongs to, as that
    of the group that "members" are in. Each row passes the checks of a save, against the records
    and the rows before it. Raises what open_sheets and find_columns raise, Invalid
    "sheet_unknown", and UserError "not_found" for the owner.
    """
    choices = choices or Choices()
    sheet = _chosen(open_sheets(path, step=step), choices.sheet)
    asked = lists.kinds()[kind]
    if asked.days is not None:
        return attendance_lists.plan(store, sheet, asked, asked.days, owner)
    columns = choices.columns or find_columns(sheet, fields(kind))
    with store.read() as connection:
        view = Ahead(connection, origin(connection).office)
        if asked.owner and view.get(RecordType[Data](asked.owner), owner) is None:
            raise UserError(_(asked.no_owner), code="not_found")
        reading = read_rows(
            sheet,
            columns,
            fields(kind),
            on=view.today,
            home=view.office[:2],
            short_years=choices.short_years,
        )
        judging = Judging(view, asked, owner=owner, overwrite=choices.overwrite)
        judging.prepare(reading.rows)
        rows = [
            _with_cells(judging.judge(read), read, sheet, columns.targets)
            for read in _stepping(reading.rows, step)
        ]
        position = connection.scalar(select(func.max(lines.c.no))) or 0
    matched = frozenset(judging.matched)
    return Plan(kind, owner, columns, tuple(rows), reading.skipped, position, matched)


def _chosen(sheets: tuple[Sheet, ...], name: str) -> Sheet:
    for sheet in sheets:
        if name in ("", sheet.name):
            return sheet
    raise Invalid(
        _("The file has no sheet {name}; it has: {names}").format(
            name=name, names=", ".join(sheet.name for sheet in sheets)
        ),
        code="sheet_unknown",
    )


def _stepping(rows: Sequence[Read], step: Step) -> Iterator[Read]:
    for done, read in enumerate(rows):
        if done % _OFTEN == 0:
            step(done, len(rows))
        yield read
    step(len(rows), len(rows))


def _with_cells(row: Row, read: Read, sheet: Sheet, targets: tuple[str, ...]) -> Row:
    if row.verdict is not Verdict.REFUSED:
        return row
    cells = sheet.rows[read.row_number - 1]
    texts = [
        _as_typed(cell, read.values.get(target)) if isinstance(cell, date) else as_text(cell)
        for cell, target in zip_longest(cells[: len(targets)], targets, fillvalue="")
    ]
    return replace(row, cells=tuple(texts))


def _as_typed(cell: date, value: object) -> str:
    """Write a date as a clerk types it, with the year that it was understood to have."""
    if isinstance(value, str) and value[4:5] == "-":
        return thai.format_date(value, "numeric")
    return f"{cell.day}/{cell.month}/{cell.year + (543 if cell.year < _FIRST_BUDDHIST else 0)}"
