"""The kinds of values, and how a field of a record is described."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """The kinds of value a clerk enters."""

    TEXT = "text"  # one line
    NOTE = "note"  # several lines
    CITIZEN_ID = "citizen_id"  # 13 digits; the check digit is a rule of the record, not of the kind
    DIGITS = "digits"  # account numbers, postcodes, phone numbers
    BAHT = "baht"  # integer satang
    WHOLE = "whole"  # a whole number
    POINTS = "points"  # a score in hundredths: 59.5 is 5950
    DATE = "date"  # a full ISO date
    PARTIAL_DATE = "partial_date"  # 1947, 1947-03 or 1947-03-15
    CHOICE = "choice"  # a code out of Field.choices
    FLAG = "flag"  # yes or no
    SUBDISTRICT = "subdistrict"  # the six digits of a tambon or khwaeng
    ADDRESS = "address"  # a dict of ADDRESS_PARTS
    FILE = "file"  # a scan or a picture by its content: "<sha256>.jpg", .png or .pdf
    RECORD = "record"  # the id of a record of type Field.target
    ROWS = "rows"  # a list of dicts of Field.rows


FILE_NAME = re.compile(r"[0-9a-f]{64}\.(?:jpg|png|pdf)")

_MONTH_DAY = (
    "(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
    "|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
    "|02-(?:0[1-9]|1[0-9]|2[0-8])"
)
_LEAP_YEAR = (
    "[0-9][0-9](?:0[48]|[2468][048]|[13579][26])|(?:0[48]|[2468][048]|[13579][26])00"  # never 0000
)
_DAY = f"(?!0000)[0-9]{{4}}-(?:{_MONTH_DAY})|(?:{_LEAP_YEAR})-02-29"
DAY = re.compile(_DAY)  # each day of the calendar that date.fromisoformat knows, and no other
PARTIAL_DATE = re.compile(f"(?!0000)[0-9]{{4}}(?:-(?:0[1-9]|1[0-2]))?|{_DAY}")


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record; labels are English msgids.

    `least` and `most` bound satang, whole numbers or the count of rows; for text and digits they
    bound the count of characters. `choices` are (code, label) in the order of the paper form.
    `hint` is an example shown while the field is empty. `derived` fields are computed by a
    service and are not typed.
    """

    name: str
    label: str
    kind: Kind
    required: bool = False
    least: int | None = None
    most: int | None = None
    choices: tuple[tuple[str, str], ...] = ()
    target: str = ""
    rows: tuple["Field", ...] = ()
    hint: str = ""
    default: Any = None
    derived: bool = False
