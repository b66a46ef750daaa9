"""Both sides of every border of the rules and steps of training, and what refuses or only warns."""

from typing import Any

import pytest

from app.core.codes.training import CLASS_STATUSES, ENROLMENT_STATUSES
from app.services.office.desk import Desk
from app.services.records import records
from tests.makers.office import asked, from_elsewhere, group, join, person, weighed
from tests.makers.training import class_draft, enrol, training_class

DAY = "2025-03-10"
ROW = {"day": "2025-03-17", "minutes": 1800}
ON_THE_WAY = {"applied", "checked", "selected", "reserve", "training", "assessable"}
SEATED = {
    "selected", "training", "assessable", "passed", "certificated", "short_of_time", "failed",
}  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "code", "weight"),
    [
        ({"course": "GOLF"}, "course", "refuses"),
        ({"course": None}, "course", None),
        ({}, "course", None),
        ({"end_on": "2025-03-17"}, "order", None),
        ({"end_on": "2025-03-16"}, "order", "refuses"),
        ({"end_on": None}, "order", None),
        ({"start_on": None}, "order", None),
        ({"apply_to": "2025-03-17"}, "applications_late", None),
        ({"apply_to": "2025-03-18"}, "applications_late", "warns"),
        ({"apply_to": None}, "applications_late", None),
        ({"apply_to": "2025-03-18", "start_on": None}, "applications_late", None),
        ({"start_on": "2025-01-01"}, "outside_months", None),
        ({"start_on": "2024-12-31"}, "outside_months", "warns"),
        ({"start_on": "2025-07-31", "end_on": None}, "outside_months", None),
        ({"start_on": "2025-08-01", "end_on": None}, "outside_months", "warns"),
        ({"start_on": None}, "outside_months", None),
        ({"seats": 99}, "few_seats", "warns"),
        ({"seats": 100}, "few_seats", None),
        ({"seats": 500}, "seats", None),
        ({"seats": 501}, "seats", "refuses"),
        ({"seats": None}, "few_seats", None),
        ({"days": [ROW]}, "day_twice", None),
        ({"days": [ROW, ROW]}, "day_twice", "refuses"),
        ({"days": [ROW | {"day": "2025-03-21"}]}, "day_outside", None),
        ({"days": [ROW | {"day": "2025-03-22"}]}, "day_outside", "warns"),
        ({"days": [ROW | {"day": "2025-03-16"}]}, "day_outside", "warns"),
        ({"days": [ROW | {"day": "2025-03-22"}], "end_on": None}, "day_outside", None),
        ({"days": [{"minutes": 1800}]}, "day_outside", None),
        ({"days": [ROW]}, "days_sum", None),
        ({"days": [ROW | {"minutes": 1799}]}, "days_sum", "warns"),
        ({"days": [ROW | {"minutes": 1801}]}, "days_sum", "warns"),
        ({"days": [ROW, {"day": "2025-03-18"}]}, "days_sum", None),
        ({"days": [ROW | {"minutes": 1799}], "hours": None}, "days_sum", None),
        ({"days": []}, "days_sum", None),
        ({"days": None}, "days_sum", None),
    ],
)
def test_a_rule_of_a_class_speaks_on_one_side_of_its_border(
    desk: Desk, changed: dict[str, Any], code: str, weight: str | None
) -> None:
    assert weighed(desk, "training_class", class_draft(**changed), DAY).get(code) == weight


def test_a_course_has_its_code_alone(desk: Desk) -> None:
    draft = {"code": "WEAVE", "name": "ทอผ้า"}
    first = from_elsewhere(desk, "course", draft)

    assert weighed(desk, "course", draft, DAY).get("code_twice") == "warns"
    assert "code_twice" not in weighed(desk, "course", draft, DAY, first)
    assert "code_twice" not in weighed(desk, "course", draft | {"code": "GOLF"}, DAY)


@pytest.mark.parametrize("status", [code for code, _word in ENROLMENT_STATUSES])
def test_a_death_is_said_of_whoever_is_still_on_the_way(desk: Desk, status: str) -> None:
    dead, alive = person(desk, 1, life_status="dead"), person(desk, 2)
    weight = None if status not in ON_THE_WAY else "refuses" if status == "applied" else "warns"

    said = weighed(desk, "enrolment", {"person": dead, "status": status}, DAY)

    assert said.get("dead") == weight
    assert "dead" not in weighed(desk, "enrolment", {"person": alive, "status": status}, DAY)
    assert weighed(desk, "enrolment", {"person": dead}, DAY)["dead"] == "refuses"


