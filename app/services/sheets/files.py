"""Opening a spreadsheet file, whatever program wrote it, as plain rows of cells."""

import zipfile
import zlib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from app.core.errors import Invalid
from app.core.i18n import _
from app.services.sheets import delimited, extent

if TYPE_CHECKING:
    import python_calamine as calamine

Cell = str | float | bool | date | datetime | time | timedelta

MOST_BYTES = 50_000_000
MOST_INFLATED = 1_000_000_000
MOST_CELLS = 5_000_000


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: `rows[0]` is row 1 of the spreadsheet, an empty cell is "".

    Every cell of a merged range holds the value of the range, where the file says what is merged.
    """

    name: str
    rows: tuple[tuple[Cell, ...], ...]


def open_sheets(path: Path) -> tuple[Sheet, ...]:
    """Read the sheets of an xlsx, xlsm, xlsb, xls, ods or csv file that hold anything.

    What the file is, its content says and not its name. Raises Invalid with the codes
    "sheet_missing", "sheet_too_big", "sheet_scattered", "sheet_password", "sheet_web_page",
    "sheet_encoding", "sheet_form" or "sheet_empty".
    """
    try:
        size = path.stat().st_size
        start = _start(path)
    except OSError as error:
        raise Invalid(
            _("The file {name} can't be opened. Close it in other programs and try again.").format(
                name=path.name
            ),
            code="sheet_missing",
        ) from error
    if size > MOST_BYTES:
        raise _too_big(path)
    if start.startswith((_ZIP, _OLE)):
        sheets = _workbook(path)
    else:
        sheets = [Sheet(path.stem, tuple(delimited.read(path.read_bytes(), path.name)))]
    filled = tuple(sheet for sheet in sheets if any(map(_is_filled, sheet.rows)))
    if not filled:
        raise Invalid(
            _("There is nothing in the file {name}.").format(name=path.name), code="sheet_empty"
        )
    return filled


_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _is_filled(row: tuple[Cell, ...]) -> bool:
    return any(str(cell).strip() for cell in row)


def _start(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(8)


def _workbook(path: Path) -> list[Sheet]:
    import python_calamine as calamine

    try:
        if zipfile.is_zipfile(path):
            _refuse_monster(path)
        with calamine.CalamineWorkbook.from_path(path) as book:
            return [_sheet(book.get_sheet_by_name(name)) for name in book.sheet_names]
    except calamine.PasswordError as error:
        raise Invalid(
            _("The file {name} has a password. Save it without one and try again.").format(
                name=path.name
            ),
            code="sheet_password",
        ) from error
    except (
        calamine.CalamineError,
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        RuntimeError,
    ) as error:
        raise Invalid(
            _("The file {name} is damaged or not a spreadsheet. Open and save it again.").format(
                name=path.name
            ),
            code="sheet_form",
        ) from error


def _refuse_monster(path: Path) -> None:
    if extent.inflated(path) > MOST_INFLATED:
        raise _too_big(path)
    if extent.most_cells(path) > MOST_CELLS:
        raise Invalid(
            _(
                "A sheet of the file {name} has cells far below or beside the list. "
                "Delete the rows and columns outside the list and save it again."
            ).format(name=path.name),
            code="sheet_scattered",
        )


def _too_big(path: Path) -> Invalid:
    return Invalid(
        _("The file {name} is too big. Split it into several files.").format(name=path.name),
        code="sheet_too_big",
    )


def _sheet(sheet: "calamine.CalamineSheet") -> Sheet:
    rows = [list(row) for row in sheet.to_python(skip_empty_area=False)]
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        # a title is often merged far beyond the last cell that holds anything
        for row in rows[top : bottom + 1]:
            row[left : right + 1] = [rows[top][left]] * len(row[left : right + 1])
    return Sheet(sheet.name, tuple(tuple(row) for row in rows))
