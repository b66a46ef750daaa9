"""Training: courses, classes, and the people who apply for them (S15, S16)."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Mapped

from app.core import codes
from app.core.fields import Field, Kind
from app.core.i18n import N_
from app.models.records.base import Record, field

CLASS_DAY = (
    Field("day", N_("Day"), Kind.DATE, required=True),
    Field("minutes", N_("Minutes of the day"), Kind.WHOLE, required=True, least=1, most=1_440),
)

ATTENDED = (
    Field("day", N_("Day"), Kind.DATE, required=True),
    Field("minutes", N_("Minutes attended"), Kind.WHOLE, required=True, least=0, most=1_440),
)


class Course(Record):
    """A course of this office, beside those that ship with the programme."""

    __tablename__ = "course"
    label = N_("Course of the office")
    listed = True

    code: Mapped[str | None] = field(N_("Course code"), Kind.TEXT, required=True, most=20)
    name: Mapped[str | None] = field(N_("Course"), Kind.TEXT, required=True, most=200)
    provider: Mapped[str | None] = field(N_("Provider"), Kind.TEXT, required=True, most=200)
    type: Mapped[str | None] = field(
        N_("Kind of course"), Kind.CHOICE, choices=codes.COURSE_TYPES, required=True
    )
    mode: Mapped[str | None] = field(
        N_("Way of training"), Kind.CHOICE, choices=codes.TRAINING_MODES
    )
    hours: Mapped[int | None] = field(
        N_("Hours"), Kind.WHOLE, required=True, least=1, most=2_000, hint="30"
    )
    note: Mapped[str | None] = field(N_("Note"), Kind.NOTE, most=2000)


class TrainingClass(Record):
    """One class (รุ่น) of a course: when, where, for how many."""

    __tablename__ = "training_class"
    label = N_("Class")
    listed = True
    numbered = "class_no"

    class_no: Mapped[str | None] = field(N_("Class number"), Kind.TEXT, derived=True)
    course: Mapped[str | None] = field(N_("Course"), Kind.TEXT, required=True, index=True)
    batch: Mapped[int | None] = field(N_("Batch"), Kind.WHOLE, least=1, most=9_999, hint="1")
    mode: Mapped[str | None] = field(
        N_("Way of training"), Kind.CHOICE, choices=codes.TRAINING_MODES, required=True
    )
    hours: Mapped[int | None] = field(
        N_("Hours"), Kind.WHOLE, required=True, least=1, most=2_000, hint="30"
    )
    place: Mapped[str | None] = field(N_("Place of training"), Kind.TEXT, most=200)
    subdistrict: Mapped[str | None] = field(N_("Subdistrict"), Kind.SUBDISTRICT)
    start_on: Mapped[str | None] = field(N_("Begins on"), Kind.DATE, required=True)
    end_on: Mapped[str | None] = field(N_("Ends on"), Kind.DATE, required=True)
    apply_to: Mapped[str | None] = field(N_("Applications until"), Kind.DATE)
    seats: Mapped[int | None] = field(N_("Seats"), Kind.WHOLE, required=True, least=1, hint="100")
    days: Mapped[list[dict[str, Any]] | None] = field(
        N_("Days of training"), Kind.ROWS, rows=CLASS_DAY, most=200
    )
    trainer: Mapped[str | None] = field(N_("Trainer"), Kind.TEXT, most=200)
    budget: Mapped[str | None] = field(
        N_("Paid from"), Kind.RECORD, target="budget_source", index=True
    )
    spent: Mapped[int | None] = field(N_("Spent (baht)"), Kind.BAHT, least=0)
    note: Mapped[str | None] = field(N_("Note"), Kind.NOTE, most=2000)
    status: Mapped[str | None] = field(
        N_("Status"), Kind.CHOICE, choices=codes.CLASS_STATUSES, default="planned", derived=True
    )
    status_on: Mapped[str | None] = field(N_("Status since"), Kind.DATE, derived=True)
    status_reason: Mapped[str | None] = field(
        N_("Reason for the status"), Kind.NOTE, most=500, derived=True
    )

    @classmethod
    def title(cls, data: Mapping[str, Any]) -> str:
        """Name the class by its number and place."""
        return " ".join(filter(None, (data.get("class_no"), data.get("place"))))

    @classmethod
    def search_words(cls, data: Mapping[str, Any]) -> list[str]:
        """Find by number, place, course and trainer."""
        return [str(data.get(name, "")) for name in ("class_no", "place", "course", "trainer")]


class Enrolment(Record):
    """One person's application for a class, the attendance, the score and the certificate."""

    __tablename__ = "enrolment"
    counted = ("group", "status", "void_reason")
    label = N_("Trainee")

    training_class: Mapped[str | None] = field(
        N_("Class"), Kind.RECORD, target="training_class", required=True, index=True
    )
    person: Mapped[str | None] = field(
        N_("Person"), Kind.RECORD, target="person", required=True, index=True
    )
    group: Mapped[str | None] = field(N_("Group"), Kind.RECORD, target="group")
    applied_on: Mapped[str | None] = field(N_("Applied on"), Kind.DATE, required=True)
    link_consent: Mapped[str | None] = field(
        N_("Linking data with state agencies"),
        Kind.CHOICE,
        choices=codes.LINK_CONSENT,
        required=True,
    )
    job_help: Mapped[str | None] = field(
        N_("Help in finding work"), Kind.CHOICE, choices=codes.JOB_HELP
    )
    heard_from: Mapped[str | None] = field(
        N_("Heard of the training from"), Kind.CHOICE, choices=codes.HEARD_FROM
    )
    workplace: Mapped[str | None] = field(N_("Place of work"), Kind.TEXT, most=200)
    industry: Mapped[str | None] = field(N_("Branch of industry"), Kind.TEXT, most=100)
    note: Mapped[str | None] = field(N_("Note"), Kind.NOTE, most=2000)
    attended: Mapped[list[dict[str, Any]] | None] = field(
        N_("Attendance"), Kind.ROWS, rows=ATTENDED, most=200, derived=True
    )
    score: Mapped[int | None] = field(
        N_("Score (of 100)"), Kind.POINTS, least=0, most=10_000, hint="75.50", derived=True
    )
    certificate_no: Mapped[str | None] = field(
        N_("Number of the training certificate"), Kind.TEXT, most=60, derived=True
    )
    certificate_on: Mapped[str | None] = field(
        N_("Date of the certificate"), Kind.DATE, derived=True
    )
    status: Mapped[str | None] = field(
        N_("Status"), Kind.CHOICE, choices=codes.ENROLMENT_STATUSES, default="applied", derived=True
    )
    status_on: Mapped[str | None] = field(N_("Status since"), Kind.DATE, derived=True)
    status_reason: Mapped[str | None] = field(
        N_("Reason for the status"), Kind.NOTE, most=500, derived=True
    )

    @classmethod
    def title(cls, data: Mapping[str, Any]) -> str:
        """Return "": a trainee is named by the person and the class."""
        return ""
