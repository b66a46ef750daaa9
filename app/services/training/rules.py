"""Rules about a class and about who applies for it (S1, S15, S16)."""

from collections import Counter
from collections.abc import Iterator

from app.core import thai
from app.core.errors import Problem
from app.core.i18n import _
from app.models import shapes
from app.models.people.person import Person
from app.services.people.ages import is_alive
from app.services.records.record_view import View
from app.services.records.rules import rule
from app.services.records.sources import S1, S16
from app.services.training.courses import course_of


@rule(shapes.COURSE)
def the_code_is_one_courses(view: View, record_id: str, data: shapes.Course) -> Iterator[Problem]:
    """Warn where another course of the office has the code already: only one of them is taken."""
    others = [other for other, _d in view.where(shapes.COURSE, code=data.get("code", ""))]
    if set(others) - {record_id}:
        yield Problem(
            "code", _("Another course has this code already."), "code_twice", warning=True
        )


@rule(shapes.TRAINING_CLASS)
def the_course_is_known(
    view: View, record_id: str, data: shapes.TrainingClass
) -> Iterator[Problem]:
    """Refuse a course that neither the programme nor the office knows."""
    if data.get("course") and course_of(view, data["course"]) is None:
        yield Problem("course", _("Choose a course of the list."), "course")


@rule(shapes.TRAINING_CLASS)
def the_class_dates_follow_each_other(
    view: View, record_id: str, data: shapes.TrainingClass
) -> Iterator[Problem]:
    """Refuse an end before the beginning; warn outside the announced months (S1)."""
    begins, ends = data.get("start_on", ""), data.get("end_on", "")
    if begins and ends and ends < begins:
        yield Problem("end_on", _("The class ends before it begins."), "order", S16)
    if begins and data.get("apply_to", "") > begins:
        yield Problem(
            "apply_to",
            _("Applications are taken until after the class has begun."),
            "applications_late",
            warning=True,
        )
    course = course_of(view, data.get("course"))
    if course is None or course.begins is None or course.ends is None or not begins:
        return
    if not course.begins.isoformat() <= begins <= course.ends.isoformat():
        yield Problem(
            "start_on",
            _("The course is announced for {begins} to {ends}.").format(
                begins=thai.format_date(course.begins.isoformat(), "short"),
                ends=thai.format_date(course.ends.isoformat(), "short"),
            ),
            "outside_months",
            S1,
            warning=True,
        )


@rule(shapes.TRAINING_CLASS)
def the_seats_are_within_bounds(
    view: View, record_id: str, data: shapes.TrainingClass
) -> Iterator[Problem]:
    """Refuse more seats than the announcement allows a place; fewer than its least warn (S1)."""
    course, seats = course_of(view, data.get("course")), data.get("seats")
    if course is None or seats is None:
        return
    if seats > course.most_seats:
        yield Problem(
            "seats",
            _("A place of training takes at most {most} people.").format(most=course.most_seats),
            "seats",
            S1,
        )
    if seats < course.least_seats:
        yield Problem(
            "seats",
            _("The announcement speaks of {least} people or more.").format(
                least=course.least_seats
            ),
            "few_seats",
            S1,
            warning=True,
        )


@rule(shapes.TRAINING_CLASS)
def the_days_fit_the_class(
    view: View, record_id: str, data: shapes.TrainingClass
) -> Iterator[Problem]:
    """Refuse a day named twice; warn of days outside the class and of another sum of hours."""
    days = data.get("days") or []
    begins, ends = data.get("start_on", ""), data.get("end_on", "9999")
    if any(count > 1 for count in Counter(day.get("day") for day in days).values()):
        yield Problem("days", _("A day of training is named twice."), "day_twice")
    if any(not begins <= day.get("day", begins) <= ends for day in days):
        yield Problem(
            "days",
            _("A day of training lies outside the class. Without days they are filled in anew."),
            "day_outside",
            warning=True,
        )
    hours, minutes = data.get("hours"), sum(day.get("minutes", 0) for day in days)
    if days and hours and minutes != hours * 60:
        yield Problem(
            "days",
            _("The days add up to {sum}, not to the {hours} hours of the class.").format(
                sum=hours_text(minutes), hours=hours
            ),
            "days_sum",
            warning=True,
        )


@rule(shapes.ENROLMENT)
def nobody_applies_twice(view: View, record_id: str, data: shapes.Enrolment) -> Iterator[Problem]:
    """Refuse a second application of one person for one class (S16)."""
    person, class_id = data.get("person"), data.get("training_class")
    if not person or not class_id:
        return
    for other_id, other in view.where(shapes.ENROLMENT, person=person):
        if other_id != record_id and other.get("training_class") == class_id:
            name = Person.title(view.get(shapes.PERSON, person) or {})
            yield Problem(
                "person",
                _("{name} has applied for this class already.").format(name=name),
                "applied_twice",
                S16,
            )
            return


@rule(shapes.ENROLMENT)
def the_trainee_is_living(view: View, record_id: str, data: shapes.Enrolment) -> Iterator[Problem]:
    """Refuse the application of a person who has died; one in training leaves by its step."""
    person = view.get(shapes.PERSON, data.get("person"))
    if person is None or is_alive(person) or data.get("status") not in (None, *_ON_THE_WAY):
        return
    applying = data.get("status") in (None, "applied")
    yield Problem("person", _("This person has died."), "dead", warning=not applying)


@rule(shapes.ENROLMENT)
def the_application_came_in_time(
    view: View, record_id: str, data: shapes.Enrolment
) -> Iterator[Problem]:
    """Refuse an application of the future; one after the last day of applying warns."""
    applied = data.get("applied_on", "")
    if applied > view.today.isoformat():
        yield Problem("applied_on", _("This date is in the future."), "future")
    class_ = view.get(shapes.TRAINING_CLASS, data.get("training_class")) or {}
    if class_.get("apply_to") and applied > class_["apply_to"]:
        yield Problem(
            "applied_on",
            _("Applications were taken until {date}.").format(
                date=thai.format_date(class_["apply_to"], "short")
            ),
            "late_application",
            warning=True,
        )


@rule(shapes.ENROLMENT)
def the_trainee_is_of_the_named_group(
    view: View, record_id: str, data: shapes.Enrolment
) -> Iterator[Problem]:
    """Warn where the group that a trainee is entered for does not have the person as a member."""
    person, group = data.get("person"), data.get("group")
    if person and group and group not in groups_of(view, person):
        yield Problem(
            "group", _("This person is not entered as a member of the group."), "not_member",
            warning=True,
        )  # fmt: skip


def groups_of(view: View, person: str) -> list[str]:
    """List the groups that a person is a member of now."""
    return [
        data["group"]
        for _id, data in view.where(shapes.MEMBERSHIP, person=person)
        if "group" in data and not data.get("left_on")
    ]


def hours_text(minutes: int) -> str:
    """Write a time of training as the clerk says it: "23:30 hours"."""
    return _("{hours}:{minutes} hours").format(hours=minutes // 60, minutes=f"{minutes % 60:02}")


_ON_THE_WAY = ("applied", "checked", "selected", "reserve", "training", "assessable")
