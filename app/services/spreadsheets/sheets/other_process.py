"""A workbook read in a process of its own, which may hang, crash or eat its memory alone.

The reader makes its cells in one stretch during which no other thread runs, so a clerk could not
type; and a file of one kilobyte can make it ask for so much memory that its process is aborted.
"""

import multiprocessing
import os
import sys
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

from app.services.spreadsheets.sheets import workbook
from app.services.spreadsheets.sheets.workbook import NotRead, Rows

MOST_SECONDS = 120.0
_MOST_MEMORY = 2 << 30
_AT_ONCE = 200  # rows of a message: taking one apart stops the other threads for a millisecond
_LOOK = 0.05  # seconds between two looks at whether the clerk has stopped the job
_LEAVE = 0.2  # seconds for a process that is done to go by itself


def read(
    path: Path, step: Callable[[int, int], None], *, most_seconds: float = MOST_SECONDS
) -> list[tuple[str, Rows]]:
    """Return the result of workbook.read, or raise its error.

    Raises NotRead "sheet_unreadable" where the process died or took longer than `most_seconds`;
    what `step` raises ends the process at once.
    """
    # fork would copy the locks of threads that do not run in the copy, and Windows has none
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_send, args=(theirs, path), name="workbook", daemon=True)
    child.start()
    theirs.close()
    try:
        return _received(ours, step, time.monotonic() + most_seconds)
    except (EOFError, OSError) as error:
        raise NotRead("sheet_unreadable") from error
    finally:
        ours.close()
        child.join(_LEAVE)
        child.kill()
        child.join()
        child.close()


def _received(
    ours: Connection, step: Callable[[int, int], None], until: float
) -> list[tuple[str, Rows]]:
    sheets: list[tuple[str, Rows]] = []
    while True:
        while not ours.poll(_LOOK):
            step(0, 0)
            if time.monotonic() > until:
                raise NotRead("sheet_unreadable")
        said, content = ours.recv()
        if said == _REFUSED:
            raise NotRead(*content)
        if said == _OVER:
            return sheets
        if said == _SHEET:
            sheets.append((content, []))
        else:
            sheets[-1][1].extend(content)


_SHEET, _ROWS, _OVER, _REFUSED = "sheet", "rows", "over", "refused"


def _send(theirs: Connection, path: Path) -> None:
    """Read the file and send it in small messages: what the process apart does."""
    _restrict()
    try:
        for name, rows in workbook.read(path):
            theirs.send((_SHEET, name))
            for start in range(0, len(rows), _AT_ONCE):
                theirs.send((_ROWS, rows[start : start + _AT_ONCE]))
        theirs.send((_OVER, None))
    except NotRead as error:
        theirs.send((_REFUSED, error.args))


def _restrict() -> None:
    """Die early and quietly: Windows refuses memory it lacks, elsewhere a limit has to be set."""
    if sys.platform != "win32":  # pragma: no branch
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with open(os.devnull, "w", encoding="utf-8") as nowhere:  # noqa: PTH123
        os.dup2(nowhere.fileno(), 2)  # the clerk reads our sentence, not the reader's last words
