"""What every test starts from: no screen needed, Thai in use, fonts and catalogue built."""

import atexit
import faulthandler
import gc
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest
from _pytest.faulthandler import fault_handler_stderr_fd_key

from app.models.office import vault
from tests import leftovers
from tests.makers import migrated, statements

if TYPE_CHECKING:
    from app.services.demonstration import Account
    from tests.makers.postgres import Server

os.environ["QT_QPA_PLATFORM"] = "offscreen"

# What a machine remembers of its desks, and what is written for a moment, is of this run alone.
_MACHINE = tempfile.TemporaryDirectory(prefix="tambon-")
atexit.register(_MACHINE.cleanup)
Path(_MACHINE.name).chmod(0o711)  # a PostgreSQL of another user has its folder in it
_PLACE = leftovers.Place(Path(_MACHINE.name))
_PLACE.use()

# A guess at a password costs a second in use, which no test waits for but the demonstration's.
vault.STRONG = vault.Cost(64, 1)

# The machines that run this are slow and shared: a deadline would only measure the neighbours.
hypothesis.settings.register_profile("quick", max_examples=24, deadline=None)
hypothesis.settings.register_profile("full", max_examples=400, deadline=None)
hypothesis.settings.load_profile("quick")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "long: takes many seconds, so it is begun first")
    statements.share()
    migrated.once()
    if hasattr(config, "workerinput"):
        return  # the process that started this one has built them
    from devtools.__main__ import main

    main()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the long tests, whatever order chance gave: all workers end together then.

    They are not traced, which would double their time: what they alone reach counts as not tested.
    The tests of the core go before them, for what it reads once in a process is to be traced.
    """
    for item in items:
        if item.get_closest_marker("long"):
            item.add_marker(pytest.mark.no_cover)
    items.sort(key=lambda item: 0 if "unit" in item.path.parts else 1 + (not _is_long(item)))


def pytest_collection_finish() -> None:
    """Leave the modules and the tests themselves out of each later collection of cycles."""
    gc.collect()
    gc.freeze()


def _is_long(item: pytest.Item) -> bool:
    return item.get_closest_marker("long") is not None


@pytest.fixture(scope="session")
def server() -> Iterator["Server"]:
    """A PostgreSQL of this process's own."""
    from tests.makers.postgres import new_server

    made = new_server()
    yield made
    made.remove()


@pytest.fixture(scope="session")
def account(tmp_path_factory: pytest.TempPathFactory) -> "Account":
    """The demonstration, told once; whoever uses it is of the group of that name."""
    from app.services.demonstration import tell

    return tell(tmp_path_factory.mktemp("demonstration") / "demo")


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """True when the golden files are to be written rather than compared with."""
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture(scope="module", autouse=True)
def _nothing_is_left_of_the_file(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail where what a whole file shares is left over after its last test."""
    with leftovers.watched(request.node.nodeid, _OPENED, leftovers.settings), _PLACE.forgetting():
        yield


@pytest.fixture(autouse=True)
def nothing_is_left(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail each test that leaves anything behind; it is the first to begin and the last to end."""
    with leftovers.watched(request.node.nodeid, _OPENED, leftovers.settings), _PLACE.forgetting():
        yield


_OPENED = [_PLACE.written, *leftovers.OPENED]


@pytest.fixture(autouse=True)
def thai(nothing_is_left: None) -> Iterator[None]:
    """Start and leave each test in Thai, whatever language it chose itself."""
    from app.core import i18n

    i18n.use("th")
    yield
    i18n.use("th")


@pytest.fixture(autouse=True)
def _traced(pytestconfig: pytest.Config) -> Iterator[None]:
    """Let a crash show its trace again after a test that had it written into the program's log."""
    yield
    if not faulthandler.is_enabled():
        faulthandler.enable(pytestconfig.stash[fault_handler_stderr_fd_key])
