"""Whether the lines of a bundle are those that it promised: no repeat and one unbroken chain."""

from bisect import bisect_right
from collections.abc import Iterable

from app.core.errors import Invalid
from app.core.i18n import _
from app.core.line import Header
from app.sync.envelope import Run
from app.sync.refused import Refused


class RunCheck:
    """Counts the lines of the runs as they come, in any order; one bit of memory for a line."""

    def __init__(self, runs: Iterable[Run]) -> None:
        """Take the runs sorted by seq within their chain and apart, as parse_inside gives them."""
        self._chains: dict[tuple[str, str], list[_Counted]] = {}
        for run in runs:
            self._chains.setdefault((run.replica, run.epoch), []).append(_Counted(run))

    def take(self, header: Header, rev: str) -> None:
        """Count one line. Raises Invalid: "line_outside" of every run, "line_twice"."""
        chain = self._chains.get((header.replica, header.epoch), [])
        place = len(chain)
        if place > 1:
            place = bisect_right(chain, header.seq, key=lambda counted: counted.run.seq_from)
        if not place or not chain[place - 1].holds(header.seq):
            raise Invalid(
                _("A line of the file lies outside the range that the file names."),
                code="line_outside",
            )
        chain[place - 1].take(header, rev)

    def finish(self) -> None:
        """Ask whether each run that is whole is one chain from `before` to `head`.

        A run is not whole only where lines were given that take() did not count. Raises Refused
        "chain".
        """
        for counted in (counted for many in self._chains.values() for counted in many):
            if not counted.left and not counted.chain_holds:
                raise Refused(
                    _("The chain of the lines is broken: the file was made from changed data."),
                    code="chain",
                )


class _Counted:
    """One run, a bit for each of its lines, and the sum that tells whether they are a chain.

    In a chain the prev of each line is the rev of the line before, so the sum of all revs less
    the sum of all prevs is the last rev less the first prev, in whatever order they are added.
    """

    def __init__(self, run: Run) -> None:
        self.run = run
        self.left = run.seq_to - run.seq_from + 1
        self._seen = bytearray(self.left // 8 + 1)
        self._sum = 0

    @property
    def chain_holds(self) -> bool:
        return self._sum == int(self.run.head, 16) - int(self.run.before or "0", 16)

    def holds(self, seq: int) -> bool:
        return self.run.seq_from <= seq <= self.run.seq_to

    def take(self, header: Header, rev: str) -> None:
        place, bit = divmod(header.seq - self.run.seq_from, 8)
        if self._seen[place] >> bit & 1:
            raise Invalid(_("A line of the file is there twice."), code="line_twice")
        self._seen[place] |= 1 << bit
        self.left -= 1
        self._sum += int(rev, 16) - int(header.prev or "0", 16)
