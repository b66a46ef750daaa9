"""What the clerk does to a list waits for the filter that is being read."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from tests.ui.clerk import Clerk
from tests.ui.office import Office


@contextmanager
def slow(office: Office) -> Iterator[None]:
    """Hold up every read that is asked for meanwhile, as a busy machine does."""
    gate = threading.Event()
    jobs = office.program._jobs
    jobs.read(office.window, lambda _job: gate.wait(20), lambda _over: None)
    try:
        yield
    finally:
        gate.set()


def menu(office: Office) -> list[str]:
    page = office.window.page
    shown = [each for each in page.findChildren(QMenu) if each.isVisible()]
    return [action.text() for each in shown for action in each.actions()]


def people(office: Office) -> None:
    office.window.bring("person")
    office.rest()
    assert len(office.window.page.list.rowids) == 3


@pytest.mark.qt_log_ignore("grabbing the keyboard")
def test_a_print_of_the_list_takes_exactly_the_rows_of_the_filter_just_typed(
    office: Office, clerk: Clerk, qtbot: QtBot
) -> None:
    people(office)
    with slow(office):
        clerk.type("อรทัย")
        clerk.press("Ctrl+Shift+P")
        assert menu(office) == []
    qtbot.waitUntil(lambda: menu(office) != [])

    assert all(text.endswith("(1)") for text in menu(office)), menu(office)
    clerk.press("Esc")


def test_enter_in_the_filter_opens_the_first_of_the_rows_that_fit(
    office: Office, clerk: Clerk
) -> None:
    people(office)
    with slow(office):
        clerk.type("อรทัย")
        clerk.press("Enter")
        assert office.window.page.editing.record is None
    office.rest()

    record = office.window.page.editing.record
    assert record is not None and record.data["first_th"] == "อรทัย"


def test_the_next_record_is_the_next_of_the_rows_that_fit(office: Office, clerk: Clerk) -> None:
    people(office)
    clerk.press("Down")
    office.rest()
    page = office.window.page
    before = page.editing.record
    with slow(office):
        page.list.filter.setText("อรทัย")
        clerk.press("Ctrl+PgDown")
        assert page.editing.record is before
    office.rest()

    record = page.editing.record
    assert record is not None and record.data["first_th"] == "อรทัย"


def test_rows_that_are_of_the_filter_before_are_dimmed_until_the_answer(
    office: Office, clerk: Clerk, qtbot: QtBot
) -> None:
    people(office)
    rows = office.window.page.list.list
    with slow(office):
        clerk.type("อรทัย")
        qtbot.waitUntil(lambda: rows.property("old") is True)
    office.rest()

    assert not rows.property("old")


@pytest.mark.qt_log_ignore("grabbing the keyboard")
def test_of_two_filters_one_after_the_other_only_the_last_is_waited_for(
    office: Office, clerk: Clerk, qtbot: QtBot
) -> None:
    people(office)
    with slow(office):
        clerk.type("อ")
        clerk.press("Ctrl+Shift+P")
        clerk.type("รทัย")
    qtbot.waitUntil(lambda: menu(office) != [])

    assert all(text.endswith("(1)") for text in menu(office)), menu(office)
    clerk.press("Esc")


def test_a_list_that_cannot_be_read_lets_nobody_wait(
    office: Office, clerk: Clerk, qtbot: QtBot
) -> None:
    people(office)
    pane = office.window.page.list
    done: list[int] = []

    def fail(_desk: object, _type: str) -> list[str]:
        raise RuntimeError

    pane._keep_only({}, fail)
    pane.when_read(lambda: done.append(1))
    office.rest()
    clerk.press("Esc")
    assert done == [] and not pane.list.property("old")

    pane.filter.clear()
    pane._keep_only({}, None)
    pane.when_read(lambda: done.append(2))
    office.rest()
    assert done == [2]
