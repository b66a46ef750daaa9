"""What was decided of a loan file: by the centre, or as a letter typed at the office says it."""

from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from app.models import shapes
from app.services.loans.rounds import round_of
from app.services.records.record_view import View

APPROVING = ("approved", "partly")

_Deciding = TypeVar("_Deciding", shapes.LoanDecision, shapes.DecisionLetter)


@dataclass(frozen=True, slots=True)
class Decision:
    """The decision that counts of one loan file.

    `outcome` is a code of DECISION_OUTCOMES, `amount` satang (None where none is given); texts are
    "" where nothing is said. `is_of_the_centre` tells a receipt from a letter typed here.
    """

    outcome: str
    amount: int | None
    decided_on: str
    contract_by: str
    meeting: str
    reason: str
    is_of_the_centre: bool

    @property
    def approves(self) -> bool:
        """Tell whether money is lent, all or a part of what was asked for."""
        return self.outcome in APPROVING


def decision_of(view: View, file_id: str) -> Decision | None:
    """Return the decision that counts, None while there is none.

    The centre's own wins over any letter; of several of one hand the latest counts.
    """
    of_the_centre = _last(view.where(shapes.LOAN_DECISION, loan_file=file_id))
    if of_the_centre is not None:
        return _decision(of_the_centre, is_of_the_centre=True)
    typed = _last(view.where(shapes.DECISION_LETTER, loan_file=file_id))
    return None if typed is None else _decision(typed, is_of_the_centre=False)


def lent(view: View, file_id: str, data: shapes.LoanFile) -> int:
    """Return the sum that a file's table is made of: approved, else asked for; satang."""
    found = decision_of(view, file_id)
    if found and found.approves and found.amount:
        return found.amount
    return data.get("amount_requested", 0)


def contract_by(view: View, file_id: str, data: shapes.LoanFile) -> date | None:
    """Return the last day for the contract: the decision's, else the round's; None if unknown."""
    found = decision_of(view, file_id)
    if found and found.contract_by:
        return date.fromisoformat(found.contract_by)
    fund_round = round_of(view, data.get("round"))
    return fund_round.contract_by if fund_round else None


def _last(found: list[tuple[str, _Deciding]]) -> _Deciding | None:
    known = [data for _id, data in found if "decided_on" in data]
    return max(known, key=lambda data: data["decided_on"], default=None)


def _decision(
    data: shapes.LoanDecision | shapes.DecisionLetter, *, is_of_the_centre: bool
) -> Decision:
    return Decision(
        outcome=data.get("outcome", ""),
        amount=data.get("amount"),
        decided_on=data["decided_on"],
        contract_by=data.get("contract_by", ""),
        meeting=data.get("meeting", ""),
        reason=data.get("reason", ""),
        is_of_the_centre=is_of_the_centre,
    )
