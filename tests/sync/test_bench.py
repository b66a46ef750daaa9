import json
import subprocess
import sys
from pathlib import Path

BENCH = Path(__file__).parents[2] / "bench" / "bundle.py"


def figures(lines):
    run = subprocess.run(
        [sys.executable, BENCH, str(lines)], capture_output=True, text=True, check=True
    )
    return json.loads(run.stdout)


def test_memory_does_not_grow_with_the_bundle():
    found = figures(40_000)

    assert found["plain_mb"] > 30
    assert found["peak_mb"] - found["peak_mb_before"] < 24


def test_the_bench_measures_ours_beside_gzip_and_age():
    found = figures(500)

    assert found["lines"] == 500
    assert found["sealed_mb"] < found["plain_mb"] / 2
    assert all(found[name] > 0 for name in found)
