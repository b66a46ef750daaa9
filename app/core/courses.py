"""The programme's courses and the figures of the training rule, each with its source."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from app.core import codes, paths, programme_data, schema
from app.core.programme_data import Data
from app.core.schema import Rule


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
    whole = programme_data.read(path, _rules)
    return tuple(_course(row, whole) for row in whole["courses"])


def read_training_rule(path: Path) -> TrainingRule:
    """Read the figures of the rule. Raises UserError naming the file and the key that is wrong."""
    whole = programme_data.read(path, _rules)
    return TrainingRule(whole["least_ages"], whole["least_attended"], whole["least_score"])


def _shipped() -> Path:
    return paths.resource("programme", "courses.json")


def _course(row: Data, whole: Data) -> Course:
    return Course(
        version=whole["version"],
        code=row["code"],
        name=row["name"],
        provider=row["provider"],
        type=row["type"],
        modes=tuple(row["modes"]),
        hours=row["hours"],
        begins=date.fromisoformat(row["begins"]),
        ends=date.fromisoformat(row["ends"]),
        least_seats=row["least_seats"],
        most_seats=row["most_seats"],
        sources=programme_data.sources_of(whole, row["sources"]),
    )


def _rules(source: Rule) -> dict[str, Rule]:
    count, percent = schema.number(0), schema.number(0, 100)
    described = schema.record(
        {
            "code": schema.words,
            "name": schema.words,
            "provider": schema.words,
            "type": schema.one_of(*dict(codes.COURSE_TYPES)),
            "modes": programme_data.some(dict(codes.TRAINING_MODES)),
            "hours": schema.or_none(count),
            "begins": schema.day,
            "ends": schema.day,
            "least_seats": count,
            "most_seats": count,
            "sources": programme_data.cited(source, least=0),
        }
    )
    course = schema.also(described, programme_data.not_before("ends", "begins"), _too_few_seats)
    courses = schema.many(course, most=programme_data.MANY)
    return {
        "least_ages": schema.record(dict.fromkeys(dict(codes.COURSE_TYPES), count)),
        "least_attended": percent,
        "least_score": percent,
        "rule_sources": programme_data.cited(source, least=0),
        "courses": programme_data.unlike("code", courses),
    }


def _too_few_seats(row: Data) -> schema.Steps | None:
    return ("most_seats",) if row["most_seats"] < row["least_seats"] else None
