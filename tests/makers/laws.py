"""How often a law is tried: a few examples each time, many by `dev.py bench full`."""

from hypothesis import settings


def share(part: float) -> int:
    """Return a part of the examples that a run draws, for a law whose every example is dear."""
    return max(1, round(settings().max_examples * part))
