"""A clerk types, drafts and saves while a long list comes in beside."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.core import latency
from app.services.office.desk import Desk
from app.services.records import records
from app.services.spreadsheets import imports
from bench._ticker import Ticker, busy
from tests.makers.lists import citizen_id, enter_group, xlsx
from tests.makers.people import SOMCHAI
from tests.pace import slower

ROWS = 3_000
# Beside other tests and under the trace of coverage one tick in a hundred may be later than the
# 50 ms that bench/stall.py holds the program to; none may be so late that a clerk would see it.
MOST, NEVER = 0.050, 0.200


@pytest.fixture
def long_list(tmp_path: Path) -> Path:
    rows = [
        (citizen_id(number), f"นางสาวข้อมูล{number} ตัวอย่าง", "15/3/2520", "081-234-5678", "สมาชิก")
        for number in range(ROWS)
    ]
    return xlsx(tmp_path / "long.xlsx", rows, ("เลขบัตร", "ชื่อ - สกุล", "วันเกิด", "โทร", "หน้าที่"))


@contextmanager
def going_on(desk: Desk) -> Iterator[dict[str, int]]:
    """Keep a draft and save a record again and again; count them, and raise what was refused."""
    done = {"draft": 0, "save": 0}
    over = threading.Event()

    def keep() -> None:
        while not over.wait(0.1):
            desk.store.drafts.keep("person/new", "person", "", SOMCHAI | {"note": str(done)})
            done["draft"] += 1

    def save() -> None:
        while not over.wait(0.1):
            number = citizen_id(ROWS + done["save"])
            records.save(desk.store, "person", SOMCHAI | {"id_no": number})
            done["save"] += 1

    with ThreadPoolExecutor(2) as hands:
        both = [hands.submit(keep), hands.submit(save)]
        try:
            yield done
        finally:
            over.set()
        for each in both:
            each.result()


@pytest.mark.long
def test_an_import_never_stops_who_types_beside_it_and_nothing_is_refused(
    desk: Desk, long_list: Path
) -> None:
    group = enter_group(desk)
    with latency.kept_low(), going_on(desk) as done:
        with Ticker() as usual, ThreadPoolExecutor(1) as worker:
            worker.submit(busy, 2).result()
        with Ticker() as ticker, ThreadPoolExecutor(1) as worker:
            plan = worker.submit(
                imports.plan, desk.store, long_list, "members", owner=group
            ).result()
            made = worker.submit(imports.commit, desk.store, plan).result()

    assert made.counts["new"] == ROWS
    late = sorted(ticker.ours)
    assert late[len(late) * 99 // 100] < MOST * slower() + max(usual.ours), ticker.worst[1]
    assert late[-1] < NEVER * slower() + max(usual.ours), ticker.worst[1]
    assert done["draft"] > 5 and done["save"] > 5
