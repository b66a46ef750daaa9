"""How fast the centre takes bundles in, in how much memory, and that no power cut changes the end.

Run: python bench/ingest.py [LINES] [KILLS]. Each measurement is the real command in a process of
its own; the floor is what SQLite needs for the same rows without any check.
"""

import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from app.core.line import Body, Header, Line
from app.services import central
from app.sync import keys, trust
from app.sync.bundle import DELTA, Facts, Run, seal

OFFICE, REPLICA, EPOCH = "42", "1f" * 16, "a0" * 16
GIVEN = ("สมหญิง", "สมชาย", "มาลี", "ประเสริฐ", "วันเพ็ญ", "อำนวย", "บุญมี", "จันทร์เพ็ญ")


def main(count: int, kills: int) -> None:
    """Print one JSON object of figures: lines a second, megabytes, kills survived."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        small, large = _bundle(folder, count // 10), _bundle(folder, count)
        _empty, idle_mb = _ingest(folder / "idle", folder / "nothing.zip")
        _small, small_mb = _ingest(folder / "small", small)
        seconds, large_mb = _ingest(folder / "large", large)
        again, _mb = _ingest(folder / "large", large)
        figures = {
            "lines": count,
            "sealed_mb": round(large.stat().st_size / 1e6, 2),
            "taken_a_second": round(count / (seconds - _empty)),
            "duplicate_seconds": round(again - _empty, 2),
            "peak_mb_idle": idle_mb,
            "peak_mb_a_tenth": small_mb,
            "peak_mb": large_mb,
            **_answers(folder / "large"),
            "floor_a_second": round(count / _floor(folder, count)),
            "kills": _kill(folder, large, kills, seconds),
        }
        print(json.dumps(figures))


def _centre(folder: Path) -> central.Centre:
    return central.open_centre(f"sqlite:///{folder / 'centre.db'}", folder / "keys")


def _introduce(folder: Path) -> None:
    """Make a centre that knows the desk and can open what was sealed for the common key."""
    folder.mkdir()
    centre = _centre(folder)
    central.initialise(centre)
    (centre.keys / "centre.agekey").write_text(IDENTITY + "\n")
    at = "2025-10-01T02:03:04Z"
    request = trust.KeyRequest(OFFICE, REPLICA, KEY.public, keys.recipient_of(IDENTITY), at)
    central.enrol(centre, trust.write_request(folder, request, KEY), folder)
    centre.engine.dispose()


KEY = keys.SigningKey(b"7" * 32)
IDENTITY = keys.office_identity(b"7" * 20)


def _command(folder: Path, path: Path) -> list[str]:
    url, key_folder = f"sqlite:///{folder / 'centre.db'}", str(folder / "keys")
    words = ["central", "ingest", str(path), "--db", url, "--keys", key_folder, "--json"]
    return [sys.executable, "-m", "app", *words]


def _ingest(folder: Path, path: Path) -> tuple[float, int]:
    """Run the command; give its seconds and its peak memory in MB."""
    if not folder.exists():
        _introduce(folder)
    started = time.perf_counter()
    child = subprocess.Popen(_command(folder, path), cwd=ROOT, stdout=subprocess.DEVNULL)
    _pid, _status, usage = os.wait4(child.pid, 0)
    return time.perf_counter() - started, round(usage.ru_maxrss / 1000)


def _answers(folder: Path) -> dict[str, float]:
    """Measure what the centre gives back: a receipt, and everything for a dead PC."""
    centre = _centre(folder)
    seconds = {}
    started = time.perf_counter()
    central.write_receipts(centre, folder / "receipts")
    seconds["receipt_seconds"] = round(time.perf_counter() - started, 2)
    started = time.perf_counter()
    central.export_office(centre, OFFICE, folder / "full")
    seconds["full_export_seconds"] = round(time.perf_counter() - started, 2)
    return seconds


def _kill(folder: Path, path: Path, kills: int, seconds: float) -> int:
    """Kill the command at random moments; the end must be that of the undisturbed run."""
    chance = random.Random(7)
    disturbed = folder / "disturbed"
    _introduce(disturbed)
    survived = 0
    for _time in range(kills):
        child = subprocess.Popen(_command(disturbed, path), cwd=ROOT, stdout=subprocess.DEVNULL)
        try:
            child.wait(timeout=chance.uniform(0.3, seconds))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
            survived += 1
    _ingest(disturbed, path)
    assert central.status(_centre(disturbed)) == central.status(_centre(folder / "large"))
    return survived


def _bundle(folder: Path, count: int) -> Path:
    """Seal a chain of `count` people; the lines pass through a file, so memory says nothing."""
    source = folder / f"{count}.ndjson"
    prev = ""
    with source.open("wb") as file:
        for line in _people(count):
            file.write(line.to_bytes() + b"\n")
            prev = line.header.rev
    run = Run(REPLICA, EPOCH, 1, count, "", prev)
    at = "2025-10-02T03:04:05Z"
    facts = Facts(OFFICE, REPLICA, EPOCH, DELTA, 1, count, count, at, (run,), {"person": 1})
    with source.open("rb") as file:
        rows = (("person", row[:-1]) for row in file)
        to = [keys.recipient_of(IDENTITY)]
        return seal(folder, facts, rows, signing_key=KEY, recipients=to).path


def _people(count: int) -> Iterator[Line]:
    """Write three new people, then a change of the first of them, and so on."""
    chance = random.Random(7)
    prev, first = "", None
    for seq in range(1, count + 1):
        parent = first if seq % 4 == 0 and first else None
        body = Body(chance.randbytes(16).hex(), _person(chance))
        header = Header(
            id=parent.id if parent else _uuid(chance),
            type="person",
            office=OFFICE,
            replica=REPLICA,
            epoch=EPOCH,
            seq=seq,
            act=_uuid(chance),
            op="put",
            parents=(parent.rev,) if parent else (),
            prev=prev,
            depth=2 if parent else 1,
            by="01",
            at="2025-10-01T02:03:04.567Z",
            v=1,
            digest=body.digest,
        )
        first = header if seq % 4 == 1 else first
        prev = header.rev
        yield Line(header, body)


def _person(chance: random.Random) -> dict[str, object]:
    return {
        "id_kind": "thai13",
        "id_no": f"9{chance.randrange(10**12):012d}",
        "first_th": chance.choice(GIVEN),
        "last_th": chance.choice(GIVEN) + chance.choice(GIVEN),
        "birth_date": f"{chance.randrange(1940, 2006)}-{chance.randrange(1, 13):02d}",
        "phone": f"08{chance.randrange(10**8):08d}",
        "address": {"house_no": str(chance.randrange(999)), "moo": str(chance.randrange(20))},
    }


def _uuid(chance: random.Random) -> str:
    text = chance.randbytes(16).hex()
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


def _floor(folder: Path, count: int) -> float:
    """Measure what no ingest can beat: the same lines by executemany into one table."""
    source = (folder / f"{count}.ndjson").read_bytes().splitlines()
    rows = [(number, json.loads(row)["h"]["id"], row) for number, row in enumerate(source)]
    connection = sqlite3.connect(folder / "floor.db")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE line (no INTEGER PRIMARY KEY, id TEXT, line BLOB)")
    started = time.perf_counter()
    with connection:
        connection.executemany("INSERT INTO line VALUES (?, ?, ?)", rows)
    seconds = time.perf_counter() - started
    connection.close()
    return seconds


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    main(*(given + [100_000, 10][len(given) :]))
