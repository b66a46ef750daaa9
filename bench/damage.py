"""What a clerk is told of a damaged desk: nothing may be missing in silence.

Usage: damage.py [COUNT [SEED]]. A desk with sealed and unsealed entries, drafts and scans is copied
while it is at work, as a power cut leaves it, with the profile's note of it. In each copy one file
is damaged: bits turned, cut, emptied, zeroed, taken away, or an older one put in its place. The
copy is opened; either everything is there, or it is said that not everything is. Prints a table of
what was done by what came of it; the exit code is 1 where anything was missing in silence.
"""

import hashlib
import json
import os
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select

from app.core import thai
from app.core.errors import UserError
from app.models.office import vault
from app.models.records.attachments import known
from app.models.records.base import entities, table_of
from app.services import central, exchange
from app.services.office import attachments
from app.services.office import desk as desks
from app.services.office.desk import Desk
from app.services.records import records
from app.services.records.verify import state_digest, verify

USER, PASSWORD = "bench", "bench-of-damage"
SAME, DOOR, NOTICE, READ, VERIFY = "same", "at the door", "opened, said", "when read", "by verify"
FAULT, SILENT = "fault of ours", "SILENT"
OUTCOMES = (SAME, DOOR, NOTICE, READ, VERIFY, FAULT, SILENT)


@dataclass(slots=True)
class Tally:
    """What came of each kind of damage, and the damages of which nothing was said."""

    counts: Counter[tuple[str, str, str]] = field(default_factory=Counter)  # file, kind, outcome
    astray: list[str] = field(default_factory=list)

    def of(self, outcome: str) -> int:
        """Count the copies with an outcome."""
        return sum(count for (_file, _kind, each), count in self.counts.items() if each == outcome)


def main(count: int, seed: int) -> int:
    """Damage so many copies and print what came of it."""
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as scratch:
        tally = run(Path(scratch), count, seed=seed)
    print(f"{'file':<22}{'damage':<10}" + "".join(f"{each:>14}" for each in OUTCOMES))
    for file, kind in sorted({key[:2] for key in tally.counts}):
        row = [tally.counts[file, kind, each] for each in OUTCOMES]
        print(f"{file:<22}{kind:<10}" + "".join(f"{each or '':>14}" for each in row))
    print(f"{'all':<32}" + "".join(f"{tally.of(each):>14}" for each in OUTCOMES))
    print(f"{count} copies, seed {seed}, {time.monotonic() - begun:.0f} s")
    for each in tally.astray:
        print(each)
    return 1 if tally.astray else 0


def run(scratch: Path, count: int, *, seed: int) -> Tally:
    """Make the desk, then damage and open so many copies of it."""
    home, profile = scratch / "home", scratch / "profile"
    before, os.environ["XDG_STATE_HOME"] = os.environ.get("XDG_STATE_HOME"), str(profile)
    try:
        home.mkdir()
        dice = random.Random(seed)
        expected = _make(scratch, home)
        (scratch / "profile").rename(scratch / "profile-kept")
        tally = Tally()
        cases = _cases(scratch / "live", dice)
        for number in range(count):
            path, kind = cases[number % len(cases)]
            _try(scratch, (path, kind), expected, tally, dice)
        return tally
    finally:
        os.environ.pop("XDG_STATE_HOME")
        if before is not None:
            os.environ["XDG_STATE_HOME"] = before


def _make(scratch: Path, home: Path) -> str:
    """Work at a desk; keep it as it was at first, in between and when the power went."""
    desk, _recovery = desks.create(
        home / "desk", office="15", user=USER, password=PASSWORD, cost=vault.Cost(64, 1)
    )
    centre = central.open_centre(f"sqlite:///{scratch / 'centre.db'}", scratch / "centre-keys")
    central.initialise(centre)
    request = exchange.request_key(desk.store, scratch)
    exchange.apply_trust(desk.store, central.enrol(centre, request, scratch)[1])
    centre.engine.dispose()
    for number in range(25):
        _enter(desk, number)
    exchange.export(desk.store, scratch)
    _scan(desk, scratch, 1)
    desk.store.drafts.keep("first", "person", "", {"first_th": "ก"})
    desk.close()
    shutil.copytree(home, scratch / "old")
    desk = desks.open_desk(home / "desk", user=USER, password=PASSWORD)
    desks.let_in(desk, user="second", password=PASSWORD, role="clerk", cost=vault.Cost(64, 1))
    for number in range(25, 40):
        _enter(desk, number)
    shutil.copytree(home, scratch / "between")
    desk.close()  # what the log held is in the database now, and a new log begins
    desk = desks.open_desk(home / "desk", user=USER, password=PASSWORD)
    for number in range(40, 60):
        _enter(desk, number)
    _scan(desk, scratch, 2)
    for key in ("second", "third"):
        desk.store.drafts.keep(key, "person", "", {"first_th": "ข" * 500})
    shutil.copytree(home, scratch / "live")
    expected = _state(desk)
    desk.close()
    return expected


