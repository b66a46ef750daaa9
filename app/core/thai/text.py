"""Thai text brought into one form: for storing, for searching, and cut into what moves as one."""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from app.core.thai.digits import to_arabic_digits


def normalise(text: str) -> str:
    """Bring text into the one form that is stored: what a careful typist would have typed.

    NFC, no zero-width, direction or control characters, single spaces, none at the ends. Marks
    typed in the wrong order or twice are put right, "เเ" is แ and nikhahit with า is ำ. Digits
    never change. Normalising twice is normalising once.
    """
    if _PLAIN.fullmatch(text) and not _NEEDS_CARE.search(text):
        return text
    return _settled(_normalise_once, text)


def search_key(text: str) -> str:
    """Return what two spellings of a name have in common, for finding; never for showing.

    Digits are ASCII and letters casefolded; spaces, dots, hyphens and the marks that are heard
    or typed differently (็ ่ ้ ๊ ๋ ์) are gone.
    """
    return _settled(_search_key_once, text)


def graphemes(text: str) -> list[str]:
    """Cut text into what the cursor steps over and a line never divides.

    A cluster is a base with its marks above and below and a following ำ; a leading vowel is a
    cluster of its own. Beyond Thai the combining marks and joiners of Unicode's extended
    grapheme clusters are honoured. Joined again, the clusters are the text.
    """
    clusters: list[str] = []
    for char in text:
        if clusters and extends_cluster(char) and _takes_marks(clusters[-1][-1]):
            clusters[-1] += char
        elif char == "\n" and clusters and clusters[-1] == "\r":
            clusters[-1] = "\r\n"
        else:
            clusters.append(char)
    return clusters


@lru_cache(maxsize=4096)
def extends_cluster(char: str) -> bool:
    """Tell whether a character belongs to the cluster of the one before it (UAX 29)."""
    return (
        char in "\u0e33\u0eb3\u200c\u200d"
        or unicodedata.category(char) in ("Mn", "Me", "Mc")
        or "\U0001f3fb" <= char <= "\U0001f3ff"
    )


def _takes_marks(char: str) -> bool:
    return char in "\u200c\u200d" or unicodedata.category(char) not in ("Cc", "Cf", "Zl", "Zp")


def _settled(step: Callable[[str], str], text: str) -> str:
    """Repeat a step until nothing changes: one repair can make room for another."""
    while (after := step(text)) != text:
        text = after
    return text


# Thai, Latin, spaces and the punctuation of the keyboard: almost every text is made of these
# alone and in order, and need not be taken apart
_PLAIN = re.compile("{0}(?: {0})*".format("[!-~\u0e01-\u0e3a\u0e3f-\u0e4c\u0e4f-\u0e5b]+"))
_MARK = "[ัิ-ฺ็-๎]"
_NEEDS_CARE = re.compile(f"เเ|ำ[่-๎]|(?![ัิ-ู][่-์](?!{_MARK})){_MARK}{{2}}")

_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f\x80-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ud800-\udfff]"
)
_SPACES = re.compile(r"\s+")
_MARKS = re.compile(f"{_MARK}{{2,}}")
_NIKHAHIT_AA = re.compile("ํ([่-๋]?)า")
_AM_TONE = re.compile("ำ([่-๋]+)")

# The order in which a Thai keyboard is typed and a font expects the marks: below, above, tone or
# killer. Where canonical ordering speaks (phinthu 9, ุ ู 103, tones 107) it says the same.
_RANK = {mark: rank for rank, marks in enumerate(("ฺ", "ุู", "ัิีึื็ํ", "่้๊๋์๎")) for mark in marks}


def _normalise_once(text: str) -> str:
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    text = _SPACES.sub(" ", text).strip().replace("เเ", "แ")
    text = _MARKS.sub(_marks_in_order, text)
    # ำ is typed after the tone mark (น ้ ำ), so both repairs put the tone first
    return _AM_TONE.sub(r"\1ำ", _NIKHAHIT_AA.sub(r"\1ำ", text))


def _marks_in_order(found: re.Match[str]) -> str:
    marks = sorted(found[0], key=_RANK.__getitem__)
    return "".join(mark for i, mark in enumerate(marks) if i == 0 or mark != marks[i - 1])


_LEFT_OUT = dict.fromkeys(map(ord, " .-\u2010\u2011\u2012\u2013\u2014็่้๊๋์"))


def _search_key_once(text: str) -> str:
    return to_arabic_digits(normalise(text)).casefold().translate(_LEFT_OUT)
