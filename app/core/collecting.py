"""Python's collector of cycles, kept from stopping a clerk who types.

A full collection looks at every object while no thread runs: 45 ms after the start, 120 ms with a
list of 20,000 rows in memory, and an import made Python begin one many times.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def only_at_rest() -> Iterator[None]:
    """Leave full collections to `collect` meanwhile; the short ones of young objects go on.

    What is there at the beginning is not looked at again until the end: the modules of the
    program. Nearly everything else is freed without the collector, by counting its references.
    """
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(*before[:2], _NEVER)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def collect() -> None:
    """Free every cycle that nothing uses any more."""
    gc.collect()


_NEVER = 2**31 - 1
