"""A list is checked against the records as they will be once its earlier rows are in."""

from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.ids import new_id
from app.services.office.desk import Desk
from app.services.records import records
from app.services.records.acts import Acting, act
from app.services.records.planned_view import Ahead
from app.services.records.record_view import View
from tests.makers import older

GROUPS, PEOPLE = ("ก", "ข"), ("1", "2", "3")
IDS = tuple(new_id() for _place in range(4))
HERE: dict[str, dict[str, Any]] = {
    IDS[0]: {"group": "ก", "person": "1", "role": "leader"},
    IDS[1]: {"group": "ข", "person": "2", "role": "leader", "void_reason": "กรอกซ้ำ"},
    IDS[2]: {"group": "ก", "person": "2", "role": "member"},
}

places = st.fixed_dictionaries(
    {"group": st.sampled_from(GROUPS)},
    optional={
        "person": st.sampled_from(PEOPLE),
        "role": st.sampled_from(["leader", "member"]),
    },
)
questions = st.fixed_dictionaries(
    {},
    optional={
        "person": st.sampled_from(PEOPLE),
        "id": st.sampled_from(IDS),
        "group": st.sampled_from(GROUPS),
        "role": st.just("leader"),
    },
)
steps = st.one_of(
    st.tuples(st.just("put"), st.sampled_from(IDS), places),
    st.tuples(st.just("load"), st.just("group"), st.sets(st.sampled_from(GROUPS))),
    st.tuples(st.just("load"), st.just("person"), st.sets(st.sampled_from(PEOPLE))),
    st.tuples(st.just("ask"), st.just(""), questions),
)


class UndoAll(Exception):
    """Ends an example: nothing of it stays in the desk."""


def enter(acting: Acting, places: dict[str, dict[str, Any]]) -> None:
    for name, data in places.items():
        older.put(acting, "membership", name, data, ())
    acting.act.write(acting.connection, acting.changes)
    acting.changes.clear()


def by_id(found: Iterable[tuple[str, dict[str, Any]]]) -> list[tuple[str, dict[str, Any]]]:
    return sorted(found, key=lambda pair: pair[0])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(script=st.lists(steps, min_size=2, max_size=12))
def test_what_was_put_answers_as_if_it_were_written(desk: Desk, script: list[Any]) -> None:
    def play(acting: Acting) -> None:
        with desk.store.read() as before_this_act:
            ahead = Ahead(before_this_act, desk.office)
            written = View(acting.connection, desk.office)
            for step, name, given in script:
                if step == "put":
                    ahead.put("membership", name, given)
                    enter(acting, {name: given})
                elif step == "load":
                    ahead.load("membership", name, given)
                else:
                    told = by_id(ahead.where("membership", **given))
                    assert told == by_id(written.where("membership", **given))
            for each in IDS:
                assert ahead.get("membership", each) == written.get("membership", each)
        raise UndoAll

    with desk.store.read() as connection:
        entered = records.view_of(connection).where("membership")
    if not entered:
        act(desk.store, lambda acting: enter(acting, HERE))
    with suppress(UndoAll):
        act(desk.store, play)


def test_the_last_number_counts_those_of_the_list(desk: Desk) -> None:
    act(desk.store, lambda acting: enter(acting, {IDS[0]: {"group": "ก", "role": "A-9"}}))
    with desk.store.read() as connection:
        ahead = Ahead(connection, desk.office)
        ahead.put("membership", IDS[1], {"group": "ก", "role": "A-10"})
        ahead.put("membership", IDS[2], {"group": "ก", "role": "B-99"})

        assert ahead.highest("membership", "role", "A-") == "A-10"
        assert ahead.highest("membership", "role", "C-") == ""
        ahead.put("membership", IDS[3], {"group": "ก", "role": "A-11"})
        assert ahead.highest("membership", "role", "A-") == "A-11"
