"""The laws of merging over generated histories: order, repeats, losses and desks do not matter."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.line import DELETE, ERASE, PUT
from app.sync import merge

in_one_fixture = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
FIELDS = ("name", "phone", "note")
steps = st.lists(
    st.tuples(
        st.integers(0, 2),  # which desk
        st.sampled_from(["put", "put", "put", "settle", "del", "erase", "hear", "hear"]),
        st.integers(0, 2),  # which other desk it hears, or which field it writes
        st.integers(0, 3),  # what it writes
    ),
    max_size=14,
)


class Team:
    """Desks that write one record, each on what it has heard of the others."""

    def __init__(self, numbered_desk):
        self.desks = [numbered_desk(number) for number in (1, 2, 3)]
        self.held = [{} for _ in self.desks]

    def play(self, history):
        for desk, act, which, value in history:
            if act == "hear":
                self.held[desk] |= self.held[which]
            else:
                self._write(desk, act, FIELDS[which], value)
        return self

    def _write(self, number, act, field, value):
        held, desk = self.held[number], self.desks[number]
        now = merge.shown(held.values())
        heads = [held[rev] for rev in now.heads]
        parents = heads if act == "settle" else heads[:1]
        seen = parents[0].body.data if parents else {}
        data = {} if act in (DELETE, ERASE) else {**seen, field: value}
        op = act if act in (DELETE, ERASE) and parents else PUT
        line = desk.write("person", 1, data, parents, op=op)
        held[line.header.rev] = line

    @property
    def lines(self):
        return [line for held in self.held for line in held.values()]


@pytest.fixture
def team(numbered_desk):
    def make(history):
        return Team(numbered_desk).play(history)

    return make


@in_one_fixture
@given(steps, st.randoms(use_true_random=False), st.integers(1, 3))
def test_order_and_repeats_do_not_matter(team, history, shuffler, times):
    lines = team(history).lines
    shuffled = lines * times
    shuffler.shuffle(shuffled)

    assert merge.shown(shuffled) == merge.shown(lines)
    assert merge.heads(line.header for line in shuffled) == merge.shown(lines).heads


@in_one_fixture
@given(steps, st.data())
def test_lines_that_were_lost_and_arrive_late_heal_the_record(team, history, data):
    lines = team(history).lines
    kept = [line for line in lines if data.draw(st.booleans())]

    partial = merge.shown(kept)
    whole = merge.shown([*kept, *lines])

    assert set(partial.heads) <= {line.header.rev for line in kept}
    assert bool(partial.heads) == bool(kept)
    assert whole == merge.shown(lines)


@in_one_fixture
@given(steps, st.randoms(use_true_random=False))
def test_three_desks_that_exchange_in_any_order_show_the_same(team, history, shuffler):
    desks = team(history)
    meetings = [(left, right) for left in range(3) for right in range(3) if left != right] * 2
    shuffler.shuffle(meetings)

    for left, right in meetings:
        desks.held[left] |= desks.held[right]
    for left, right in [(0, 1), (1, 2), (2, 0), (0, 1), (1, 2)]:
        desks.held[left] |= desks.held[right]

    results = [merge.shown(held.values()) for held in desks.held]
    digests = {merge.state_digest([("person", "1", result.heads)]) for result in results}
    assert results[0] == results[1] == results[2]
    assert len(digests) == 1


@in_one_fixture
@given(steps)
def test_what_is_shown_was_written_by_a_head_field_by_field(team, history):
    lines = team(history).lines
    found = merge.shown(lines)
    said = [line.body.data for line in lines if line.header.rev in found.heads]

    for field, value in (found.data or {}).items():
        assert any(data.get(field) == value for data in said)
    for conflict in found.conflicts:
        assert conflict.taken in found.heads
        assert len({str(version) for _, version in conflict.versions}) > 1


@in_one_fixture
@given(steps)
def test_a_save_that_names_all_heads_always_ends_the_conflict(team, history):
    desks = team(history)
    everything = {line.header.rev: line for line in desks.lines}
    heads = [everything[rev] for rev in merge.shown(everything.values()).heads]
    last = desks.desks[0].write("person", 1, {"name": "settled"}, heads)

    found = merge.shown([*everything.values(), last])

    assert (found.data, found.heads, found.conflicts) == (
        {"name": "settled"},
        (last.header.rev,),
        (),
    )


def test_a_long_history_is_no_matter_of_recursion(desk):
    line = desk.write("person", 1, {"name": "0"})
    lines = [line]
    for number in range(3000):
        line = desk.write("person", 1, {"name": str(number)}, [line])
        lines.append(line)
    other = desk.write("person", 1, {"name": "0", "note": "x"}, [lines[0]])
    random.Random(1).shuffle(lines)

    found = merge.shown([*lines, other])

    assert found.data == {"name": "2999", "note": "x"}