def _enter(desk: Desk, number: int) -> None:
    twelve = f"9{number:011d}"
    person = {
        "id_kind": "thai13",
        "id_no": twelve + thai.citizen_id_check_digit(twelve),
        "first_th": f"ตัวอย่าง{number}",
        "nationality": "ไทย",
    }
    records.save(desk.store, "person", person)


def _scan(desk: Desk, scratch: Path, number: int) -> None:
    path = scratch / f"scan-{number}.pdf"
    path.write_bytes(b"%PDF-1.4 " + bytes(str(number), "ascii") * 5000)
    attachments.attach(desk.store, path)


def _state(desk: Desk) -> str:
    """Hash the content of all records, drafts and scans, and at which revisions records stand."""
    content: list[object] = [state_digest(desk.store)]
    with desk.store.read() as connection:
        for type_ in sorted(entities()):
            rows = connection.execute(select(table_of(type_)).order_by("id")).mappings()
            content += [type_, *(dict(row) for row in rows)]
        scans = sorted(known(connection))
    content += [(name, len(attachments.content(desk.store, name))) for name in scans]
    content += desk.store.drafts.all()
    return hashlib.sha256(json.dumps(content, default=str).encode()).hexdigest()


def _cases(live: Path, dice: random.Random) -> list[tuple[Path, str]]:
    """Give each file with each kind of damage, in an order of chance."""
    files = sorted(path.relative_to(live) for path in live.rglob("*") if path.is_file())
    cases = [(file, kind) for file in files for kind in DAMAGES]
    dice.shuffle(cases)
    return cases


def _flip(path: Path, dice: random.Random, _scratch: Path) -> None:
    raw = bytearray(path.read_bytes())
    for _bit in range(dice.choice((1, 1, 1, 20)) if raw else 0):
        raw[dice.randrange(len(raw))] ^= 1 << dice.randrange(8)
    path.write_bytes(raw)


def _cut(path: Path, dice: random.Random, _scratch: Path) -> None:
    raw = path.read_bytes()
    path.write_bytes(raw[: dice.randrange(len(raw) + 1)])


def _zero(path: Path, dice: random.Random, _scratch: Path) -> None:
    raw = bytearray(path.read_bytes())
    begin = dice.randrange(max(len(raw) - 512, 1))
    raw[begin : begin + 512] = b"\0" * len(raw[begin : begin + 512])
    path.write_bytes(raw)


def _empty(path: Path, _dice: random.Random, _scratch: Path) -> None:
    path.write_bytes(b"")


def _remove(path: Path, _dice: random.Random, _scratch: Path) -> None:
    path.unlink()


def _older(path: Path, dice: random.Random, scratch: Path) -> None:
    """Put the file of an earlier time there; one that was not there then is taken away."""
    then = scratch / dice.choice(("old", "between")) / path.relative_to(scratch / "home")
    path.unlink()
    if then.exists():
        shutil.copyfile(then, path)


DAMAGES: dict[str, Callable[[Path, random.Random, Path], None]] = {
    "bits": _flip,
    "cut": _cut,
    "zeroed": _zero,
    "empty": _empty,
    "gone": _remove,
    "older": _older,
}


def _try(
    scratch: Path, case: tuple[Path, str], expected: str, tally: Tally, dice: random.Random
) -> None:
    for kept, used in (("live", "home"), ("profile-kept", "profile")):
        shutil.rmtree(scratch / used, ignore_errors=True)
        shutil.copytree(scratch / kept, scratch / used)
    file, kind = case
    DAMAGES[kind](scratch / "home" / file, dice, scratch)
    outcome, said = _outcome(scratch / "home" / "desk", expected)
    name = "files/…" if file.parent.name == "files" else file.name
    tally.counts[name, kind, outcome] += 1
    if outcome in (FAULT, SILENT):
        tally.astray.append(f"{outcome}: {file} {kind}: {said}")


def _outcome(folder: Path, expected: str) -> tuple[str, str]:
    """Open the desk and read everything; tell where it was said that something is missing."""
    where, desk = DOOR, None
    try:
        desk = desks.open_desk(folder, user=USER, password=PASSWORD)
        where = READ
        return _compared(desk, expected)
    except UserError as error:
        return where, error.code
    except Exception as error:  # whatever it is: it is no sentence
        return FAULT, repr(error)[:200]
    finally:
        if desk is not None:
            desk.close()


def _compared(desk: Desk, expected: str) -> tuple[str, str]:
    if desk.notice:
        return NOTICE, desk.notice
    if _state(desk) == expected:
        return SAME, ""
    verdict = verify(desk.store)
    return (SILENT, "another state") if verdict.ok else (VERIFY, verdict.reason)


if __name__ == "__main__":
    given = [int(each) for each in sys.argv[1:3]]
    sys.exit(main(*(given + [100, 2569][len(given) :])))
