"""Many histories of offices, sticks, restores and clones: the laws hold in every one.

They run in processes of their own: a dozen each time, two hundred by `dev.py bench full`, and as
many as you like by `dev.py bench simulate`; a seed that broke a law once is kept in SEEDS.
"""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.makers.postgres import Server
from tests.sync.simulation import make_world

ROOT = Path(__file__).parents[2]
SEEDS = ((0, 12),)  # the first of so many
MORE = ((12, 48), (60, 50), (110, 50), (160, 50))


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("world")
    make_world(folder)
    return folder


def live(world: Path, folder: Path, *which: object) -> str:
    """Live through histories: first seed, count, and perhaps a URL; give the last word."""
    told = subprocess.run(
        [sys.executable, "-m", "tests.sync.simulation", world, folder, *map(str, which)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stdout + told.stderr
    return told.stdout.splitlines()[-1]


@pytest.mark.long
@pytest.mark.parametrize(
    ("first", "count"), [*SEEDS, *(pytest.param(*each, marks=pytest.mark.full) for each in MORE)]
)
def test_many_histories_keep_every_law(world: Path, tmp_path: Path, first: int, count: int) -> None:
    assert live(world, tmp_path, first, count) == f"{count} histories, 0 broken"


@pytest.mark.long
@pytest.mark.parametrize("count", [3, pytest.param(30, marks=pytest.mark.full)])
def test_histories_keep_every_law_on_postgresql(tmp_path: Path, server: Server, count: int) -> None:
    url = server.new_centre()
    make_world(tmp_path / "world", url)

    told = live(tmp_path / "world", tmp_path, 200, count, url)
    assert told == f"{count} histories, 0 broken"
