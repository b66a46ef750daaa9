"""Temporary folders: they go with the errand, and with a program that was killed a day ago."""

import os
import tempfile
import time
from pathlib import Path

import pytest

from app.core import scratch


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def left_behind(folder: Path, name: str, hours: int) -> Path:
    made = folder / name
    made.mkdir()
    (made / "bundle.zip").write_bytes(b"sealed")
    then = time.time() - hours * 3600
    os.utime(made, (then, then))
    return made


def test_a_folder_is_there_for_the_errand_and_gone_after_it(place: Path) -> None:
    with scratch.folder() as made:
        (made / "a").write_bytes(b"x")
        assert made.parent == place

    assert list(place.iterdir()) == []


def test_what_a_killed_program_left_a_day_ago_goes_and_nothing_else_does(place: Path) -> None:
    gone = left_behind(place, "otg-killed", 25)
    running = left_behind(place, "otg-running", 23)
    foreign = left_behind(place, "another", 25)
    elsewhere = left_behind(place.parent, f"{place.name}-target", 25)
    (place / "otg-link").symlink_to(elsewhere)
    os.utime(place / "otg-link", (0, 0), follow_symlinks=False)

    with scratch.folder():
        assert not gone.exists()

    assert running.exists() and foreign.exists()
    assert (elsewhere / "bundle.zip").exists()
    assert (place / "otg-link").is_symlink()
