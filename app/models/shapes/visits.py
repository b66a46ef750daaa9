"""The shapes of the records of visits. Written by devtools.shapes, never by hand."""

from typing import TypedDict

from app.models.records.record_type import RecordType
from app.models.shapes.parts import AnyRecord


class BudgetSource(AnyRecord, total=False):
    """Budget source."""

    name: str
    agency: str
    fiscal_year: str
    amount: int  # satang
    as_of: str
    letter_no: str
    note: str


BUDGET_SOURCE = RecordType[BudgetSource]("budget_source")


class FieldVisitObstaclesRow(TypedDict, total=False):
    """A row of obstacles."""

    kind: str
    text: str


class FieldVisitPhotosRow(TypedDict, total=False):
    """A row of photos."""

    file: str
    title: str


class FieldVisit(AnyRecord, total=False):
    """Field visit."""

    group: str  # the id of a group
    loan_file: str  # the id of a loan_file
    visited_on: str
    kind: str
    team: str
    progress: str
    obstacles: list[FieldVisitObstaclesRow]
    needs: str
    income: int  # satang
    next_step: str
    due_on: str
    photos: list[FieldVisitPhotosRow]


FIELD_VISIT = RecordType[FieldVisit]("field_visit")


class MarketingActivity(AnyRecord, total=False):
    """Marketing activity."""

    group: str  # the id of a group
    held_on: str
    kind: str
    place: str
    sales: int  # satang
    budget: str  # the id of a budget_source
    spent: int  # satang
    note: str


MARKETING_ACTIVITY = RecordType[MarketingActivity]("marketing_activity")


class Target(AnyRecord, total=False):
    """Target."""

    fiscal_year: str
    quarter: int
    measure: str
    count: int
    letter_no: str


TARGET = RecordType[Target]("target")
