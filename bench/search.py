"""How long finding takes among many people, beside LIKE on the same rows as the floor.

Usage: search.py [PEOPLE]. The people are invented from Thai syllables by a fixed seed; the
queries are drawn from them, as a clerk types: parts of names, short beginnings, numbers, misses.
"""

import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median, quantiles

from sqlalchemy import text

from app.core import thai
from app.core.ids import new_id
from app.core.line import Data
from app.models.office import vault
from app.services.demonstration.names import FAMILY, GIVEN, common, names, syllable
from app.services.office import desk as desks
from app.services.office.desk import Desk
from app.services.records import search
from app.services.records.acts import act

SEED = 2568
TITLES = ("นาย", "นาง", "นางสาว")


def main(people: int) -> None:
    """Fill a desk and print the table of times."""
    with tempfile.TemporaryDirectory() as folder:
        desk, _recovery = desks.create(
            Path(folder) / "desk",
            office="15",
            user="bench",
            password="bench-of-search",
            cost=vault.Cost(64, 1),
        )
        dice = random.Random(SEED)
        given, family = names(dice, GIVEN, 2), names(dice, FAMILY, 3)
        begun = time.perf_counter()
        fill(desk, dice, given, family, people)
        print(f"{people:,} people in one act: {time.perf_counter() - begun:.1f} s")
        measure(desk, queries(random.Random(SEED + 1), given, family))
        desk.close()


def fill(desk: Desk, dice: random.Random, given: list[str], family: list[str], count: int) -> None:
    """Enter the people by one act; common names are common."""
    records: list[tuple[str, Data, tuple[str, ...]]] = []
    for number in range(count):
        first12 = f"9{number:011d}"
        person = {
            "id_kind": "thai13",
            "id_no": first12 + thai.citizen_id_check_digit(first12),
            "title_th": dice.choice(TITLES),
            "first_th": common(dice, given),
            "last_th": common(dice, family),
            "nationality": "ไทย",
            "phone": f"08{dice.randrange(10**8):08d}",
        }
        records.append((new_id(), person, ()))
    act(desk.store, lambda acting: acting.put_many("person", records))


def queries(dice: random.Random, given: list[str], family: list[str]) -> Iterator[tuple[str, str]]:
    """Draw (kind, words) as they are typed."""
    for _round in range(40):
        first, last = dice.choice(given), dice.choice(family)
        yield "one letter", first[0]
        yield "two letters", first[:2]
        yield "common part", dice.choice(("นา", "กาน", "าร์", "ร์ส", "081", "นาย")) + ""
        yield "three letters", first[:3]
        yield "given name", first
        yield "family name", last
        yield "inside a name", last[1:5]
        yield "both names", f"{first} {last}"
        yield "both, begun", f"{first[:4]} {last[:3]}"
        yield "titled", f"{dice.choice(TITLES)}{first}"
        yield "number", f"9{dice.randrange(100_000):011d}"
        yield "part of a number", f"{dice.randrange(10_000):04d}"
        yield "a miss", syllable(dice) + "ฆ" + syllable(dice)
        yield "a short miss", "ฆฬ"


def measure(desk: Desk, asked: Iterator[tuple[str, str]]) -> None:
    found: dict[str, dict[str, list[float]]] = {}
    ways: dict[str, Callable[[str], object]] = {
        "find": lambda words: search.find(desk.store, words, types=("person",)),
        "rows": lambda words: search.rows(desk.store, "person", words=words),
        "LIKE": lambda words: like(desk, words),
    }
    for kind, words in asked:
        for way, ask in ways.items():
            begun = time.perf_counter()
            ask(words)
            taken = (time.perf_counter() - begun) * 1000
            found.setdefault(kind, {}).setdefault(way, []).append(taken)
    print(f"{'ms':18}" + "".join(f"{way + ' p50':>10}{'p99':>8}" for way in ways))
    for kind, times in found.items():
        print(f"{kind:18}" + "".join(_row(times[way]) for way in ways))
    whole = {way: [one for times in found.values() for one in times[way]] for way in ways}
    print(f"{'all':18}" + "".join(_row(whole[way]) for way in ways))
    begun = time.perf_counter()
    search.rows(desk.store, "person")
    print(f"the whole list in order: {(time.perf_counter() - begun) * 1000:.0f} ms")


def like(desk: Desk, words: str) -> list[object]:
    """Find the first fifty by LIKE, the way without an index."""
    with desk.store.read() as connection:
        statement = text(
            "SELECT * FROM person WHERE void_reason IS NULL AND search_key LIKE :part "
            "ORDER BY +sort_key LIMIT 50"
        )
        return list(connection.execute(statement, {"part": f"%{thai.search_key(words)}%"}))


def _row(times: list[float]) -> str:
    return f"{median(times):10.1f}{quantiles(times, n=100)[98]:8.1f}"


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
