"""The rows below the headings, each read into the values of its fields and its problems."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.core.errors import Problem
from app.core.fields import Field, Kind
from app.core.i18n import _
from app.services.people import full_names
from app.services.people.titles import WRITTEN_OUT
from app.services.spreadsheets.sheets import addresses, cells, left_out, words
from app.services.spreadsheets.sheets.files import Sheet
from app.services.spreadsheets.sheets.headings import NOT_USED, Columns
from app.services.spreadsheets.sheets.left_out import Skipped
from app.services.spreadsheets.sheets.refusals import readable
from app.services.spreadsheets.sheets.workbook import Cell


@dataclass(frozen=True, slots=True)
class Read:
    """One row: what goes into which field, and what is wrong or doubtful.

    `row_number` is that of the spreadsheet, from 1. A field with an error has no value; what a
    warning speaks of has been taken.
    """

    row_number: int
    values: dict[str, Any]
    problems: list[Problem]


@dataclass(frozen=True, slots=True)
class Reading:
    """Every row below the headings is in one of the two."""

    rows: tuple[Read, ...]
    skipped: tuple[Skipped, ...]


def read_rows(
    sheet: Sheet,
    columns: Columns,
    fields: Iterable[Field],
    *,
    on: date,
    home: str = "",
    short_years: frozenset[str] = frozenset(),
) -> Reading:
    """Read every row below the headings; nothing is checked but what a cell can say of itself.

    `on` is today. `home` is the office's province, for addresses that name none. `short_years`
    names the date fields whose cells hold Buddhist years of two digits: the answer to the
    warnings "cell_short_year" of a column. Raises Invalid "sheet_unreadable".
    """
    known = {field.name: field for field in fields}
    rules = cells.Rules(on, short_years)
    with readable(sheet.file, sheet.name):
        return _reading(sheet, columns, known, rules, home)


def _reading(
    sheet: Sheet, columns: Columns, known: dict[str, Field], rules: cells.Rules, home: str
) -> Reading:
    rows: list[Read] = []
    skipped: list[Skipped] = []
    first = columns.header_rows[-1]
    for number, row in enumerate(sheet.rows[first:], first + 1):
        texts = [cells.as_text(cell) for cell in row]
        if reason := left_out.reason_of(texts, columns):
            shown = " ".join(dict.fromkeys(filter(None, texts)))
            skipped.append(Skipped(number, reason, shown))
        else:
            clean = [
                text if isinstance(cell, str) else cell
                for cell, text in zip(row, texts, strict=True)
            ]
            rows.append(_read(number, clean, columns, known, rules, home))
    return Reading(tuple(rows), tuple(skipped))


def _read(
    number: int,
    row: Sequence[Cell],
    columns: Columns,
    known: dict[str, Field],
    rules: cells.Rules,
    home: str,
) -> Read:
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    address_cells: dict[str, dict[str, Cell]] = {}
    whole_name = ""
    for target, cell in zip(columns.targets, row, strict=False):
        name, _dot, part = target.partition(".")
        if target == words.FULL_NAME:
            whole_name = cells.as_text(cell)
        elif target == NOT_USED:
            continue
        elif known[name].kind is Kind.ADDRESS:
            address_cells.setdefault(name, {})[part] = cell
        else:
            value, said = cells.read(known[name], cell, rules)
            problems += said
            values |= {} if value is None else {name: value}
    _take_name(whole_name, known, values, problems)
    for name, parts in address_cells.items():
        address, said = addresses.read(known[name], parts, rules, home=home)
        problems += said
        values |= {name: address} if address else {}
    return Read(number, values, problems)


def _take_name(
    whole: str, known: dict[str, Field], values: dict[str, Any], problems: list[Problem]
) -> None:
    """Put the parts of a whole name, or of a first name with its title, into their fields.

    What a column of its own gives is not touched.
    """
    parts = full_names.split(whole) if whole else {}
    if "title_th" in values:
        values["title_th"] = WRITTEN_OUT.get(values["title_th"], values["title_th"])
    if not whole and "first_th" in values:
        title, first = full_names.split_title(values["first_th"])
        if title and "title_th" in known and values.get("title_th", title) == title:
            values |= {"title_th": title, "first_th": first}
    for name, part in parts.items():
        if name in known:
            values.setdefault(name, part)
    if "middle_th" in parts:
        message = _("Check the name: {middle} was taken as the middle name.")
        text = message.format(middle=parts["middle_th"])
        problems.append(Problem("middle_th", text, "name_middle", warning=True))
