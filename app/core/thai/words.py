"""The words of a run of Thai letters: thaibreak's, ours where a list knows better or it is missing.

thaibreak is a compiled library; on a PC where it cannot be loaded the longest words of our own
list and the certain signs of a syllable's beginning must do.
"""

import re
from functools import cache
from itertools import pairwise
from pathlib import Path

# A syllable never begins after a leading vowel, after ั or ื (a consonant must follow), after ็
# but in ก็, nor with a consonant that a following ์ silences.
_START = re.compile("(?<![เ-ไ])(?<![ัื])(?<![ัื][่-๋])(?<![^ก]็)(?<![เ-ไ]ก็)(?:[เ-ไ]|[ก-ฮ](?![ก-ฮ]?[ิุ]?์))")
_LEADING = "เแโใไ"
_WORDS_OF_ONE_LETTER = "ณ"


def word_starts(run: str) -> list[int]:
    """Return the offsets inside a run of Thai letters at which a word begins, 0 left out."""
    legal = [found.start() for found in _START.finditer(run)]
    theirs = _starts_by_thaibreak(run)
    if theirs is None:
        return _without_single_letters(run, starts_by_our_words(run))
    return _without_single_letters(run, _joined(run, [start for start in legal if start in theirs]))


def starts_by_our_words(run: str) -> list[int]:
    """Return the word starts as far as our own list and the shape of syllables tell.

    The path with the fewest unknown letters, then the fewest words, is taken; what is unknown is
    divided only before a leading vowel.
    """
    stops = [*(found.start() for found in _START.finditer(run) if found.start()), len(run)]
    costs: dict[int, tuple[int, int]] = {0: (0, 0)}
    came_from: dict[int, tuple[int, bool]] = {}
    here = 0
    for place, after in enumerate(stops):
        unknown, count = costs[here]
        words = [end for end in stops[place : place + _longest()] if run[here:end] in _words()]
        steps = [(after, False, (unknown + after - here, count + 1))]
        steps += [(end, True, (unknown, count + 1)) for end in words]
        for end, known, cost in steps:
            if end not in costs or cost < costs[end]:
                costs[end], came_from[end] = cost, (here, known)
        here = after
    return _divided(run, came_from)


def _divided(run: str, came_from: dict[int, tuple[int, bool]]) -> list[int]:
    starts: list[int] = []
    here, known_after = len(run), True
    while here:
        before, known = came_from[here]
        if here < len(run) and (known or known_after or run[here] in _LEADING):
            starts.append(here)
        here, known_after = before, known
    return starts[::-1]


def _starts_by_thaibreak(run: str) -> set[int] | None:
    try:
        import thaibreak  # loads a compiled library: on first use, and it may not load at all
    except ImportError:
        return None
    found = thaibreak.boundaries(run)
    # without its library it answers with nothing
    return set(found[1:-1]) if found and found[-1] == len(run) else None


def _joined(run: str, starts: list[int]) -> list[int]:
    """Leave out the starts inside a word of ours that begins and ends where words do."""
    edges = [0, *starts, len(run)]
    kept: list[int] = []
    place = 0
    while place < len(edges) - 1:
        kept.append(edges[place])
        ends = range(min(place + _longest(), len(edges) - 1), place + 1, -1)
        longer = (end for end in ends if run[edges[place] : edges[end]] in _words())
        place = next(longer, place + 1)
    return kept[1:]


def _without_single_letters(run: str, starts: list[int]) -> list[int]:
    """Let a lone consonant, no word, stay with what is before it, or after it at the start."""
    alone = {
        start
        for start, end in pairwise([0, *starts, len(run)])
        if end == start + 1 and run[start] not in _WORDS_OF_ONE_LETTER
    }
    return [start for start in starts if start not in alone and not (start == 1 and 0 in alone)]


@cache
def _words() -> frozenset[str]:
    lines = Path(__file__).with_name("words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@cache
def _longest() -> int:
    return max(map(len, _words()))
