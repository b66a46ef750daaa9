# ruff: noqa: S608 (the fragments stand in questions; what is asked for comes as parameters)
"""The figures of an office in a period: each from one statement, each with the list behind it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, text

from app.core.fields import today
from app.core.i18n import _
from app.core.period import Period
from app.models.store import Store
from app.services.figures.questions import EXPIRES_SOON, OF_DISTRICT, QUESTIONS, SLOW, Question
from app.services.instalments import months_later

DUE_SOON = 30  # days within which work counts as due


@dataclass(frozen=True, slots=True)
class Scope:
    """What figures are asked for: a period, a district ("" for the province), as of a day."""

    period: Period
    district: str = ""
    as_of: date = field(default_factory=today)

    @property
    def parameters(self) -> dict[str, Any]:
        """Give the days and the place as the statements name them."""
        return {
            "since": self.period.first.isoformat(),
            "until": self.period.last.isoformat(),
            "as_of": self.as_of.isoformat(),
            "soon": (self.as_of + timedelta(days=EXPIRES_SOON)).isoformat(),
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
        """Give the result in percent of the target, rounded down; None without a target."""
        return self.count * 100 // self.target if self.target else None


def count(
    connection: Connection, scope: Scope, names: Iterable[str] = tuple(QUESTIONS)
) -> dict[str, Figure]:
    """Answer some questions by their names, in their order."""
    aims = targets(connection, scope)
    return {name: _counted(connection, scope, _question(name), aims) for name in names}


def behind(store: Store, scope: Scope, name: str) -> list[str]:
    """List the ids of the records that a figure counts. Raises KeyError for an unknown name."""
    question = _question(name)
    with store.read() as connection:
        statement = f"SELECT t.id FROM {_from(question.type)} WHERE {narrowed(question, scope)}"
        return list(connection.execute(text(statement), scope.parameters).scalars())


def targets(connection: Connection, scope: Scope) -> Mapping[str, int]:
    """Give what the office means to reach in the period; a district has no target of its own."""
    if scope.district:
        return {}
    statement = text(
        "SELECT measure, sum(count) AS total FROM target WHERE void_reason IS NULL "
        "AND fiscal_year = :year AND coalesce(quarter, 0) = :quarter GROUP BY measure"
    )
    asked = {"year": str(scope.period.year), "quarter": scope.period.quarter}
    return {row.measure: row.total for row in connection.execute(statement, asked)}


def narrowed(question: Question, scope: Scope) -> str:
    """Give the condition of a question within the scope; `t` is its table."""
    within = f" AND ({OF_DISTRICT[question.type]})" if scope.district else ""
    return f"t.void_reason IS NULL AND ({question.where}){within}"


def _question(name: str) -> Question:
    return QUESTIONS[name] if name in QUESTIONS else SLOW[name]


def _from(type_: str) -> str:
    return f'"{type_}" t'


def _counted(
    connection: Connection, scope: Scope, question: Question, aims: Mapping[str, int]
) -> Figure:
    sums = f"coalesce(sum({question.sums}), 0)" if question.sums else "0"
    statement = f"SELECT count(*), {sums} FROM {_from(question.type)} "
    statement += f"WHERE {narrowed(question, scope)}"
    found, baht = connection.execute(text(statement), scope.parameters).one()
    target = aims.get(question.measure) if question.measure else None
    return Figure(question.name, _(question.title), question.type, found, baht, target)
