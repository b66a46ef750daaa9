"""What a printed document says about itself: its office, its record, the copy, when and by whom."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stamp:
    """The print itself, as data, so that the same data gives the same bytes.

    `printed_at` is Thai local time as ISO text to the minute. `short_id` is what the bar code
    types into the search box; `qr` is the proof that the QR code holds. Both may be "", then no
    code is printed. `copy` counts from 1; a copy beyond the first says so.
    """

    office: str
    user: str
    printed_at: str
    file_no: str = ""
    short_id: str = ""
    qr: str = ""
    copy: int = 1
    draft: bool = False
    sample: bool = False
