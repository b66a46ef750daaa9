"""The runs of a bundle name each of its lines once, and no other."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from app.sync.ranges import Place, runs_of


def place(chain: int, seq: int, branch: int) -> Place:
    """Give a line of a chain; from seq 6 on another branch has other revs."""
    return Place(f"{chain}", "e", seq, _rev(chain, seq, branch), _rev(chain, seq - 1, branch))


def _rev(chain: int, seq: int, branch: int) -> str:
    return f"{chain}-{seq}-{branch if seq > 5 else 0}" if seq else ""


places = st.dictionaries(
    st.tuples(st.integers(1, 3), st.integers(1, 12)), st.integers(0, 1), max_size=30
).map(lambda found: [place(*at, found[at]) for at in sorted(found)])


@given(places)
def test_runs_hold_each_place_once_and_in_order(given_places: list[Place]) -> None:
    runs = list(runs_of(given_places))
    inside = [(run.replica, seq) for run in runs for seq in range(run.seq_from, run.seq_to + 1)]
    assert inside == [(each.replica, each.seq) for each in given_places]


@given(places)
def test_each_run_is_one_chain_and_as_long_as_it_can_be(given_places: list[Place]) -> None:
    by_place = {(each.replica, each.seq): each for each in given_places}
    runs = list(runs_of(given_places))
    for run in runs:
        chain = [by_place[run.replica, seq] for seq in range(run.seq_from, run.seq_to + 1)]
        assert (run.before, run.head) == (chain[0].prev, chain[-1].rev)
        assert all(one.rev == other.prev for one, other in itertools.pairwise(chain))
        after = by_place.get((run.replica, run.seq_to + 1))
        assert after is None or after.prev != run.head
