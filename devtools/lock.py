"""Keep requirements.lock: written from pyproject.toml, proved fresh, and complete for Windows."""

import subprocess
import sys
import tempfile
from pathlib import Path

import dev

ROOT = Path(__file__).parents[1]
LOCK = ROOT / "requirements.lock"
# Addresses stay out of the lock: each site has its own registry.
COMPILE = (
    *("pip", "compile", "--quiet", "--universal", "--generate-hashes", "--no-emit-index-url"),
    *("--no-annotate", "--no-header", "--group", "dev"),
)
WINDOWS_PYTHONS = ("3.11", "3.13")
# Only the tests use it, and it is one Python file: a source archive does on Windows too.
FROM_SOURCE = ("bagit",)


def main(task: str) -> int:
    """Write the lock anew, or check it; give the exit code."""
    uv = dev.uv()
    if task == "write":
        return 0 if _compile(uv, LOCK) else 1
    found = faults(uv)
    for fault in found:
        print(fault, file=sys.stderr)
    return 1 if found else 0


def faults(uv: str) -> list[str]:
    """Say what is wrong with the lock, one sentence each; needs the registry within reach."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / LOCK.name
        fresh.write_bytes(LOCK.read_bytes())
        if not _compile(uv, fresh):
            return ["The lock could not be compiled: is the package registry within reach?"]
        if fresh.read_bytes() != LOCK.read_bytes():
            found.append(
                "requirements.lock is not what pyproject.toml asks for. "
                "Run: .venv/bin/python -m devtools.lock write"
            )
    found += [
        f"Not every package of the lock has a wheel for Windows and Python {python}."
        for python in WINDOWS_PYTHONS
        if not _installs_on_windows(uv, python)
    ]
    return found


def _compile(uv: str, lock: Path) -> bool:
    return _uv(uv, *COMPILE, "--output-file", str(lock), "pyproject.toml")


def _installs_on_windows(uv: str, python: str) -> bool:
    with tempfile.TemporaryDirectory() as nowhere:
        return _uv(
            uv,
            *("pip", "sync", "--quiet", "--dry-run", "--require-hashes", "--target", nowhere),
            *("--python-platform", "windows", "--python-version", python),
            *("--only-binary", ":all:"),
            *(option for name in FROM_SOURCE for option in ("--no-binary", name)),
            str(LOCK),
        )


def _uv(uv: str, *arguments: str) -> bool:
    command = [uv, *arguments, "--python", sys.executable]
    return subprocess.run(command, cwd=ROOT, check=False).returncode == 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1] if len(sys.argv) > 1 else "check"))
