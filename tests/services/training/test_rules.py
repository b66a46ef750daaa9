"""What a class may say, and who may apply for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import Invalid
from app.services.office.desk import Desk
from app.services.records import records
from app.services.training.days import MOST_DAYS, training_days
from tests.makers.office import change, group, join, person, said, stopped, told
from tests.makers.training import REASONS, class_draft, enrol, step, training_class

DAY = "2025-03-10"


def test_a_class_gets_its_number_and_its_days_by_itself(desk: Desk) -> None:
    first, second = training_class(desk), training_class(desk)

    made = records.get(desk.store, "training_class", first)

    assert made.data["class_no"].endswith("-A-0001")
    other = records.get(desk.store, "training_class", second).data["class_no"]
    assert other.endswith("-A-0002")
    assert made.title == f"{made.data['class_no']} หอประชุมอำเภอเมืองอ่างทอง"
    assert made.data["days"] == [
        {"day": f"2025-03-{day}", "minutes": 360} for day in (17, 18, 19, 20, 21)
    ]


def test_days_that_were_typed_stay_as_they_are(desk: Desk) -> None:
    days = [{"day": "2025-03-17", "minutes": 1200}, {"day": "2025-03-21", "minutes": 600}]
    made = training_class(desk, days=days)
    assert records.get(desk.store, "training_class", made).data["days"] == days


@given(st.dates().filter(lambda day: day.year < 9000), st.integers(0, 250), st.integers(1, 2000))
def test_days_filled_in_add_up_to_the_hours_and_lie_in_the_class(first, more, hours) -> None:
    last = first.fromordinal(first.toordinal() + more)
    data = {"start_on": first.isoformat(), "end_on": last.isoformat(), "hours": hours}

    days = training_days(data)

    named = [row["day"] for row in days]
    assert named == sorted(set(named)) and len(days) <= MOST_DAYS
    if days:
        assert sum(row["minutes"] for row in days) == hours * 60
        assert data["start_on"] <= named[0] and named[-1] <= data["end_on"]
        assert all(row["minutes"] >= 60 for row in days)


def test_a_weekend_is_left_out_unless_its_hours_are_needed() -> None:
    week = {"start_on": "2025-03-17", "end_on": "2025-03-23"}
    assert len(training_days(week | {"hours": 40})) == 5
    assert len(training_days(week | {"hours": 42})) == 7
    assert training_days(week | {"hours": 57}) == []
    assert training_days(week | {"hours": 4}) == []
    assert training_days({"hours": 4}) == []


def test_a_course_of_nobody_is_refused(desk: Desk) -> None:
    assert "course" in stopped(desk, "training_class", class_draft(course="GOLF"))


def test_a_class_does_not_end_before_it_begins(desk: Desk) -> None:
    found = said(desk, "training_class", class_draft(end_on="2025-03-16"))
    assert not found["order"].warning and found["order"].source.startswith("S16")


def test_a_class_outside_the_announced_months_is_doubted(desk: Desk) -> None:
    late = class_draft(start_on="2025-08-04", end_on="2025-08-08")
    assert said(desk, "training_class", late)["outside_months"].warning
    own = {
        "code": "WEAVE",
        "name": "ทอผ้า",
        "provider": "สนพ.",
        "type": "supplementary",
        "hours": 30,
    }
    records.save(desk.store, "course", own)
    assert "outside_months" not in said(desk, "training_class", late | {"course": "WEAVE"})


def test_applications_after_the_beginning_are_doubted(desk: Desk) -> None:
    found = said(desk, "training_class", class_draft(apply_to="2025-03-18"))
    assert found["applications_late"].warning
    assert "applications_late" not in said(
        desk, "training_class", class_draft(apply_to="2025-03-14")
    )


@pytest.mark.parametrize(
    ("seats", "codes"), [(99, {"few_seats"}), (100, set()), (500, set()), (501, {"seats"})]
)
def test_seats_stay_within_the_announcement(desk: Desk, seats: int, codes: set[str]) -> None:
    assert told(desk, "training_class", class_draft(seats=seats), DAY) == codes


def test_a_class_that_is_typed_only_in_part_is_not_judged(desk: Desk) -> None:
    assert told(desk, "training_class", {}, DAY) == set()
    assert told(desk, "training_class", {"course": "SCB"}, DAY) == set()


def test_the_days_lie_in_the_class_and_add_up_to_its_hours(desk: Desk) -> None:
    def codes(*days: tuple[str, int]) -> set[str]:
        rows = [{"day": day, "minutes": minutes} for day, minutes in days]
        return told(desk, "training_class", class_draft(days=rows), DAY)

    assert codes(("2025-03-17", 900), ("2025-03-18", 900)) == set()
    assert codes(("2025-03-17", 900), ("2025-03-18", 899)) == {"days_sum"}
    assert codes(("2025-03-17", 900), ("2025-03-22", 900)) == {"day_outside"}
    assert codes(("2025-03-17", 900), ("2025-03-17", 900)) == {"day_twice"}
    row = {"day": "2025-03-17", "minutes": 1410}
    found = said(desk, "training_class", class_draft(days=[row]))
    assert "23:30" in found["days_sum"].message


def test_one_person_applies_once_for_a_class(desk: Desk) -> None:
    class_id, who = training_class(desk), person(desk)
    first = enrol(desk, class_id, who)
    with pytest.raises(Invalid) as refused:
        enrol(desk, class_id, who)
    assert {each.code for each in refused.value.problems} == {"applied_twice"}
    enrol(desk, training_class(desk), who)

    records.void(desk.store, "enrolment", first, "กรอกผิดรุ่น")
    enrol(desk, class_id, who)


def test_the_linking_of_data_must_be_answered(desk: Desk) -> None:
    draft = {
        "training_class": training_class(desk), "person": person(desk), "applied_on": "2025-03-03"
    }  # fmt: skip
    assert stopped(desk, "enrolment", draft) == {"missing"}
    assert stopped(desk, "enrolment", draft | {"link_consent": "refuses"}) == set()


def test_who_has_died_does_not_apply_and_leaves_by_a_step(desk: Desk) -> None:
    class_id, who = training_class(desk), person(desk)
    made = enrol(desk, class_id, who)
    step(desk, "enrolment", made, "check")
    change(desk, "person", who, life_status="dead")

    data = records.get(desk.store, "enrolment", made).data
    assert said(desk, "enrolment", data, made)["dead"].warning
    assert not said(desk, "enrolment", data | {"status": "applied"})["dead"].warning
    step(desk, "enrolment", made, "died")
    assert told(desk, "enrolment", data | {"status": "died"}, DAY, made) == set()


def test_an_application_is_neither_of_the_future_nor_late(desk: Desk) -> None:
    class_id = training_class(desk, apply_to="2025-03-14")

    def codes(applied_on: str) -> set[str]:
        draft = {"training_class": class_id, "applied_on": applied_on}
        return told(desk, "enrolment", draft, "2025-03-20")

    assert codes("2025-03-14") == set()
    assert codes("2025-03-15") == {"late_application"}
    assert codes("2025-03-21") == {"late_application", "future"}
    assert told(desk, "enrolment", {"person": person(desk)}, DAY) == set()


def test_a_trainee_is_a_member_of_the_named_group(desk: Desk) -> None:
    class_id, who, made = training_class(desk), person(desk), group(desk)
    draft = {"training_class": class_id, "person": who, "group": made}
    assert told(desk, "enrolment", draft, DAY) == {"not_member"}

    member = join(desk, made, who)
    assert told(desk, "enrolment", draft, DAY) == set()

    change(desk, "membership", member, left_on="2025-03-01")
    assert told(desk, "enrolment", draft, DAY) == {"not_member"}


def test_the_reasons_of_a_class_stay_with_it(desk: Desk) -> None:
    made = training_class(desk, seats=30)
    assert records.get(desk.store, "training_class", made).data["reasons"] == {
        "few_seats": REASONS["few_seats"]
    }
