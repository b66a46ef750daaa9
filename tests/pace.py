"""The pace of the machine: a bound in seconds holds at rest, and elsewhere as many times longer.

Whatever is measured is measured as processor time, so neighbours take nothing from it; but they
and an old machine make each step slower. A fixed piece of work tells by how much.
"""

import time

_AT_REST = 0.014  # seconds of the piece of work where the bounds were measured


def slower() -> float:
    """Give how many times slower than there the machine is at this moment, never less than 1."""
    return max(1.0, *(_seconds() / _AT_REST for _again in range(5)))


def _seconds() -> float:
    begun, total = time.process_time(), 0
    for number in range(300_000):
        total += number % 7
    return time.process_time() - begun
