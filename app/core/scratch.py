"""Folders for the time of one errand, and the end of those that a killed program left."""

import contextlib
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

PREFIX = "otg-"
DAY = 24 * 60 * 60  # seconds: no errand lasts so long


@contextlib.contextmanager
def folder() -> Iterator[Path]:
    """Yield a new folder in the system's temporary one; it goes with all that is in it.

    A program that is killed leaves its folder behind. Such a one is removed by the first errand
    a day later, where the system lets us.
    """
    _sweep(Path(tempfile.gettempdir()))
    with tempfile.TemporaryDirectory(prefix=PREFIX) as made:
        yield Path(made)


def _sweep(place: Path) -> None:
    left = time.time() - DAY
    with contextlib.suppress(OSError):
        for each in place.glob(f"{PREFIX}*"):
            with contextlib.suppress(OSError):  # gone by now, or another user's
                if each.lstat().st_mtime < left:
                    shutil.rmtree(each)  # which follows no link
