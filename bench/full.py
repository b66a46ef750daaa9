"""The proofs marked `full`, in the long form that `dev.py test` leaves to `dev.py test --cover`.

Run: python bench/full.py [PYTEST ...]; it names each proof, and its exit code is that of pytest.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]

if __name__ == "__main__":
    command = [sys.executable, "-m", "pytest", "-m", "full", "-n", "2", "-v", *sys.argv[1:]]
    raise SystemExit(subprocess.run(command, cwd=ROOT, check=False).returncode)
