"""What each area brings to the engine: its rules, guards, lists and papers, named one by one.

The engine names no type of record. A module that is named here and is gone is an ImportError.
"""

from functools import cache
from importlib import import_module

MODULES = (
    "app.services.loans.rules_borrower",
    "app.services.certification.rules",
    "app.services.people.rules_consent",
    "app.services.loans.rules_decision",
    "app.services.groups.rules",
    "app.services.loans.rules_guarantor",
    "app.services.loans.rules",
    "app.services.loans.rules_people",
    "app.services.loans.rules_payment",
    "app.services.people.rules",
    "app.services.people.rules_links",
    "app.services.certification.rules_products",
    "app.services.records.references",
    "app.services.office.rules",
    "app.services.training.rules",
    "app.services.visits.rules",
    "app.services.certification.guards",
    "app.services.groups.guards",
    "app.services.loans.guards",
    "app.services.training.guards",
    "app.services.people.lists",
    "app.services.groups.lists",
    "app.services.loans.lists",
    "app.services.training.lists",
    "app.services.loans.papers",
    "app.services.certification.papers",
    "app.services.loans.papers_of_file",
    "app.services.people.papers",
    "app.services.training.papers",
    "app.services.visits.papers",
)


@cache
def load() -> None:
    """Let every area register what it brings; once is enough."""
    for name in MODULES:
        import_module(name)
