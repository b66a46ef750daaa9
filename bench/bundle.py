"""How fast bundles are sealed and opened, and in how much memory, beside gzip and age alone.

Run: python bench/bundle.py [LINES]. The lines are invented people of about 500 bytes each.
"""

import json
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from app.core.line import Body, Header, Line
from app.sync import keys
from app.sync.bundle import DELTA, Facts, Run, open_bundle, seal

REPLICA, EPOCH = "1f" * 16, "a0" * 16
GIVEN = ("สมหญิง", "สมชาย", "มาลี", "ประเสริฐ", "วันเพ็ญ", "อำนวย", "บุญมี", "จันทร์เพ็ญ")


def main(count: int) -> None:
    """Print one JSON object of figures: seconds, lines a second, megabytes."""
    key, identity = keys.new_signing_key(), keys.office_identity(keys.new_secret())
    to = keys.recipient_of(identity)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / "person.ndjson"
        facts = _write_lines(source, count)
        plain = source.stat().st_size
        before = _peak_mb()
        sealing, sealed = _timed(
            lambda: seal(folder, facts, _lines(source), signing_key=key, recipients=[to])
        )
        trusted = {key.key_id: keys.EnrolledKey(key.public, "42")}
        opening, read = _timed(lambda: _read(sealed.path, trusted, identity))
        after = _peak_mb()
        assert read == count
        figures = {
            "lines": count,
            "plain_mb": round(plain / 1e6, 2),
            "sealed_mb": round(sealed.size / 1e6, 2),
            "sealed_a_second": round(count / sealing),
            "opened_a_second": round(count / opening),
            "peak_mb_before": round(before),
            "peak_mb": round(after),
        }
        sys.stdout.write(json.dumps(figures | _floor(source, to, identity, count)) + "\n")


def _read(path: Path, trusted: dict[str, keys.EnrolledKey], identity: str) -> int:
    with open_bundle(path, trusted=trusted, identities=[identity]) as bundle:
        return sum(entry.problem is None for entry in bundle.lines())


def _lines(source: Path) -> Iterator[tuple[str, bytes]]:
    with source.open("rb") as file:
        for row in file:
            yield "person", row[:-1]


def _write_lines(target: Path, count: int) -> Facts:
    """Write a chain of `count` people to a file, as a desk's journal would give them."""
    chance = random.Random(7)
    prev = ""
    with target.open("wb") as file:
        for seq in range(1, count + 1):
            body = Body(chance.randbytes(16).hex(), _person(chance))
            header = Header(
                id=_uuid(chance),
                type="person",
                office="42",
                replica=REPLICA,
                epoch=EPOCH,
                seq=seq,
                act=_uuid(chance),
                op="put",
                parents=(),
                prev=prev,
                depth=1,
                by="01",
                at="2025-10-01T02:03:04.567Z",
                v=1,
                digest=body.digest,
            )
            file.write(Line(header, body).to_bytes() + b"\n")
            prev = header.rev
    run = Run(REPLICA, EPOCH, 1, count, "", prev)
    at = "2025-10-02T03:04:05Z"
    return Facts("42", REPLICA, EPOCH, DELTA, 1, count, 1, at, (run,), {"person": 1})


def _person(chance: random.Random) -> dict[str, object]:
    return {
        "given_name": chance.choice(GIVEN),
        "family_name": chance.choice(GIVEN) + chance.choice(GIVEN),
        "citizen_id": f"9{chance.randrange(10**12):012d}",
        "born": f"{chance.randrange(1940, 2006)}-{chance.randrange(1, 13):02d}",
        "phone": f"08{chance.randrange(10**8):08d}",
        "address": {"house_no": str(chance.randrange(999)), "moo": str(chance.randrange(20))},
        "note": "ข้อมูลตัวอย่าง",
    }


def _uuid(chance: random.Random) -> str:
    text = chance.randbytes(16).hex()
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


def _floor(source: Path, to: str, identity: str, count: int) -> dict[str, int]:
    """Measure what no bundle can beat: the same bytes through gzip and age, unchecked."""
    if not (shutil.which("age") and shutil.which("gzip")):
        return {}
    packed, key = source.with_suffix(".gz.age"), source.with_suffix(".key")
    key.write_text(identity + "\n")
    pack = f"gzip -6 < '{source}' | age -r {to} > '{packed}'"
    unpack = f"age -d -i '{key}' '{packed}' | gzip -d > /dev/null"
    packing, _ = _timed(lambda: subprocess.run(pack, shell=True, check=True))
    unpacking, _ = _timed(lambda: subprocess.run(unpack, shell=True, check=True))
    return {
        "gzip_age_a_second": round(count / packing),
        "age_gzip_a_second": round(count / unpacking),
    }


def _timed(act):
    started = time.perf_counter()
    result = act()
    return time.perf_counter() - started, result


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
