"""Kill what makes or exchanges a desk's folder at each of its steps.

Run as `python -m tests.services.killing_desk restore|init FOLDER`: FOLDER holds `desk` and, for a
restore, `made.backup.zip`. One step is one folder made, renamed or taken away, or one file opened
to be written. For each a child is made that kills itself there with SIGKILL; then the desk is
opened as the next start does. Prints one JSON object for each kill: the step, what was found, and
what was said.
"""

import json
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from app.core import i18n
from app.core.errors import UserError
from app.models.office import vault
from app.services.office import desk as desks
from app.services.records import verify
from app.services.safekeeping import restoring
from tests.makers import statements
from tests.services.conftest import PASSWORD

STEPS = ("os.mkdir", "os.rename", "os.remove", "os.rmdir", "shutil.rmtree")


def main(what: str, whole: Path) -> None:
    i18n.use("th")
    statements.share()
    vault.STRONG = vault.Cost(64, 1)
    number = 0
    while True:
        number += 1
        with tempfile.TemporaryDirectory(dir=whole.parent) as scratch:
            os.environ["XDG_STATE_HOME"] = f"{scratch}/profile"
            there = Path(scratch, "there")
            shutil.copytree(whole, there)
            step = _in_a_child(lambda: _work(what, there, number))  # noqa: B023 (called at once)
            if not step:
                return
            found = json.loads(_in_a_child(lambda: _next_start(there)))  # noqa: B023
            left = sorted(path.name for path in there.iterdir())
            print(json.dumps({"step": step, "left": left} | found), flush=True)


def _in_a_child(work: Callable[[], str]) -> str:
    """Give what a child says before it ends, however it ends."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        os.dup2(writing, 1)
        os.write(1, work().encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        said = pipe.read()
    os.waitpid(child, 0)
    return said


def _work(what: str, there: Path, number: int) -> str:
    left = number

    def step(name: str, given: tuple[object, ...]) -> None:
        nonlocal left
        is_written = name == "open" and isinstance(given[2], int) and given[2] & os.O_CREAT
        if (is_written or name in STEPS) and str(given[0]).startswith(str(there)):
            left -= 1
            if not left:
                os.write(1, f"{name} {Path(str(given[0])).relative_to(there)}".encode())
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(step)
    if what == "restore":
        restoring.restore(
            there / "desk", there / "made.backup.zip", user="กานดา", password=PASSWORD
        )
    else:
        desks.create(there / "desk", office="15", user="กานดา", password=PASSWORD)
    return ""


def _next_start(there: Path) -> str:
    try:
        desk = desks.open_desk(there / "desk", user="กานดา", password=PASSWORD)
    except UserError as error:
        return json.dumps({"lines": None, "said": error.sentence, "code": error.code})
    verdict = verify.verify(desk.store)
    assert verdict.ok, verdict
    return json.dumps({"lines": verdict.lines, "said": desk.notice, "code": ""})


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
