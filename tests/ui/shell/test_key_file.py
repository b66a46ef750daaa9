"""A desk whose key file was lost shows its door, and says at sign-in what was made anew."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox

from app.models.office import vault
from app.ui.shell.sign_in import FirstDay, SignIn
from tests.ui.clerk import plain
from tests.ui.office import Office


@pytest.mark.parametrize("left", [vault.FILE, vault.COPY, "tambon.db"])
def test_what_is_left_of_a_desk_is_no_place_for_a_first_day(
    folder: Path, open_office: Callable[[Path], Office], left: str
) -> None:
    for name in {vault.FILE, vault.COPY, "tambon.db"} - {left}:
        (folder / name).unlink()

    door = open_office(folder).program.window

    assert door is not None
    assert door.findChild(SignIn) is not None and door.findChild(FirstDay) is None


def test_a_lost_key_file_is_made_anew_and_the_clerk_is_told(
    folder: Path, open_office: Callable[[Path], Office]
) -> None:
    (folder / vault.FILE).unlink()
    office = open_office(folder)

    office.sign_in()

    (box,) = (each for each in office.window.findChildren(QMessageBox) if each.isVisible())
    assert "ไฟล์กุญแจ" in plain(box.text())
    box.close()
    assert (folder / vault.FILE).read_bytes() == (folder / vault.COPY).read_bytes()
