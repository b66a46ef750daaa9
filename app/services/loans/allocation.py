"""Sums paid, laid on the instalments of a loan: pure arithmetic in satang.

The oldest instalment is paid first, and in it the interest before the principal (ป.พ.พ. มาตรา 329,
GK). What is laid depends on the sum of the payments alone, so their order changes no balance.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from app.models import shapes


@dataclass(frozen=True, slots=True)
class Share:
    """One instalment and the part already paid; `due_on` is "" until a day is set."""

    number: int
    due_on: str
    principal: int
    interest: int
    paid: int

    @property
    def owed(self) -> int:
        """Return the unpaid rest in satang, interest and principal together."""
        return self.principal + self.interest - self.paid

    @property
    def interest_paid(self) -> int:
        """How much of its interest is paid."""
        return min(self.paid, self.interest)

    @property
    def principal_paid(self) -> int:
        """How much of its principal is paid."""
        return self.paid - self.interest_paid


@dataclass(frozen=True, slots=True)
class Laid:
    """The instalments with what is paid of each, and what was paid beyond them all."""

    shares: tuple[Share, ...]
    surplus: int

    @property
    def principal_paid(self) -> int:
        """The principal paid of all instalments."""
        return sum(share.principal_paid for share in self.shares)

    @property
    def interest_paid(self) -> int:
        """The interest paid of all instalments."""
        return sum(share.interest_paid for share in self.shares)


def lay(schedule: Iterable[shapes.LoanFileScheduleRow], paid: int) -> Laid:
    """Lay a sum on the rows of an instalment table, the oldest first."""
    shares = []
    for row in schedule:
        principal, interest = row.get("principal", 0), row.get("interest", 0)
        part = min(paid, principal + interest)
        paid -= part
        shares.append(Share(row.get("number", 0), row.get("due_on", ""), principal, interest, part))
    return Laid(tuple(shares), paid)
