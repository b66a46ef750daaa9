"""Many histories of offices, sticks, restores and clones: the laws hold in every one.

They run in processes of their own, two hundred here and as many as you like by
`dev.py bench simulate`; a seed that broke a law once is kept in SEEDS.
"""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.sync.simulation import make_world

ROOT = Path(__file__).parents[2]
SEEDS = (0, 40, 80, 120, 160)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("world")
    make_world(folder)
    return folder


@pytest.mark.parametrize("first", SEEDS)
def test_forty_histories_keep_every_law(world: Path, tmp_path: Path, first: int) -> None:
    told = subprocess.run(
        [sys.executable, "-m", "tests.sync.simulation", world, tmp_path, str(first), "40"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stdout + told.stderr
    assert told.stdout.splitlines()[-1] == "40 histories, 0 broken"
