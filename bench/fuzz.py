"""Damaged and hostile bundles without end: each is refused with a known code, or read as sealed.

Usage: fuzz.py [SECONDS]. A valid bundle is changed in one layer, and what lies outside of that
layer is hashed, encrypted and signed again, so that the change reaches the check behind. A file
that breaks the law is kept in build/fuzz, with the case that made it.
"""

import faulthandler
import json
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

import hypothesis
from hypothesis import HealthCheck, Phase, given

from bench._hostile import ROOT, World, cases

HANGS = 900  # seconds for five hundred cases
GROWTH = 200  # megabytes that a whole run may add


def main(seconds: float) -> int:
    """Fuzz for so many seconds; print what was seen, and give 1 when something broke the law."""
    findings = ROOT / "build" / "fuzz"
    findings.mkdir(parents=True, exist_ok=True)
    begun, found, rounds = time.monotonic(), 0, 0
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder))
        tempfile.tempdir = str(world.temporary)
        try:
            run(world, seed=0, examples=200)
            before = _peak()
            while time.monotonic() - begun < seconds:
                rounds += 1
                faulthandler.dump_traceback_later(HANGS, exit=True)
                found += one_round(world, rounds + int(time.time()), findings)
        finally:
            faulthandler.cancel_dump_traceback_later()
            tempfile.tempdir = None
            world.close()
    grown = _peak() - before
    figures = {
        "seconds": round(time.monotonic() - begun),
        "cases": sum(world.seen.values()),
        "slowest": round(world.slowest, 2),
        "grown_mb": round(grown),
        "findings": found,
    }
    print(json.dumps(figures))
    for (layer, code), count in sorted(world.seen.items()):
        print(f"{layer:10} {code or 'read as sealed':20} {count:8,}")
    return 1 if found or grown > GROWTH else 0


def run(world: World, *, seed: int, examples: int) -> None:
    """Meet so many cases; the smallest that breaks the law is raised."""

    @hypothesis.seed(seed)
    @hypothesis.settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(cases)
    def meet(case: tuple[str, Any]) -> None:
        world.last = case
        world.meet(case)

    meet()


def one_round(world: World, seed: int, findings: Path) -> int:
    """Meet 500 cases; keep the file of the smallest that breaks the law. Gives how many did."""
    try:
        run(world, seed=seed, examples=500)
    except Exception as error:
        case = world.last
        path, _rows = world.made(*case)
        kept = findings / f"{seed}{path.suffix}"
        kept.write_bytes(path.read_bytes())
        kept.with_suffix(".case").write_text(f"{case!r}\n{error!r}\n", "utf-8")
        print(f"{kept}: {error!r}"[:300], flush=True)
        return 1
    return 0


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else 60))
