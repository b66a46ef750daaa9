"""What each area brings to the engine, module by module, by the question it is asked for.

The engine names no type of record: an area registers its rules, guards and papers with it. A module
that is named here and is gone is an ImportError. What no question needs is not read.
"""

from functools import cache
from importlib import import_module

SAVING = (  # rules, what is completed, what follows
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
    "app.services.people.autofill",
    "app.services.groups.autofill",
    "app.services.training.autofill",
    "app.services.certification.autofill",
    "app.services.loans.autofill",
    "app.services.people.consents",
)
MOVING = (
    "app.services.certification.guards",
    "app.services.groups.guards",
    "app.services.loans.guards",
    "app.services.training.guards",
)
LISTING = (
    "app.services.people.lists",
    "app.services.groups.lists",
    "app.services.loans.lists",
    "app.services.training.lists",
)
PRINTING = (
    "app.services.people.papers",
    "app.services.groups.papers",
    "app.services.training.papers",
    "app.services.certification.papers",
    "app.services.visits.papers",
    "app.services.loans.papers_application",
    "app.services.loans.papers_office",
    "app.services.loans.papers_account",
)
JOINING = ("app.services.people.same_person",)
HEADING = ("app.services.office.head",)


@cache
def load(modules: tuple[str, ...]) -> None:
    """Let some modules register what they bring; once is enough."""
    for name in modules:
        import_module(name)
