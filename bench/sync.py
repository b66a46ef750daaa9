"""How fast work is sealed and taken in, in how much memory, each beside what nothing can beat.

Run: python bench/sync.py [LINES ...], by itself 100,000 and 1,000,000. Prints one JSON object for
each count. The ingest is the real command in a process of its own, on SQLite and on PostgreSQL;
its floors store the same lines and heads with the same indexes and check nothing. The floor of
the sealing is a dump of the same rows through zstd and age.
"""

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import _people
import orjson
import psycopg

from app.models.central import tables
from app.services import central
from app.sync import keys, trust
from app.sync.bundle import open_bundle, seal
from tests.makers.postgres import Server, drop_database, new_server

KEY = keys.SigningKey(b"7" * 32)
IDENTITY = keys.office_identity(b"7" * 20)
TO = keys.recipient_of(IDENTITY)
AS_IN_USE = {"fsync": "on", "shared_buffers": "128MB", "max_wal_size": "4GB"}


def main(counts: list[int]) -> None:
    """Measure everything for some numbers of lines."""
    server = new_server(**AS_IN_USE)
    try:
        for count in counts:
            print(json.dumps(_measured(count, server)), flush=True)
    finally:
        server.remove()


def _measured(count: int, server: Server) -> dict[str, object]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / "person.ndjson"
        facts = _people.write_lines(source, count)
        figures = {"lines": count, "plain_bytes_a_line": round(source.stat().st_size / count)}
        sealed = folder / f"{facts.name}.otg"
        figures |= _aside("seal", _seal, source, facts)
        figures |= _aside("open", _open, sealed)
        for kind in ("sqlite", "postgresql"):
            figures |= _ingest(kind, folder, sealed, server, count)
        figures |= _floors(folder, source, server, count)
    return figures | _ratios(figures)


def _ratios(figures: dict[str, Any]) -> dict[str, float]:
    """Say how many times longer than its floor each takes."""
    pairs = {
        "seal_times_floor": ("dump_zstd_age_a_second", "sealed_a_second"),
        "sqlite_times_floor": ("sqlite_floor_a_second", "sqlite_taken_a_second"),
        "postgresql_times_floor": ("postgresql_floor_a_second", "postgresql_taken_a_second"),
    }
    return {name: round(figures[a] / figures[b], 2) for name, (a, b) in pairs.items()}


