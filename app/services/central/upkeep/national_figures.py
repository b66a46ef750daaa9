"""The nation in figures: groups of the cohort, the budget of each round, and who is silent."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import Connection, func, select

from app.models import shapes
from app.models.central import tables
from app.services.central.intake import office_records
from app.services.central.keys.centre import Centre
from app.services.central.money import ledger
from app.services.central.money.ledger import Balance
from app.services.central.upkeep import person_index

COHORT = "2567"
# The ministry's announcement of the model groups of B.E. 2567 (S1).
SELECTED, DEVELOPED, WAITING = 401, 77, 324


@dataclass(frozen=True, slots=True)
class Cohort:
    """The model groups of a year: announced, and found in the records.

    A recorded group is `developed` or `waiting` as its office entered it.
    """

    cohort: str = COHORT
    announced: int = SELECTED
    announced_developed: int = DEVELOPED
    announced_waiting: int = WAITING
    recorded: int = 0
    developed: int = 0
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class Figures:
    """What the ministry asks of the centre; money in satang.

    `groups` counts by office and status, `silent_days` whole days since each enrolled office was
    last heard (None: never), `rounds` has the national balance of each round.
    """

    cohort: Cohort
    groups: dict[str, dict[str, int]]
    rounds: dict[str, Balance]
    duplicate_persons: int
    silent_days: dict[str, int | None] = field(default_factory=dict)


def figures(centre: Centre) -> Figures:
    """Count the nation; voided and erased groups are left out."""
    with tables.reading(centre.engine) as connection:
        offices = _offices(connection)
        kinds: Counter[str] = Counter()
        groups = {}
        for office in offices:
            statuses: Counter[str] = Counter()
            for _id, data in office_records.all_shown(connection, office, shapes.GROUP):
                if data and not data.get("void_reason"):
                    statuses[str(data.get("status", ""))] += 1
                    if data.get("cohort") == COHORT:
                        kinds[str(data.get("cohort_kind", ""))] += 1
            groups[office] = dict(sorted(statuses.items()))
        found = Cohort(
            recorded=kinds["developed"] + kinds["waiting"],
            developed=kinds["developed"],
            waiting=kinds["waiting"],
        )
        return Figures(
            cohort=found,
            groups={office: counts for office, counts in groups.items() if counts},
            rounds=dict(ledger.totals(connection)),
            duplicate_persons=len(person_index.several(connection)),
            silent_days=_silent_days(connection, offices),
        )


def _offices(connection: Connection) -> list[str]:
    enrolled = connection.scalars(select(tables.office_keys.c.office).distinct())
    return sorted(set(enrolled))


def _silent_days(connection: Connection, offices: list[str]) -> dict[str, int | None]:
    table = tables.bundles
    heard = connection.execute(
        select(table.c.office, func.max(table.c.received_at)).group_by(table.c.office)
    )
    last = {row[0]: datetime.fromisoformat(row[1]) for row in heard}
    now = datetime.now(UTC)
    return {office: (now - last[office]).days if office in last else None for office in offices}
