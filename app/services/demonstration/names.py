"""Invented names of people: Thai syllables put together, so that none is anybody's on purpose."""

import random

GIVEN, FAMILY = 3_000, 20_000

_STARTS = [*"กขคจชดตทธนบปพมยรลวศสหอ", "กร", "ปร", "พร", "ศร"]
_VOWELS = ["{}า", "{}ี", "{}ุ", "{}ู", "{}ิ", "เ{}", "แ{}", "โ{}", "ไ{}", "{}ั้ว", "{}อ", "{}ำ"]
_ENDS = ["", "น", "ง", "ม", "ย", "ก", "ต", "ร์", "ณ์", "ล"]


def names(dice: random.Random, count: int, syllables: int) -> list[str]:
    """Invent so many different names of two to so many syllables."""
    found: dict[str, None] = {}
    while len(found) < count:
        parts = range(dice.randint(2, syllables))
        found["".join(syllable(dice) for _part in parts)] = None
    return list(found)


def syllable(dice: random.Random) -> str:
    """Invent one syllable."""
    return dice.choice(_VOWELS).format(dice.choice(_STARTS)) + dice.choice(_ENDS)


def common(dice: random.Random, known: list[str]) -> str:
    """Draw a name as people bear them: the first of the list are common, the last rare."""
    return known[int(len(known) * dice.random() ** 2)]
