"""The pages of the window by record type: one that is named here registers itself."""

from app.ui.pages import (
    budgets,
    certification,
    checklists,
    courses,
    groups,
    loans,
    people,
    products,
    signers,
    training,
    visits,
)

__all__ = [
    "budgets",
    "certification",
    "checklists",
    "courses",
    "groups",
    "loans",
    "people",
    "products",
    "signers",
    "training",
    "visits",
]
