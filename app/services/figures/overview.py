# ruff: noqa: S608 (the fragments stand in this file; what is asked for comes as parameters)
"""The first picture of the office: how far the groups have come, the money, what is due soon."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, text

from app.core import places, programme
from app.core.i18n import _
from app.core.programme import Round
from app.models.office.store import Store, origin
from app.services.figures.arrears import Standing, debts, standing
from app.services.figures.counting import Figure, Scope, count, within
from app.services.figures.questions import APPROVED, DECIDED_ON, PASSED, QUESTIONS, SLOW
from app.services.loans import rounds
from app.services.loans.allotments import last_allotment
from app.services.records.record_view import View

FUNNEL = (
    "funnel_registered", "funnel_trained", "funnel_products", "funnel_certified", "funnel_funded",
)  # fmt: skip
TO_DO = ("loans_wanting", "loans_uncontracted", "expiring")


@dataclass(frozen=True, slots=True)
class Pot:
    """The money of a round, in satang; `left` None where no allotment is known.

    The allotment is `as_of` its day; what is left is told `left_on` that day by the centre, and
    computed for today from a letter.
    """

    round: str
    frame: int
    allotted: int | None
    approved: int
    disbursed: int
    left: int | None
    as_of: str
    left_on: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day that comes: `days` from the day of the figures, `figure` what it is about."""

    text: str
    on: date
    days: int
    figure: str = ""


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole by its code or name: a status, a course, an obstacle."""

    code: str
    count: int
    other: int = 0


@dataclass(frozen=True, slots=True)
class Overview:
    """The first picture; every figure by its name."""

    scope: Scope
    figures: Mapping[str, Figure]
    pot: Pot
    deadlines: tuple[Deadline, ...]
    unacknowledged: int

    @property
    def funnel(self) -> tuple[Figure, ...]:
        """Return the steps of the funnel, the widest first."""
        return tuple(self.figures[name] for name in FUNNEL)


@dataclass(frozen=True, slots=True)
class Details:
    """What takes longer: results, members, repayment; `income` is before and after, in satang."""

    figures: Mapping[str, Figure]
    standing: Standing
    served: int
    subdistricts: int
    courses: tuple[Share, ...]
    loans: tuple[Share, ...]
    obstacles: tuple[Share, ...]
    income: tuple[int, int]


def overview(store: Store, scope: Scope) -> Overview:
    """Read the first picture in one transaction: what the page shows at once."""
    with store.read() as connection:
        view = View(connection, origin(connection).office, scope.as_of)
        return Overview(
            scope,
            count(connection, scope, (*FUNNEL, *TO_DO)),
            pot_of(view),
            deadlines_of(view),
            _unacknowledged(connection),
        )


def details(store: Store, scope: Scope) -> Details:
    """Read the rest of the page in one transaction."""
    with store.read() as connection:
        office = origin(connection).office
        return Details(
            figures=count(connection, scope, [*QUESTIONS, *SLOW]),
            standing=standing(debts(connection, scope)),
            served=_served(connection, scope),
            subdistricts=len(_subdistricts(office, scope.district)),
            courses=_courses(connection, scope),
            loans=loans_by_status(connection, scope),
            obstacles=obstacles_seen(connection, scope),
            income=_income(connection, scope),
        )


def districts(office: str) -> list[tuple[str, str]]:
    """List the (code, name) of the districts of an office's province, in Thai order."""
    found = {each.code[:4]: each.district for each in _subdistricts(office, "")}
    order = sorted(found.items(), key=lambda each: each[0])
    return [(code, name) for code, name in order]


def _subdistricts(office: str, district: str) -> list[places.Place]:
    begins = district or office[:2]
    return [each for each in places.all_places() if each.code.startswith(begins)]


def _served(connection: Connection, scope: Scope) -> int:
    figure = QUESTIONS["funnel_registered"].where
    statement = (
        "SELECT count(DISTINCT json_extract(t.address, '$.subdistrict')) FROM \"group\" t "
        f"WHERE t.void_reason IS NULL AND {figure}" + within("group", scope)
    )
    return connection.scalar(text(statement), scope.parameters) or 0


def _courses(connection: Connection, scope: Scope) -> tuple[Share, ...]:
    """Count who applied and who passed, by course; of classes that ended in the period."""
    return _shares(
        connection,
        scope,
        f"SELECT c.course, count(*), sum(t.status IN {PASSED}) "
        "FROM training_class c JOIN enrolment t ON t.training_class = c.id "
        "WHERE t.void_reason IS NULL AND c.void_reason IS NULL "
        "AND c.end_on BETWEEN :since AND :until" + within("enrolment", scope) + " GROUP BY 1",
    )


