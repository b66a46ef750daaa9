"""The programme's courses and the figures of the training rule, each with its source."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from app.core import codes, paths
from app.core.programme_file import Node, open_file


@dataclass(frozen=True, slots=True)
class Course:
    """A course of the programme; None where no published text says.

    `type` and `modes` are codes of codes.COURSE_TYPES and codes.TRAINING_MODES. Seats are counted
    per place of training; `begins` and `ends` bound the announced months. `sources` names the
    texts behind each key.
    """

    version: int
    code: str
    name: str
    provider: str
    type: str
    modes: tuple[str, ...]
    hours: int | None
    begins: date | None
    ends: date | None
    least_seats: int
    most_seats: int
    sources: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class TrainingRule:
    """What the training rule of the Department of Skill Development asks (S15).

    `least_ages` are years at the first day, by type of course; `least_attended` is the percent of
    the course's time that gives the right to be assessed, `least_score` the percent to complete.
    """

    least_ages: dict[str, int]
    least_attended: int
    least_score: int


@cache
def courses() -> tuple[Course, ...]:
    """Return the announced courses in the order of the announcement."""
    return read_courses(_shipped())


@cache
def training_rule() -> TrainingRule:
    """Return the figures of the training rule."""
    return read_training_rule(_shipped())


def read_courses(path: Path) -> tuple[Course, ...]:
    """Read a file of courses. Raises UserError naming the file and the key that is wrong."""
    whole = open_file(path)
    names, version = whole.names("sources"), whole.whole("version")
    found = tuple(_course(row, version, names) for row in whole.each("courses"))
    if len({course.code for course in found}) != len(found):
        raise whole.damage("courses")
    return found


def read_training_rule(path: Path) -> TrainingRule:
    """Read the figures of the rule. Raises UserError naming the file and the key that is wrong."""
    whole = open_file(path)
    ages = whole.inner("least_ages")
    for type_, _label in codes.COURSE_TYPES:
        ages.whole(type_)
    whole.cited("rule_sources", whole.names("sources"))
    return TrainingRule(
        {type_: ages.whole(type_) for type_ in ages.keys},
        _percent(whole, "least_attended"),
        _percent(whole, "least_score"),
    )


def _shipped() -> Path:
    return paths.resource("programme", "courses.json")


def _course(row: Node, version: int, names: dict[str, str]) -> Course:
    if row.text("type") not in dict(codes.COURSE_TYPES):
        raise row.damage("type")
    modes = row.texts("modes")
    if not modes or not set(modes) <= set(dict(codes.TRAINING_MODES)):
        raise row.damage("modes")
    begins = row.day("begins")
    if row.whole("most_seats") < row.whole("least_seats"):
        raise row.damage("most_seats")
    return Course(
        version=version,
        code=row.text("code"),
        name=row.text("name"),
        provider=row.text("provider"),
        type=row.text("type"),
        modes=modes,
        hours=row.maybe("hours", row.whole),
        begins=begins,
        ends=row.day("ends", least=begins),
        least_seats=row.whole("least_seats"),
        most_seats=row.whole("most_seats"),
        sources=row.cited("sources", names),
    )


def _percent(whole: Node, key: str) -> int:
    found = whole.whole(key)
    if found > 100:
        raise whole.damage(key)
    return found
