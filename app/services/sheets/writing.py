"""A spreadsheet of plain text, such as the rows that were refused with their reasons."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from app.core.errors import UserError
from app.core.i18n import _


def write_rows(path: Path, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write an xlsx whose cells are all text, so that ids and dates come back as they went.

    A text that a spreadsheet could take for a formula gets an apostrophe in front, which our own
    reading drops again. Raises UserError ("sheet_write") if the file can't be written.
    """
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    text = book.add_format({"num_format": "@"})
    heading = book.add_format({"num_format": "@", "bold": True, "bottom": 1})
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(headings), 18)
    for number, row in enumerate((headings, *rows)):
        for column, cell in enumerate(row):
            sheet.write_string(number, column, _as_text(cell), text if number else heading)
    try:
        book.close()
    except (OSError, xlsxwriter.exceptions.FileCreateError) as error:
        raise UserError(
            _("The file {name} can't be written. Close it in other programs and try again.").format(
                name=path.name
            ),
            code="sheet_write",
        ) from error


_MOST_LETTERS = 32_767  # of a cell; a longer text would be left out whole
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")


def _as_text(cell: str) -> str:
    return ("'" + cell if cell.startswith(_FORMULA) else cell)[:_MOST_LETTERS]
