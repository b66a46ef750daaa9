"""A desk of an office, real and in a folder of its own."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.models import vault
from app.services import desk as desks
from app.services.desk import Desk
from tests.services.postgres import Server, new_server

WEAK = vault.Cost(64, 1)
PASSWORD = "ตำบลเดสก์-2568"


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
def desk(new_desk: Callable[..., Desk]) -> Desk:
    return new_desk()


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    made = new_server()
    yield made
    made.remove()


@pytest.fixture(params=["sqlite", "postgresql"])
def centre_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database of either kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'centre.db'}"
        return
    server: Server = request.getfixturevalue("server")
    url = server.new_database()
    yield url
    server.drop(url)
