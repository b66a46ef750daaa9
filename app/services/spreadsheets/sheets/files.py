"""Opening a spreadsheet file, whatever program wrote it, as plain rows of cells."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from app.core import log
from app.services.spreadsheets.sheets import delimited, other_process, workbook
from app.services.spreadsheets.sheets.refusals import readable, refusal
from app.services.spreadsheets.sheets.workbook import Cell

MOST_BYTES = 50_000_000


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: `rows[0]` is row 1 of the spreadsheet, an empty cell is "".

    Every cell of a merged range holds the value of the range, where the file says what is merged.
    `file` is the name of the file that it stands in, for refusals.
    """

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    file: str = field(default="", compare=False)


def _no_step(_done: int, _total: int) -> None:
    """Do nothing: nobody watches."""


def open_sheets(path: Path, *, step: Callable[[int, int], None] = _no_step) -> tuple[Sheet, ...]:
    """Read the sheets of an xlsx, xlsm, xlsb, xls, ods or csv file that hold anything.

    What the file is, its content says and not its name. `step` is called while a workbook is
    read, and stops that by raising. Raises Invalid with the codes "sheet_missing",
    "sheet_too_big", "sheet_scattered", "sheet_password", "sheet_unreadable", "sheet_web_page",
    "sheet_encoding", "sheet_form" or "sheet_empty".
    """
    with readable(path.name):
        filled = tuple(sheet for sheet in _opened(path, step) if any(map(_is_filled, sheet.rows)))
    if not filled:
        raise refusal("sheet_empty", path.name)
    return filled


def _opened(path: Path, step: Callable[[int, int], None]) -> list[Sheet]:
    try:
        size = path.stat().st_size
        start = _start(path)
    except OSError as error:
        raise refusal("sheet_missing", path.name) from error
    if size > MOST_BYTES:
        raise refusal("sheet_too_big", path.name)
    if start.startswith((_ZIP, _OLE)):
        return _workbook(path, step)
    rows = delimited.read(path.read_bytes(), path.name)
    return [Sheet(path.stem, tuple(rows), path.name)]


_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _is_filled(row: tuple[Cell, ...]) -> bool:
    return any(str(cell).strip() for cell in row)


def _start(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(8)


def _workbook(path: Path, step: Callable[[int, int], None]) -> list[Sheet]:
    try:
        is_small = workbook.is_small(path)
        read = workbook.read(path) if is_small else other_process.read(path, step)
    except workbook.NotRead as error:
        if error.fault:
            log.note_fault(error.fault)
        raise refusal(error.code, path.name, error.sheet) from error
    return [Sheet(name, tuple(rows), path.name) for name, rows in read]
