"""What a test must leave as it found it: what it opened is closed, what it set is set back.

Seen from outside, as the machine shows it: files that are open, threads, processes, the folders
that this process alone writes to. A look costs some microseconds, so every test is looked at.
"""

import gc
import locale
import logging
import os
import signal
import stat
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import resource_tracker
from pathlib import Path
from typing import Any

import pytest

import app.core.log  # noqa: F401 (reading it sets up the program's log: that is no test's doing)
from app.core import i18n, paths

Things = dict[Any, Callable[[], str] | str]
Settings = dict[str, Any]

# One line each, with its reason: what stays, though a test was the first to need it.
STAYS_AS_THREAD = (
    "pytest_timeout ",  # the clock of the test itself
)
STAYS_AS_TASK = (
    "Thread (pooled)",  # Qt keeps some to draw pictures with, and ends them when it likes
    "QDBusConnection",  # Qt's own, begun once
)
STAYS_AS_FILE = (
    "anon_inode:[eventfd]",  # the bell of a thread of Qt: the thread itself is looked at
)
STAYS_AS_FOLDER = (
    "otg-pg-",  # the PostgreSQL server of this process, removed with it
    "otg-tables-",  # the tables of a centre, made once
    "otg-vectors-",  # the published examples, made once
    "pytest-",  # a run of pytest inside a test keeps its folders for whoever looks into it
)


_HOMES = ("STATE", "CONFIG", "DATA")


class Place:
    """The folders that the tests of this process alone write to, outside of their `tmp_path`."""

    def __init__(self, root: Path) -> None:
        self.temporary = root / "tmp"
        self.homes = {f"XDG_{kind}_HOME": root / kind.lower() for kind in _HOMES}

    def use(self) -> None:
        """Let this process and its children write there."""
        for folder in (self.temporary, *self.homes.values()):
            folder.mkdir()
        # pytest keeps the folders of the last runs where it always does
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", tempfile.gettempdir())
        os.environ["TMPDIR"] = str(self.temporary)
        os.environ |= {name: str(folder) for name, folder in self.homes.items()}
        tempfile.tempdir = None

    @contextmanager
    def forgetting(self) -> Iterator[None]:
        """Forget afterwards what the user's folders took: marks of desks, the log of a fault."""
        before = set(self._memory())
        yield
        for path in self._memory():
            if path not in before:
                path.unlink()

    def _memory(self) -> list[Path]:
        folders = (paths.marks(), paths.default_data())
        return [path for each in folders for path in each.rglob("*") if path.is_file()]

    def written(self) -> Things:
        """List what lies there: the first level of the temporary folder, all of the others."""
        found: Things = {
            entry.path: f"in the temporary folder: {entry.name}"
            for entry in os.scandir(self.temporary)
            if not entry.name.startswith(STAYS_AS_FOLDER)
        }
        for name, home in self.homes.items():
            for folder, _inner, files in os.walk(home):
                found |= {(folder, file): f"in {name}: {file}" for file in files}
        return found


def open_files() -> Things:
    """List what the process has open, without its three streams and the devices of the system."""
    found: Things = {}
    of_the_tracker = resource_tracker._resource_tracker._fd  # multiprocessing keeps it for good
    for number in map(int, os.listdir("/proc/self/fd")):  # noqa: PTH208 (numbers, not paths)
        try:
            about = os.fstat(number)
        except OSError:
            continue  # that of the listing itself
        if number > 2 and number != of_the_tracker and not stat.S_ISCHR(about.st_mode):
            found[number, about.st_ino] = lambda number=number: f"open file: {_target(number)}"
    return found


def threads() -> Things:
    """List Python's threads; a pool that was not closed shows here, too."""
    return {
        thread.ident: f"thread: {thread.name}"
        for thread in threading.enumerate()
        if not thread.name.startswith(STAYS_AS_THREAD)
    }


def tasks() -> Things:
    """List the threads of the system that are not Python's: those of Qt and of other libraries."""
    python = {thread.native_id for thread in threading.enumerate()}
    ids = {int(task) for task in os.listdir("/proc/self/task")}  # noqa: PTH208
    return {task: lambda task=task: _OF_THE_SYSTEM + _name(task) for task in ids - python}


def children() -> Things:
    """List the processes that this one has begun and not waited for."""
    try:
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:
        return {}
    # the one that multiprocessing keeps, to clean up after a process that dies
    known = {str(resource_tracker._resource_tracker._pid)}
    running = [each for each in os.listdir("/proc") if each.isdigit()]  # noqa: PTH208
    mine = [each for each in running if each not in known and _is_child(each)]
    return {each: lambda each=each: f"process: {_command(each)}" for each in mine}


OPENED = [open_files, threads, tasks, children]


