"""Spreadsheets that we write: rows of text that come back to us, and tables of reports."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.sync import durable


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a report; whole numbers are satang where `is_baht`."""

    title: str
    is_baht: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet of a report: `above` are the lines over its headings."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[str | int | None]]
    above: Sequence[str] = ()


def write_rows(path: Path, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write an xlsx whose cells are all text, so that ids and dates come back as they went.

    A text that a spreadsheet could take for a formula gets an apostrophe in front, which our own
    reading drops again. Raises UserError as durable.write does.
    """
    write_book(path, [Table("", [Column(each) for each in headings], list(rows))])


def write_book(path: Path, tables: Sequence[Table]) -> None:
    """Write an xlsx with a sheet for each table: texts stay texts, whole numbers are numbers.

    Formulas are kept out as write_rows does. Raises UserError as durable.write does.
    """
    import xlsxwriter

    whole = io.BytesIO()
    book = xlsxwriter.Workbook(whole, {"in_memory": True})
    for table in tables:
        _write(book, table)
    book.close()
    durable.write(path, [whole.getvalue()])


def as_text(cell: str) -> str:
    """Return a cell's text so that no spreadsheet takes it for a formula."""
    return ("'" + cell if cell.startswith(_FORMULA) else cell)[:_MOST_LETTERS]


_MOST_LETTERS = 32_767  # of a cell; a longer text would be left out whole
_MOST_OF_NAME = 31  # letters of a sheet's name
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")


def _write(book: Any, table: Table) -> None:
    name = "".join(letter for letter in table.title if letter not in r"[]:*?/\'")
    sheet = book.add_worksheet(name[:_MOST_OF_NAME] or None)
    text = book.add_format({"num_format": "@"})
    whole = book.add_format({"num_format": "#,##0"})
    baht = book.add_format({"num_format": "#,##0.00"})
    heading = book.add_format({"num_format": "@", "bold": True, "bottom": 1})
    for row, words in enumerate(table.above):
        sheet.write_string(row, 0, as_text(words), text)
    first = len(table.above)
    sheet.freeze_panes(first + 1, 0)
    sheet.set_column(0, len(table.columns), 18)
    for place, column in enumerate(table.columns):
        sheet.write_string(first, place, as_text(column.title), heading)
    for row, cells in enumerate(table.rows, first + 1):
        for place, (column, cell) in enumerate(zip(table.columns, cells, strict=False)):
            if isinstance(cell, str):
                sheet.write_string(row, place, as_text(cell), text)
            elif cell is not None:
                value = cell / 100 if column.is_baht else cell
                sheet.write_number(row, place, value, baht if column.is_baht else whole)
