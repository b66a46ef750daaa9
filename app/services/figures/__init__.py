"""The figures of the dashboard and the reports, as of a day: counts, targets, arrears, deadlines.

The way in is overview, then details; behind lists the records that a figure counts.
"""

from app.services.figures.arrears import Debt, Ladder, Standing, debts, standing
from app.services.figures.counting import Figure, Scope, behind, count, targets
from app.services.figures.overview import (
    TO_DO,
    Deadline,
    Details,
    Overview,
    Pot,
    Share,
    details,
    districts,
    overview,
)
from app.services.figures.record_names import named

__all__ = [
    "TO_DO",
    "Deadline",
    "Debt",
    "Details",
    "Figure",
    "Ladder",
    "Overview",
    "Pot",
    "Scope",
    "Share",
    "Standing",
    "behind",
    "count",
    "debts",
    "details",
    "districts",
    "named",
    "overview",
    "standing",
    "targets",
]
