"""A spreadsheet into records: a dry run that shows what each row would do, then one act.

The way in is plan -> (the clerk looks) -> commit; export_refused gives back what was left out.
Loan files are not taken from a list: each stands on its round, its purposes and its papers.
"""

from app.services.imports.committing import Imported, commit, export_refused
from app.services.imports.planning import fields, plan
from app.services.imports.plans import (
    KINDS,
    Choices,
    Difference,
    Entry,
    Plan,
    Refusal,
    Row,
    Verdict,
)

__all__ = [
    "KINDS",
    "Choices",
    "Difference",
    "Entry",
    "Imported",
    "Plan",
    "Refusal",
    "Row",
    "Verdict",
    "commit",
    "export_refused",
    "fields",
    "plan",
]
