"""How long a clerk waits for the window: from the start to a list, and for each key she types.

Usage: window.py [PEOPLE]. The people are those of search.py. Each key of a query is sent to the
window and timed until every job has ended and the list is painted; the times are what she sees.
"""

import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles

sys.path.insert(0, str(Path(__file__).parent))
os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QEvent, QEventLoop, QSettings, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from app.core import latency
from app.services.office import desk as desks
from app.ui.frame.jobs import Jobs
from app.ui.shell import start
from app.ui.shell.window import Window

PASSWORD = "bench-of-window"
HEAVY = ("reportlab", "python_calamine", "xlsxwriter", "geothai", "alembic")


def main(count: int) -> None:
    """Fill a desk and print both tables."""
    import search as people  # what fills a desk is no part of the program's start

    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "desk"
        desk, _recovery = desks.create(folder, office="15", user="bench", password=PASSWORD)
        dice = random.Random(people.SEED)
        given = people.names(dice, people.GIVEN, 2)
        family = people.names(dice, people.FAMILY, 3)
        people.fill(desk, dice, given, family, count)
        desk.close()
        for _time in range(4):
            done = subprocess.run(
                [sys.executable, __file__, "start", str(folder)],
                check=False,
                capture_output=True,
                text=True,
            )
            print(done.stdout.strip() or done.stderr.strip()[-300:])
        with latency.kept_low():  # as the program does while its window is open
            keys(folder, given, family, count)


def start_up(folder: Path) -> None:
    """In a process of its own: everything from the interpreter on, Python's own start included."""
    begun = time.perf_counter() - time.clock_gettime(time.CLOCK_PROCESS_CPUTIME_ID)
    app = QApplication([])
    start.dress(app)
    framed = time.perf_counter()
    desk = desks.open_desk(folder, user="bench", password=PASSWORD)
    unlocked = time.perf_counter()
    jobs = Jobs()
    window = open_window(app, desk, jobs, folder, "person")
    shown = time.perf_counter()
    heavy = [name for name in HEAVY if name in sys.modules]
    print(
        f"start: window dressed {framed - begun:.2f} s, password {unlocked - framed:.2f} s, "
        f"list painted {shown - unlocked:.2f} s, in all {shown - begun:.2f} s; "
        f"not needed yet but imported: {heavy or 'nothing'}"
    )
    jobs.close()
    window.deleteLater()
    desk.close()


def open_window(app: QApplication, desk: desks.Desk, jobs: Jobs, folder: Path, page: str) -> Window:
    window = Window(desk, jobs, QSettings(str(folder / "w.ini"), QSettings.Format.IniFormat))
    window.resize(1366, 768)
    window.show_page(page)
    window.show()
    settle(app, jobs)
    return window


def keys(folder: Path, given: list[str], family: list[str], count: int) -> None:
    """Type queries key by key into the filter of the list and into the box of Ctrl+K."""
    import search as people

    app = QApplication([])
    start.dress(app)
    desk = desks.open_desk(folder, user="bench", password=PASSWORD)
    jobs = Jobs()
    window = open_window(app, desk, jobs, folder, "person")
    dice = random.Random(people.SEED + 2)
    asked = [words for _kind, words in people.queries(dice, given, family)][::9]
    window.page.come_forward()
    settle(app, jobs)
    row("filter of the list", [each for words in asked for each in typed(app, jobs, words)])
    window.find_anything()
    settle(app, jobs)
    row("box of Ctrl+K", [each for words in asked for each in typed(app, jobs, words)])
    print(f"among {count:,} people, {sum(map(len, asked)):,} keys of {len(asked)} queries")
    jobs.close()
    window.deleteLater()
    desk.close()


def typed(app: QApplication, jobs: Jobs, words: str) -> list[float]:
    """Type into whatever has the focus, then clear it; gives the milliseconds of each key."""
    times = [timed(app, jobs, lambda letter=letter: press(0, letter)) for letter in words]
    for _letter in words:
        press(Qt.Key.Key_Backspace, "")
    settle(app, jobs)
    return times


def press(key: int, text: str) -> None:
    widget = QApplication.focusWidget()
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text)
        QApplication.sendEvent(widget, event)


def timed(app: QApplication, jobs: Jobs, act: Callable[[], None]) -> float:
    begun = time.perf_counter()
    act()
    settle(app, jobs)
    return (time.perf_counter() - begun) * 1000


def settle(app: QApplication, jobs: Jobs) -> None:
    app.processEvents()
    while jobs.is_busy():  # to ask again and again would take the interpreter from the workers
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    app.processEvents()


def row(name: str, times: list[float]) -> None:
    print(
        f"{name:20} a key: p50 {median(times):6.1f} ms, p99 {quantiles(times, n=100)[98]:6.1f} ms, "
        f"longest {max(times):6.1f} ms"
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["start"]:
        start_up(Path(sys.argv[2]))
    else:
        main(int(sys.argv[1]) if sys.argv[1:] else 100_000)
