"""Many histories of offices, sticks, restores and clones: the laws hold in every one.

They run in processes of their own: forty each time, two hundred by `dev.py test --cover`, and as
many as you like by `dev.py bench simulate`; a seed that broke a law once is kept in SEEDS.
"""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.makers.postgres import Server
from tests.sync.simulation import make_world

ROOT = Path(__file__).parents[2]
SEEDS = (0,)
MORE = (40, 80, 120, 160)


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
    "first", [*SEEDS, *(pytest.param(seed, marks=pytest.mark.full) for seed in MORE)]
)
def test_forty_histories_keep_every_law(world: Path, tmp_path: Path, first: int) -> None:
    assert live(world, tmp_path, first, 40) == "40 histories, 0 broken"


@pytest.mark.long
def test_ten_histories_keep_every_law_on_postgresql(tmp_path: Path, server: Server) -> None:
    url = server.new_centre()
    make_world(tmp_path / "world", url)

    assert live(tmp_path / "world", tmp_path, 200, 10, url) == "10 histories, 0 broken"
