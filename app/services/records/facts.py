"""A fact of a record as a page shows it above the form."""

from typing import NamedTuple


class Fact(NamedTuple):
    """What it is about, the words, and their tone: "good", "caution", "bad", or "" for plain."""

    about: str
    words: str
    tone: str
