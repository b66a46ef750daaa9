#!/usr/bin/env python3
"""The one command of the project: set up what a task needs, then run the task.

It needs nothing but Python: `python3 dev.py demo` and `python3 dev.py test` work in a fresh clone.
Exit codes: that of the task, or 2 when something of the machine is missing and what to do was said.
"""

from __future__ import annotations  # so that an old Python gets as far as the sentence below

import sys

if sys.version_info < (3, 11):  # noqa: UP036 (an older one may run this file)
    raise SystemExit("TambonDesk needs Python 3.11 or newer; this is " + sys.version.split()[0])

import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
WINDOWS = sys.platform == "win32"
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if WINDOWS else "bin")
PYTHON = BIN / ("python.exe" if WINDOWS else "python")
LOCK = ROOT / "requirements.lock"
TOOLS = ROOT / ".tools"
UV = "uv>=0.13,<0.14"
SERIES = "{}.{}".format(*sys.version_info)

# Debian package: the library, the program or the file that shows it is there.
QT = {
    "libglib2.0-0": "libglib-2.0.so.0",
    "libgl1": "libGL.so.1",
    "libegl1": "libEGL.so.1",
    "libxkbcommon0": "libxkbcommon.so.0",
    "libfontconfig1": "libfontconfig.so.1",
    "libdbus-1-3": "libdbus-1.so.3",
    "libgssapi-krb5-2": "libgssapi_krb5.so.2",  # QtNetwork
}
SCREEN = {
    "libcups2": "libcups.so.2",  # the printers
    "libx11-xcb1": "libX11-xcb.so.1",
    "libxcb-cursor0": "libxcb-cursor.so.0",
    "libxcb-icccm4": "libxcb-icccm.so.4",
    "libxcb-image0": "libxcb-image.so.0",
    "libxcb-keysyms1": "libxcb-keysyms.so.1",
    "libxcb-randr0": "libxcb-randr.so.0",
    "libxcb-render-util0": "libxcb-render-util.so.0",
    "libxcb-shape0": "libxcb-shape.so.0",
    "libxcb-util1": "libxcb-util.so.1",
    "libxcb-xkb1": "libxcb-xkb.so.1",
    "libxkbcommon-x11-0": "libxkbcommon-x11.so.0",
}
READERS = {  # the tests open what we write with programs that are not ours
    "age": "age",
    "libthai0": "libthai.so.0",
    "openssh-client": "ssh-keygen",
    "poppler-utils": "pdftotext",
    "qpdf": "qpdf",
    "unzip": "unzip",
    "zbar-tools": "zbarimg",
}
SERVER = {"postgresql": "/usr/lib/postgresql/*/bin/postgres"}  # the centre, on loopback
PACKERS = {"age": "age", "sqlite3": "sqlite3", "zstd": "zstd"}  # what a bench compares with
SOURCES = {"git": "git"}  # the check asks which files are tracked
PACKING = {"binutils": "objdump"}
if sys.base_prefix == "/usr":  # Debian's Python has its library in a package of its own
    PACKING["libpython" + SERIES] = f"libpython{SERIES}.so.1.0"


