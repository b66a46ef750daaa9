"""A group goes through its states: what a step asks of members, tracks, visits and loans."""

import pytest

from app.core.codes.loan import ENDED
from app.core.errors import Invalid
from app.services.office.desk import Desk
from app.services.records import moves, records
from tests.makers.groups import TRACKS, take, told, visit
from tests.makers.office import borrowing_group, change, group, join, loan, person, set_status

DONE = {f"track_{name}": "done" for name in TRACKS}


def test_a_group_without_a_living_leader_is_not_registered(desk: Desk) -> None:
    made = group(desk)
    take(desk, made, "check")
    problem = told(desk, made, "register")["no_leader"]
    assert not problem.warning
    assert problem.source.startswith("S4")
    with pytest.raises(Invalid):
        take(desk, made, "register", few_members="รับเพิ่มภายหลัง")

    leader = person(desk, 1)
    join(desk, made, leader, role="leader")
    assert set(told(desk, made, "register")) == {"few_members"}

    change(desk, "person", leader, life_status="dead")
    assert "no_leader" in told(desk, made, "register")


def test_a_group_of_five_is_registered_without_a_question(desk: Desk) -> None:
    made = borrowing_group(desk, members=5)
    take(desk, made, "check")
    take(desk, made, "register")
    assert records.get(desk.store, "group", made).data["status"] == "registered"


def test_a_small_group_is_registered_with_a_reason(desk: Desk) -> None:
    made = borrowing_group(desk, members=4)
    take(desk, made, "check")
    with pytest.raises(Invalid):
        take(desk, made, "register")
    take(desk, made, "register", few_members="กลุ่มเริ่มต้น")
    assert records.get(desk.store, "group", made).data["reasons"] == {"few_members": "กลุ่มเริ่มต้น"}


def test_open_tracks_are_named_before_a_group_counts_as_fully_developed(desk: Desk) -> None:
    made = group(desk, **DONE | {"track_mark": "doing", "track_product": "not_applicable"})
    set_status(desk, "group", made, "developing")
    asked = told(desk, made, "complete")
    assert set(asked) == {"open_tracks", "not_visited", "head_confirms"}
    assert asked["open_tracks"].field == "track_product"
    assert all(each.warning for each in asked.values())


def test_a_visited_group_with_every_track_done_waits_for_the_head_alone(desk: Desk) -> None:
    made = group(desk, **DONE)
    set_status(desk, "group", made, "developing")
    visit(desk, group=made)
    assert set(told(desk, made, "complete")) == {"head_confirms"}
    with pytest.raises(Invalid):
        take(desk, made, "complete")
    take(desk, made, "complete", head_confirms="จัดหางานจังหวัดยืนยัน 20 ม.ค. 2568")
    assert moves.past(desk.store, "group", made)[-1].to == "developed"


def test_a_visit_for_a_loan_file_of_the_group_counts(desk: Desk) -> None:
    made = borrowing_group(desk, **DONE)
    set_status(desk, "group", made, "developing")
    reasons = {"purpose_sum": "แนบแผนภายหลัง"}
    file = records.save(desk.store, "loan_file", loan(made), reasons=reasons).id
    visit(desk, loan_file=file)
    assert "not_visited" not in told(desk, made, "complete")


@pytest.mark.parametrize("status", ["disbursed", *ENDED[:2]])
def test_a_group_is_dissolved_over_an_open_loan_only_with_a_reason(desk: Desk, status: str) -> None:
    made = borrowing_group(desk)
    reasons = {"purpose_sum": "แนบแผนภายหลัง"}
    file = records.save(desk.store, "loan_file", loan(made), reasons=reasons).id
    set_status(desk, "loan_file", file, status)
    asked = told(desk, made, "dissolve")
    if status in ENDED:
        assert asked == {}
    else:
        number = records.get(desk.store, "loan_file", file).data["file_no"]
        assert number in asked["open_loan"].message
