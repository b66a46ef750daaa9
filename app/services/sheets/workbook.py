"""The cells of a workbook file, read without asking anyone: the part that runs in a process apart.

Only what goes through a pipe comes out, so a refusal is a code; its sentence is made by `files`.
"""

import zipfile
import zlib
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from app.services.sheets import extent

if TYPE_CHECKING:
    import python_calamine as calamine

Cell = str | float | bool | date | datetime | time | timedelta
Rows = list[tuple[Cell, ...]]

MOST_INFLATED = 1_000_000_000
MOST_CELLS = 5_000_000
_SMALL_INFLATED = 5_000_000
_SMALL_CELLS = 50_000


class NotRead(Exception):
    """Why a workbook is refused: its one argument is the code of open_sheets."""


def is_small(path: Path) -> bool:
    """Tell whether a workbook can be read beside someone who types, in a few milliseconds.

    Only an xlsx says beforehand how far its cells are spread.
    """
    try:
        return (
            zipfile.is_zipfile(path)
            and extent.inflated(path) <= _SMALL_INFLATED
            and 0 < extent.most_cells(path) <= _SMALL_CELLS
        )
    except _DAMAGED:
        return False


def read(path: Path) -> list[tuple[str, Rows]]:
    """Give the (name, rows) of each sheet; every cell of a merged range holds its value.

    Raises NotRead "sheet_too_big", "sheet_scattered", "sheet_password" or "sheet_form".
    """
    import python_calamine as calamine

    try:
        if zipfile.is_zipfile(path):
            _refuse_monster(path)
        with calamine.CalamineWorkbook.from_path(path) as book:
            return [(name, _rows(book.get_sheet_by_name(name))) for name in book.sheet_names]
    except calamine.PasswordError as error:
        raise NotRead("sheet_password") from error
    except (calamine.CalamineError, *_DAMAGED) as error:
        raise NotRead("sheet_form") from error


_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError)


def _refuse_monster(path: Path) -> None:
    if extent.inflated(path) > MOST_INFLATED:
        raise NotRead("sheet_too_big")
    if extent.most_cells(path) > MOST_CELLS:
        raise NotRead("sheet_scattered")


def _rows(sheet: "calamine.CalamineSheet") -> Rows:
    if sheet.total_height * sheet.total_width > MOST_CELLS:
        raise NotRead("sheet_scattered")
    rows = [list(row) for row in sheet.to_python(skip_empty_area=False)]
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        # a title is often merged far beyond the last cell that holds anything
        for row in rows[top : bottom + 1]:
            row[left : right + 1] = [rows[top][left]] * len(row[left : right + 1])
    return [tuple(row) for row in rows]
