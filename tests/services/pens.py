"""Whoever holds an enrolled key: writes any line at all, and seals it as a desk would."""

import atexit
import copy
import functools
import itertools
import shutil
import tempfile
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from app.core.line import PUT, Body, Header, Line
from app.models import central as tables
from app.services import bundles, central
from app.services.central import Centre
from app.services.central.updating import update
from app.services.desk import Desk
from app.sync import keys, trust
from app.sync.bundle import DELTA, Facts, Run, seal

_numbers = itertools.count(1)


def new_centre(folder: Path, url: str = "") -> Centre:
    """Make a centre with its keys in a folder, and its database there too unless told where."""
    url = url or f"sqlite:///{folder / 'centre.db'}"
    file = Path(url.removeprefix("sqlite:///"))
    if url.startswith("sqlite:") and not file.exists():
        shutil.copyfile(_with_tables(), file)
    made = central.open_centre(url, folder / "centre-keys")
    central.initialise(made)
    return made


@functools.cache
def _with_tables() -> Path:
    """Make once, for all tests of this process, a database that has its tables and nothing else."""
    folder = tempfile.mkdtemp(prefix="otg-tables-")
    atexit.register(shutil.rmtree, folder)
    made = Path(folder) / "centre.db"
    engine = tables.open_centre(f"sqlite:///{made}")
    with tables.writing(engine) as connection:
        update(connection)
    engine.dispose()
    return made


def where(centre: Centre) -> list[str]:
    """Give the arguments by which a command finds a centre."""
    url = centre.engine.url.render_as_string(hide_password=False)
    return ["--db", url, "--keys", str(centre.keys)]


def introduce(desk: Desk, centre: Centre, folder: Path) -> None:
    """Enrol a desk at the centre and let it trust the centre's answer."""
    request = bundles.request_key(desk.store, folder)
    _fingerprint, answer = central.enrol(centre, request, folder)
    bundles.apply_trust(desk.store, answer)


def contents(centre: Centre) -> dict[str, list[tuple[Any, ...]]]:
    """Give every row of every table of the centre."""
    with tables.reading(centre.engine) as connection:
        return {
            table.name: sorted(map(tuple, connection.execute(table.select())))
            for table in tables.metadata.sorted_tables
        }


def empty(centre: Centre) -> None:
    """Forget every bundle; the centre's keys and desks stay."""
    kept = {tables.facts, tables.office_keys}
    with tables.acting(centre.engine) as connection:
        for table in tables.metadata.sorted_tables:
            if table not in kept:
                connection.execute(table.delete())


def uuid(number: int) -> str:
    return f"01900000-0000-7000-8000-{number:012x}"


@dataclass
class Pen:
    """A desk without a database, of office 15 unless it says otherwise."""

    office: str = "15"
    lines: list[Line] = field(default_factory=list)
    sealed: int = 0

    def __post_init__(self) -> None:
        self.number = next(_numbers)
        self.key = keys.SigningKey(self.number.to_bytes(32, "big"))
        self.identity = keys.office_identity(self.number.to_bytes(20, "big"))
        self.replica = f"{self.number:05x}".ljust(32, "0")  # the short code is of its beginning
        self.epoch = f"{self.number + (1 << 64):032x}"

    def clone(self) -> "Pen":
        """Give what a copy of the whole disk gives: the same desk a second time."""
        other = copy.copy(self)
        other.lines = list(self.lines)
        other.sealed += 500  # only to tell its files apart
        return other

    def enrol(self, centre: Centre, folder: Path) -> None:
        recipient = keys.recipient_of(self.identity)
        at = "2025-10-01T02:03:04Z"
        request = trust.KeyRequest(self.office, self.replica, self.key.public, recipient, at)
        path = trust.write_request(folder, request, self.key)
        central.enrol(centre, path, folder)
        notes = trust.read_trust(folder / f"OTG-{self.office}-trust.txt")
        self.centre = trust.follow(None, notes)

    def write(
        self, type_: str, record: int, data: dict[str, Any], *parents: Line, **changes: Any
    ) -> Line:
        """Write the next line of the chain; `changes` are of its header."""
        seq = len(self.lines) + 1
        body = Body(f"{self.number:016x}{seq:016x}", data)
        header = Header(
            id=uuid(record),
            type=type_,
            office=self.office,
            replica=self.replica,
            epoch=self.epoch,
            seq=seq,
            act=uuid(self.number << 24 | seq),
            op=PUT,
            parents=tuple(sorted(parent.header.rev for parent in parents)),
            prev=self.lines[-1].header.rev if self.lines else "",
            depth=1 + max((parent.header.depth for parent in parents), default=0),
            by="01",
            at="2025-10-01T02:03:04.567Z",
            v=1,
            digest=body.digest,
        )
        line = Line(replace(header, **changes), body)
        self.lines.append(line)
        return line

    def person(self, record: int, name: str, *parents: Line, **changes: Any) -> Line:
        return self.write("person", record, {"first_th": name}, *parents, **changes)

    def seal(
        self,
        folder: Path,
        first: int = 1,
        last: int = 0,
        raw: dict[int, bytes] | None = None,
        recipient: str = "",
    ) -> Path:
        """Seal the lines from `first` to `last`; `raw` puts other bytes in a line's place.

        For the centre that it knows, or for one `recipient` alone.
        """
        self.sealed += 1
        chosen = self.lines[first - 1 : last or None]
        before = self.lines[first - 2].header.rev if first > 1 else ""
        run = Run(
            self.replica,
            self.epoch,
            first,
            first + len(chosen) - 1,
            before,
            chosen[-1].header.rev,
        )
        facts = Facts(
            office=self.office,
            replica=self.replica,
            epoch=self.epoch,
            kind=DELTA,
            seq_from=run.seq_from,
            seq_to=run.seq_to,
            number=self.sealed,
            created_at="2025-10-02T03:04:05Z",
            runs=(run,),
        )
        chosen.sort(key=lambda line: (line.header.type, line.header.seq))
        rows = [
            (line.header.type, (raw or {}).get(line.header.seq) or line.to_bytes())
            for line in chosen
        ]
        to = [recipient] if recipient else [*self.centre.recipients]
        to.append(keys.recipient_of(self.identity))
        return seal(folder, facts, rows, signing_key=self.key, recipients=to).path
