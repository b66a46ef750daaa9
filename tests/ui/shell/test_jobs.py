"""Work off the window's thread: every answer arrives, in order, and only where it is wanted."""

import threading

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from app.core.errors import Cancelled, UserError
from app.ui.frame.jobs import Job, Jobs
from app.ui.shell.busy import BusyBar
from tests.ui.clerk import Clerk


@pytest.fixture
def owner(qtbot: QtBot) -> QObject:
    return QObject()


def test_no_answer_of_three_thousand_is_lost(qtbot: QtBot, jobs: Jobs, owner: QObject) -> None:
    came: list[int] = []
    for number in range(1500):
        jobs.read(owner, lambda _job, number=number: number, came.append)
        jobs.run(owner, lambda _job, number=number: -number, came.append)
    qtbot.waitUntil(lambda: len(came) == 3000)
    assert [number for number in came if number > 0] == list(range(1, 1500))
    assert not jobs.is_busy()


def test_a_quick_read_does_not_wait_behind_long_work(
    qtbot: QtBot, jobs: Jobs, owner: QObject
) -> None:
    gate = threading.Event()
    came: list[str] = []
    jobs.run(owner, lambda _job: gate.wait(10), lambda _result: came.append("long"))
    jobs.read(owner, lambda _job: None, lambda _result: came.append("quick"))
    qtbot.waitUntil(lambda: came == ["quick"])
    gate.set()
    qtbot.waitUntil(lambda: came == ["quick", "long"])


def test_an_older_search_never_overwrites_a_newer_one(
    qtbot: QtBot, jobs: Jobs, owner: QObject
) -> None:
    gate = threading.Event()
    came: list[str] = []
    jobs.read(owner, lambda _job: gate.wait(10) and "ส", came.append, replace="find")
    jobs.read(owner, lambda _job: "สม", came.append, replace="find")
    jobs.read(owner, lambda _job: "สมช", came.append, replace="find")
    gate.set()
    qtbot.waitUntil(lambda: not jobs.is_busy())
    assert came == ["สมช"]


def test_work_reports_its_steps_and_stops_when_cancelled(
    qtbot: QtBot, jobs: Jobs, owner: QObject
) -> None:
    steps: list[tuple[int, int]] = []
    came: list[object] = []
    stopped: list[int] = []
    under_way = threading.Event()

    def work(job: Job) -> None:
        number = 0
        try:
            while True:
                job.step(number, 10)
                number += 1
                under_way.set()
        except Cancelled:
            stopped.append(number)
            raise

    jobs.stepped.connect(lambda _job, done, total: steps.append((done, total)))
    job = jobs.run(owner, work, came.append)
    assert under_way.wait(10)
    job.cancel()
    qtbot.waitUntil(lambda: not jobs.is_busy())
    assert stopped
    assert came == []
    assert (0, 10) in steps


def test_an_answer_for_a_window_that_is_gone_is_dropped(qtbot: QtBot, jobs: Jobs) -> None:
    import shiboken6

    gate = threading.Event()
    came: list[object] = []
    owner = QObject()
    jobs.read(owner, lambda _job: gate.wait(10), came.append)
    shiboken6.delete(owner)
    gate.set()
    qtbot.waitUntil(lambda: not jobs.is_busy())
    assert came == []


def test_a_failure_goes_to_whoever_asked_for_it(qtbot: QtBot, jobs: Jobs, owner: QObject) -> None:
    failed: list[Exception] = []

    def work(_job: Job) -> None:
        raise UserError("ดิสก์เต็ม", code="disk_full")

    jobs.run(owner, work, lambda _result: None, failed=failed.append)
    qtbot.waitUntil(lambda: bool(failed))
    assert failed[0].code == "disk_full"


def test_a_failure_that_nobody_asked_for_is_told_to_the_clerk(
    qtbot: QtBot, clerk: Clerk, jobs: Jobs
) -> None:
    window = QLabel()
    clerk.sees(window)

    def work(_job: Job) -> None:
        raise UserError("ดิสก์เต็ม")

    jobs.run(window, work, lambda _result: None)
    qtbot.waitUntil(lambda: window.findChild(QMessageBox) is not None)
    box = window.findChild(QMessageBox)
    assert "ดิสก์เต็ม" in clerk.words(box)
    box.close()


def test_closing_stops_the_work_and_its_threads(qtbot: QtBot, owner: QObject) -> None:
    jobs = Jobs()
    before = {thread.name for thread in threading.enumerate()}
    assert {"long work", "quick reads"} <= before

    def work(job: Job) -> None:
        while True:
            job.step(0)

    jobs.run(owner, work, lambda _result: None)
    count = threading.active_count()
    jobs.close()
    assert threading.active_count() == count - 2


def test_the_status_bar_says_nothing_at_first_then_a_word_then_a_bar_with_cancel(
    qtbot: QtBot, clerk: Clerk, jobs: Jobs, owner: QObject
) -> None:
    bar = BusyBar(jobs, word_after=0.3, bar_after=0.8)
    clerk.sees(bar, height=40)
    gate = threading.Event()

    def work(job: Job) -> None:
        while not gate.is_set():
            job.step(3, 8)

    jobs.run(owner, work, lambda _result: None, title="กำลังส่งออก")
    assert clerk.words(bar) == ""
    qtbot.waitUntil(lambda: "กำลังส่งออก" in clerk.words(bar))
    cancel = bar.findChild(QPushButton)
    assert not cancel.isVisible()
    qtbot.waitUntil(cancel.isVisible)
    cancel.setFocus()
    clerk.press("Enter")
    qtbot.waitUntil(lambda: not jobs.is_busy())
    assert clerk.words(bar) == ""
    gate.set()
