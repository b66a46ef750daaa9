"""All tests in one order of chance after the other; some of them while the machine is busy.

Usage: orders.py [--first SEED] [--count N] [--busy N] [PYTEST ...]. Of the orders the last N run
beside two processes that take all they get. Shown for each: its seed, how long it took, and
pytest's own last line. Exit code 1 when an order failed.
"""

import argparse
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from bench._neighbours import beside

_NEIGHBOURS = 2


def main(first: int, count: int, busy: int, rest: list[str]) -> int:
    """Run the orders and tell how each ended."""
    failed = 0
    for number in range(count):
        is_busy = number >= count - busy
        begun = time.monotonic()
        with beside(_NEIGHBOURS if is_busy else 0):
            ended = _run(first + number, rest)
        failed += ended.returncode != 0
        if ended.returncode:
            print(ended.stdout)
        seconds = time.monotonic() - begun
        last = ended.stdout.strip().rpartition("\n")[2]
        print(f"seed {first + number}{', busy' * is_busy}: {seconds:.0f} s: {last}", flush=True)
    print(f"{count} orders: {failed} failed")
    return 1 if failed else 0


def _run(seed: int, rest: list[str]) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "pytest", "-q", "-p", "randomly", f"--randomly-seed={seed}"]
    return subprocess.run(
        [*command, *rest], cwd=ROOT, check=False, text=True, stdout=subprocess.PIPE
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--count", type=int, default=10)
    parser.add_argument("--busy", type=int, default=3)
    known, rest = parser.parse_known_args()
    raise SystemExit(main(known.first, known.count, known.busy, rest))
