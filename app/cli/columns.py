"""Lines for people, in columns that stand under each other in Thai, too."""

import unicodedata
from collections.abc import Iterable, Sequence


def width(text: str) -> int:
    """Count the places that a text takes on a screen: a mark above or below a letter takes none."""
    return sum(unicodedata.category(letter) not in ("Mn", "Cf") for letter in text)


def aligned(rows: Iterable[Sequence[str]]) -> list[str]:
    """Write rows of the same length as lines whose columns begin under each other."""
    found = [[" ".join(text.split()) for text in row] for row in rows]
    widths = [max(map(width, column)) for column in zip(*found, strict=True)]
    return [
        "  ".join(
            text + " " * (most - width(text)) for text, most in zip(row, widths, strict=True)
        ).rstrip()
        for row in found
    ]
