"""The shapes of the records of training. Written by devtools.shapes, never by hand."""

from typing import TypedDict

from app.models.records.record_type import RecordType
from app.models.shapes.parts import AnyRecord


class Course(AnyRecord, total=False):
    """Course of the office."""

    code: str
    name: str
    provider: str
    type: str
    mode: str
    hours: int
    note: str


COURSE = RecordType[Course]("course")


class EnrolmentAttendedRow(TypedDict, total=False):
    """A row of attended."""

    day: str
    minutes: int


class Enrolment(AnyRecord, total=False):
    """Trainee."""

    training_class: str  # the id of a training_class
    person: str  # the id of a person
    group: str  # the id of a group
    applied_on: str
    link_consent: str
    job_help: str
    heard_from: str
    workplace: str
    industry: str
    note: str
    attended: list[EnrolmentAttendedRow]
    score: int  # hundredths
    certificate_no: str
    certificate_on: str
    status: str
    status_on: str
    status_reason: str


ENROLMENT = RecordType[Enrolment]("enrolment")


class TrainingClassDaysRow(TypedDict, total=False):
    """A row of days."""

    day: str
    minutes: int


class TrainingClass(AnyRecord, total=False):
    """Class."""

    class_no: str
    course: str
    batch: int
    mode: str
    hours: int
    place: str
    subdistrict: str
    start_on: str
    end_on: str
    apply_to: str
    seats: int
    days: list[TrainingClassDaysRow]
    trainer: str
    budget: str  # the id of a budget_source
    spent: int  # satang
    note: str
    status: str
    status_on: str
    status_reason: str


TRAINING_CLASS = RecordType[TrainingClass]("training_class")
