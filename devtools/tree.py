"""Check the tree: untracked files, the length of files, POSIX alone, docstrings in plain words.

And that no test leans on another.
"""

import subprocess
import sys
from pathlib import Path

from devtools import borrowed, portable, prose

ROOT = Path(__file__).parents[1]
LONG, TOO_LONG = 300, 400
# A working copy may lie beside notes and tools of its own; the project is whole without them.
BESIDE = "/".join(("..", "shared"))
# Registry addresses: they belong to the site that installs, never to the project.
UNTRACKED = ("uv.lock", ".env")


def main() -> int:
    """Print what is wrong and what is getting long; give the exit code."""
    files = tracked(ROOT)
    found = faults(ROOT, files)
    for fault in found:
        print(fault, file=sys.stderr)
    for path, lines in lengths(ROOT, files):
        if LONG < lines <= TOO_LONG:
            print(f"{path}: {lines} lines, more than {LONG}; from {TOO_LONG + 1} on it is a fault")
    print(f"{len(files)} files, {len(found)} faults")
    return 1 if found else 0


def tracked(root: Path) -> list[Path]:
    """List the project's files relative to `root`: git's, or in an unpacked archive all of ours."""
    if not (root / ".git").exists():
        walk = (path.relative_to(root) for path in root.rglob("*") if path.is_file())
        ours = (path for path in walk if not _is_made(path))
        return sorted(ours)
    # A tree of another user is only read here, so git's ownership guard may stand aside.
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z"]
    listed = subprocess.run(command, cwd=root, check=True, capture_output=True, text=True).stdout
    return sorted(Path(name) for name in listed.split("\0") if name and (root / name).is_file())


def faults(root: Path, files: list[Path]) -> list[str]:
    """Say what is wrong with `files`, one line each."""
    found = [f"{path}: must not be tracked" for path in files if path.name in UNTRACKED]
    found += [
        f"{path}: {lines} lines; more than {TOO_LONG}"
        for path, lines in lengths(root, files)
        if lines > TOO_LONG
    ]
    for path in files:
        content = (root / path).read_bytes()
        if BESIDE.encode() in content:
            found.append(f"{path}: names {BESIDE}, which is not part of the project")
        if path.suffix == ".py" and path.parts[0] == "app":
            source = content.decode()
            faults_of = (*portable.faults(source), *prose.faults(source))
            found += [f"{path}:{fault}" for fault in faults_of]
        if path.suffix == ".py" and path.parts[0] == "tests":
            found += [f"{path}:{fault}" for fault in borrowed.faults(path, content.decode())]
    return found


def lengths(root: Path, files: list[Path]) -> list[tuple[Path, int]]:
    """Give the program's modules with their number of lines, the longest first.

    Migrations do not count: they are written by a tool and never edited again.
    """
    code = (path for path in files if path.suffix == ".py" and path.parts[0] == "app")
    modules = [path for path in code if "versions" not in path.parts]
    counted = [(path, (root / path).read_bytes().count(b"\n")) for path in modules]
    return sorted(counted, key=lambda one: (-one[1], one[0]))


def _is_made(path: Path) -> bool:
    made = ("build", "dist", ".venv", ".tools")
    return path.parts[0] in made or "__pycache__" in path.parts or path.parts[0].endswith("_cache")


if __name__ == "__main__":
    raise SystemExit(main())
