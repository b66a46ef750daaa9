"""How far the cells of an xlsx are spread, found before the reader reserves memory for them.

The reader keeps a rectangle from the first to the last cell. One forgotten cell in XFD1048576
makes it reserve half a terabyte, and the program is aborted with every unsaved draft.
"""

import re
import zipfile
from pathlib import Path
from typing import IO

_CHUNK = 1 << 16  # looked through in a millisecond; no other thread runs meanwhile
_LONGEST = 16  # r="XFD1048576" and what stands before it
_PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')


def most_cells(path: Path) -> int:
    """Return the cells of the largest rectangle in an xlsx; 0 for another kind of zip.

    Raises zipfile.BadZipFile, zlib.error, EOFError or RuntimeError for a zip that can't be read.
    """
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        return max((_cells(archive, name) for name in names), default=0)


def inflated(path: Path) -> int:
    """Return the bytes that the parts of a zip say they hold. Raises as most_cells does."""
    with zipfile.ZipFile(path) as archive:
        return sum(part.file_size for part in archive.infolist())


def is_plain(path: Path) -> bool:
    """Tell whether every row and cell of a small zip says where it is, and nothing is a huge count.

    All spreadsheet programs write so. What writes otherwise has no limit that most_cells can tell.
    """
    with zipfile.ZipFile(path) as archive:
        return not any(_ODD.search(archive.read(part)) for part in archive.infolist())


_ODD = re.compile(
    rb"""<(?:\w+:)?(?:row|c)(?=[\s/>])(?!\ r="[A-Z]{0,3}\d{1,7}")  # a row or cell without a place
    | (?:ount|\br)\s*=\s*["'][A-Za-z]*\d{8}""",
    re.VERBOSE,
)


def _cells(archive: zipfile.ZipFile, name: str) -> int:
    with archive.open(name) as part:
        columns, last = _spread(part)
    return max(map(_number, columns), default=0) * last


def _spread(part: IO[bytes]) -> tuple[set[bytes], int]:
    columns: set[bytes] = set()
    last = 0
    rest = b""
    while chunk := part.read(_CHUNK):
        found = _PLACE.findall(rest + chunk)
        columns.update(column for column, _row in found)
        last = max([last, *(int(row) for _column, row in found)])
        rest = chunk[-_LONGEST:]
    return columns, last


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
