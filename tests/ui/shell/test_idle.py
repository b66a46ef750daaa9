"""Memory is tidied when the clerk rests, and not while something is typed."""

import gc
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from app.core import latency
from app.ui.shell.idle import Rest
from tests.ui.clerk import Clerk


@pytest.fixture
def collected() -> Iterator[list[int]]:
    """Note each full collection."""
    found: list[int] = []

    def note(phase: str, info: dict[str, int]) -> None:
        if phase == "stop" and info["generation"] == 2:
            found.append(info["collected"])

    gc.callbacks.append(note)
    with latency.kept_low():
        yield found
    gc.callbacks.remove(note)


def test_a_collection_follows_the_last_key_and_only_that(
    qapp: QApplication, qtbot: QtBot, clerk: Clerk, collected: list[int]
) -> None:
    rest = Rest(qapp, after=50)
    field = QLineEdit()
    clerk.sees(field)

    for key in (Qt.Key.Key_K, Qt.Key.Key_A):
        QTest.keyClick(field.windowHandle(), key)  # as the keyboard brings them: to the window

    assert field.text() == "ka"
    assert not collected
    qtbot.waitUntil(lambda: len(collected) == 1)
    rest.deleteLater()
