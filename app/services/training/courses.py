"""The courses as this desk knows them: those of the programme, and the office's own beside them."""

from dataclasses import replace

from app.core import courses
from app.core.courses import Course
from app.models import shapes
from app.services.records.record_view import View


def course_of(view: View, code: str | None) -> Course | None:
    """Return a course by its code, None for an unknown one.

    What the office entered under a shipped code stands over the shipped figures: hours and type,
    where the announcement is silent. A course of the office alone has the seats of the programme,
    which are bound to the place of training and not to a course (S1).
    """
    if not code:
        return None
    own = [data for _id, data in view.where(shapes.COURSE, code=code)]
    found = next((each for each in courses.courses() if each.code == code), None)
    if not own:
        return found
    if found is None:
        of_programme = courses.courses()[0]
        found = replace(
            of_programme, code=code, name=code, provider="", hours=None,
            begins=None, ends=None, sources={},
        )  # fmt: skip
    return _as_entered(found, own[-1])


def choices(view: View) -> tuple[tuple[str, str], ...]:
    """List the (code, name) of the courses a class may be of, the programme's first."""
    own = [data["code"] for _id, data in view.where(shapes.COURSE) if "code" in data]
    known = dict.fromkeys([*(each.code for each in courses.courses()), *own])
    found = [course for code in known if (course := course_of(view, code))]
    return tuple((each.code, each.name) for each in found)


def least_age(view: View, code: str | None) -> int | None:
    """Return the age in years that a trainee of a course has on the first day (S15)."""
    course = course_of(view, code)
    return courses.training_rule().least_ages.get(course.type) if course else None


def _as_entered(found: Course, data: shapes.Course) -> Course:
    """Lay what the office entered over a course; what it left empty stays."""
    return replace(
        found,
        name=data.get("name", found.name),
        provider=data.get("provider", found.provider),
        type=data.get("type", found.type),
        hours=data.get("hours", found.hours),
        modes=(data["mode"],) if "mode" in data else found.modes,
    )
