"""Histories of offices, desks, sticks, restores, clones and one centre, and the laws they keep.

Usage: simulate.py [--postgresql] [HISTORIES] [FIRST SEED]; two processes live through them side
by side, with the centre on SQLite, or on a PostgreSQL of their own. A seed that breaks a law is
printed with its steps: keep it in tests/sync/test_simulation.py.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.makers.postgres import new_server
from tests.sync.simulation import make_world

_PIECE = 20
_SIDE_BY_SIDE = 2


def main(count: int, first: int, url: str = "") -> int:
    """Run so many histories and say how many broke a law; `url` is of an empty database."""
    begun, broken = time.monotonic(), 0
    with tempfile.TemporaryDirectory() as name:
        world = Path(name) / "world"
        make_world(world, url)
        waiting = [(seed, min(_PIECE, first + count - seed)) for seed in _starts(count, first)]
        running: list[subprocess.Popen[str]] = []
        while waiting or running:
            while waiting and len(running) < _SIDE_BY_SIDE:
                running.append(_start(world, Path(name), *waiting.pop(0), url))
            told, _nothing = running[0].communicate()
            broken += running.pop(0).returncode != 0 and _tell(told)
    minutes = (time.monotonic() - begun) / 60
    print(f"{count} histories from seed {first}: {broken} broke a law; {minutes:.1f} minutes")
    return 1 if broken else 0


def _starts(count: int, first: int) -> range:
    return range(first, first + count, _PIECE)


def _start(world: Path, folder: Path, first: int, count: int, url: str) -> subprocess.Popen[str]:
    place = folder / f"from-{first}"
    place.mkdir()
    command = [sys.executable, "-m", "tests.sync.simulation", world, place, str(first), str(count)]
    command += [url] if url else []
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def _tell(told: str) -> int:
    """Print the histories that broke a law; give their number."""
    print(told, flush=True)
    return sum(line.startswith("seed ") for line in told.splitlines())


def _on_postgresql(count: int, first: int) -> int:
    server = new_server()
    try:
        return main(count, first, server.new_database())
    finally:
        server.remove()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--postgresql", action="store_true")
    parser.add_argument("histories", type=int, nargs="?", default=2000)
    parser.add_argument("first", type=int, nargs="?", default=0)
    given = parser.parse_args()
    run = _on_postgresql if given.postgresql else main
    raise SystemExit(run(given.histories, given.first))
