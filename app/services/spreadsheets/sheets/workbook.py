"""The cells of a workbook file, read without asking anyone: the part that runs in a process apart.

Only what goes through a pipe comes out, so a refusal is a code; its sentence is made by `files`.
"""

import zipfile
import zlib
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from app.core import log
from app.services.spreadsheets.sheets import extent

if TYPE_CHECKING:
    import python_calamine as calamine

Cell = str | float | bool | date | datetime | time | timedelta
Rows = list[tuple[Cell, ...]]

MOST_INFLATED = 1_000_000_000
MOST_CELLS = 5_000_000
_SMALL_INFLATED = 5_000_000
_SMALL_CELLS = 50_000


class NotRead(Exception):
    """Why a workbook is refused.

    `code` is that of open_sheets, `sheet` the sheet where the reading stopped or "". `fault` is
    what the log says of a fault that nobody foresaw.
    """

    def __init__(self, code: str, sheet: str = "", fault: str = "") -> None:
        super().__init__(code, sheet, fault)
        self.code = code
        self.sheet = sheet
        self.fault = fault


def is_small(path: Path) -> bool:
    """Tell whether a workbook can be read beside someone who types, in a few milliseconds.

    Only an xlsx says beforehand how far its cells are spread.
    """
    try:
        return (
            zipfile.is_zipfile(path)
            and extent.inflated(path) <= _SMALL_INFLATED
            and 0 < extent.most_cells(path) <= _SMALL_CELLS
            and extent.is_plain(path)
        )
    except Exception:  # the reading says what is wrong with it
        return False


def read(path: Path) -> list[tuple[str, Rows]]:
    """Return the (name, rows) of each sheet; every cell of a merged range holds its value.

    Raises NotRead "sheet_too_big", "sheet_scattered", "sheet_password", "sheet_form", and
    "sheet_unreadable" where the reader itself breaks down.
    """
    import python_calamine as calamine

    sheets: list[tuple[str, Rows]] = []
    name = ""
    try:
        if zipfile.is_zipfile(path):
            _refuse_monster(path)
        with calamine.CalamineWorkbook.from_path(path) as book:
            for name in book.sheet_names:
                sheets.append((name, _rows(book.get_sheet_by_name(name))))
    except NotRead:
        raise
    except calamine.PasswordError as error:
        raise NotRead("sheet_password") from error
    except (calamine.CalamineError, *_DAMAGED) as error:
        raise NotRead("sheet_form", name) from error
    except BaseException as error:
        if not isinstance(error, Exception) and type(error).__name__ != _PANIC:
            raise
        raise NotRead("sheet_unreadable", name, log.described(error)) from error
    return sheets


_PANIC = "PanicException"  # the reader's own breakdown, which is no Exception and has no module
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, UnicodeDecodeError)


def _refuse_monster(path: Path) -> None:
    if extent.inflated(path) > MOST_INFLATED:
        raise NotRead("sheet_too_big")
    if extent.most_cells(path) > MOST_CELLS:
        raise NotRead("sheet_scattered")


def _rows(sheet: "calamine.CalamineSheet") -> Rows:
    if sheet.total_height * sheet.total_width > MOST_CELLS:
        raise NotRead("sheet_scattered")
    rows = [list(row) for row in sheet.to_python(skip_empty_area=False)]
    left = MOST_CELLS
    for (top, first), (bottom, last) in sheet.merged_cell_ranges or ():
        if top >= len(rows) or first >= len(rows[top]):
            continue  # an empty box below or beside the list
        # a title is often merged far beyond the last cell that holds anything
        for row in rows[top : bottom + 1]:
            row[first : last + 1] = [rows[top][first]] * len(row[first : last + 1])
            left -= len(row)
        if left < 0:
            raise NotRead("sheet_scattered")
    return [tuple(row) for row in rows]
