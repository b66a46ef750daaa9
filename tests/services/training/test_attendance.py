"""The attendance of a class: many marks in one act, exact minutes, nothing of another hand lost."""

import pytest

from app.core.errors import Changed, Invalid, UserError
from app.services.office.desk import Desk
from app.services.records import history, records
from app.services.training import attendance
from app.services.training.attendance import Grid, all_present, grid, mark
from tests.makers.office import change, person, set_status
from tests.makers.training import enrol, step, trainee, training_class

DAY, NEXT = "2025-03-17", "2025-03-18"


def bases(found: Grid) -> dict[str, tuple[str, ...]]:
    return {each.id: each.heads for each in found.trainees}


def test_a_class_of_thirty_is_marked_present_in_one_act_and_three_are_absent(desk: Desk) -> None:
    class_id = training_class(desk)
    made = [trainee(desk, class_id, number) for number in range(1, 31)]
    before = grid(desk.store, class_id)
    marks = all_present(before, DAY) | {each: {DAY: 0} for each in made[:3]}

    done = mark(desk.store, class_id, marks, base=bases(before))

    after = grid(desk.store, class_id)
    assert done.trainees == 30
    assert sum(each.attended[DAY] == 360 for each in after.trainees) == 27
    assert [each.attended for each in after.trainees[:3]] == [{DAY: 0}] * 3
    assert after.trainees[5].share == "20.00" and not after.trainees[5].is_enough
    assert (after.seated, after.seats, after.hours) == (30, 100, 30)
    assert all_present(after, DAY) == {}

    history.undo(desk.store, done.act)
    assert all(each.attended == {} for each in grid(desk.store, class_id).trainees)


def test_a_part_of_a_day_counts_in_minutes_and_a_mark_can_be_taken_back(desk: Desk) -> None:
    class_id = training_class(desk)
    made = trainee(desk, class_id)
    mark(desk.store, class_id, {made: {DAY: 90, NEXT: 360}})
    assert grid(desk.store, class_id).trainees[0].attended == {DAY: 90, NEXT: 360}

    mark(desk.store, class_id, {made: {DAY: None}})
    assert grid(desk.store, class_id).trainees[0].attended == {NEXT: 360}
    mark(desk.store, class_id, {made: {NEXT: None}})
    assert "attended" not in records.get(desk.store, "enrolment", made).data


def test_marks_that_change_nothing_write_nothing(desk: Desk) -> None:
    class_id = training_class(desk)
    made = trainee(desk, class_id)
    mark(desk.store, class_id, {made: {DAY: 360}})
    again = mark(desk.store, class_id, {made: {DAY: 360}})
    assert (again.act, again.trainees) == ("", 0)


@pytest.mark.parametrize(
    ("marks", "code"),
    [({DAY: 361}, "minutes"), ({DAY: -1}, "minutes"), ({"2025-03-22": 60}, "no_day")],
)
def test_a_mark_that_does_not_fit_the_class_is_refused_and_none_is_stored(
    desk: Desk, marks: dict[str, int | None], code: str
) -> None:
    class_id = training_class(desk)
    good, bad = trainee(desk, class_id, 1), trainee(desk, class_id, 2)
    with pytest.raises(Invalid) as refused:
        mark(desk.store, class_id, {good: {DAY: 360}, bad: marks})
    assert refused.value.code == code
    assert all(each.attended == {} for each in grid(desk.store, class_id).trainees)


def test_only_who_is_in_training_is_marked(desk: Desk) -> None:
    class_id = training_class(desk)
    waiting = enrol(desk, class_id, person(desk))
    with pytest.raises(Invalid) as refused:
        mark(desk.store, class_id, {waiting: {DAY: 360}})
    assert refused.value.code == "not_attending" and "สมาชิก1" in refused.value.sentence
    elsewhere = trainee(desk, training_class(desk), 2)
    for class_, one in ((class_id, elsewhere), (class_id, "x"), ("x", waiting)):
        with pytest.raises(UserError) as missing:
            mark(desk.store, class_, {one: {DAY: 360}})
        assert missing.value.code == "not_found"
    with pytest.raises(UserError):
        grid(desk.store, "x")


def test_marks_over_another_hands_change_are_refused(desk: Desk) -> None:
    class_id = training_class(desk)
    made = trainee(desk, class_id)
    old = bases(grid(desk.store, class_id))
    change(desk, "enrolment", made, note="ย้ายที่นั่ง")
    with pytest.raises(Changed):
        mark(desk.store, class_id, {made: {DAY: 360}}, base=old)


def test_the_grid_lists_seats_first_then_applications_then_who_waits_and_who_left(
    desk: Desk,
) -> None:
    class_id = training_class(desk)
    left, waiting, applied, late, early = (
        enrol(desk, class_id, person(desk, number), applied_on=day)
        for number, day in enumerate(
            ("2025-03-01", "2025-03-01", "2025-03-01", "2025-03-05", "2025-03-04"), 1
        )
    )
    step(desk, "enrolment", left, "resign")
    step(desk, "enrolment", waiting, "check", "reserve")
    for each in (late, early):
        step(desk, "enrolment", each, "check")
        set_status(desk, "enrolment", each, "selected")

    found = grid(desk.store, class_id)

    assert [each.id for each in found.trainees] == [early, late, applied, waiting, left]
    assert [each.attends for each in found.trainees] == [True, True, False, False, False]
    assert found.trainees[0].masked_id.startswith("x-xxxx")
    assert found.title.endswith("อ่างทอง")


def test_a_day_taken_from_the_class_keeps_what_was_marked_on_it(desk: Desk) -> None:
    class_id = training_class(desk)
    made = trainee(desk, class_id)
    mark(desk.store, class_id, {made: {DAY: 360}})
    days = [{"day": NEXT, "minutes": 1200}, {"day": "2025-03-19", "minutes": 600}]
    change(desk, "training_class", class_id, days=days)
    mark(desk.store, class_id, {made: {NEXT: 100}})
    assert attendance.grid(desk.store, class_id).trainees[0].attended == {DAY: 360, NEXT: 100}
