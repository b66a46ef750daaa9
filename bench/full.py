"""The long form of the proofs: those marked `full`, and every law of Hypothesis on 400 examples.

Run: python bench/full.py [PYTEST ...]; it names each proof, and its exit code is that of pytest.
`dev.py test` tries a law on 24 examples, and on fewer where each of them is dear.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]

if __name__ == "__main__":
    which = ("-m", "full or hypothesis", "--hypothesis-profile=full")
    command = [sys.executable, "-m", "pytest", *which, "-n", "2", "-v", *sys.argv[1:]]
    raise SystemExit(subprocess.run(command, cwd=ROOT, check=False).returncode)