def _aside(name: str, work: Callable[..., dict[str, object]], *given: object) -> dict[str, object]:
    """Work in a child and tell by how much its memory grew at the most."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        before = _status_mb("VmRSS")
        told = work(*given) | {f"{name}_peak_mb": _status_mb("VmHWM") - before}
        os.write(writing, json.dumps(told).encode())
        os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading) as pipe:
        found: dict[str, object] = json.loads(pipe.read())
    return found


def _seal(source: Path, facts: Any) -> dict[str, object]:
    count = facts.seq_to
    seconds, sealed = _timed(
        lambda: seal(source.parent, facts, _people.lines(source), signing_key=KEY, recipients=[TO])
    )
    return {
        "sealed_a_second": round(count / seconds),
        "sealed_bytes_a_line": round(sealed.size / count),
    }


def _open(path: Path) -> dict[str, object]:
    def read() -> int:
        trusted = {KEY.key_id: keys.EnrolledKey(KEY.public, _people.OFFICE)}
        with open_bundle(path, trusted=trusted, identities=[IDENTITY]) as bundle:
            return sum(entry.problem is None for entry in bundle.lines())

    seconds, count = _timed(read)
    return {"opened_a_second": round(count / seconds)}


def _ingest(kind: str, folder: Path, sealed: Path, server: Server, count: int) -> dict[str, object]:
    """Run the command on an empty centre, and again; what it needs to start is taken off."""
    home = folder / kind
    home.mkdir()
    url = f"sqlite:///{home / 'centre.db'}" if kind == "sqlite" else server.new_database()
    centre = _introduce(url, home)
    idle, idle_mb = _command(url, home, folder / "nothing.zip")
    seconds, peak_mb = _command(url, home, sealed)
    again, _mb = _command(url, home, sealed)
    found = central.status(centre)
    assert found.lines == count, found
    answers = {
        "receipt_seconds": _timed(lambda: central.write_receipts(centre, home / "out"))[0],
        "full_export_seconds": _timed(
            lambda: central.export_office(centre, _people.OFFICE, home / "full")
        )[0],
        "status_seconds": _timed(lambda: central.status(centre))[0],
        "view_seconds": _timed(lambda: _read_all(centre, kind))[0],
        "duplicate_seconds": again - idle,
    }
    centre.engine.dispose()
    if kind == "sqlite":
        answers["file_mb"] = (home / "centre.db").stat().st_size / 1e6
    else:
        drop_database(url)
    figures = {
        "taken_a_second": round(count / (seconds - idle)),
        "peak_mb": peak_mb - idle_mb,
        **{name: round(value, 2) for name, value in answers.items()},
    }
    return {f"{kind}_{name}": value for name, value in figures.items()}


def _read_all(centre: central.Centre, kind: str) -> None:
    """Read the table of all people as a report would: some columns of every row."""
    view = "reading_person" if kind == "sqlite" else "reading.person"
    with tables.reading(centre.engine) as connection:
        statement = f"SELECT min(first_th), min(birth_date), count(income), count(*) FROM {view}"
        connection.exec_driver_sql(statement).all()


def _introduce(url: str, home: Path) -> central.Centre:
    """Make a centre that knows the desk and can open what was sealed for the common key."""
    centre = central.open_centre(url, home / "keys")
    central.initialise(centre)
    (centre.keys / "centre.agekey").write_text(IDENTITY + "\n")
    at = "2025-10-01T02:03:04Z"
    request = trust.KeyRequest(_people.OFFICE, _people.REPLICA, KEY.public, TO, at)
    central.enrol(centre, trust.write_request(home, request, KEY), home)
    return centre


def _command(url: str, home: Path, path: Path) -> tuple[float, int]:
    """Run the command; give its seconds and its peak memory in MB.

    The process says its own peak: what its parent is told counts the parent's memory in.
    """
    words = ["central", "ingest", str(path), "--db", url, "--keys", str(home / "keys"), "--json"]
    started = time.perf_counter()
    child = subprocess.run(
        [sys.executable, "-c", _MEASURED, *words],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    seconds = time.perf_counter() - started
    return seconds, _row_mb(child.stderr, "VmHWM")


_MEASURED = """
import sys
from pathlib import Path
from app.cli import main
main(sys.argv[1:])
print(Path("/proc/self/status").read_text(), file=sys.stderr)
"""


def _floors(folder: Path, source: Path, server: Server, count: int) -> dict[str, object]:
    on_sqlite, _none = _timed(lambda: _sqlite_floor(folder / "floor.db", source))
    dump = (
        f"sqlite3 '{folder / 'floor.db'}' .dump | zstd -3 -q | age -r {TO} > '{folder}/floor.age'"
    )
    dumping, _none = _timed(lambda: subprocess.run(dump, shell=True, check=True))
    rows = folder / "rows"
    _write_copy(rows, source)
    return {
        "dump_zstd_age_a_second": round(count / dumping),
        "sqlite_floor_a_second": round(count / on_sqlite),
        "postgresql_floor_a_second": round(count / _postgresql_floor(rows, server)),
    }


def _rows(source: Path) -> Iterator[tuple[Any, ...]]:
    """Give the columns of `revision`, made as cheaply as can be."""
    for number, (_type, raw) in enumerate(_people.lines(source), 1):
        h = orjson.loads(raw)["h"]
        rev = f"{number * 0x9E3779B97F4A7C15 % (1 << 64):064x}"
        place = (h["type"], h["id"], h["replica"], h["epoch"], h["seq"])
        rest = (" ".join(h["parents"]), h["act"], "accepted", "", "", 1)
        yield (h["office"], rev, *place, *rest, raw)


_COLUMNS = [column.name for column in tables.revisions.columns]


def _sqlite_floor(path: Path, source: Path) -> None:
    engine = tables.open_centre(f"sqlite:///{path}")
    tables.metadata.create_all(engine, [tables.revisions, tables.heads])
    engine.dispose()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA synchronous=FULL")
    places = ", ".join("?" * len(_COLUMNS))
    with connection:
        connection.executemany(f"INSERT INTO revision VALUES ({places})", _rows(source))
        connection.execute(
            "INSERT INTO head SELECT office, type, id, rev FROM revision GROUP BY 1, 2, 3"
            " HAVING max(seq) ON CONFLICT DO NOTHING"
        )
    connection.close()


def _write_copy(target: Path, source: Path) -> None:
    with target.open("wb") as file:
        for *texts, raw in _rows(source):
            line = b"\t".join(str(text).encode() for text in texts)
            file.write(line + b"\t\\\\x" + raw.hex().encode() + b"\n")


def _postgresql_floor(rows: Path, server: Server) -> float:
    url = server.new_database()
    engine = tables.open_centre(url)
    tables.metadata.create_all(engine, [tables.revisions, tables.heads])
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        started = time.perf_counter()
        connection.execute("CREATE TEMP TABLE staged (LIKE revision) ON COMMIT DROP")
        with rows.open("rb") as file, connection.cursor().copy("COPY staged FROM STDIN") as copy:
            while piece := file.read(1 << 20):
                copy.write(piece)
        connection.execute(
            "INSERT INTO revision SELECT * FROM staged ORDER BY office, rev ON CONFLICT DO NOTHING"
        )
        connection.execute(
            "INSERT INTO head SELECT DISTINCT ON (office, type, id) office, type, id, rev"
            " FROM staged ORDER BY office, type, id, seq DESC ON CONFLICT DO NOTHING"
        )
        connection.commit()
        seconds = time.perf_counter() - started
    drop_database(url)
    return seconds


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    started = time.perf_counter()
    result = work()
    return time.perf_counter() - started, result


def _status_mb(row: str) -> int:
    """Give a row of this process's status; a child's peak begins at its parent's size."""
    return _row_mb(Path("/proc/self/status").read_text(), row)


def _row_mb(status: str, row: str) -> int:
    return round(int(status.split(f"{row}:")[1].split(maxsplit=1)[0]) / 1000)


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or [100_000, 1_000_000])
