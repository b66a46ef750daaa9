"""What the papers of a loan file share: who borrows, what for, who stands surety."""

from datetime import date

from app.models import shapes
from app.models.people.person import Person as PersonRecord
from app.reports.loans import Guarantor, PurposeLine
from app.services.people import on_paper
from app.services.records.record_view import View


def borrower_name(view: View, data: shapes.LoanFile) -> str:
    """Name who borrows: the group or the person."""
    if data.get("borrower_kind") == "group":
        return str((view.get(shapes.GROUP, data.get("group")) or {}).get("name", ""))
    return PersonRecord.title(view.get(shapes.PERSON, data.get("person")) or {})


def purpose_lines(data: shapes.LoanFile) -> tuple[PurposeLine, ...]:
    """Return what the money of a file is for."""
    return tuple(PurposeLine(**each) for each in data.get("purpose_lines", ()))


def guarantor(view: View, data: shapes.Guarantor, on: date) -> Guarantor:
    """Return a guarantor as forms print one, the age counted on a day."""
    person = view.get(shapes.PERSON, data.get("person")) or {}
    return Guarantor(
        on_paper.person(person, on),
        data.get("kind", ""),
        data.get("employer", ""),
        data.get("salary"),
    )
