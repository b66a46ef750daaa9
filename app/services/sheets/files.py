"""Opening a spreadsheet file, whatever program wrote it, as plain rows of cells."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.core.errors import Invalid
from app.core.i18n import N_, _
from app.services.sheets import apart, delimited, workbook
from app.services.sheets.workbook import Cell

MOST_BYTES = 50_000_000


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: `rows[0]` is row 1 of the spreadsheet, an empty cell is "".

    Every cell of a merged range holds the value of the range, where the file says what is merged.
    """

    name: str
    rows: tuple[tuple[Cell, ...], ...]


def _no_step(_done: int, _total: int) -> None:
    """Do nothing: nobody watches."""


def open_sheets(path: Path, *, step: Callable[[int, int], None] = _no_step) -> tuple[Sheet, ...]:
    """Read the sheets of an xlsx, xlsm, xlsb, xls, ods or csv file that hold anything.

    What the file is, its content says and not its name. `step` is called while a workbook is
    read, and stops that by raising. Raises Invalid with the codes "sheet_missing",
    "sheet_too_big", "sheet_scattered", "sheet_password", "sheet_unreadable", "sheet_web_page",
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
        raise _refusal(path, "sheet_too_big")
    if start.startswith((_ZIP, _OLE)):
        sheets = _workbook(path, step)
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


def _workbook(path: Path, step: Callable[[int, int], None]) -> list[Sheet]:
    try:
        is_small = workbook.is_small(path)
        read = workbook.read(path) if is_small else apart.read(path, step)
    except workbook.NotRead as error:
        raise _refusal(path, error.args[0]) from error
    return [Sheet(name, tuple(rows)) for name, rows in read]


def _refusal(path: Path, code: str) -> Invalid:
    return Invalid(_(_REFUSALS[code]).format(name=path.name), code=code)


_REFUSALS = {
    "sheet_too_big": N_("The file {name} is too big. Split it into several files."),
    "sheet_scattered": N_(
        "A sheet of the file {name} has cells far below or beside the list. "
        "Delete the rows and columns outside the list and save it again."
    ),
    "sheet_password": N_("The file {name} has a password. Save it without one and try again."),
    "sheet_form": N_("The file {name} is damaged or not a spreadsheet. Open and save it again."),
    "sheet_unreadable": N_(
        "The file {name} can't be read. Copy the list alone into a new file and try again."
    ),
}
