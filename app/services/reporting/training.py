# ruff: noqa: S608 (the fragments are ours; what is asked for comes as parameters)
"""R3: who applied for training and who completed it, by course, sex and age."""

from datetime import date
from typing import Any

from sqlalchemy import text

from app.core.months import months_later
from app.services.figures.counting import within
from app.services.figures.questions import PASSED
from app.services.records.record_view import View
from app.services.reporting.report import Asked, Part, label, report
from app.services.training.courses import course_of

AGES = (25, 45, 60)  # the steps of the table: under 25, under 45, under 60, and older


@report("training", "R3", "ผลการฝึกอบรม")
def training(asked: Asked) -> tuple[Part, ...]:
    """Count the trainees of the classes that ended in the period; age and sex of those who passed.

    The age is that on the day of the figures; who has no birth date is in no column of ages.
    """
    statement = (
        "SELECT c.course, c.mode, count(*) AS applied, "
        "sum(t.passed) AS passed, sum(t.passed AND p.sex = 'male') AS men, "
        "sum(t.passed AND p.sex = 'female') AS women, "
        "sum(t.passed AND p.birth_date > :young) AS young, "
        "sum(t.passed AND p.birth_date <= :young AND p.birth_date > :middle) AS middle, "
        "sum(t.passed AND p.birth_date <= :middle AND p.birth_date > :old) AS older, "
        "sum(t.passed AND p.birth_date <= :old) AS old "
        f"FROM (SELECT e.*, e.status IN {PASSED} AS passed FROM enrolment e) t "
        "JOIN training_class c ON c.id = t.training_class JOIN person p ON p.id = t.person "
        "WHERE t.void_reason IS NULL AND c.void_reason IS NULL "
        "AND c.end_on BETWEEN :since AND :until"
        + within("enrolment", asked.scope)
        + " GROUP BY 1, 2 ORDER BY 1, 2"
    )
    on = asked.scope.as_of
    steps = dict(zip(("young", "middle", "old"), (_born(on, age) for age in AGES), strict=True))
    found = asked.view.connection.execute(text(statement), asked.scope.parameters | steps)
    rows = tuple(_row(asked.view, row) for row in found.mappings())
    totals = [sum(int(row[place] or 0) for row in rows) for place in range(2, 11)]
    totals[2] = _share(totals[1], totals[0])
    return (Part("training", rows, ("รวม", "", *totals)),)


def _born(on: date, age: int) -> str:
    return months_later(on, -12 * age).isoformat()


def _row(view: View, row: Any) -> tuple[str | int | None, ...]:
    applied, passed = row["applied"], row["passed"] or 0
    ages = (row[name] or 0 for name in ("men", "women", "young", "middle", "older", "old"))
    mode = label("training_class", "mode", row["mode"])
    course = course_of(view, row["course"])
    name = course.name if course else row["course"] or ""
    return name, mode, applied, passed, _share(passed, applied), *ages


def _share(part: int, whole: int) -> int:
    return part * 100 // whole if whole else 0
