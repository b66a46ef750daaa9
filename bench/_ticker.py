"""A thread that notices when no other thread may run: what a window would feel of it."""

import sys
import threading
import time
import traceback
from pathlib import Path

EVERY = 0.005


class Ticker:
    """Wakes every 5 ms; `gaps` are the seconds it came too late.

    `ours` are the same without the time in which this process got no processor at all: on a
    machine that others use as well, that is the share that our own work is to blame for.
    """

    def __init__(self) -> None:
        self.gaps: list[float] = []
        self.ours: list[float] = []
        self.worst: tuple[float, str] = (0.0, "")
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._tick, name="ticker")

    def __enter__(self) -> "Ticker":
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._over.set()
        self._thread.join()

    def _tick(self) -> None:
        last, used = time.perf_counter(), time.process_time()
        while not self._over.is_set():
            time.sleep(EVERY)
            now, spent = time.perf_counter(), time.process_time()
            gap = max(0.0, now - last - EVERY)
            self.gaps.append(gap)
            self.ours.append(min(gap, spent - used))
            if self.ours[-1] > self.worst[0]:
                self.worst = self.ours[-1], _where()
            last, used = time.perf_counter(), time.process_time()


def busy(seconds: float) -> None:
    """Run an endless Python loop for so long: what any work in a thread costs the others."""
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        pass


def _where() -> str:
    """Name the last lines of ours, thread by thread, that the interpreter has just left."""
    names = {thread.ident: thread.name for thread in threading.enumerate()}
    found = []
    for ident, frame in sys._current_frames().items():  # noqa: SLF001 (the only way to see them)
        stack = [each for each in traceback.extract_stack(frame) if "site-packages" not in each[0]]
        ours = [each for each in stack if "/app/" in each.filename]
        if ours and ident != threading.get_ident():
            lines = (f"{Path(each.filename).name}:{each.lineno}" for each in ours[:-3:-1])
            found.append(f"{names.get(ident)}: {' < '.join(lines)}")
    return " | ".join(found)
