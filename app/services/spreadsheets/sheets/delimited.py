"""Text files of rows (csv): which encoding, which delimiter, and the rows themselves."""

import codecs
import csv
import io
from collections import Counter

from app.services.spreadsheets.sheets.refusals import refusal


def read(raw: bytes, name: str) -> list[tuple[str, ...]]:
    """Read the rows of a csv file; `name` is the file's, for the refusals.

    Raises Invalid with the codes "sheet_encoding", "sheet_web_page" or "sheet_form".
    """
    text = _decode(raw, name)
    if text.lstrip()[:1] == "<":
        raise refusal("sheet_web_page", name)
    try:
        text, delimiter = _delimiter(text)
        return [tuple(row) for row in csv.reader(io.StringIO(text), delimiter=delimiter)]
    except csv.Error as error:
        raise refusal("sheet_form", name) from error


_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LEAST_THAI = 0.95


def _decode(raw: bytes, name: str) -> str:
    """Decode by BOM, else strictly as UTF-8, else as Thai Windows if nearly all of it is Thai.

    Detectors by statistics took a short Thai header for Japanese; cp874 and not tis-620, because
    Excel's quotation marks and ellipsis lie below 0xA0.
    """
    encodings = [encoding for bom, encoding in _BOMS if raw.startswith(bom)] or ["utf-8"]
    if encodings == ["utf-8"] and _thai_share(raw) >= _LEAST_THAI:
        encodings.append("cp874")
    for encoding in encodings:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise refusal("sheet_encoding", name)


def _thai_share(raw: bytes) -> float:
    """Return the share of bytes beyond ASCII that are Thai letters, marks or digits in cp874."""
    high = [byte for byte in raw if byte >= 0x80]
    thai = sum(0xA1 <= byte <= 0xDA or 0xDF <= byte <= 0xFB for byte in high)
    return thai / len(high) if high else 1.0


_DELIMITERS = (",", ";", "\t")
_SAMPLE = 50


def _delimiter(text: str) -> tuple[str, str]:
    """Choose the delimiter that cuts most of the first rows alike, and into the most cells.

    Gives the text without the line "sep=;" by which Excel is told.
    """
    if text[:4].casefold() == "sep=" and text[4:5] in _DELIMITERS:
        return text.partition("\n")[2], text[4]
    lines = [line for line in text.splitlines()[:_SAMPLE] if line.strip()]
    return text, max(_DELIMITERS, key=lambda mark: _evenness(lines, mark))


def _evenness(lines: list[str], mark: str) -> tuple[int, int]:
    """Count the rows that are cut into the same number of cells, and those cells."""
    widths = Counter(len(row) for row in csv.reader(lines, delimiter=mark) if len(row) > 1)
    return max(((rows, width) for width, rows in widths.items()), default=(0, 0))
