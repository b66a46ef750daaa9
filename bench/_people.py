"""Invented people for the benches: a chain of lines as one desk's journal would give them."""

import random
from collections.abc import Iterator
from pathlib import Path

from app.core.line import Body, Header, Line
from app.sync.bundle import DELTA, Facts, Run

OFFICE, REPLICA, EPOCH = "42", "1f" * 16, "a0" * 16
_GIVEN = ("สมหญิง", "สมชาย", "มาลี", "ประเสริฐ", "วันเพ็ญ", "อำนวย", "บุญมี", "จันทร์เพ็ญ")


def write_lines(target: Path, count: int) -> Facts:
    """Write a chain of `count` lines to a file, three new people to one change; give its facts."""
    prev = ""
    with target.open("wb") as file:
        for line in _people(count):
            file.write(line.to_bytes() + b"\n")
            prev = line.header.rev
    run = Run(REPLICA, EPOCH, 1, count, "", prev)
    at = "2025-10-02T03:04:05Z"
    return Facts(OFFICE, REPLICA, EPOCH, DELTA, 1, count, 1, at, (run,), {"person": 1})


def lines(source: Path) -> Iterator[tuple[str, bytes]]:
    """Read the lines back one by one, as seal() wants them."""
    with source.open("rb") as file:
        for row in file:
            yield "person", row[:-1]


def _people(count: int) -> Iterator[Line]:
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
        "first_th": chance.choice(_GIVEN),
        "last_th": chance.choice(_GIVEN) + chance.choice(_GIVEN),
        "birth_date": f"{chance.randrange(1940, 2006)}-{chance.randrange(1, 13):02d}",
        "phone": f"08{chance.randrange(10**8):08d}",
        "address": {"house_no": str(chance.randrange(999)), "moo": str(chance.randrange(20))},
    }


def _uuid(chance: random.Random) -> str:
    text = chance.randbytes(16).hex()
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))
