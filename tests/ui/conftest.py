"""The application dressed as the program does it, and a clerk in front of it."""

import gc
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from app.core import paths
from app.models.office import machine, vault
from app.models.office.store import origin
from app.services import central, exchange
from app.services.central import Centre
from app.services.office import desk as desks
from app.services.office.desk import Desk
from app.services.records import records
from app.ui.fields.around import Around
from app.ui.frame.jobs import Jobs
from app.ui.widgets import language, theme
from app.ui.widgets.keyboard import Keyboard
from app.ui.widgets.wrapping import keep_clipboard_plain
from tests.leftovers import watched
from tests.ui import leftovers
from tests.ui.clerk import Clerk
from tests.ui.office import GROUPS, PASSWORD, PERSON, REASONS, Office, citizen
from tests.ui.patient import Patient


@pytest.fixture(scope="session", autouse=True)
def _desk(qapp: QApplication) -> None:
    """Dress the application as the program does."""
    theme.apply(qapp)
    language.install(qapp)
    Keyboard(qapp)
    keep_clipboard_plain()
    leftovers.note_event_filters()


@pytest.fixture(autouse=True)
def no_window_is_left(request: pytest.FixtureRequest, nothing_is_left: None) -> Iterator[None]:
    """Fail each test that leaves a window or changes the application; the next one has none."""
    things = [leftovers.windows, leftovers.listeners]
    try:
        with watched(request.node.nodeid, things, leftovers.settings):
            yield
            leftovers.finish_what_was_asked_to_go()
    finally:
        for each in QApplication.topLevelWidgets():
            delete(each)


@pytest.fixture(autouse=True)
def _collected_in_this_thread(no_window_is_left: None) -> Iterator[None]:
    """Free windows in the thread they live in.

    A worker that collects one hands it over as a pending call, and while that runs Python 3.11
    never comes back from a traced function once a second one waits.
    """
    gc.disable()
    yield
    gc.collect(0)
    gc.enable()


@pytest.fixture(scope="module", autouse=True)
def _nothing_left_for_others() -> Iterator[None]:
    """Free what outlived its test, before the threads of other tests find it."""
    yield
    gc.collect()


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """Wait for what happens, however slow the machine is."""
    return Patient(request)


@pytest.fixture
def jobs(qapp: QApplication) -> Iterator[Jobs]:
    jobs = Jobs()
    yield jobs
    jobs.close()


@pytest.fixture
def around(jobs: Jobs) -> Around:
    """Three groups to choose from; อ่างทอง is the home province."""
    names = ("กลุ่มดอกไม้จันทน์ย่านซื่อ", "กลุ่มข้าวมาลี", "กลุ่มหมูแดดเดียว")
    groups = dict(zip(GROUPS, names, strict=True))
    return Around(
        jobs,
        lambda _type, words: [pair for pair in groups.items() if words in pair[1]],
        lambda _type, record_id: groups[record_id],
        lambda path: f"{path.stem:0<64}.jpg",
        lambda _name: b"",
        home="15",
    )


@pytest.fixture
def clerk(qtbot: QtBot) -> Clerk:
    return Clerk(qtbot)


@pytest.fixture
def clipboard(no_window_is_left: None) -> Iterator[QClipboard]:
    """What was copied; nothing of it is there for the next test."""
    clipboard = QGuiApplication.clipboard()
    yield clipboard
    clipboard.clear()


@pytest.fixture
def folder(tmp_path: Path, _made_once: Path) -> Iterator[Path]:
    """A desk with three people and a group, with its recovery sheet beside it."""
    shutil.copytree(_made_once, tmp_path, dirs_exist_ok=True)
    for note in (tmp_path / "notes").iterdir():
        shutil.copy(note, paths.marks())
    yield tmp_path / "desk"
    machine.forget_below(tmp_path)  # or the next copy is found to be one


@pytest.fixture(scope="session")
def _made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    kept = tmp_path_factory.mktemp("made")
    made, recovery = desks.create(
        kept / "desk", office="15", user="kanda", password=PASSWORD, cost=vault.Cost(8, 1)
    )
    (kept / "recovery.txt").write_text(recovery, encoding="ascii")
    for number, first in enumerate(("เกษม", "อรทัย", "สมชาย")):
        draft = PERSON | {
            "first_th": first,
            "id_no": citizen(number),
            "phone": f"090000000{number}",
        }
        records.save(made.store, "person", draft, reasons=REASONS)
    group = {
        "name": "กลุ่มดอกไม้จันทน์ย่านซื่อ",
        "occupation_type": "handicraft",
        "address": {"subdistrict": "150114", "postcode": "14000"},
    }
    records.save(made.store, "group", group)
    replica = _replica(made)
    made.close()
    (kept / "notes").mkdir()
    for note in paths.marks().glob(f"{replica}*.saved"):
        shutil.copy(note, kept / "notes")  # without it each start would say that there is none
    machine.forget_below(kept)
    return kept


def _replica(desk: Desk) -> str:
    with desk.store.read() as connection:
        return origin(connection).replica


@pytest.fixture
def open_office(clerk: Clerk, qtbot: QtBot) -> Iterator[Callable[[Path], Office]]:
    offices: list[Office] = []

    def open_it(folder: Path) -> Office:
        offices.append(Office(folder, clerk, qtbot))
        return offices[-1]

    yield open_it
    for office in offices:
        window = office.program.window
        office.close()
        if window is not None:
            for dialog in window.findChildren(QDialog):
                dialog.close()  # a modal one would keep the keys of the next test
            window.hide()
            window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    clerk.waits()


@pytest.fixture
def office(open_office: Callable[[Path], Office], folder: Path) -> Office:
    office = open_office(folder)
    office.sign_in()
    return office


@pytest.fixture
def usb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "usb"
    folder.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(folder))
    return folder


@pytest.fixture
def centre(tmp_path: Path) -> Centre:
    made = central.open_centre(f"sqlite:///{tmp_path / 'centre.db'}", tmp_path / "keys")
    central.initialise(made)
    yield made
    made.engine.dispose()


@pytest.fixture
def trusted(office: Office, centre: Centre, tmp_path: Path) -> Office:
    request = exchange.request_key(office.desk.store, tmp_path)
    exchange.apply_trust(office.desk.store, central.enrol(centre, request, tmp_path)[1])
    return office


@pytest.fixture
def receipt(centre: Centre, tmp_path: Path) -> Callable[[Path], Path]:
    """Let the centre take a file in and answer."""

    def answer(path: Path) -> Path:
        central.ingest(centre, path)
        (made,) = central.write_receipts(centre, tmp_path)
        return made.path

    return answer
