"""A whole class moved at once, and who is held back is named."""

import pytest

from app.core.errors import Invalid, UserError
from app.services.office.desk import Desk
from app.services.records import history, records
from app.services.training import classes
from app.services.training.attendance import mark
from tests.makers.office import group, join, person, set_status
from tests.makers.training import enrol, seats, status, step, trainee, training_class


def test_every_application_is_checked_but_the_open_and_the_young_ones_are_named(
    desk: Desk,
) -> None:
    class_id = training_class(desk)
    old = enrol(desk, class_id, person(desk, 1))
    young = enrol(desk, class_id, person(desk, 2, birth_date="2010-01-01"))
    unsure = enrol(desk, class_id, person(desk, 3, birth_date="2007"))

    done = classes.check_all(desk.store, class_id)

    assert done.moved == {"checked": 1} and status(desk, old) == "checked"
    assert {(each.id, each.name) for each in done.left} == {
        (young, "สมาชิก2 ตัวอย่าง"), (unsure, "สมาชิก3 ตัวอย่าง"),
    }  # fmt: skip
    assert any("18" in each.reason for each in done.left)


def test_seats_go_by_order_of_application_and_the_rest_wait(desk: Desk) -> None:
    class_id = training_class(desk, seats=2)
    days = ("2025-03-05", "2025-03-03", "2025-03-04", "2025-03-03")
    made = [
        enrol(desk, class_id, person(desk, number), applied_on=day)
        for number, day in enumerate(days, 1)
    ]
    classes.check_all(desk.store, class_id)

    done = classes.select_by_order(desk.store, class_id)

    assert done.moved == {"selected": 2, "reserve": 2} and done.left == ()
    assert [status(desk, each) for each in made] == [
        "reserve", "selected", "reserve", "selected",
    ]  # fmt: skip

    seats(desk, class_id, 3)
    again = classes.select_by_order(desk.store, class_id)
    assert again.moved == {"selected": 1}
    assert status(desk, made[2]) == "selected"
    assert classes.select_by_order(desk.store, class_id).act == ""

    history.undo(desk.store, again.act)
    assert status(desk, made[2]) == "reserve"


def test_a_class_begins_with_everyone_who_was_selected(desk: Desk) -> None:
    class_id = training_class(desk)
    made = enrol(desk, class_id, person(desk))
    step(desk, "training_class", class_id, "open")
    with pytest.raises(Invalid) as refused:
        classes.begin_training(desk.store, class_id)
    assert refused.value.code == "nobody"
    step(desk, "enrolment", made, "check", "select")

    done = classes.begin_training(desk.store, class_id)

    assert done.moved == {"training": 1}
    assert status(desk, class_id, "training_class") == "running"
    assert classes.begin_training(desk.store, class_id).moved == {}


def test_time_and_score_part_the_trainees_exactly(desk: Desk) -> None:
    class_id = training_class(desk)
    made = [trainee(desk, class_id, number) for number in (1, 2, 3)]
    days = [f"2025-03-{day}" for day in range(17, 22)]
    full = dict.fromkeys(days[:4], 360)
    mark(desk.store, class_id, {made[0]: full, made[1]: full, made[2]: full | {days[3]: 359}})

    assert classes.judge_time(desk.store, class_id).moved == {"assessable": 2, "short_of_time": 1}

    done = classes.assess(desk.store, class_id, {made[0]: 6_000, made[1]: 5_999, made[2]: 9_000})
    assert done.moved == {"passed": 1, "failed": 1}
    assert [each.id for each in done.left] == [made[2]]
    again = classes.assess(desk.store, class_id, {made[1]: 6_100})
    assert again.moved == {"passed": 1}
    assert records.get(desk.store, "enrolment", made[1]).data["score"] == 6_100


def test_an_application_begins_with_the_only_group_of_the_person(desk: Desk) -> None:
    class_id, who = training_class(desk), person(desk)
    draft = classes.new_application(desk.store, class_id, who)
    assert set(draft) == {"training_class", "person", "applied_on"}
    one = group(desk)
    join(desk, one, who)
    assert classes.new_application(desk.store, class_id, who)["group"] == one
    join(desk, group(desk, "กลุ่มข้าวมาลี"), who, reasons={"other_group": "สองอาชีพ"})
    assert "group" not in classes.new_application(desk.store, class_id, who)


def test_a_class_that_is_not_here_moves_nobody(desk: Desk) -> None:
    with pytest.raises(UserError) as refused:
        classes.judge_time(desk.store, "x")
    assert refused.value.code == "not_found"


def test_a_class_of_another_status_is_not_begun_twice(desk: Desk) -> None:
    class_id = training_class(desk)
    trainee(desk, class_id)
    set_status(desk, "training_class", class_id, "concluded")
    classes.begin_training(desk.store, class_id)
    assert status(desk, class_id, "training_class") == "concluded"
