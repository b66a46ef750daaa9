"""Which lines a bundle holds, chain by chain, as runs without a gap."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.sync.bundle import Run


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line stands: its chain, its seq, its own rev and that of the line before."""

    replica: str
    epoch: str
    seq: int
    rev: str
    prev: str

    def follows(self, before: "Place") -> bool:
        """Tell whether this is the very next line of the chain."""
        chain = (before.replica, before.epoch, before.seq + 1, before.rev)
        return (self.replica, self.epoch, self.seq, self.prev) == chain


def runs_of(places: Iterable[Place]) -> Iterator[Run]:
    """Gather places, chain by chain in the order of seq, into runs without a gap.

    A run ends, too, where the next line names another one before it: the chain was forked.
    """
    first: Place | None = None
    last: Place | None = None
    for place in places:
        if first is None or last is None or not place.follows(last):
            if first and last:
                yield _run(first, last)
            first = place
        last = place
    if first and last:
        yield _run(first, last)


def _run(first: Place, last: Place) -> Run:
    return Run(first.replica, first.epoch, first.seq, last.seq, first.prev, last.rev)