def loans_by_status(connection: Connection, scope: Scope) -> tuple[Share, ...]:
    """Count the files and the satang asked for, by status; of files lodged by the last day."""
    return _shares(
        connection,
        scope,
        "SELECT t.status, count(*), sum(t.amount_requested) FROM loan_file t "
        "WHERE t.void_reason IS NULL AND t.submitted_on <= :until"
        + within("loan_file", scope)
        + " GROUP BY 1",
    )


def obstacles_seen(connection: Connection, scope: Scope) -> tuple[Share, ...]:
    """Count the obstacles that visits of the period met, the most frequent first."""
    return _shares(
        connection,
        scope,
        "SELECT json_extract(o.value, '$.kind'), count(*), 0 FROM field_visit t, "
        "json_each(t.obstacles) o WHERE t.void_reason IS NULL "
        "AND t.visited_on BETWEEN :since AND :until"
        + within("field_visit", scope)
        + " GROUP BY 1 ORDER BY 2 DESC",
    )


def _shares(connection: Connection, scope: Scope, statement: str) -> tuple[Share, ...]:
    found = connection.execute(text(statement), scope.parameters)
    return tuple(Share(code or "", number, other or 0) for code, number, other in found)


def _income(connection: Connection, scope: Scope) -> tuple[int, int]:
    """Return the average income a month before and after, of groups that know both; satang."""
    statement = (
        'SELECT avg(t.income_before), avg(t.income_after) FROM "group" t '
        "WHERE t.void_reason IS NULL AND t.income_before IS NOT NULL "
        "AND t.income_after IS NOT NULL" + within("group", scope)
    )
    before, after = connection.execute(text(statement), scope.parameters).one()
    return round(before or 0), round(after or 0)


def _unacknowledged(connection: Connection) -> int:
    statement = "SELECT count(*) FROM outbox WHERE receipt_no IS NULL AND state <> 'received'"
    return connection.scalar(text(statement)) or 0


def pot_of(view: View) -> Pot:
    """Return the money of the newest round: the centre's own figure, else the last letter's."""
    round_ = _newest_round(view)
    last = last_allotment(view, round_.code)
    as_of = last.as_of if last else view.today.isoformat()
    approved, since, disbursed = _lent(view, round_.code, as_of)
    allotted = left = None
    left_on = view.today.isoformat()
    if last and last.is_of_the_centre:
        allotted, left, left_on = last.amount, last.left, last.as_of
    elif last:  # a letter tells what was left on its day: what was approved since comes off it
        allotted, left = last.amount, last.left - since
    frame = round_.national_frame
    return Pot(round_.name, frame, allotted, approved, disbursed, left, as_of, left_on)


def _newest_round(view: View) -> Round:
    """Return the newest round that the program or the centre knows, as the centre announced it."""
    code, _name = rounds.choices(view)[0]
    return rounds.round_of(view, code) or programme.rounds()[-1]


def _lent(view: View, code: str, day: str) -> tuple[int, int, int]:
    """Sum the approved money, the part approved after a day, and the money paid out; satang."""
    found = view.connection.execute(
        text(
            "SELECT coalesce(sum(amount), 0), "
            "coalesce(sum(CASE WHEN decided_on > :day THEN amount END), 0), "
            "coalesce(sum(CASE WHEN disbursed_on IS NOT NULL THEN amount END), 0) "
            f"FROM (SELECT {APPROVED} AS amount, {DECIDED_ON} AS decided_on, t.disbursed_on "
            "FROM loan_file t WHERE t.void_reason IS NULL AND t.round = :round)"
        ),
        {"round": code, "day": day},
    ).one()
    return found[0], found[1], found[2]


def deadlines_of(view: View) -> tuple[Deadline, ...]:
    """List what comes: the end of the round, the first contract that must be signed."""
    found = []
    round_ = _newest_round(view)
    if round_.closes_on >= view.today:
        found.append((_("The loan round closes"), round_.closes_on, "loans_wanting"))
    by = view.connection.scalar(
        text(
            "SELECT min(d.contract_by) FROM decision_letter d JOIN loan_file t "
            "ON t.id = d.loan_file WHERE d.void_reason IS NULL AND t.void_reason IS NULL "
            "AND t.status IN ('approved', 'partly_approved') AND d.contract_by >= :today "
            "AND date(d.contract_by) = d.contract_by"
        ),
        {"today": view.today.isoformat()},
    )
    if by:
        said = _("The first contract must be signed")
        found.append((said, date.fromisoformat(by), "loans_uncontracted"))
    return tuple(Deadline(words, on, (on - view.today).days, figure) for words, on, figure in found)
