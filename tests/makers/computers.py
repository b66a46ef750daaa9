"""The computers between which the folder of a desk wanders."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.models.office.store import origin, setting
from app.services.office import desk as desks
from app.services.office.desk import Desk
from tests.services.conftest import PASSWORD

RELEASED = Path(__file__).parents[1] / "fixtures" / "released" / "0.1.0" / "desk.backup.zip"


def again(folder: Path) -> Desk:
    return desks.open_desk(folder, user="กานดา", password=PASSWORD)


@contextmanager
def at(folder: Path) -> Iterator[Desk]:
    desk = again(folder)
    try:
        yield desk
    finally:
        desk.close()


def place(desk: Desk) -> tuple[str, str, str]:
    """Give replica, epoch and signing key of a desk."""
    with desk.store.read() as connection:
        own = origin(connection)
        return own.replica, own.epoch, str(setting(connection, "signing_key"))


def closed(desk: Desk) -> Path:
    desk.close()
    return desk.store.folder
