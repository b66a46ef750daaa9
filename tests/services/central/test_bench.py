"""The bench of sealing and taking in measures what it says, and memory stays flat."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).parents[3] / "bench" / "sync.py"


@pytest.mark.full
@pytest.mark.long
def test_memory_does_not_grow_with_the_bundle_and_ours_stands_beside_the_floors() -> None:
    command = [sys.executable, str(BENCH), "2500", "6000"]  # both fill a batch of the ingest
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    small, large = [json.loads(row) for row in run.stdout.splitlines()]

    peaks = [name for name in large if name.endswith("peak_mb")]
    assert len(peaks) == 4
    grown = {name: large[name] - small[name] for name in peaks}
    grown["sqlite_peak_mb"] -= round(large["sqlite_file_mb"])  # its page cache takes up to 64 MB
    assert {name: most < 16 for name, most in grown.items()} == dict.fromkeys(peaks, True), grown
    assert large["lines"] == 6000
    assert large["sealed_bytes_a_line"] < large["plain_bytes_a_line"] / 2
    assert {name for name in large if name.endswith("floor_a_second")} == {
        "sqlite_floor_a_second",
        "postgresql_floor_a_second",
    }
    assert all(large[name] > 0 for name in large if name.endswith("a_second"))
