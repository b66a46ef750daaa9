"""The papers of training: application (P4), sign-in sheet (P5), results (P6)."""

from datetime import date

from app.core import thai
from app.models import shapes
from app.models.people.person import Person as PersonRecord
from app.reports.forms.attendance_sheet import AttendanceSheet, SheetDay, Signing
from app.reports.forms.training_application import Applicant, TrainingApplication
from app.reports.forms.training_results import Result, TrainingResults
from app.reports.stamp import Stamp
from app.services.people import consents, on_paper
from app.services.people.ages import is_at_least
from app.services.printing.gathering import gathers, texts
from app.services.records.record_view import View
from app.services.training.attendance import in_order
from app.services.training.counting import ATTENDING, SEATED, minutes_attended, share_attended
from app.services.training.courses import course_of

_OF_AGE = 20  # ป.พ.พ. มาตรา 19: a guardian signs for anyone younger
_AFTER_SELECTION = (*SEATED, "resigned", "died", "unqualified", "dismissed")


@gathers("training_application", shapes.ENROLMENT)
def training_application(
    view: View, stamp: Stamp, record_id: str, data: shapes.Enrolment
) -> TrainingApplication:
    """Gather P4: the person by the lists of the form, the class, and the answers given."""
    class_ = view.get(shapes.TRAINING_CLASS, data.get("training_class")) or {}
    person = view.get(shapes.PERSON, data.get("person")) or {}
    course = course_of(view, class_.get("course"))
    on = date.fromisoformat(data.get("applied_on") or view.today.isoformat())
    return TrainingApplication(
        stamp=stamp,
        purpose=course.type if course else "",
        course=course.name if course else "",
        applicant=_applicant(view, data.get("person", ""), person, on),
        hours=class_.get("hours"),
        **texts(class_, "class_no", "start_on", "end_on"),
        **texts(data, "workplace", "industry", "heard_from", "link_consent", "job_help"),
        applied_on=data.get("applied_on", ""),
        is_minor=is_at_least(person, _OF_AGE, on) is not True,
    )


@gathers("attendance_sheet", shapes.TRAINING_CLASS)
def attendance_sheet(
    view: View, stamp: Stamp, record_id: str, data: shapes.TrainingClass
) -> AttendanceSheet:
    """Gather P5: the days of a class and who signs on them."""
    course = course_of(view, data.get("course"))
    signing = [each for _id, each in in_order(view, record_id) if each.get("status") in ATTENDING]
    return AttendanceSheet(
        stamp=stamp,
        course=course.name if course else "",
        **texts(data, "class_no", "mode", "place", "trainer"),
        days=tuple(SheetDay(row["day"], row["minutes"]) for row in data.get("days") or ()),
        trainees=tuple(_signing(view, each) for each in signing),
    )


@gathers("training_results", shapes.TRAINING_CLASS)
def training_results(
    view: View, stamp: Stamp, record_id: str, data: shapes.TrainingClass
) -> TrainingResults:
    """Gather P6: everyone who was selected, and what became of each."""
    course = course_of(view, data.get("course"))
    found = [row for row in in_order(view, record_id) if row[1].get("status") in _AFTER_SELECTION]
    return TrainingResults(
        stamp=stamp,
        course=course.name if course else "",
        **texts(data, "class_no", "place", "start_on", "end_on"),
        hours=data.get("hours"),
        results=tuple(_result(view, each, data.get("hours", 0)) for _id, each in found),
    )


def _applicant(view: View, person_id: str, person: shapes.Person, on: date) -> Applicant:
    body, kinds = _body(view, person_id)
    english = (person.get("first_en"), person.get("last_en"))
    return Applicant(
        person=on_paper.person(person, on),
        name_en=" ".join(filter(None, english)),
        birth_on=person.get("birth_date", ""),
        body=body,
        disabilities=kinds,
        work_years=person.get("work_years"),
        **texts(person, "sex", "email", "education", "major", "work_status"),
        **texts(person, "work_sector", "unemployed_reason", "income_band"),
        **texts(person, "position"),
    )


def _body(view: View, person_id: str) -> tuple[str, tuple[str, ...]]:
    """Return the words about a disability that a person let be printed; none without consent."""
    found = view.where(shapes.DISABILITY, person=person_id)
    if not found or person_id not in consents.agreed(view, "disability"):
        return "", ()
    rows = found[-1][1].get("kinds") or ()
    kinds = tuple(row["kind"] for row in rows if "kind" in row)
    return ("disabled" if kinds else "normal"), kinds


def _signing(view: View, data: shapes.Enrolment) -> Signing:
    person = view.get(shapes.PERSON, data.get("person")) or {}
    number = person.get("id_no") or person.get("passport_no", "")
    return Signing(PersonRecord.title(person), thai.mask_citizen_id(number))


def _result(view: View, data: shapes.Enrolment, hours: int) -> Result:
    person = view.get(shapes.PERSON, data.get("person")) or {}
    printed, minutes = on_paper.person(person, view.today), minutes_attended(data)
    return Result(
        name=printed.name,
        number=printed.number,
        minutes=minutes,
        share=share_attended(minutes, hours),
        score=data.get("score"),
        **texts(data, "status", "certificate_no", "certificate_on"),
    )
