"""What the note of each save costs beside the save itself.

Usage: saves.py [SAVES]. People are saved one after the other; the time of each save and the part of
it in which the writer looks how far the journal has come and notes it are taken in the same run,
that part also as time of the processor, which no neighbour on the machine lengthens.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import quantiles

from sqlalchemy import Connection

from app.core import thai
from app.models.office import vault
from app.services.office import desk as desks
from app.services.records import records


class Timed:
    """The keeper of a database, with the milliseconds that each of its turns took."""

    def __init__(self, keeper: Callable[[Connection], Callable[[], None]]) -> None:
        self.took: list[float] = []
        self.worked: list[float] = []
        self._keeper = keeper

    def __call__(self, connection: Connection) -> Callable[[], None]:
        """Look and note as the keeper does."""
        begun, worked = time.perf_counter(), time.thread_time()
        note = self._keeper(connection)
        looked, looking = time.perf_counter() - begun, time.thread_time() - worked

        def timed() -> None:
            begun, worked = time.perf_counter(), time.thread_time()
            note()
            self.took.append((looked + time.perf_counter() - begun) * 1000)
            self.worked.append((looking + time.thread_time() - worked) * 1000)

        return timed


def main(count: int) -> None:
    """Save so many people and print both times."""
    with tempfile.TemporaryDirectory() as folder:
        desk, _recovery = desks.create(
            Path(folder) / "desk",
            office="15",
            user="bench",
            password="bench-of-saves",
            cost=vault.Cost(64, 1),
        )
        assert desk.store.main.keeper is not None
        timed = desk.store.main.keeper = Timed(desk.store.main.keeper)
        saves = []
        for number in range(count):
            twelve = f"9{number:011d}"
            person = {
                "id_kind": "thai13",
                "id_no": twelve + thai.citizen_id_check_digit(twelve),
                "first_th": f"ตัวอย่าง{number}",
                "nationality": "ไทย",
            }
            begun = time.perf_counter()
            records.save(desk.store, "person", person)
            saves.append((time.perf_counter() - begun) * 1000)
        desk.close()
    rows = (("save", saves), ("its note", timed.took), ("  processor", timed.worked))
    for name, took in rows:
        cuts = quantiles(took, n=100)
        print(f"{name:<12} p50 {cuts[49]:.3f} ms   p99 {cuts[98]:.3f} ms   of {len(took)}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
