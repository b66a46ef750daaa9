# ruff: noqa: S608 (the fragments stand in questions; what is asked for comes as parameters)
"""The figures of an office in a period: each from one statement, each with the list behind it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import orjson
from sqlalchemy import Connection, text

from app.core.fields import today
from app.core.i18n import _
from app.core.months import months_later
from app.core.period import Period
from app.models.office.store import Store
from app.services.certification.expiry import NEAR
from app.services.figures.questions import OF_DISTRICT, QUESTIONS, SLOW, Question
from app.services.people import same_person

DUE_SOON = 30  # days within which work counts as due


@dataclass(frozen=True, slots=True)
class Scope:
    """What figures are asked for: a period, a district ("" for the province), as of a day."""

    period: Period
    district: str = ""
    as_of: date = field(default_factory=today)

    @property
    def parameters(self) -> dict[str, Any]:
        """Return the days and the place as the statements name them."""
        return {
            "since": self.period.first.isoformat(),
            "until": self.period.last.isoformat(),
            "as_of": self.as_of.isoformat(),
            "soon": (self.as_of + timedelta(days=NEAR)).isoformat(),
            "month": (self.as_of + timedelta(days=DUE_SOON)).isoformat(),
            "sixty": months_later(self.as_of, -12 * 60).isoformat(),
            "district": f"{self.district}%",
        }


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its name: `baht` is in satang, `target` None where none is set.

    `type` is the record that `behind` lists for it.
    """

    name: str
    title: str
    type: str
    count: int
    baht: int = 0
    target: int | None = None

    @property
    def share(self) -> int | None:
        """Return the result in percent of the target, rounded down; None without a target."""
        return self.count * 100 // self.target if self.target else None


def count(
    connection: Connection, scope: Scope, names: Iterable[str] = tuple(QUESTIONS)
) -> dict[str, Figure]:
    """Answer some questions by their names, in their order; each table is walked once."""
    asked = [_question(name) for name in names]
    aims = targets(connection, scope)
    found: dict[str, Figure] = {}
    for type_ in dict.fromkeys(question.type for question in asked):
        of_type = [question for question in asked if question.type == type_]
        found |= _counted(connection, scope, of_type, aims)
    return {question.name: found[question.name] for question in asked}


def behind(store: Store, scope: Scope, name: str) -> list[str]:
    """List the ids of the records that a figure counts. Raises KeyError for an unknown name."""
    question = _question(name)
    with store.read() as connection:
        statement = f"SELECT t.id FROM {_from(question.type)} WHERE {narrowed(question, scope)}"
        given = parameters(connection, scope, question.type)
        return list(connection.execute(text(statement), given).scalars())


def targets(connection: Connection, scope: Scope) -> Mapping[str, int]:
    """Return the office's targets for the period; a district has no target of its own."""
    if scope.district:
        return {}
    statement = text(
        "SELECT measure, sum(count) AS total FROM target WHERE void_reason IS NULL "
        "AND fiscal_year = :year AND coalesce(quarter, 0) = :quarter GROUP BY measure"
    )
    asked = {"year": str(scope.period.year), "quarter": scope.period.quarter}
    return {row.measure: row.total for row in connection.execute(statement, asked)}


def narrowed(question: Question, scope: Scope) -> str:
    """Return the condition of a question within the scope; `t` is its table."""
    return f"{_here(question.type, scope)} AND ({question.where})"


def parameters(connection: Connection, scope: Scope, type_: str) -> dict[str, Any]:
    """Return the values that the conditions name: the days, the place, the duplicate persons."""
    if type_ != "person":
        return scope.parameters
    set_aside = orjson.dumps(sorted(same_person.kept(connection))).decode()
    return scope.parameters | {"set_aside": set_aside}


def within(type_: str, scope: Scope) -> str:
    """Return the condition that narrows records, as `t`, to the district asked for; "" for none."""
    return f" AND ({OF_DISTRICT[type_]})" if scope.district else ""


def _question(name: str) -> Question:
    return QUESTIONS[name] if name in QUESTIONS else SLOW[name]


def _from(type_: str) -> str:
    return f'"{type_}" t'


def _counted(
    connection: Connection, scope: Scope, asked: list[Question], aims: Mapping[str, int]
) -> dict[str, Figure]:
    """Count what several questions ask of one table."""
    type_ = asked[0].type
    columns = [
        f"coalesce(sum(CASE WHEN {each.where} THEN {what} END), 0)" if what else "0"
        for each in asked
        for what in ("1", each.sums)  # a condition costs: nothing is asked for no sum
    ]
    here = _here(type_, scope)
    statement = f"SELECT {', '.join(columns)} FROM {_from(type_)} WHERE {here}"
    row = connection.execute(text(statement), parameters(connection, scope, type_)).one()
    numbers = zip(row[::2], row[1::2], strict=True)
    return {
        each.name: Figure(
            each.name, _(each.title), type_, counted, baht, aims.get(each.measure or "-")
        )
        for each, (counted, baht) in zip(asked, numbers, strict=True)
    }


def _here(type_: str, scope: Scope) -> str:
    """Leave out what is out of use, elsewhere, or a second record of one person."""
    once = " AND t.id NOT IN (SELECT value FROM json_each(:set_aside))" if type_ == "person" else ""
    return f"t.void_reason IS NULL{once}{within(type_, scope)}"
