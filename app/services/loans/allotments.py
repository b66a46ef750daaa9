"""What the office may still lend in a round, as far as a desk without a network can know it."""

from dataclasses import dataclass

from app.models import shapes
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
    of_the_centre = [
        Allotment(data["amount"], data["left"], data["as_of"], is_of_the_centre=True)
        for _id, data in view.where(shapes.ALLOTMENT, round=code)
        if {"as_of", "amount", "left"} <= data.keys()
    ]
    typed = [
        Allotment(data["amount"], data["amount"], data["as_of"], is_of_the_centre=False)
        for _id, data in view.where(shapes.ALLOTMENT_LETTER, round=code)
        if {"as_of", "amount"} <= data.keys()
    ]
    return max(of_the_centre or typed, key=lambda each: (each.as_of, each.left), default=None)
