"""The tests of the window on a computer that is ten times slower: one core, shared by ten.

Usage: slow.py [TEST FILE ...]; without a name all of tests/ui. Nine processes spin on the core on
which the tests run alone, so each step takes ten times as long as elsewhere. Exit code: pytest's.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from bench._neighbours import beside

_TIMES = 10


def main(files: list[str]) -> int:
    """Run the tests beside the processes that slow them down."""
    command = [sys.executable, "-m", "pytest", "-q", "-n", "0", *files]
    with beside(_TIMES - 1, core=0):
        return subprocess.run(command, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:] or ["tests/ui"]))
