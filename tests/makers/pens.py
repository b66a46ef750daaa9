"""Whoever holds an enrolled key: writes any line at all, and seals it as a desk would."""

import atexit
import copy
import functools
import itertools
import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.core.line import Line
from app.models.central import tables
from app.services import central, exchange
from app.services.central import Centre
from app.services.central.upkeep.update import update
from app.services.office.desk import Desk
from app.sync import keys, trust
from app.sync.bundle import seal
from devtools import pen

_numbers = itertools.count(1)


def new_centre(folder: Path, url: str = "") -> Centre:
    """Make a centre with its keys in a folder, and its database there too unless told where."""
    url = url or f"sqlite:///{folder / 'centre.db'}"
    file = Path(url.removeprefix("sqlite:///"))
    if url.startswith("sqlite:") and not file.exists():
        shutil.copyfile(_with_tables(), file)
    made = open_centre(url, folder / "centre-keys")
    central.initialise(made)
    return made


def open_centre(url: str, keys: Path) -> Centre:
    """Open a centre until the test ends."""
    made = central.open_centre(url, keys)
    _open.append(made)
    return made


def close_centres() -> None:
    """Let go of what was opened since the last time."""
    while _open:
        _open.pop().close()


_open: list[Centre] = []


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
    request = exchange.request_key(desk.store, folder)
    _fingerprint, answer = central.enrol(centre, request, folder)
    exchange.apply_trust(desk.store, answer)


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


@dataclass
class Pen(pen.Pen):
    """A desk without a database that the centre may know, each under a number of its own."""

    number: int = field(default_factory=lambda: next(_numbers))
    office: str = "15"
    sealed: int = 0

    def __post_init__(self) -> None:
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
        return super().write(type_, record, data, parents, **changes)

    def person(self, record: int, name: str, *parents: Line, **changes: Any) -> Line:
        return self.write("person", record, {"first_th": name}, *parents, **changes)

    def seal(
        self,
        folder: Path,
        first: int = 1,
        last: int | None = None,
        raw: dict[int, bytes] | None = None,
        recipient: str = "",
    ) -> Path:
        """Seal the lines from `first` to `last`; `raw` puts other bytes in a line's place.

        For the centre that it knows, or for one `recipient` alone.
        """
        self.sealed += 1
        chosen = sorted(self.lines[first - 1 : last], key=lambda line: line.header.type)
        rows = [
            (line.header.type, (raw or {}).get(line.header.seq) or line.to_bytes())
            for line in chosen
        ]
        to = [recipient] if recipient else [*self.centre.recipients]
        to.append(keys.recipient_of(self.identity))
        facts = self.facts(first - 1, last, number=self.sealed)
        return seal(folder, facts, rows, signing_key=self.key, recipients=to).path
