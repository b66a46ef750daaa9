"""What was decided of a loan file: by the centre, or as a letter typed at the office says it."""

from dataclasses import dataclass
from datetime import date

from app.core.line import Data
from app.services.loans.rounds import round_of
from app.services.records.record_view import View

APPROVING = ("approved", "partly")


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
    for type_ in ("loan_decision", "decision_letter"):
        known = [data for _id, data in view.where(type_, loan_file=file_id) if "decided_on" in data]
        if known:
            last = max(known, key=lambda data: str(data["decided_on"]))
            return _decision(last, is_of_the_centre=type_ == "loan_decision")
    return None


def lent(view: View, file_id: str, data: Data) -> int:
    """Return the sum that a file's table is made of: approved, else asked for; satang."""
    found = decision_of(view, file_id)
    if found and found.approves and found.amount:
        return found.amount
    asked: int = data.get("amount_requested", 0)
    return asked


def contract_by(view: View, file_id: str, data: Data) -> date | None:
    """Return the last day for the contract: the decision's, else the round's; None if unknown."""
    found = decision_of(view, file_id)
    if found and found.contract_by:
        return date.fromisoformat(found.contract_by)
    fund_round = round_of(view, data.get("round"))
    return fund_round.contract_by if fund_round else None


def _decision(data: Data, *, is_of_the_centre: bool) -> Decision:
    return Decision(
        outcome=data.get("outcome", ""),
        amount=data.get("amount"),
        decided_on=data["decided_on"],
        contract_by=data.get("contract_by", ""),
        meeting=data.get("meeting", ""),
        reason=data.get("reason", ""),
        is_of_the_centre=is_of_the_centre,
    )
