"""What becomes of a loan: the decision typed from paper, and what was paid back."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Mapped

from app.core import codes
from app.core.fields import Kind
from app.core.i18n import N_
from app.models.records.base import Record, field


class DecisionLetter(Record):
    """A decision of the fund as a letter brought it; the centre's own wins on sums (S9)."""

    __tablename__ = "decision_letter"
    label = N_("Decision letter")

    loan_file: Mapped[str | None] = field(
        N_("Loan file"), Kind.RECORD, target="loan_file", required=True, index=True
    )
    outcome: Mapped[str | None] = field(
        N_("Decision"), Kind.CHOICE, choices=codes.DECISION_OUTCOMES, required=True
    )
    amount: Mapped[int | None] = field(N_("Approved (baht)"), Kind.BAHT, least=0)
    decided_on: Mapped[str | None] = field(N_("Decided on"), Kind.DATE, required=True)
    body: Mapped[str | None] = field(N_("Decided by"), Kind.TEXT, most=200)
    meeting: Mapped[str | None] = field(N_("Meeting"), Kind.TEXT, most=60, hint="3/2568")
    letter_no: Mapped[str | None] = field(N_("Letter number"), Kind.TEXT, most=60)
    contract_by: Mapped[str | None] = field(N_("Contract by"), Kind.DATE)
    reason: Mapped[str | None] = field(N_("Reason"), Kind.NOTE, most=2000)

    @classmethod
    def title(cls, data: Mapping[str, Any]) -> str:
        """Name the decision by its letter."""
        return str(data.get("letter_no") or data.get("meeting") or "")


class Payment(Record):
    """A sum that a borrower paid; it is voided with a reason and never edited away."""

    __tablename__ = "payment"
    label = N_("Payment")

    loan_file: Mapped[str | None] = field(
        N_("Loan file"), Kind.RECORD, target="loan_file", required=True, index=True
    )
    paid_on: Mapped[str | None] = field(N_("Paid on"), Kind.DATE, required=True, index=True)
    amount: Mapped[int | None] = field(N_("Amount paid (baht)"), Kind.BAHT, required=True, least=1)
    receipt_no: Mapped[str | None] = field(
        N_("Receipt number"), Kind.TEXT, required=True, most=60, index=True
    )
    channel: Mapped[str | None] = field(
        N_("Paid by way of"), Kind.CHOICE, choices=codes.PAYMENT_CHANNELS, required=True
    )
    note: Mapped[str | None] = field(N_("Note"), Kind.TEXT, most=200)

    @classmethod
    def title(cls, data: Mapping[str, Any]) -> str:
        """Name the payment by its receipt."""
        return str(data.get("receipt_no", ""))
