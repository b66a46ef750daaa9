"""A desk without a database: it writes the lines of its chain, for vectors, tests and benches."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from app.core.line import PUT, Body, Data, Header, Line
from app.sync.bundle import DELTA, Facts, Run
from app.sync.keys import SigningKey

OFFICE = "42"
AT, SEALED_AT = "2025-10-01T02:03:04.567Z", "2025-10-02T03:04:05Z"


@dataclass
class Pen:
    """A desk by its number, below 256; ids, salts and clock count up, so nothing is random."""

    number: int = 1
    office: str = OFFICE
    lines: list[Line] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.key = SigningKey(bytes([self.number]) * 32)
        self.replica = f"{self.number:02x}" * 16
        self.epoch = f"{(self.number + 128) % 256:02x}" * 16

    def write(
        self, type_: str, id_: int, data: Data, parents: Iterable[Line] = (), **changes: Any
    ) -> Line:
        """Write one version of a record as an act of its own; `changes` are of its header."""
        parents, seq = tuple(parents), len(self.lines) + 1
        salt = hashlib.sha256(f"{self.number} {seq}".encode()).hexdigest()[:32]
        body = Body(salt, data)
        header = Header(
            id=uuid(id_),
            type=type_,
            office=self.office,
            replica=self.replica,
            epoch=self.epoch,
            seq=seq,
            act=uuid(self.number << 32 | seq),
            op=PUT,
            parents=tuple(sorted(parent.header.rev for parent in parents)),
            prev=self.lines[-1].header.rev if self.lines else "",
            depth=1 + max((parent.header.depth for parent in parents), default=0),
            by="01",
            at=AT,
            v=1,
            digest=body.digest,
        )
        self.lines.append(Line(replace(header, **changes), body))
        return self.lines[-1]

    def run(self, after: int = 0, through: int | None = None) -> Run:
        """Give the lines after a seq as one run, all or up to another seq."""
        chosen = self.lines[after:through]
        before = self.lines[after - 1].header.rev if after else ""
        head = chosen[-1].header.rev
        return Run(self.replica, self.epoch, after + 1, after + len(chosen), before, head)

    def facts(self, after: int = 0, through: int | None = None, **changes: Any) -> Facts:
        """Give the facts of a delta of such a run; `changes` are of any fact."""
        run = self.run(after, through)
        facts = Facts(
            office=self.office,
            replica=self.replica,
            epoch=self.epoch,
            kind=DELTA,
            seq_from=run.seq_from,
            seq_to=run.seq_to,
            number=1,
            created_at=SEALED_AT,
            runs=(run,),
        )
        return replace(facts, **changes)


def uuid(number: int) -> str:
    """Give the id of a record or an act by a number."""
    return f"01900000-0000-7000-8000-{number:012x}"


def rows(lines: Iterable[Line]) -> list[tuple[str, bytes]]:
    """Give lines as seal() takes them, in their order."""

    def place(line: Line) -> tuple[str, str, str, int]:
        header = line.header
        return header.type, header.replica, header.epoch, header.seq

    return [(line.header.type, line.to_bytes()) for line in sorted(lines, key=place)]
