"""Guards of a class and of its trainees: age, seat, time and score by the training rule (S15)."""

from collections.abc import Iterator
from datetime import date

from app.core import courses
from app.core.errors import Problem
from app.core.i18n import _
from app.models import shapes
from app.services.people.ages import too_young
from app.services.records.guards import guard
from app.services.records.record_view import View
from app.services.records.sources import S1, S15
from app.services.training.counting import (
    attended_enough,
    minutes_attended,
    score_is_enough,
    seats_taken,
    share_attended,
    waiting_before,
)
from app.services.training.courses import least_age


@guard(shapes.ENROLMENT)
def the_trainee_is_of_age(view: View, record_id: str, data: shapes.Enrolment) -> Iterator[Problem]:
    """Refuse who is under the age of the course's type on the first day (S15).

    Where the birth date leaves it open the documents must say: neither pass nor fail.
    """
    class_, person = _class(view, data), view.get(shapes.PERSON, data.get("person"))
    years = least_age(view, class_.get("course"))
    if person is None or years is None or not class_.get("start_on"):
        return
    words = _("The trainee must be {years} years old or more on the first day.")
    refused = Problem("person", words.format(years=years), "under_age", S15)
    yield from too_young(person, years, date.fromisoformat(class_["start_on"]), refused)


@guard(shapes.ENROLMENT)
def a_seat_is_free(view: View, record_id: str, data: shapes.Enrolment) -> Iterator[Problem]:
    """Refuse a seat beyond those of the class (S1); who waits and applied earlier goes first."""
    class_id, seats = data.get("training_class", ""), _class(view, data).get("seats")
    if seats is None:
        return
    if seats_taken(view, class_id, beside=record_id) >= seats:
        yield Problem(
            "status",
            _("All {seats} seats are taken. Put the trainee on the waiting list.").format(
                seats=seats
            ),
            "no_seat",
            S1,
        )
        return
    before = waiting_before(view, class_id, record_id, data)
    if before:
        yield Problem(
            "status",
            _("{count} people on the waiting list applied earlier.").format(count=before),
            "waiting_before",
            warning=True,
        )


@guard(shapes.ENROLMENT)
def the_class_is_running(view: View, record_id: str, data: shapes.Enrolment) -> Iterator[Problem]:
    """Warn where a trainee begins before the class is marked as running."""
    if _class(view, data).get("status") != "running":
        yield Problem(
            "status", _("The class is not marked as running."), "not_running", warning=True
        )


@guard(shapes.ENROLMENT)
def enough_time_was_attended(
    view: View, record_id: str, data: shapes.Enrolment
) -> Iterator[Problem]:
    """Refuse the assessment below 80 % of the course's time, exact in minutes (S15)."""
    minutes, hours = minutes_attended(data), _class(view, data).get("hours", 0)
    if not attended_enough(minutes, hours):
        yield Problem("status", _time_sentence(minutes, hours), "short_of_time", S15)


@guard(shapes.ENROLMENT)
def too_little_time_was_attended(
    view: View, record_id: str, data: shapes.Enrolment
) -> Iterator[Problem]:
    """Refuse to close for lack of time who attended 80 % or more (S15)."""
    minutes, hours = minutes_attended(data), _class(view, data).get("hours", 0)
    if attended_enough(minutes, hours):
        yield Problem("status", _time_sentence(minutes, hours), "enough_time", S15)


@guard(shapes.ENROLMENT)
def the_score_is_enough(view: View, record_id: str, data: shapes.Enrolment) -> Iterator[Problem]:
    """Refuse to complete a training below 60 of 100, exact in hundredths (S15)."""
    if "score" in data and not score_is_enough(data["score"]):
        yield Problem("score", _score_sentence(), "low_score", S15)


@guard(shapes.ENROLMENT)
def the_score_is_too_low(view: View, record_id: str, data: shapes.Enrolment) -> Iterator[Problem]:
    """Refuse to fail who reached 60 of 100 (S15); cheating has a step of its own."""
    if "score" in data and score_is_enough(data["score"]):
        yield Problem("score", _score_sentence(), "enough_score", S15)


@guard(shapes.ENROLMENT)
def the_certificate_follows_the_training(
    view: View, record_id: str, data: shapes.Enrolment
) -> Iterator[Problem]:
    """Refuse a certificate of before the end, of the future, or with another's number (S15)."""
    on, number = data.get("certificate_on", ""), data.get("certificate_no")
    if on > view.today.isoformat():
        yield Problem("certificate_on", _("This date is in the future."), "future")
    if on and on < _class(view, data).get("end_on", ""):
        yield Problem(
            "certificate_on", _("The certificate is older than the end of the class."), "order"
        )
    if not number:
        return
    others = [other for other, _d in view.where(shapes.ENROLMENT, certificate_no=number)]
    if set(others) - {record_id}:
        yield Problem(
            "certificate_no", _("Another certificate has this number already."), "number_twice"
        )


@guard(shapes.TRAINING_CLASS)
def someone_was_selected(
    view: View, record_id: str, data: shapes.TrainingClass
) -> Iterator[Problem]:
    """Warn where a class begins and nobody has a seat in it."""
    if not seats_taken(view, record_id):
        yield Problem(
            "status", _("Nobody has been selected for this class."), "nobody", warning=True
        )


@guard(shapes.TRAINING_CLASS)
def every_trainee_has_a_result(
    view: View, record_id: str, data: shapes.TrainingClass
) -> Iterator[Problem]:
    """Warn where results are summed up while trainees have none."""
    open_ones = [
        each
        for status in ("selected", "training", "assessable")
        for each in view.where(shapes.ENROLMENT, training_class=record_id, status=status)
    ]
    if open_ones:
        yield Problem(
            "status",
            _("{count} trainees have no result yet.").format(count=len(open_ones)),
            "no_result",
            warning=True,
        )


def _class(view: View, data: shapes.Enrolment) -> shapes.TrainingClass:
    return view.get(shapes.TRAINING_CLASS, data.get("training_class")) or {}


def _time_sentence(minutes: int, hours: int) -> str:
    return _(
        "{share} % of the {hours} hours were attended; {least} % give the right to be assessed."
    ).format(
        share=share_attended(minutes, hours),
        hours=hours,
        least=courses.training_rule().least_attended,
    )


def _score_sentence() -> str:
    return _("The training is completed with {least} points or more of 100.").format(
        least=courses.training_rule().least_score
    )
