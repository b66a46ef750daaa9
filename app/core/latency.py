"""What Python does that a clerk feels at the keys, kept small while a window is open.

Two things let a key wait for long work in another thread: a full collection of cycles, which
looks at every object while no thread runs (45 to 450 ms), and the 5 ms for which a thread may keep
the interpreter, because the window asks for it a dozen times a key.
"""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def kept_low() -> Iterator[None]:
    """Leave full collections to `tidy`, and let threads take turns ten times as often.

    The short collections of young objects go on. What is there at the beginning, the modules of
    the program, is not looked at again until the end. Nearly everything else is freed without the
    collector, when its last reference goes.
    """
    thresholds, turn = gc.get_threshold(), sys.getswitchinterval()
    was_frozen = gc.get_freeze_count() > 0
    gc.freeze()
    gc.set_threshold(*thresholds[:2], _NEVER)
    sys.setswitchinterval(_TURN)
    try:
        yield
    finally:
        sys.setswitchinterval(turn)
        gc.set_threshold(*thresholds)
        if not was_frozen:
            gc.unfreeze()


def tidy() -> None:
    """Free every cycle that nothing uses any more; no thread runs meanwhile."""
    gc.collect()


_NEVER = 2**31 - 1
_TURN = 0.0005
