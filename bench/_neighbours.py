"""Other programs on the machine: processes that take all the processor time that they get."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def beside(count: int, *, core: int | None = None) -> Iterator[None]:
    """Let so many processes spin meanwhile; `core` keeps them and this one on one processor."""
    if core is not None:
        os.sched_setaffinity(0, {core})  # children inherit it
    spinning = [subprocess.Popen([sys.executable, "-c", _SPIN]) for _each in range(count)]
    try:
        yield
    finally:
        for each in spinning:
            each.kill()
            each.wait()


# It ends with the program that began it, even where that one is killed.
_SPIN = """
import os
mine = os.getppid()
while os.getppid() == mine:
    sum(range(100_000))
"""
