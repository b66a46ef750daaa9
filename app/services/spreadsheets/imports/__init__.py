"""A spreadsheet into records: a dry run that shows what each row would do, then one act.

The way in is plan -> (the clerk looks) -> commit; export_refused gives back what was left out.
A loan file of a list has its borrower, sum and account; its purposes and papers are typed later.
"""

from app.services.records.lists import kinds
from app.services.spreadsheets.imports.commit import Imported, commit, export_refused
from app.services.spreadsheets.imports.dry_run import fields, plan
from app.services.spreadsheets.imports.plans import (
    Choices,
    Difference,
    Entry,
    LeftOut,
    Plan,
    Refusal,
    Row,
    Verdict,
)

__all__ = [
    "Choices",
    "Difference",
    "Entry",
    "Imported",
    "LeftOut",
    "Plan",
    "Refusal",
    "Row",
    "Verdict",
    "commit",
    "export_refused",
    "fields",
    "kinds",
    "plan",
]
