"""Thai dictionary order as a text whose code point order is that order, to store and to index."""

import unicodedata

from app.core.thai.text import normalise


def sort_key(text: str) -> str:
    """Quick form."""
    chars = list(normalise(text))
    for i in range(len(chars) - 1):
        if chars[i] in "เแโใไ" and "ก" <= chars[i + 1] <= "ฮ":
            chars[i], chars[i + 1] = chars[i + 1], chars[i]
    primary = "".join(c for c in chars if c not in "็่้๊๋์ " and unicodedata.category(c)[0] != "P")
    return primary + "\x01" + "".join(c for c in chars if c in "็่้๊๋์")
