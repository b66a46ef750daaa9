"""How long the daily check of a desk takes, and the backup with its proof.

Usage: checking.py [ROWS]. A desk is filled from a list of so many members, each a person and a
membership; then the check is timed, a count of the lines (asked at each closing), and a backup.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from app.models.office import vault
from app.services.office import desk as desks
from app.services.office import last_check
from app.services.records import records
from app.services.records.verify import verify
from app.services.safekeeping import backups, desk_check
from app.services.spreadsheets import imports, sheets
from bench.stall import GROUP, HEADINGS, row_of_list

ROWS = 10_000


def main(rows: int) -> None:
    """Measure each, and print a line for it."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        desk, _recovery = desks.create(
            folder / "desk",
            office="15",
            user="bench",
            password="bench-of-checks",
            cost=vault.Cost(64, 1),
        )
        path = folder / "members.xlsx"
        sheets.write_rows(path, HEADINGS, map(row_of_list, range(rows)))
        group = records.save(desk.store, "group", GROUP).id
        imports.commit(desk.store, imports.plan(desk.store, path, "members", owner=group))
        found = timed("check", lambda: desk_check.check(desk.store))
        print(f"{found.lines:,} lines, {found.reason or 'whole'}")
        timed("due at closing", lambda: last_check.is_due_at_closing(desk.store))
        timed("verify alone", lambda: verify(desk.store))
        timed("backup, proven", lambda: backups.back_up(desk.store, folder / "stick"))
        desk.close()


def timed(name: str, work: Callable[[], Any]) -> Any:
    """Do work and print how long it took, and what of it was work of this process."""
    begun, worked = time.perf_counter(), time.process_time()
    given = work()
    took, ours = time.perf_counter() - begun, time.process_time() - worked
    print(f"{name:16} {took:7.2f} s   of it ours {ours:6.2f} s", flush=True)
    return given


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)