def main(arguments: list[str]) -> int:
    """Set up for the task named first in `arguments`, run it, and give its exit code."""
    name, *rest = arguments or ["help"]
    if name not in TASKS:
        print(__doc__)
        for _, use, task in TASKS.values():
            print(f"  dev.py {use:<20} {task.__doc__}")
        return 0 if name in ("help", "-h", "--help") else 2
    needs, _, task = TASKS[name]
    try:
        system_packages(needs)
        environment()
        return task(rest)
    except Missing as missing:
        print(missing, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


class Missing(Exception):
    """Something of the machine is missing; the text says what to do about it."""


def demo(rest: list[str]) -> int:
    """Fill a sample office and try every part of the program on it."""
    return run(PYTHON, "-m", "app", "demo", *rest, cwd=Path.cwd())


def test(rest: list[str]) -> int:
    """Run the tests; with --cover traced, and held to the gates of what they have to reach."""
    options = [each for each in rest if each != "--cover"]
    if options == rest:
        return run(PYTHON, "-m", "pytest", *options)
    failed = run(PYTHON, "-m", "pytest", "--cov", "--cov-report=", *options)
    if failed:
        return failed
    whole = ",".join(f"app/{part}/*" for part in ("core", "services", "reports", "sync"))
    report = (PYTHON, "-m", "coverage", "report", "--skip-covered", "--show-missing")
    low = run(*report, "--fail-under=90")
    return run(*report, f"--include={whole}", "--fail-under=100") or low


def check(rest: list[str]) -> int:
    """Run every check that needs no test: form, types, layers, rooms, texts, shapes, tree, lock."""
    steps: dict[str, tuple[str | Path, ...]] = {
        "format": (PYTHON, "-m", "ruff", "format", "--check", "."),
        "lint": (PYTHON, "-m", "ruff", "check", "."),
        "types": (PYTHON, "-m", "mypy"),
        "layers": (BIN / "lint-imports",),
        "rooms": (PYTHON, "-m", "devtools.rooms", "check"),
        "translations": (PYTHON, "-m", "devtools.catalogue", "check"),
        "published": (PYTHON, "-m", "devtools.dictionary", "check"),
        "shapes": (PYTHON, "-m", "devtools.shapes", "check"),
        "tree": (PYTHON, "-m", "devtools.tree"),
        "lock": (PYTHON, "-m", "devtools.lock", "check"),
    }
    failed = []
    for name in rest or steps:
        if name not in steps:
            raise Missing(f"There is no check {name}. Choose from: {', '.join(steps)}")
        begun = time.monotonic()
        if run(*steps[name]):
            failed.append(name)
        print(f"-- {name}: {'FAILED' if name in failed else 'ok'}", end="")
        print(f" ({time.monotonic() - begun:.1f} s)", flush=True)
    if failed:
        print(f"Failed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


def open_window(rest: list[str]) -> int:
    """Open the program's window, or run one of its commands."""
    return run(PYTHON, "-m", "app", *rest, cwd=Path.cwd())


def bench(rest: list[str]) -> int:
    """Measure: one bench by name, or all of them."""
    known = sorted(path.stem for path in (ROOT / "bench").glob("[a-z]*.py"))
    name, *options = rest or [""]
    if name and name not in known:
        raise Missing(f"There is no bench {name}. Choose from: {', '.join(known)}")
    codes = [
        run(PYTHON, ROOT / "bench" / f"{one}.py", *options) for one in ([name] if name else known)
    ]
    return max(codes, default=0)


def build(rest: list[str]) -> int:
    """Build the program's folder into dist/ and let the result test itself."""
    quietly = ("--noconfirm", "--clean", "--log-level=WARN", "--workpath=build/pyinstaller")
    failed = run(PYTHON, "-m", "PyInstaller", *quietly, *rest, "build.spec")
    if failed:
        return failed
    program = ROOT / "dist" / "TambonDesk" / ("tambon-desk.exe" if WINDOWS else "tambon-desk")
    # Windows needs its own folder to start anything; nothing else of this shell goes along.
    bare = {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP") if name in os.environ}
    bare |= {"LANG": "C.UTF-8", "QT_QPA_PLATFORM": "offscreen"}
    return run(program, "selftest", cwd=program.parent, env=bare)


def shots(rest: list[str]) -> int:
    """Draw every page of the window, or "paper", into build/shots; --readme into docs/pictures."""
    return run(PYTHON, "-m", "devtools.shots", *rest)


def migration(rest: list[str]) -> int:
    """Write the migration from the last released tables to those of the models, and the shapes."""
    return run(PYTHON, "-m", "devtools.migration", *rest)


def translations(rest: list[str]) -> int:
    """Bring the Thai catalogue up to the sentences in the code."""
    return run(PYTHON, "-m", "devtools.catalogue", "update", *rest)


# name: (packages it needs, how it is called, the function)
TASKS = {
    "demo": (QT, "demo", demo),
    "test": (QT | READERS | SERVER | SOURCES, "test [--cover] [...]", test),
    "check": (SOURCES, "check [NAME ...]", check),
    "run": (QT | SCREEN, "run [--data DIR]", open_window),
    "bench": (QT | SERVER | PACKERS, "bench [NAME]", bench),
    "build": (QT | SCREEN | PACKING, "build", build),
    "shots": (QT, "shots [paper]", shots),
    "migration": ({}, 'migration "WHAT"', migration),
    "translations": ({}, "translations", translations),
}


def system_packages(needs: dict[str, str]) -> None:
    """Install the Debian packages whose sign is not there; Missing says how if we may not."""
    if sys.platform != "linux":
        return
    lacking = [package for package, sign in needs.items() if not _is_there(sign)]
    if not shutil.which("uv") and not _own_uv() and not importlib.util.find_spec("pip"):
        lacking.append("python3-pip")
    if not lacking:
        return
    install = ["apt-get", "install", "-y", "--no-install-recommends", *lacking]
    if not shutil.which("apt-get"):
        raise Missing(f"Please install what your system calls: {' '.join(lacking)}")
    if os.geteuid() != 0:
        raise Missing(
            "Some system packages are missing. Please run, then try again:\n"
            f"sudo {' '.join(install)}"
        )
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    if run("apt-get", "update", "-qq", env=quiet) or run(*install, "-qq", env=quiet):
        raise Missing(f"apt-get could not install: {' '.join(lacking)}")


def environment() -> None:
    """Bring .venv up to the lock, and build/ (fonts, catalogue, notices) up to its sources."""
    stamp = VENV / "made-from-lock"
    lock = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if not PYTHON.exists() or not stamp.exists() or stamp.read_text() != lock:
        print("Setting up .venv from requirements.lock ...", flush=True)
        if not PYTHON.exists():
            _must(uv(), "venv", "--quiet", "--allow-existing", "--python", sys.executable, VENV)
        _must(uv(), "pip", "sync", "--quiet", "--require-hashes", "--python", PYTHON, LOCK)
        stamp.write_text(lock)
    _must(PYTHON, "-m", "devtools")


def uv() -> str:
    """Path of uv: the machine's, else our own copy in .tools, fetched on first use."""
    found = shutil.which("uv") or _own_uv()
    if not found:
        # A bare Debian refuses a plain "pip install" and has no venv; a target folder works.
        _must(sys.executable, "-m", "pip", "install", "-q", "--target", TOOLS, UV)
        found = _own_uv()
    if not found:
        raise Missing("uv is not to be found. Please install it, then try again.")
    return found


def run(*command: str | Path, cwd: Path = ROOT, env: dict[str, str] | None = None) -> int:
    """Run a command that finds our package from wherever it stands; give its exit code.

    What Python compiles is kept in build/bytecode, even on a machine that keeps none elsewhere:
    reading the sources anew costs each start some seconds.
    """
    paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    ours = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
    ours["PYTHONPYCACHEPREFIX"] = str(ROOT / "build" / "bytecode")
    ours.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.stdout.flush()
    done = subprocess.run([str(part) for part in command], cwd=cwd, env=env or ours, check=False)
    return done.returncode


def _must(*command: str | Path) -> None:
    if run(*command):
        raise Missing(f"Set-up stopped: {Path(command[0]).name} failed (its message is above).")


def _is_there(sign: str) -> bool:
    if sign.startswith("/"):
        return any(Path("/").glob(sign[1:]))
    if ".so" not in sign:
        return bool(shutil.which(sign))
    try:
        ctypes.CDLL(sign)
    except OSError:
        return False
    return True


def _own_uv() -> str | None:
    return shutil.which("uv", path=os.pathsep.join((str(TOOLS / "bin"), str(TOOLS / "Scripts"))))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
