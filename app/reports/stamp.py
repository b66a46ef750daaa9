"""What a printed document says about itself: its office, its record, the copy, when and by whom."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stamp:
    """The print itself, as data, so that the same data gives the same bytes.

    `printed_at` is Thai local time as ISO text to the minute. `short_id` is what the bar code
    types into the search box; `qr` is the proof that the QR code holds. Both may be "", then no
    code is printed. `copy` is the paper's number at the desk that `desk` names, 0 for a paper that
    has none; `again` counts how often it was printed before. A preview has no number yet.
    """

    office: str
    user: str
    printed_at: str
    file_no: str = ""
    short_id: str = ""
    qr: str = ""
    copy: int = 0
    again: int = 0
    desk: str = ""
    preview: bool = False
    draft: bool = False
    sample: bool = False
