"""The window closes after a check that the clerk sees, may leave out, and is told the end of."""

import errno
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from app.services.office import last_check
from app.services.safekeeping import desk_check
from app.ui.shell.daily_check import ClosingCheck, DailyCheck
from tests.ui.clerk import Clerk, plain
from tests.ui.office import Office


def tamper(office: Office) -> None:
    """Change the file as someone with the key and bad intent would."""
    with closing(office.desk.store.main.connect()) as plainly:
        for name in ("journal_body_stays", "journal_body_kept"):
            plainly.execute(f"DROP TRIGGER {name}")
        plainly.execute("UPDATE line_body SET body = replace(body, 'อรทัย', 'อรพิน')")


def closes(office: Office, qtbot: QtBot) -> None:
    """Wait until the window has closed by itself."""
    window = office.window
    qtbot.waitUntil(lambda: not window.isVisible())


def test_the_window_closes_by_itself_once_the_check_found_nothing(
    office: Office, clerk: Clerk, qtbot: QtBot
) -> None:
    office.window.close()

    assert office.window.isVisible()
    assert "งานของท่านบันทึกไว้แล้ว" in clerk.words(office.dialog(ClosingCheck))
    closes(office, qtbot)
    found = last_check.last(office.desk.store)
    assert found is not None and found.reason == "" and found.lines > 0


def test_the_clerk_may_leave_without_the_check(office: Office, clerk: Clerk, qtbot: QtBot) -> None:
    office.window.close()

    clerk.press("Space")  # the only button: ปิดโดยไม่ตรวจ

    assert not office.window.isVisible()
    qtbot.waitUntil(lambda: not office.program._jobs.is_busy())


def test_a_window_in_which_nothing_was_saved_since_closes_at_once(office: Office) -> None:
    desk_check.check(office.desk.store)

    office.window.close()

    assert not office.window.isVisible()


def test_a_bad_verdict_is_read_before_the_window_closes(
    office: Office, clerk: Clerk, qtbot: QtBot
) -> None:
    tamper(office)
    office.window.close()
    dialog = office.dialog(ClosingCheck)
    qtbot.waitUntil(lambda: "ไม่ถูกต้อง" in clerk.words(dialog))
    assert office.window.isVisible()
    assert "(บุคคล " in clerk.words(dialog) and "person" not in clerk.words(dialog)

    clerk.press("Space")

    assert not office.window.isVisible()


def test_locking_asks_for_no_check(office: Office, clerk: Clerk) -> None:
    window = office.window

    clerk.press("Ctrl+L")

    assert not window.isVisible() and office.program.window is not window


def test_the_check_of_the_day_runs_while_nothing_else_does(office: Office, qtbot: QtBot) -> None:
    tamper(office)
    daily = office.window.findChild(DailyCheck)
    assert daily is not None

    daily.clock.timeout.emit()

    qtbot.waitUntil(lambda: last_check.last(office.desk.store) is not None)
    office.rest()
    (box,) = (each for each in office.window.findChildren(QMessageBox) if each.isVisible())
    assert "ไม่ถูกต้อง" in plain(box.text())
    box.close()
    daily.clock.timeout.emit()
    office.rest()
    assert [b for b in office.window.findChildren(QMessageBox) if b.isVisible()] == []


def test_the_check_of_the_day_gives_way_to_what_the_clerk_asks_for(
    office: Office, qtbot: QtBot
) -> None:
    daily = office.window.findChild(DailyCheck)
    assert daily is not None
    jobs = office.program._jobs
    daily._begin(True)

    done: list[bool] = []
    jobs.run(office.window, lambda _job: True, done.append, title="งานของเจ้าหน้าที่")

    qtbot.waitUntil(lambda: done == [True])
    office.rest()
    assert last_check.last(office.desk.store) is None


@pytest.fixture
def no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing be made in the desk's folder: no copy can be checked."""
    really = Path.mkdir

    def full(self: Path, *given: bool, **named: bool) -> None:
        if self.name == "proof":
            raise OSError(errno.ENOSPC, "no room")
        really(self, *given, **named)

    monkeypatch.setattr(Path, "mkdir", full)


@pytest.mark.usefixtures("no_room")
def test_a_check_that_cannot_be_made_is_told_before_the_window_closes(
    office: Office, clerk: Clerk, qtbot: QtBot
) -> None:
    office.window.close()
    dialog = office.dialog(ClosingCheck)
    qtbot.waitUntil(lambda: "ตรวจข้อมูลไม่ได้" in clerk.words(dialog))
    assert office.window.isVisible()

    clerk.press("Space")

    assert not office.window.isVisible()
    assert last_check.last(office.desk.store) is None


@pytest.mark.usefixtures("no_room")
def test_a_check_of_the_day_that_cannot_be_made_is_told_once(office: Office) -> None:
    daily = office.window.findChild(DailyCheck)
    assert daily is not None
    for boxes in (1, 0):
        daily.clock.timeout.emit()
        office.rest()
        shown = [box for box in office.window.findChildren(QMessageBox) if box.isVisible()]
        assert len(shown) == boxes
        for box in shown:
            assert "ตรวจข้อมูลไม่ได้" in plain(box.text())
            box.close()
    assert last_check.is_due(office.desk.store)
