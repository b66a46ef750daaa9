"""How long an invented province takes to be made, and its first page to open; and that it is sound.

Usage: province.py [PEOPLE]. The first page is read by a desk that was just opened (cold) and again
(warm), beside the floor: counting the rows of every table it looks at. CPU is that of the reading
thread, for a machine that others use too.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from sqlalchemy import text

from app.core import period
from app.models.office import vault
from app.services import figures
from app.services.demonstration import province
from app.services.figures import Scope
from app.services.office import desk as desks
from app.services.office.desk import Desk
from tests.makers.invariants import broken

UNTIL = date(2026, 9, 30)
PASSWORD = "bench-of-province"
LOOKED_AT = ("group", "enrolment", "product", "certification", "loan_file", "decision_letter")


def main(people: int) -> None:
    """Make the province, read its first page, and assert every law over it."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "desk"
        desk, _recovery = desks.create(
            folder, office="15", user="bench", password=PASSWORD, cost=vault.Cost(64, 1)
        )
        begun, worked = time.perf_counter(), time.process_time()
        made = province.fill(desk, people, seed=2568, until=UNTIL)
        wall, cpu = time.perf_counter() - begun, time.process_time() - worked
        print(
            f"{people:,} people: {sum(made.counts.values()):,} records, {made.lines:,} lines "
            f"in {wall:.1f} s ({cpu:.1f} s of CPU)"
        )
        desk.close()
        read(folder)
        desk = desks.open_desk(folder, user="bench", password=PASSWORD)
        begun = time.perf_counter()
        found = broken(desk, UNTIL)
        print(f"laws broken: {len(found)} ({time.perf_counter() - begun:.1f} s) {found[:3]}")
        desk.close()
        raise SystemExit(bool(found))


def read(folder: Path) -> None:
    """Read the first page and the rest of it, cold and warm."""
    scope = Scope(period.fiscal_year(2568), as_of=date(2025, 9, 30))
    desk = desks.open_desk(folder, user="bench", password=PASSWORD)
    for what, work in (
        ("first page, cold", lambda: figures.overview(desk.store, scope)),
        ("first page, warm", lambda: figures.overview(desk.store, scope)),
        ("floor: rows counted", lambda: count(desk)),
        ("the rest of the page", lambda: figures.details(desk.store, scope)),
    ):
        print(f"{what:22} {timed(work)}")
    desk.close()


def count(desk: Desk) -> None:
    with desk.store.read() as connection:
        for name in LOOKED_AT:
            statement = f'SELECT count(*) FROM "{name}" WHERE void_reason IS NULL'
            connection.scalar(text(statement))


def timed(work: Callable[[], object]) -> str:
    begun, worked = time.perf_counter(), time.thread_time()
    work()
    wall, cpu = time.perf_counter() - begun, time.thread_time() - worked
    return f"{wall * 1000:7.0f} ms, {cpu * 1000:5.0f} ms of CPU"


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
