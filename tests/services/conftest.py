"""A desk of an office, real and in a folder of its own."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.models.office import machine, vault
from app.services.central import Centre, Inbox
from app.services.office import desk as desks
from app.services.office.desk import Desk
from tests.makers.pens import Pen, close_centres, introduce, new_centre
from tests.makers.people import enter
from tests.makers.postgres import Server

WEAK = vault.Cost(64, 1)
PASSWORD = "ตำบลเดสก์-2568"


@pytest.fixture(autouse=True)
def _centres_are_closed(nothing_is_left: None) -> Iterator[None]:
    """Close what the test opened by `pens.open_centre`."""
    yield
    close_centres()


@pytest.fixture
def new_desk(tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    opened: list[Desk] = []

    def make(office: str = "15", name: str = "desk") -> Desk:
        made, _recovery = desks.create(
            tmp_path / name, office=office, user="กานดา", password=PASSWORD, cost=WEAK
        )
        opened.append(made)
        return made

    yield make
    for each in opened:
        each.close()


@pytest.fixture
def desk(tmp_path: Path, _new_once: Path) -> Iterator[Desk]:
    """A new desk: a copy of one, for most of what a desk costs is the making of its tables."""
    folder = tmp_path / "desk"
    shutil.copytree(_new_once, folder)
    made = desks.open_desk(folder, user="กานดา", password=PASSWORD)
    yield made
    made.close()
    machine.forget_below(tmp_path)  # or the next copy is found to be one


@pytest.fixture(scope="session")
def _new_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("new") / "desk"
    made, _recovery = desks.create(folder, office="15", user="กานดา", password=PASSWORD, cost=WEAK)
    made.close()
    machine.forget_below(folder)
    return folder


@pytest.fixture(params=["sqlite", "postgresql"])
def centre_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database of either kind, for `new_centre`."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'centre.db'}"
        return
    server: Server = request.getfixturevalue("server")
    with server.centre() as url:
        yield url


@pytest.fixture
def centre(tmp_path: Path, centre_url: str) -> Centre:
    """A centre on a database of either kind."""
    return new_centre(tmp_path, centre_url)


@pytest.fixture
def pen(centre: Centre, tmp_path: Path) -> Pen:
    """A desk without a database that the centre knows."""
    made = Pen()
    made.enrol(centre, tmp_path)
    return made


@pytest.fixture
def pilot(tmp_path: Path) -> Centre:
    """A centre in one file, for what its database cannot change."""
    return new_centre(tmp_path)


@pytest.fixture
def introduced(desk: Desk, pilot: Centre, tmp_path: Path) -> Desk:
    """A desk that the pilot's centre knows."""
    introduce(desk, pilot, tmp_path)
    return desk


@pytest.fixture
def known(introduced: Desk) -> Desk:
    """The same with one person entered."""
    enter(introduced)
    return introduced


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """An empty folder for what leaves."""
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def computer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str], None]:
    """Sit down at a computer: each has a number and a memory of its own."""

    def sit_at(name: str) -> None:
        memory = tmp_path / f"computer-{name}"
        memory.mkdir(exist_ok=True)
        (memory / "machine-id").write_text(name, encoding="ascii")
        monkeypatch.setenv("XDG_STATE_HOME", str(memory))
        monkeypatch.setattr(machine, "ID_FILES", (memory / "machine-id",))

    sit_at("first")
    return sit_at


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "inbox"
    made.mkdir()
    return made


@pytest.fixture
def inbox(centre: Centre, folder: Path, tmp_path: Path) -> Inbox:
    return Inbox(centre, folder, tmp_path / "aside", tmp_path / "receipts")
