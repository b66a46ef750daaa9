"""What every test starts from: no screen needed, Thai in use, fonts and catalogue built."""

import atexit
import os
import tempfile
from collections.abc import Iterator

import hypothesis
import pytest

os.environ["QT_QPA_PLATFORM"] = "offscreen"

# What a machine remembers of its desks is the machine's of this run alone.
_MACHINE = tempfile.TemporaryDirectory(prefix="tambon-machine-")
atexit.register(_MACHINE.cleanup)
os.environ["XDG_STATE_HOME"] = _MACHINE.name

# The machines that run this are slow and shared: a deadline would only measure the neighbours.
hypothesis.settings.register_profile("quick", max_examples=50, deadline=None)
hypothesis.settings.register_profile("full", max_examples=2000, deadline=None)
hypothesis.settings.load_profile("quick")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew")


def pytest_configure(config: pytest.Config) -> None:
    if hasattr(config, "workerinput"):
        return  # the process that started this one has built them
    from devtools.__main__ import main

    main()


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """True when the golden files are to be written rather than compared with."""
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture(autouse=True)
def thai() -> Iterator[None]:
    """Start and leave each test in Thai, whatever language it chose itself."""
    from app.core import i18n

    i18n.use("th")
    yield
    i18n.use("th")
