"""Who signs for the office on a day: the one appointed then, or the one who acts for them."""

from dataclasses import dataclass
from datetime import date

from app.models import shapes
from app.services.records.record_view import View


@dataclass(frozen=True, slots=True)
class SigningOfficer:
    """A signer as paper names one; `acting_for` is the post they stand in for, "" for their own."""

    name: str = ""
    position: str = ""
    acting_for: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        """Return what stands below the name: the position, and the post that is acted for."""
        acting = f"รักษาราชการแทน{self.acting_for}" if self.acting_for else ""
        return tuple(filter(None, (self.position, acting)))


def signer_on(view: View, day: date) -> SigningOfficer:
    """Return who signs on a day; of several the one appointed last, of none the office's own.

    A print that was confirmed keeps its bytes, so papers of earlier days keep their signer.
    """
    on = day.isoformat()
    in_office = [
        (data.get("from_on", ""), number, data)
        for number, (_id, data) in enumerate(view.where(shapes.SIGNER))
        if data.get("from_on", "") <= on <= data.get("until_on", "9999")
    ]
    if in_office:
        data = max(in_office, key=lambda each: each[:2])[2]
        return SigningOfficer(
            data.get("name", ""), data.get("position", ""), data.get("acting_for", "")
        )
    offices = view.where(shapes.OFFICE)
    office = offices[-1][1] if offices else {}
    return SigningOfficer(office.get("signer", ""), office.get("position", ""))
