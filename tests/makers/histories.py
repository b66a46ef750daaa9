"""What several desks of an office write, one upon the other."""

import random

from hypothesis import strategies as st

from app.core.line import Line
from app.sync import merge
from devtools.pen import uuid
from tests.makers.pens import Pen

acts = st.lists(
    st.tuples(
        st.integers(0, 3),  # whose hand: three desks, and a copy of the first
        st.sampled_from(["put", "put", "put", "settle", "hear", "held", "wrong", "centre"]),
        st.integers(1, 2),  # which record
        st.integers(1, 3),  # how many lines, or whom it hears
    ),
    min_size=4,
    max_size=16,
)


class Office:
    """Desks that write the same records, each on what it knows of the others' lines."""

    def __init__(self, history: list[tuple[int, str, int, int]]) -> None:
        pens = [Pen() for _desk in range(3)]
        self.pens = [*pens, pens[0]]
        self.known: list[list[Line]] = [[] for _pen in self.pens]
        self.ends: list[list[int]] = [[0] for _pen in self.pens]  # where acts end, for sending
        middle = len(history) // 2
        self._play([(hand % 3, *rest) for hand, *rest in history[:middle]])  # no copy yet
        self.pens[3] = pens[0].clone()
        self.known[3] = list(self.known[0])
        self.ends[3] = list(self.ends[0])
        self._play(history[middle:])

    def pieces(self, chance: random.Random) -> list[tuple[Pen, int, int]]:
        """Cut what each desk wrote into overlapping pieces that hold whole acts."""
        cut = []
        for pen, ends in zip(self.pens, self.ends, strict=True):
            for place in range(len(ends) - 1):
                last = chance.randrange(place + 1, len(ends))
                cut.append((pen, ends[place] + 1, ends[last]))
        return cut

    def lines(self) -> dict[str, Line]:
        return {line.header.rev: line for pen in self.pens for line in pen.lines}

    def _play(self, history: list[tuple[int, str, int, int]]) -> None:
        for hand, what, record, count in history:
            if what == "hear":
                mine = {line.header.rev for line in self.known[hand]}
                others = self.known[count]
                self.known[hand] += [line for line in others if line.header.rev not in mine]
            else:
                self._act(hand, what, record, count)

    def _act(self, hand: int, what: str, record: int, count: int) -> None:
        pen, known = self.pens[hand], self.known[hand]
        act = uuid(pen.number << 24 | len(known) << 2 | hand)
        for number in range(count):
            of_record = [line for line in known if line.header.id == uuid(record)]
            revs = merge.heads(line.header for line in of_record)
            heads = [line for line in of_record if line.header.rev in revs]
            parents = heads if what == "settle" else heads[:1]
            wrong = what == "wrong" and number == count - 1
            data = {"first_th": 7 if wrong else f"{pen.number}-{len(pen.lines)}"}
            type_ = "fund_round" if what == "centre" else "person"
            parents = [line for line in parents if line.header.type == type_]
            version = {"v": 9} if what == "held" else {}
            known.append(pen.write(type_, record, data, *parents, act=act, **version))
        self.ends[hand].append(len(pen.lines))
