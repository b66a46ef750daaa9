"""Full collections wait until somebody asks for them, and threads take short turns."""

import gc
import sys
import weakref
from collections.abc import Iterator

import pytest

from app.core import latency


class Ring:
    """Points at itself, so that only the collector frees it."""

    def __init__(self) -> None:
        self.me = self


@pytest.fixture
def full_collections() -> Iterator[list[int]]:
    """Count the full collections."""
    found: list[int] = []

    def note(phase: str, info: dict[str, int]) -> None:
        if phase == "stop" and info["generation"] == 2:
            found.append(info["collected"])

    gc.callbacks.append(note)
    yield found
    gc.callbacks.remove(note)


@pytest.fixture
def thawed() -> Iterator[None]:
    """Let the collector look at everything, which the tests keep it from."""
    gc.unfreeze()
    yield
    gc.freeze()


def test_no_full_collection_begins_by_itself_however_much_is_made(
    full_collections: list[int],
) -> None:
    with latency.kept_low():
        made = [[number] for number in range(300_000)]

        assert len(made) == 300_000
        assert not full_collections


def test_what_only_the_collector_frees_is_freed_at_rest() -> None:
    with latency.kept_low():
        ring = Ring()
        gone = weakref.ref(ring)
        del ring

        latency.tidy()

        assert gone() is None


@pytest.mark.parametrize("is_frozen", [False, True])
def test_afterwards_everything_is_as_it_was(thawed: None, is_frozen: bool) -> None:
    before = gc.get_threshold(), sys.getswitchinterval()
    if is_frozen:
        gc.freeze()

    with latency.kept_low():
        assert gc.get_freeze_count()
        assert sys.getswitchinterval() < 0.001

    assert (gc.get_threshold(), sys.getswitchinterval()) == before
    assert (gc.get_freeze_count() > 0) == is_frozen