def settings() -> Settings:
    """Give what holds for the whole process and any test could change."""
    loggers = (logging.getLogger(), logging.getLogger("tambondesk"))
    ours = {name: word for name, word in os.environ.items() if name != "PYTEST_CURRENT_TEST"}
    return (
        {f"environment: {name}": word for name, word in ours.items()}
        | {
            "language": i18n._in_use[0],
            "locale": locale.setlocale(locale.LC_ALL),
            "working folder": Path.cwd(),
            "umask": _umask(),
            "sys.path": tuple(sys.path),
            "sys.argv": tuple(sys.argv),
            "sys.excepthook": "pytest-qt's" if _is_of_pytest(sys.excepthook) else sys.excepthook,
            "threading.excepthook": threading.excepthook,
            "sys.unraisablehook": sys.unraisablehook,
            "temporary folder": tempfile.gettempdir(),
            "log handlers": [
                each for logger in loggers for each in logger.handlers if not _is_of_pytest(each)
            ],
            "log levels": tuple(logger.level for logger in loggers),
            "collector": (gc.isenabled(), gc.get_threshold()),  # to count the frozen takes 15 ms
            "turn of a thread": sys.getswitchinterval(),
            "most levels of calls": sys.getrecursionlimit(),
            "limits of the process": _limits(),
        }
        | {f"signal {each.name}": signal.getsignal(each) for each in _SIGNALS}
    )


@contextmanager
def watched(
    whose: str, things: list[Callable[[], Things]], settings: Callable[[], Settings]
) -> Iterator[None]:
    """Fail if what is done inside leaves a thing or a setting over; the message names both."""
    looks = [(look, look()) for look in things]
    were = settings()
    yield
    left = changes(were, settings())
    for look, before in looks:
        left += _for_good(look, before)
    if left:
        pytest.fail("\n  ".join([f"{whose} left over:", *left]), pytrace=False)


def _for_good(look: Callable[[], Things], before: Things) -> list[str]:
    """Say what stays: the system lets go of a thread a moment after it was waited for."""
    until = time.monotonic() + _A_MOMENT
    while (left := new(look, before)) and time.monotonic() < until:
        if not all(each.startswith(_OF_THE_SYSTEM) for each in left):
            break
        time.sleep(0.01)
    return left


_OF_THE_SYSTEM = "thread of the system: "
_A_MOMENT = 2.0


def new(look: Callable[[], Things], before: Things) -> list[str]:
    """Say what is there now and was not before, sorted."""
    added = {key: said for key, said in look().items() if key not in before}
    said = [each if isinstance(each, str) else each() for each in added.values()]
    return sorted(each for each in said if not each.endswith(STAYS_AS_TASK + STAYS_AS_FILE))


def changes(before: Settings, now: Settings) -> list[str]:
    """Say which settings are not what they were."""
    return [
        f"{name}: {before.get(name)!r} became {now.get(name)!r}"
        for name in sorted(before.keys() | now.keys())
        if before.get(name) != now.get(name)
    ]


_SIGNALS = [
    getattr(signal, name)
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGCHLD", "SIGPIPE", "SIGALRM", "SIGUSR1")
    if hasattr(signal, name)
]


def _is_of_pytest(each: object) -> bool:
    """Tell what pytest and pytest-qt put up anew for each step of a test."""
    module = type(getattr(each, "func", each)).__module__
    return module.startswith("_pytest.") or getattr(each, "func", each).__module__.startswith(
        "pytestqt."
    )


def _target(number: int) -> str:
    try:
        return str(Path(f"/proc/self/fd/{number}").readlink())
    except OSError:
        return f"number {number}"


def _name(task: int) -> str:
    try:
        return Path(f"/proc/self/task/{task}/comm").read_text(encoding="utf-8").strip()
    except OSError:
        return "has ended"


def _is_child(process: str) -> bool:
    try:
        about = Path("/proc", process, "stat").read_text(encoding="utf-8")
    except OSError:
        return False
    return about.rpartition(")")[2].split()[1] == str(os.getpid())


def _command(process: str) -> str:
    try:
        words = Path("/proc", process, "cmdline").read_bytes()
    except OSError:
        return process
    return words.replace(b"\0", b" ").decode(errors="replace").strip() or f"{process} (has ended)"


def _umask() -> str:
    mask = os.umask(0o077)
    os.umask(mask)
    return oct(mask)


def _limits() -> tuple[tuple[int, int], ...]:
    if sys.platform == "win32":
        return ()
    import resource

    kinds = (resource.RLIMIT_FSIZE, resource.RLIMIT_AS, resource.RLIMIT_NOFILE)
    return tuple(map(resource.getrlimit, kinds))
