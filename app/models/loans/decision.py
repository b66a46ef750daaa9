"""What the central office decides and lends: written there, brought here by receipts."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Mapped

from app.core import codes
from app.core.fields import Kind
from app.core.i18n import N_
from app.models.records.base import Record, Writer, field


class Allotment(Record):
    """What an office may lend in a round, and what is left of it by the centre's ledger."""

    __tablename__ = "allotment"
    label = N_("Allotment of the central office")
    writer = Writer.CENTRE

    round: Mapped[str | None] = field(N_("Round"), Kind.TEXT, required=True, index=True)
    amount: Mapped[int | None] = field(N_("Allotted (baht)"), Kind.BAHT, required=True, least=0)
    left: Mapped[int | None] = field(N_("Left to lend (baht)"), Kind.BAHT, required=True)
    as_of: Mapped[str | None] = field(N_("As of"), Kind.DATE, required=True)

    @classmethod
    def title(cls, data: Mapping[str, Any]) -> str:
        """Name the allotment by its round."""
        return str(data.get("round", ""))


class LoanDecision(Record):
    """What the fund's committee decided of one loan file."""

    __tablename__ = "loan_decision"
    label = N_("Decision on a loan")
    writer = Writer.CENTRE

    loan_file: Mapped[str | None] = field(
        N_("Loan file"), Kind.RECORD, target="loan_file", required=True, index=True
    )
    outcome: Mapped[str | None] = field(
        N_("Decision"), Kind.CHOICE, choices=codes.DECISION_OUTCOMES, required=True
    )
    amount: Mapped[int | None] = field(N_("Approved (baht)"), Kind.BAHT, least=0)
    decided_on: Mapped[str | None] = field(N_("Decided on"), Kind.DATE, required=True)
    meeting: Mapped[str | None] = field(N_("Meeting"), Kind.TEXT, most=60)
    contract_by: Mapped[str | None] = field(N_("Contract by"), Kind.DATE)
    reason: Mapped[str | None] = field(N_("Reason"), Kind.NOTE, most=2000)

    @classmethod
    def title(cls, data: Mapping[str, Any]) -> str:
        """Name the decision by its meeting."""
        return str(data.get("meeting", ""))
