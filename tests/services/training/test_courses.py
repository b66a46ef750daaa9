"""A class may be of a course of the programme, or of one that the office entered."""

from app.services.office.desk import Desk
from app.services.records import records
from app.services.training import courses
from tests.makers.office import looking, said

OWN = {"code": "WEAVE", "name": "ทอผ้าพื้นเมือง", "provider": "กรมพัฒนาฝีมือแรงงาน",
       "type": "supplementary", "hours": 60}  # fmt: skip


def test_the_courses_of_the_programme_come_first_and_the_offices_own_after_them(
    desk: Desk,
) -> None:
    records.save(desk.store, "course", OWN)
    with looking(desk, "2025-03-01") as view:
        assert [code for code, _name in courses.choices(view)] == [
            "SCB", "CONTENT", "EDC", "WEAVE",
        ]  # fmt: skip


def test_an_office_lays_its_hours_over_a_course_of_the_programme(desk: Desk) -> None:
    shipped = {"code": "SCB", "name": "Social Commerce (อ่างทอง)", "provider": "สนพ.อ่างทอง",
               "type": "supplementary", "hours": 18, "mode": "live_online"}  # fmt: skip
    records.save(desk.store, "course", shipped)
    with looking(desk, "2025-03-01") as view:
        course = courses.course_of(view, "SCB")
        assert course is not None
        assert (course.hours, course.type, course.modes) == (
            18, "supplementary", ("live_online",),
        )  # fmt: skip
        assert (course.most_seats, course.name) == (500, "Social Commerce (อ่างทอง)")


def test_a_code_that_two_courses_have_is_doubted(desk: Desk) -> None:
    made = records.save(desk.store, "course", OWN).id
    assert said(desk, "course", OWN)["code_twice"].warning
    assert "code_twice" not in said(desk, "course", OWN, made)


def test_the_least_age_follows_the_type_of_the_course(desk: Desk) -> None:
    records.save(desk.store, "course", OWN)
    with looking(desk, "2025-03-01") as view:
        assert courses.least_age(view, "SCB") == 18
        assert courses.least_age(view, "WEAVE") == 15
        assert courses.least_age(view, "UNKNOWN") is None
        assert courses.course_of(view, None) is None
