"""Many histories of offices, sticks, restores and clones: the laws hold in every one."""

from pathlib import Path

import pytest

from tests.sync.simulation import History, make_world

# Each of these broke a law once.
KEPT = (0,)


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("world")
    make_world(folder)
    return folder


@pytest.mark.parametrize("first", range(0, 200, 10))
def test_ten_histories_keep_every_law(world: Path, tmp_path: Path, first: int) -> None:
    for seed in range(first, first + 10):
        history = History(seed, world, tmp_path / str(seed))
        try:
            history.run()
        except Exception as error:
            steps = "\n".join(history.log)
            raise AssertionError(f"seed {seed} broke a law: {error}\n{steps}") from error
