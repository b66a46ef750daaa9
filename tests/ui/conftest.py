"""The application dressed as the program does it, and a clerk in front of it."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui import language, theme
from app.ui.editors import Around
from app.ui.jobs import Jobs
from app.ui.keyboard import Keyboard
from tests.ui.clerk import Clerk


@pytest.fixture(scope="session", autouse=True)
def _desk(qapp: QApplication) -> None:
    """Dress the application as the program does."""
    theme.apply(qapp)
    language.install(qapp)
    qapp.installEventFilter(Keyboard(qapp))


@pytest.fixture
def jobs(qapp: QApplication) -> Iterator[Jobs]:
    jobs = Jobs()
    yield jobs
    jobs.close()


@pytest.fixture
def around(jobs: Jobs) -> Around:
    """Three groups to choose from; อ่างทอง is the home province."""
    groups = {"g1": "กลุ่มดอกไม้จันทน์ย่านซื่อ", "g2": "กลุ่มข้าวมาลี", "g3": "กลุ่มหมูแดดเดียว"}
    return Around(
        jobs,
        lambda _type, words: [pair for pair in groups.items() if words in pair[1]],
        lambda _type, record_id: groups[record_id],
        home="15",
    )


@pytest.fixture
def clerk(qtbot: QtBot) -> Clerk:
    return Clerk(qtbot)
