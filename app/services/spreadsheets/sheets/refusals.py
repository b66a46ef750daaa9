"""Why a file is not read, in sentences; what nobody foresaw is one of them."""

from collections.abc import Iterator
from contextlib import contextmanager

from app.core import log
from app.core.errors import Cancelled, Invalid, UserError
from app.core.i18n import N_, _


def refusal(code: str, file: str, sheet: str = "") -> Invalid:
    """Return the refusal of a file; `sheet` names where the reading stopped, "" if unknown."""
    sentence = _SHEET_UNREADABLE if sheet and code == "sheet_unreadable" else _SENTENCES[code]
    return Invalid(_(sentence).format(name=file, sheet=sheet), code=code)


@contextmanager
def readable(file: str, sheet: str = "") -> Iterator[None]:
    """Turn what nobody foresaw in a reader into "this sheet can't be read", noted as a fault.

    A file comes from anywhere, so a reader that breaks down is no reason for the program to fail.
    Raises Invalid "sheet_unreadable".
    """
    try:
        yield
    except (UserError, Cancelled):
        raise
    except Exception as error:
        log.fault(error)
        raise refusal("sheet_unreadable", file, sheet) from error


_SENTENCES = {
    "sheet_missing": N_(
        "The file {name} can't be opened. Close it in other programs and try again."
    ),
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
    "sheet_web_page": N_(
        "The file {name} is a web page, not a spreadsheet. "
        "Open it in the spreadsheet program and save it as xlsx."
    ),
    "sheet_encoding": N_(
        "The letters of the file {name} can't be read. "
        "Save it as xlsx, or as CSV UTF-8, and try again."
    ),
    "sheet_empty": N_("There is nothing in the file {name}."),
}
_SHEET_UNREADABLE = N_(
    "The sheet {sheet} of the file {name} can't be read. "
    "Copy the list alone into a new file and try again."
)
