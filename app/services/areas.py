"""What each area brings to the engine: its rules, its guards, its papers, named one by one.

The engine names no type of record. A module that is named here and is gone is an ImportError.
"""

from functools import cache
from importlib import import_module

MODULES = (
    "app.services.rules.borrower",
    "app.services.rules.certification",
    "app.services.rules.consent",
    "app.services.rules.decision",
    "app.services.rules.group",
    "app.services.rules.guarantor",
    "app.services.rules.loan",
    "app.services.rules.loan_people",
    "app.services.rules.payment",
    "app.services.rules.person",
    "app.services.rules.person_link",
    "app.services.rules.product",
    "app.services.rules.references",
    "app.services.rules.signer",
    "app.services.rules.training",
    "app.services.rules.visit",
    "app.services.guards.certification",
    "app.services.guards.group",
    "app.services.guards.loan",
    "app.services.guards.training",
    "app.services.papers",
    "app.services.papers_certification",
    "app.services.papers_loans",
    "app.services.papers_people",
    "app.services.papers_training",
    "app.services.papers_visits",
)


@cache
def load() -> None:
    """Let every area register what it brings; once is enough."""
    for name in MODULES:
        import_module(name)
