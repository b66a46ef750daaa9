"""What the office may still lend in a round, as far as a desk without a network can know it."""

from dataclasses import dataclass

from app.services.records.record_view import View


@dataclass(frozen=True, slots=True)
class Allotment:
    """A figure with its date, in satang: `as_of` is the day it was true on.

    A letter tells one sum, what was left on its day; the centre tells both.
    """

    amount: int
    left: int
    as_of: str
    is_of_the_centre: bool


def last_allotment(view: View, code: str | None) -> Allotment | None:
    """Return the centre's own figure, else that of the last letter typed; None where neither is."""
    for type_, figure in (("allotment", "left"), ("allotment_letter", "amount")):
        known = [
            Allotment(data["amount"], data[figure], data["as_of"], type_ == "allotment")
            for _id, data in view.where(type_, round=code)
            if {"as_of", "amount", figure} <= data.keys()
        ]
        if known:
            return max(known, key=lambda each: (each.as_of, each.left))
    return None
