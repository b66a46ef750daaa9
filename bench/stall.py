"""How long an import of 20,000 rows keeps a clerk waiting who goes on typing beside it.

Usage: stall.py [ROWS]. A Qt event loop with a timer of 5 ms stands for the window, a thread that
wakes every 5 ms for anything else; the largest gaps of both are shown, with what ran at their end.
Every 200 ms a draft is kept and a record saved. Measured too: the machine with nothing to do, and
with an endless Python loop beside, which is the least that any work in a thread costs.
"""

import contextlib
import gc
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QElapsedTimer, Qt, QTimer

sys.path.insert(0, str(Path(__file__).parents[1]))

from app.core import latency, places
from app.core.thai import citizen_id_check_digit
from app.models.office import vault
from app.services.office import desk as desks
from app.services.office.desk import Desk
from app.services.records import records
from app.services.spreadsheets import imports, sheets
from bench._ticker import EVERY, Ticker, busy

ROWS = 20_000
HEADINGS = ("เลขบัตร", "ชื่อ - สกุล", "วันเกิด", "โทร", "เลขที่", "หมู่", "ตำบล", "อำเภอ", "จังหวัด", "หน้าที่")
GROUP = {
    "name": "กลุ่มตัวอย่าง",
    "occupation_type": "handicraft",
    "status": "applied",
    "address": {"subdistrict": "150114"},
}
PERSON = {
    "id_kind": "thai13",
    "title_th": "นาย",
    "first_th": "ตัวอย่าง",
    "last_th": "ที่พิมพ์",
    "nationality": "ไทย",
    "birth_date": "1977-03-15",
    "life_status": "living",
}


def main(rows: int) -> None:
    """Measure each stretch of an import, and print a line for each."""
    application = QCoreApplication([])
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(1) as worker:
        path = Path(folder) / "members.xlsx"
        sheets.write_rows(path, HEADINGS, map(row_of_list, range(rows)))
        desk, _recovery = desks.create(
            Path(folder) / "desk",
            office="15",
            user="bench",
            password="bench-of-stalls",
            cost=vault.Cost(64, 1),
        )
        group = records.save(desk.store, "group", GROUP).id
        with latency.kept_low(), clerk(desk) as waits:
            beside = partial(measure, worker=worker, app=application)
            beside("nothing to do", lambda: time.sleep(3))
            beside("a Python loop", lambda: busy(3))
            beside("open", lambda: len(sheets.open_sheets(path)))
            plan = [beside("plan", lambda: imports.plan(desk.store, path, "members", owner=group))]
            made = beside("commit", lambda: imports.commit(desk.store, plan[0]))
            beside("forget", plan.clear)
        print(made.counts)
        print_waits(waits)
        desk.close()


def measure(
    name: str, work: Callable[[], Any], *, worker: ThreadPoolExecutor, app: QCoreApplication
) -> Any:
    """Run work in another thread beside the event loop; give what it gave."""
    gc.collect()
    frozen: list[float] = []
    clock, gaps = QElapsedTimer(), []
    timer = QTimer(interval=int(EVERY * 1000), timerType=Qt.TimerType.PreciseTimer)

    def tick() -> None:
        gaps.append(clock.nsecsElapsed() / 1e9 - EVERY)
        clock.restart()

    timer.timeout.connect(tick)
    clock.start()
    with collections(frozen), Ticker() as ticker:
        begun = time.perf_counter()
        done = worker.submit(work)
        timer.start()
        while not done.done():
            app.processEvents()
            time.sleep(0.0005)
        took = time.perf_counter() - begun
    tick()
    timer.stop()
    print(
        f"{name:14} {took:6.2f} s   loop {show(gaps)}   thread {show(ticker.gaps)}   of it ours "
        f"{show(ticker.ours)}   collector {1000 * max(frozen, default=0):4.0f} ms   "
        f"{ticker.worst[1]}",
        flush=True,
    )
    return done.result()


@contextlib.contextmanager
def collections(found: list[float]) -> Iterator[None]:
    """Note how long each collection of Python's garbage collector takes."""
    begun = [0.0]

    def note(phase: str, _info: dict[str, int]) -> None:
        if phase == "start":
            begun[0] = time.perf_counter()
        else:
            found.append(time.perf_counter() - begun[0])

    gc.callbacks.append(note)
    yield
    gc.callbacks.remove(note)


@contextlib.contextmanager
def clerk(desk: Desk) -> Iterator[dict[str, list[float]]]:
    """Keep a draft and save a record every 200 ms; give how long each had to wait."""
    waits: dict[str, list[float]] = {"draft": [], "save": []}
    over = threading.Event()

    def keep(number: int) -> None:
        desk.store.drafts.keep("bench", "person", "", PERSON | {"note": str(number)})

    def save(number: int) -> None:
        records.save(desk.store, "person", PERSON | {"id_no": citizen_id(10_000_000 + number)})

    def work(name: str, act: Callable[[int], None]) -> None:
        number = 0
        while not over.wait(0.2):
            begun = time.perf_counter()
            act(number)
            waits[name].append(time.perf_counter() - begun)
            number += 1

    with ThreadPoolExecutor(2) as hands:
        both = [hands.submit(work, "draft", keep), hands.submit(work, "save", save)]
        try:
            yield waits
        finally:
            over.set()
        for each in both:
            each.result()


def row_of_list(number: int) -> tuple[str, ...]:
    """Invent a row of a list of members; everyone in it is ข้อมูลตัวอย่าง."""
    place = places.all_places()[number % len(places.all_places())]
    return (
        citizen_id(number),
        f"นางสาวข้อมูล{number} ตัวอย่าง",
        "15/3/2520",
        "081-234-5678",
        f"{number % 300}/1",
        "4",
        place.subdistrict,
        place.district,
        place.province,
        "สมาชิก",
    )


def citizen_id(number: int) -> str:
    """Give a number that no one has, with a right check digit."""
    first = f"9{number:011}"
    return f"{first}{citizen_id_check_digit(first)}"


def show(gaps: list[float]) -> str:
    """Give the median, the 99th percentile and the largest in milliseconds."""
    ranked = sorted(gaps)
    parts = (ranked[len(ranked) * share // 100] for share in (50, 99))
    return "/".join(f"{1000 * each:5.0f}" for each in (*parts, ranked[-1])) + " ms"


def print_waits(waits: dict[str, list[float]]) -> None:
    """Print how long drafts and saves had to wait."""
    for name, found in waits.items():
        print(f"{len(found)} times {name}, none refused; waited {show(found)}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else ROWS)
