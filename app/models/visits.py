"""Field visits, marketing, budgets and targets: what the working group does for the groups."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Mapped

from app.core import codes
from app.core.fields import Field, Kind, show
from app.core.i18n import N_
from app.models.loans.file import ATTACHMENT
from app.models.records.base import Record, field

OBSTACLE = (
    Field("kind", N_("Obstacle"), Kind.CHOICE, choices=codes.OBSTACLES, required=True),
    Field("text", N_("In words"), Kind.TEXT, most=500),
)

_DAY = Field("visited_on", "", Kind.DATE)


class FieldVisit(Record):
    """One visit to a group or a borrower: progress, obstacles, what comes next (S1, S34)."""

    __tablename__ = "field_visit"
    label = N_("Field visit")
    listed = True

    group: Mapped[str | None] = field(N_("Group"), Kind.RECORD, target="group", index=True)
    loan_file: Mapped[str | None] = field(
        N_("Loan file"), Kind.RECORD, target="loan_file", index=True
    )
    visited_on: Mapped[str | None] = field(N_("Visited on"), Kind.DATE, required=True, index=True)
    kind: Mapped[str | None] = field(
        N_("Kind of visit"), Kind.CHOICE, choices=codes.VISIT_KINDS, required=True
    )
    team: Mapped[str | None] = field(N_("Visitors"), Kind.NOTE, required=True, most=500)
    progress: Mapped[str | None] = field(N_("Progress"), Kind.NOTE, most=4000)
    obstacles: Mapped[list[dict[str, Any]] | None] = field(
        N_("Problems and obstacles"), Kind.ROWS, rows=OBSTACLE, required=True, most=20
    )
    needs: Mapped[str | None] = field(N_("Needs"), Kind.NOTE, most=2000)
    income: Mapped[int | None] = field(N_("Income a month (baht)"), Kind.BAHT, least=0)
    next_step: Mapped[str | None] = field(N_("Next step"), Kind.NOTE, most=2000)
    due_on: Mapped[str | None] = field(N_("Next step by"), Kind.DATE, index=True)
    photos: Mapped[list[dict[str, Any]] | None] = field(
        N_("Pictures"), Kind.ROWS, rows=ATTACHMENT, most=20
    )

    @classmethod
    def title(cls, data: Mapping[str, Any]) -> str:
        """Name the visit by its day and its visitors."""
        team = str(data.get("team", "")).split("\n", 1)[0]
        return f"{show(_DAY, data.get('visited_on'))} {team}".strip()

    @classmethod
    def search_words(cls, data: Mapping[str, Any]) -> list[str]:
        """Order the visits by their day, and find one by its visitors."""
        return [str(data.get("visited_on", "")), cls.title(data)]


class MarketingActivity(Record):
    """A fair, an online sale or a shop, and what was sold there (S1)."""

    __tablename__ = "marketing_activity"
    label = N_("Marketing activity")

    group: Mapped[str | None] = field(
        N_("Group"), Kind.RECORD, target="group", required=True, index=True
    )
    held_on: Mapped[str | None] = field(N_("Held on"), Kind.DATE, required=True, index=True)
    kind: Mapped[str | None] = field(
        N_("Kind of activity"), Kind.CHOICE, choices=codes.MARKETING_KINDS, required=True
    )
    place: Mapped[str | None] = field(N_("Place or channel"), Kind.TEXT, most=200)
    sales: Mapped[int | None] = field(N_("Sold for (baht)"), Kind.BAHT, least=0)
    budget: Mapped[str | None] = field(
        N_("Paid from"), Kind.RECORD, target="budget_source", index=True
    )
    spent: Mapped[int | None] = field(N_("Spent (baht)"), Kind.BAHT, least=0)
    note: Mapped[str | None] = field(N_("Note"), Kind.NOTE, most=2000)

    @classmethod
    def title(cls, data: Mapping[str, Any]) -> str:
        """Name the activity by its place."""
        return str(data.get("place", ""))


class BudgetSource(Record):
    """Money of another agency for the programme's work: training, development, marketing (S1)."""

    __tablename__ = "budget_source"
    label = N_("Budget source")

    name: Mapped[str | None] = field(N_("Budget"), Kind.TEXT, required=True, most=200)
    agency: Mapped[str | None] = field(N_("Agency"), Kind.TEXT, required=True, most=200)
    fiscal_year: Mapped[str | None] = field(
        N_("Fiscal year (B.E.)"), Kind.DIGITS, required=True, least=4, most=4, hint="2568"
    )
    amount: Mapped[int | None] = field(N_("Amount (baht)"), Kind.BAHT, required=True, least=0)
    as_of: Mapped[str | None] = field(N_("As of"), Kind.DATE)
    letter_no: Mapped[str | None] = field(N_("Letter number"), Kind.TEXT, most=60)
    note: Mapped[str | None] = field(N_("Note"), Kind.NOTE, most=2000)


class Target(Record):
    """What the office means to reach in a fiscal year, or in a quarter of it."""

    __tablename__ = "target"
    label = N_("Target")

    fiscal_year: Mapped[str | None] = field(
        N_("Fiscal year (B.E.)"), Kind.DIGITS, required=True, least=4, most=4, hint="2568"
    )
    quarter: Mapped[int | None] = field(N_("Quarter"), Kind.WHOLE, least=1, most=4)
    measure: Mapped[str | None] = field(
        N_("What is counted"), Kind.CHOICE, choices=codes.TARGET_MEASURES, required=True
    )
    count: Mapped[int | None] = field(N_("Target"), Kind.WHOLE, required=True, least=0)
    letter_no: Mapped[str | None] = field(N_("Letter number"), Kind.TEXT, most=60)

    @classmethod
    def title(cls, data: Mapping[str, Any]) -> str:
        """Name the target by its year."""
        return str(data.get("fiscal_year", ""))
