"""What is owed of a loan on a day: its account, its payments one by one, who is in arrears.

Nothing of this is stored. An account stands from the transfer of the money on; a voided payment
counts for nothing and stays in the ledger with its reason.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from app.core.i18n import _
from app.models import shapes
from app.models.office.store import Store, origin
from app.services.loans.allocation import Laid, Share, lay
from app.services.records.record_view import View

RUNNING = ("disbursed", "litigation")
STEPS = (90, 60, 30)  # days in arrears at which the fund follows a debt up (A)


@dataclass(frozen=True, slots=True)
class Account:
    """What is owed on a day, in satang; due is what has fallen due by then."""

    on: date
    laid: Laid
    paid: int

    @property
    def shares(self) -> tuple[Share, ...]:
        """The instalments with what is paid of each."""
        return self.laid.shares

    @property
    def lent(self) -> int:
        """The principal of the whole table."""
        return sum(share.principal for share in self.shares)

    @property
    def principal_owed(self) -> int:
        """The principal that is not paid back yet."""
        return self.lent - self.laid.principal_paid

    @property
    def owed(self) -> int:
        """All that is still to be paid: principal, and the interest of the whole table."""
        return sum(share.owed for share in self.shares)

    @property
    def due(self) -> int:
        """What is to be paid today: all that has fallen due and is not paid."""
        return sum(share.owed for share in self.shares if self._is_due(share))

    @property
    def to_restructure(self) -> int:
        """What a new file goes on with: the principal left, and unpaid interest fallen due."""
        due = [share for share in self.shares if self._is_due(share)]
        return self.principal_owed + sum(share.interest - share.interest_paid for share in due)

    @property
    def overdue(self) -> int:
        """What fell due before today and is not paid."""
        return sum(share.owed for share in self._late)

    @property
    def days_late(self) -> int:
        """The days since the oldest unpaid instalment fell due; 0 where none is late."""
        days = [(self.on - date.fromisoformat(share.due_on)).days for share in self._late]
        return max(days, default=0)

    @property
    def step(self) -> int:
        """The step of the arrears: 90, 60 or 30 days reached, 0 below."""
        return next((step for step in STEPS if self.days_late >= step), 0)

    @property
    def next(self) -> Share | None:
        """The oldest instalment that is not paid whole, None once all are."""
        return next((share for share in self.shares if share.owed), None)

    @property
    def _late(self) -> list[Share]:
        today = self.on.isoformat()
        return [share for share in self.shares if share.owed and "" < share.due_on < today]

    def _is_due(self, share: Share) -> bool:
        return "" < share.due_on <= self.on.isoformat()


@dataclass(frozen=True, slots=True)
class Receipt:
    """One payment of the ledger and what it went to; a voided one went to nothing."""

    id: str
    paid_on: str
    receipt_no: str
    channel: str
    amount: int
    interest: int
    principal: int
    surplus: int
    principal_left: int
    void_reason: str


def account_of(view: View, file_id: str) -> Account | None:
    """Return the account of a file today, None before its money was transferred."""
    data = view.get(shapes.LOAN_FILE, file_id)
    if data is None or not data.get("disbursed_on"):
        return None
    payments = view.where(shapes.PAYMENT, loan_file=file_id)
    return _account(view, data, sum(payment.get("amount", 0) for _id, payment in payments))


def account(store: Store, file_id: str) -> Account | None:
    """Do what account_of does, in a read of its own."""
    with store.read() as connection:
        return account_of(View(connection, origin(connection).office), file_id)


def ledger(view: View, file_id: str) -> list[Receipt]:
    """List the payments of a file by their days, the voided among them."""
    schedule = (view.get(shapes.LOAN_FILE, file_id) or {}).get("schedule", ())
    known = view.where(shapes.PAYMENT, loan_file=file_id) + view.voided(
        shapes.PAYMENT, loan_file=file_id
    )
    known.sort(key=lambda one: (one[1].get("paid_on", ""), one[1].get("receipt_no", ""), one[0]))
    before, paid, receipts = lay(schedule, 0), 0, []
    lent = sum(share.principal for share in before.shares)
    for payment_id, data in known:
        amount = data.get("amount", 0)
        paid += 0 if "void_reason" in data else amount
        after = lay(schedule, paid)
        receipts.append(
            Receipt(
                id=payment_id,
                paid_on=data.get("paid_on", ""),
                receipt_no=data.get("receipt_no", ""),
                channel=data.get("channel", ""),
                amount=amount,
                interest=after.interest_paid - before.interest_paid,
                principal=after.principal_paid - before.principal_paid,
                surplus=after.surplus - before.surplus,
                principal_left=lent - after.principal_paid,
                void_reason=data.get("void_reason", ""),
            )
        )
        before = after
    return receipts


def standing(found: Account) -> str:
    """Say how a loan is being repaid: on time, paid back, or so many days in arrears."""
    if not found.owed:
        return _("Paid back")
    if found.days_late:
        return _("In arrears for {days} days").format(days=found.days_late)
    return _("Repaying on time")


def arrears(view: View) -> dict[str, Account]:
    """Return the accounts that are in arrears today, by file."""
    paid: Counter[str] = Counter()
    for _id, payment in view.where(shapes.PAYMENT):
        paid[payment.get("loan_file", "")] += payment.get("amount", 0)
    found = {
        file_id: _account(view, data, paid[file_id])
        for status in RUNNING
        for file_id, data in view.where(shapes.LOAN_FILE, status=status)
        if data.get("disbursed_on")
    }
    return {file_id: each for file_id, each in found.items() if each.days_late}


def _account(view: View, data: shapes.LoanFile, paid: int) -> Account:
    return Account(view.today, lay(data.get("schedule", ()), paid), paid)
