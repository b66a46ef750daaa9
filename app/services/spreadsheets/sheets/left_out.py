"""Which rows below the headings are no records: totals, closing lines, headings again, blanks.

In doubt a row is a record: what is refused with a reason can be put right, who was left out
is missed by nobody.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.core import thai
from app.services.people import full_names
from app.services.spreadsheets.sheets import words
from app.services.spreadsheets.sheets.headings import NOT_USED, Columns


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that is no record: `reason` is "blank", "total", "closing" or "headings"."""

    row_number: int
    reason: str
    text: str


def reason_of(texts: Sequence[str], columns: Columns) -> str:
    """Tell why a row is no record, as in Skipped; "" for one that is.

    `texts` are its cells by cells.as_text. A row with an id number is always a record, and one
    that names a person, a group or a receipt is never a total.
    """
    filled = [text for text in texts if text]
    pairs = list(zip(columns.targets, texts, strict=False))
    used = {text for target, text in pairs if target != NOT_USED and text.strip(_FILLERS)}
    meant = {target: text for target, text in pairs if text.strip(_FILLERS)}
    if any(_is_number(meant.get(target, "")) for target in words.NUMBERS):
        return ""
    if any(map(_is_total, filled)) and not _is_named(meant):
        return "total"
    if not used:
        return "blank"
    if len(used) == 1 and next(iter(used)).startswith(words.CLOSINGS):
        return "closing"
    return "headings" if _are_headings(filled, columns) else ""


_FILLERS = " .-–_…()"
_TOTAL = re.compile(
    rf"{words.TOTALS}\s*(ทั้งสิ้น|ทั้งหมด|จำนวน|เงิน|สมาชิก|\s)*[:=]?\s*[\d,.]*\s*{words.COUNTED}?",
    re.IGNORECASE,
)
_COUNT = re.compile(rf"[\d,.\s]*{words.COUNTED}?")
_SCIENTIFIC = re.compile(r"[\d.]+E\+?\d+", re.IGNORECASE)
_LEAST_DIGITS = 6  # a number that lost some is still somebody's; a count of people has fewer


def _is_total(text: str) -> bool:
    return bool(_TOTAL.fullmatch(thai.to_arabic_digits(text)))


def _is_number(text: str) -> bool:
    """Recognise an id number, whole or damaged; an amount has commas."""
    plain = thai.to_arabic_digits(text)
    digits = sum(letter.isdigit() for letter in plain)
    is_long = digits >= _LEAST_DIGITS and "," not in plain and not _is_total(text)
    return is_long or bool(_SCIENTIFIC.fullmatch(plain))


def _is_named(meant: dict[str, str]) -> bool:
    """Tell whether the cells of a row, by target, name a record though one reads "total"."""
    person = [meant.get("first_th", ""), meant.get("last_th", "")]
    whole = meant.get(words.FULL_NAME, "")
    return (
        (all(person) and any(map(_is_name, person)))
        or (_is_name(whole) and "last_th" in full_names.split(whole))
        or any(_is_name(meant.get(target, "")) for target in words.NAMES)
        or any(not _is_total(meant[target]) for target in words.PAPERS if target in meant)
    )


def _is_name(text: str) -> bool:
    return not _is_total(text) and not _COUNT.fullmatch(thai.to_arabic_digits(text))


def _are_headings(filled: list[str], columns: Columns) -> bool:
    """Recognise headings repeated on a new page, and the columns' numbers under the headings."""
    numbers = [text.strip("()") for text in dict.fromkeys(filled)]
    return all(any(heading.endswith(text) for heading in columns.headings) for text in filled) or (
        len(numbers) > 1 and numbers == [str(place) for place in range(1, len(numbers) + 1)]
    )