@pytest.mark.parametrize(
    ("applied", "code", "weight"),
    [
        (DAY, "future", None),
        ("2025-03-11", "future", "refuses"),
        ("2025-03-05", "late_application", None),
        ("2025-03-06", "late_application", "warns"),
        (None, "late_application", None),
    ],
)
def test_an_application_comes_in_time(
    desk: Desk, applied: str | None, code: str, weight: str | None
) -> None:
    class_id = training_class(desk, apply_to="2025-03-05")
    draft = {"training_class": class_id} | ({"applied_on": applied} if applied else {})

    assert weighed(desk, "enrolment", draft, DAY).get(code) == weight
    always = training_class(desk)
    open_end = weighed(desk, "enrolment", draft | {"training_class": always}, DAY)
    assert "late_application" not in open_end


def test_a_person_applies_once_for_a_class_and_a_class_is_no_other(desk: Desk) -> None:
    class_id, other, who = training_class(desk), training_class(desk), person(desk)
    first = enrol(desk, class_id, who)
    draft = {"training_class": class_id, "person": who}

    assert weighed(desk, "enrolment", draft, DAY) == {"applied_twice": "refuses"}
    assert weighed(desk, "enrolment", draft, DAY, first) == {}
    assert weighed(desk, "enrolment", draft | {"training_class": other}, DAY) == {}
    assert weighed(desk, "enrolment", {"person": who}, DAY) == {}
    assert weighed(desk, "enrolment", {"training_class": class_id}, DAY) == {}


def test_a_trainee_of_a_group_is_its_member_now(desk: Desk) -> None:
    who, made = person(desk), group(desk)
    draft = {"person": who, "group": made}
    assert weighed(desk, "enrolment", draft, DAY) == {"not_member": "warns"}
    for part in ("person", "group"):
        assert weighed(desk, "enrolment", {part: draft[part]}, DAY) == {}

    from_elsewhere(desk, "membership", {"person": who, "role": "member"})
    assert weighed(desk, "enrolment", draft, DAY) == {"not_member": "warns"}
    join(desk, made, who)
    assert weighed(desk, "enrolment", draft, DAY) == {}


@pytest.mark.parametrize("status", [code for code, _word in CLASS_STATUSES])
def test_a_trainee_begins_in_a_running_class(desk: Desk, status: str) -> None:
    class_id = from_elsewhere(desk, "training_class", class_draft(status=status))

    said = asked(desk, "the_class_is_running", {"training_class": class_id}, DAY)

    assert said == ({} if status == "running" else {"not_running": "warns"})


@pytest.mark.parametrize("status", [code for code, _word in ENROLMENT_STATUSES])
def test_who_has_a_seat_fills_the_class_and_who_has_no_result_holds_it_open(
    desk: Desk, status: str
) -> None:
    class_id = from_elsewhere(desk, "training_class", class_draft(seats=1, status="running"))
    kept = {"training_class": class_id, "person": person(desk), "status": status}
    first = from_elsewhere(desk, "enrolment", kept)
    is_open = status in {"selected", "training", "assessable"}
    seat = {"training_class": class_id}

    full = asked(desk, "a_seat_is_free", seat, DAY)
    nobody = asked(desk, "someone_was_selected", {}, DAY, class_id)
    no_result = asked(desk, "every_trainee_has_a_result", {}, DAY, class_id)

    assert full.get("no_seat") == ("refuses" if status in SEATED else None)
    assert asked(desk, "a_seat_is_free", seat, DAY, first) == {}
    assert nobody == ({} if status in SEATED else {"nobody": "warns"})
    assert no_result == ({"no_result": "warns"} if is_open else {})


