"""What is left when the power goes while a clerk saves: everything that was acknowledged.

Usage: kill.py [KILLS]. A child saves people one after the other and prints each id once its save
has returned; it is killed at a random moment, the desk is opened again, and every printed id must
be there and the journal verify.
"""

import random
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from app.core import thai
from app.models.office import vault
from app.services.office import desk as desks
from app.services.records import records, search
from app.services.records.verify import verify

USER, PASSWORD = "bench", "bench-of-kill"


@dataclass(slots=True)
class Outcome:
    """How many people were saved and acknowledged over all kills, and how many of them are lost."""

    kills: int = 0
    acknowledged: int = 0
    lost: int = 0
    beyond: int = 0  # saved, but killed before the word of it came through


def main(kills: int) -> int:
    """Kill so many times and print what came of it."""
    with tempfile.TemporaryDirectory() as folder:
        begun = time.monotonic()
        found = run(Path(folder) / "desk", kills, seed=2568)
        print(
            f"{found.kills} kills, {found.acknowledged} acknowledged saves, {found.lost} lost, "
            f"{found.beyond} saved without a word; {time.monotonic() - begun:.0f} s"
        )
    return 1 if found.lost else 0


def run(folder: Path, kills: int, *, seed: int) -> Outcome:
    """Make a desk, kill its writer so many times, and count. Raises where verify does not hold."""
    dice = random.Random(seed)
    desk, _recovery = desks.create(
        folder, office="15", user=USER, password=PASSWORD, cost=vault.Cost(64, 1)
    )
    desk.close()
    outcome = Outcome()
    acknowledged: set[str] = set()
    for _kill in range(kills):
        acknowledged |= _save_until_killed(folder, dice.uniform(0.0, 0.4))
        outcome.kills += 1
        _count(folder, acknowledged, outcome)
    return outcome


def _save_until_killed(folder: Path, after: float) -> set[str]:
    """Let a child save for so many seconds after its first word; give the ids it printed."""
    child = subprocess.Popen(
        [sys.executable, __file__, "save", str(folder)], stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    first = child.stdout.readline()
    if not first:
        raise RuntimeError("the child ended before its first save")
    timer = threading.Timer(after, child.kill)
    timer.start()
    said = first + child.stdout.read()
    child.wait()
    timer.cancel()
    child.stdout.close()
    # the kill may cut the last word short: only a whole line is an acknowledgement
    return {line.strip() for line in said.splitlines(keepends=True) if line.endswith("\n")}


def _count(folder: Path, acknowledged: set[str], outcome: Outcome) -> None:
    desk = desks.open_desk(folder, user=USER, password=PASSWORD)
    try:
        verdict = verify(desk.store)
        if not verdict.ok:
            raise RuntimeError(f"after kill {outcome.kills}: {verdict.reason}")
        numbers = search.rows(desk.store, "person")
        here = {row.id for row in search.page(desk.store, "person", numbers)}
    finally:
        desk.close()
    outcome.acknowledged = len(acknowledged)
    outcome.lost = len(acknowledged - here)
    outcome.beyond = len(here - acknowledged)


def save(folder: Path) -> None:
    """Save people until someone stops it; print the id of each once its save has returned."""
    desk = desks.open_desk(folder, user=USER, password=PASSWORD)
    number = len(search.rows(desk.store, "person"))
    while True:
        number += 1
        first12 = f"9{number:011d}"
        person = {
            "id_kind": "thai13",
            "id_no": first12 + thai.citizen_id_check_digit(first12),
            "first_th": f"สมาชิก{number}",
            "nationality": "ไทย",
        }
        print(records.save(desk.store, "person", person).id, flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["save"]:
        save(Path(sys.argv[2]))
    else:
        sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 50))
