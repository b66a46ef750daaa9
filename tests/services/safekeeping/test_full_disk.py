"""A disk that is full when the clerk signs in: what was laid aside for it is given back."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core.errors import UserError
from app.models.office import database
from app.services.office import desk as desks
from app.services.office.desk import Desk
from app.services.records.verify import verify
from tests.makers.office import person
from tests.services.conftest import PASSWORD


@pytest.fixture
def drive(tmp_path: Path) -> Iterator[Path]:
    """A drive of 8 MB of its own."""
    place = tmp_path / "drive"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(place)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("this user may not mount a drive")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def fill(drive: Path) -> None:
    films = drive / f"films-{len(list(drive.iterdir()))}"
    with films.open("wb", buffering=0) as file, pytest.raises(OSError, match="space"):
        while True:
            file.write(bytes(4096))


def test_on_a_full_disk_the_ballast_lets_the_clerk_in(desk: Desk, drive: Path) -> None:
    person(desk)
    desk.close()
    folder = shutil.copytree(desk.store.folder, drive / "desk")
    fill(drive)

    opened = desks.open_desk(folder, user="", password=PASSWORD)
    assert not (folder / database.BALLAST).exists()
    person(opened, 2)
    assert verify(opened.store).lines == 4
    opened.close()


def test_on_a_full_disk_without_ballast_it_is_said_that_it_is_full(desk: Desk, drive: Path) -> None:
    desk.close()
    folder = shutil.copytree(desk.store.folder, drive / "desk")
    (folder / database.BALLAST).unlink()
    fill(drive)

    with pytest.raises(UserError) as refused:
        desks.open_desk(folder, user="", password=PASSWORD)
    assert refused.value.code == "disk_full"
    assert "10 MB" in refused.value.sentence