def test_who_waits_and_applied_earlier_is_counted(desk: Desk) -> None:
    class_id = from_elsewhere(desk, "training_class", class_draft(seats=2))
    waits = {"training_class": class_id, "status": "reserve", "applied_on": "2025-03-04"}
    from_elsewhere(desk, "enrolment", waits | {"person": person(desk)})
    for day, weight in (("2025-03-03", None), ("2025-03-05", "warns")):
        draft = {"training_class": class_id, "applied_on": day}
        assert asked(desk, "a_seat_is_free", draft, DAY).get("waiting_before") == weight

    unlimited = from_elsewhere(desk, "training_class", class_draft(seats=None))
    draft = {"training_class": unlimited, "applied_on": "2025-03-05"}
    assert asked(desk, "a_seat_is_free", draft, DAY) == {}


@pytest.mark.parametrize(
    ("born", "expected"),
    [
        ("2007-03-17", {}),
        ("2007-03-18", {"under_age": "refuses"}),
        ("2007", {"age_unknown": "warns"}),
        ("2006", {}),
    ],
)
def test_the_age_is_that_of_the_first_day(desk: Desk, born: str, expected: dict[str, str]) -> None:
    draft = {"training_class": training_class(desk), "person": person(desk, birth_date=born)}

    assert asked(desk, "the_trainee_is_of_age", draft, DAY) == expected
    for changed in ({"start_on": None}, {"course": "GOLF"}):
        class_id = from_elsewhere(desk, "training_class", class_draft(**changed))
        without = draft | {"training_class": class_id}
        assert asked(desk, "the_trainee_is_of_age", without, DAY) == {}
    nobody = {"training_class": draft["training_class"]}
    assert asked(desk, "the_trainee_is_of_age", nobody, DAY) == {}


@pytest.mark.parametrize(("minutes", "is_enough"), [(1439, False), (1440, True), (1441, True)])
def test_eighty_percent_of_thirty_hours_are_1440_minutes(
    desk: Desk, minutes: int, is_enough: bool
) -> None:
    draft = {"training_class": training_class(desk), "attended": [{"minutes": minutes}]}

    enough = asked(desk, "enough_time_was_attended", draft, DAY)
    too_little = asked(desk, "too_little_time_was_attended", draft, DAY)

    assert enough == ({} if is_enough else {"short_of_time": "refuses"})
    assert too_little == ({"enough_time": "refuses"} if is_enough else {})


def test_of_a_class_without_hours_any_time_is_enough(desk: Desk) -> None:
    draft = {"training_class": from_elsewhere(desk, "training_class", class_draft(hours=None))}

    assert asked(desk, "enough_time_was_attended", draft, DAY) == {}
    assert asked(desk, "too_little_time_was_attended", draft, DAY) == {"enough_time": "refuses"}


@pytest.mark.parametrize(("score", "is_enough"), [(5_999, False), (6_000, True), (6_001, True)])
def test_sixty_points_complete_a_training(desk: Desk, score: int, is_enough: bool) -> None:
    assert asked(desk, "the_score_is_enough", {"score": score}, DAY) == (
        {} if is_enough else {"low_score": "refuses"}
    )
    assert asked(desk, "the_score_is_too_low", {"score": score}, DAY) == (
        {"enough_score": "refuses"} if is_enough else {}
    )
    for guard in ("the_score_is_enough", "the_score_is_too_low"):
        assert asked(desk, guard, {}, DAY) == {}


@pytest.mark.parametrize(
    ("on", "code", "weight"),
    [
        ("2025-03-21", "order", None),
        ("2025-03-20", "order", "refuses"),
        ("2025-04-01", "future", None),
        ("2025-04-02", "future", "refuses"),
        (None, "order", None),
    ],
)
def test_a_certificate_is_of_a_day_between_the_end_and_today(
    desk: Desk, on: str | None, code: str, weight: str | None
) -> None:
    draft = {"training_class": training_class(desk)} | ({"certificate_on": on} if on else {})
    guard = "the_certificate_follows_the_training"

    assert asked(desk, guard, draft, "2025-04-01").get(code) == weight


def test_a_certificate_has_its_number_alone(desk: Desk) -> None:
    first = from_elsewhere(desk, "enrolment", {"certificate_no": "1/68"})
    guard = "the_certificate_follows_the_training"

    assert asked(desk, guard, {"certificate_no": "1/68"}, DAY) == {"number_twice": "refuses"}
    assert asked(desk, guard, {"certificate_no": "1/68"}, DAY, first) == {}
    assert asked(desk, guard, {"certificate_no": "2/68"}, DAY) == {}
    assert records.get(desk.store, "enrolment", first).data["certificate_no"] == "1/68"
