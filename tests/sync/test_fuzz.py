"""A short run of the fuzzer; the long one is `dev.py bench fuzz`."""

import tempfile

import pytest

from bench import fuzz


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        world = fuzz.World(tmp_path_factory.mktemp("fuzz"))
        patch.setattr(tempfile, "tempdir", str(world.temporary))
        yield world
        world.close()


@pytest.mark.parametrize("seed", range(2))
def test_whatever_is_changed_a_file_is_refused_by_its_code_or_read_as_it_was_sealed(world, seed):
    fuzz.run(world, seed=seed, examples=80)


def test_what_was_not_changed_is_read_as_it_was_sealed(world):
    assert world.meet(("data", [("add", 0, "a")])) == ""
    assert world.meet(("rows", [("insert", 0, b"")])) == ""
    assert world.meet(("receipt", [])) == ""
