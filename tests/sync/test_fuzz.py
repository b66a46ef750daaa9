"""A short run of the fuzzer; the long one is `dev.py bench fuzz`."""

import tempfile

import pytest

from bench import fuzz
from bench._hostile import World


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        world = World(tmp_path_factory.mktemp("fuzz"))
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


@pytest.mark.long
def test_a_file_that_breaks_the_law_is_kept_with_the_case_that_made_it(
    world, tmp_path, monkeypatch, capsys
):
    monkeypatch.setattr("bench._hostile.CODES", set())

    assert fuzz.one_round(world, 1, tmp_path) == 1

    (case,) = tmp_path.glob("*.case")
    assert "no known code" in case.read_text("utf-8")
    assert len(list(tmp_path.iterdir())) == 2
    assert str(tmp_path) in capsys.readouterr().out
