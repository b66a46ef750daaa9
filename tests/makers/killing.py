"""Kill an ingest at each of its steps: run as `python -m tests.services.killing URL KEYS FILE`.

One step is one statement that goes to the database, or the commit, before and after. For each a
child is made that kills itself there with SIGKILL; then all that the centre holds is looked at.
Prints one JSON object: the steps by name, and the counts of lines that were seen after the kills.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Engine, Pool, event, func, select

from app.core import i18n
from app.models.central import tables
from app.services import central
from tests.makers import statements


def main(url: str, keys: Path, file: Path) -> None:
    i18n.use("th")
    statements.share()
    warm = central.open_centre(url, keys)  # what is imported on first use is there for each child
    central.ingest(warm, file, dry_run=True)
    warm.engine.dispose()
    steps, seen = [], set()
    while step := _killed_at(len(steps) + 1, lambda: _ingest(url, keys, file)):
        steps.append(step)
        seen.add(_lines(url))
    print(json.dumps({"steps": steps, "seen": sorted(seen)}))


def _ingest(url: str, keys: Path, file: Path) -> None:
    central.ingest(central.open_centre(url, keys), file)


def _killed_at(number: int, work: Callable[[], None]) -> str:
    """Run the work in a child that dies at its step; "" when it ended before."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        _die_at(number, writing)
        work()
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        name = pipe.read()
    _pid, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) == bool(name), status
    return name


def _die_at(number: int, pipe: int) -> None:
    left = number

    def step(name: str) -> None:
        nonlocal left
        left -= 1
        if not left:
            os.write(pipe, name.encode())
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(
        Engine,
        "before_cursor_execute",
        lambda _connection, _cursor, statement, *_rest: step(" ".join(statement.split()[:3])),
    )
    event.listen(Engine, "commit", lambda _connection: step("before the commit"))
    event.listen(Pool, "checkin", lambda *_all: step("after the transaction"))


def _lines(url: str) -> int:
    engine = tables.open_centre(url)
    with tables.reading(engine) as connection:
        found = connection.scalar(select(func.count()).select_from(tables.revisions)) or 0
    engine.dispose()
    return found


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
