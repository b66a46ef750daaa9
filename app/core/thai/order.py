"""Thai dictionary order as a text whose code point order is that order, to store and to index.

The order is that of the Royal Institute's dictionary as Unicode's Thai collation (CLDR "th")
gives it: a leading vowel counts after its consonant, digits before Thai before Latin, Thai digits
like Arabic ones; tone marks, ็ and ์ decide only between texts that are otherwise the same, the
case of letters only after them; spaces, punctuation, ๆ and ฯ never. Texts that differ in nothing
else have equal keys. Scripts other than Thai and Latin follow by code point.
"""

import re
import unicodedata
from functools import lru_cache

from app.core.thai.text import normalise


def sort_key(text: str) -> str:
    """Return the key that sorts a text; the key of an empty text is empty and comes first."""
    swapped = _LEADING_VOWEL.sub(r"\2\1", normalise(text))
    weights = [_weights(char) for char in unicodedata.normalize("NFD", swapped)]
    # a level says nothing after its last uncommon weight, so the common ones there are left out
    levels = (
        "".join(primary for primary, _, _ in weights),
        "".join(secondary for _, secondary, _ in weights).rstrip(_COMMON),
        "".join(tertiary for _, _, tertiary in weights).rstrip(_COMMON),
    )
    return _BETWEEN.join(levels).rstrip(_BETWEEN)


_LEADING_VOWEL = re.compile("([เ-ไ])([ก-ฮ])")

# Code points in the order of what they stand for: the end of a level, a letter without a mark,
# symbols, digits and Thai letters as they are, Latin letters as their wide twins, other scripts.
_BETWEEN, _COMMON, _SYMBOL, _OTHER = " ", "!", "#", "\uff5b"
_LATIN = {chr(ord("a") + i): chr(0xFF41 + i) for i in range(26)}
_THAI_MARKS = {mark: str(rank) for rank, mark in enumerate("๎์็่้๊๋", 1)}
_IGNORED = ("", "", "")
_SPECIAL = {
    "ฯ": _IGNORED,
    "ๆ": _IGNORED,
    "ๅ": ("า", _COMMON, "1"),
    # nikhahit is a letter of its own just before ะ, phinthu one after ไ: the code points of ฯ and
    # ๆ lie there and are free; ำ is า with nikhahit
    "ำ": ("าฯ", _COMMON * 2, "11"),
    "ํ": ("ฯ", _COMMON, _COMMON),
    "ฺ": ("ๆ", _COMMON, _COMMON),
}


@lru_cache(maxsize=4096)
def _weights(char: str) -> tuple[str, str, str]:
    """Return what one character adds to the three levels."""
    if char in _SPECIAL:
        return _SPECIAL[char]
    if char in _THAI_MARKS:
        return "", _THAI_MARKS[char], _COMMON
    kind = unicodedata.category(char)
    if kind[0] in "PZC":
        return _IGNORED
    if kind[0] == "M" and not "\u0e00" <= char <= "\u0e7f":
        return "", char, _COMMON
    letter = char.lower()
    case = _COMMON if letter == char else "2"
    return _letter(letter, kind), _COMMON * len(letter), case * len(letter)


def _letter(letter: str, kind: str) -> str:
    if kind[0] == "S":
        return _SYMBOL + letter
    if kind == "Nd":
        return str(unicodedata.decimal(letter))
    if "\u0e00" <= letter <= "\u0e7f":
        return letter
    return "".join(_LATIN.get(char, _OTHER + char) for char in letter)
