"""Rules about payments: each once, never edited, not before the loan and not beyond the debt."""

from collections.abc import Iterator

from app.core import thai
from app.core.errors import Problem
from app.core.i18n import _
from app.models import shapes
from app.services.loans.allocation import lay
from app.services.records.acts import current
from app.services.records.record_view import View
from app.services.records.rules import rule

_FIXED = ("loan_file", "paid_on", "amount", "receipt_no", "channel")


@rule(shapes.PAYMENT)
def a_payment_is_never_edited(
    view: View, record_id: str, data: shapes.Payment
) -> Iterator[Problem]:
    """Refuse a change of a payment that was saved: it is voided with a reason and typed anew."""
    kept = current(view.connection, "payment", record_id)
    if kept is None:
        return
    changed = next((name for name in _FIXED if kept.data.get(name) != data.get(name)), None)
    if changed:
        yield Problem(
            changed,
            _("A payment is not changed. Void it with a reason, and enter the right one."),
            "payment_edited",
        )


@rule(shapes.PAYMENT)
def a_receipt_is_used_once(view: View, record_id: str, data: shapes.Payment) -> Iterator[Problem]:
    """Warn of a receipt number that another payment of the office has."""
    for other_id, other in view.where(shapes.PAYMENT, receipt_no=data.get("receipt_no")):
        if other_id == record_id:
            continue
        file = view.get(shapes.LOAN_FILE, other.get("loan_file")) or {}
        yield Problem(
            "receipt_no",
            _("This receipt number is used already: {amount} baht, file {file}.").format(
                amount=thai.format_baht(other.get("amount", 0)), file=file.get("file_no", "-")
            ),
            "receipt_twice",
            warning=True,
        )
        return


@rule(shapes.PAYMENT)
def the_money_was_lent_before(
    view: View, record_id: str, data: shapes.Payment
) -> Iterator[Problem]:
    """Refuse a payment of a loan whose money was not transferred by then; warn of a later day."""
    loan, paid_on = view.get(shapes.LOAN_FILE, data.get("loan_file")), data.get("paid_on")
    if loan is None or not paid_on:
        return
    lent_on = loan.get("disbursed_on")
    if not lent_on or paid_on < lent_on:
        yield Problem(
            "paid_on", _("The money of this loan was not transferred by that day."), "not_lent"
        )
    if paid_on > view.today.isoformat():
        yield Problem("paid_on", _("This date is in the future."), "future", warning=True)


@rule(shapes.PAYMENT)
def nobody_pays_more_than_is_owed(
    view: View, record_id: str, data: shapes.Payment
) -> Iterator[Problem]:
    """Warn, with the figure, of what is paid beyond the whole debt; it is kept as a surplus."""
    loan, amount = view.get(shapes.LOAN_FILE, data.get("loan_file")) or {}, data.get("amount", 0)
    others = [
        payment.get("amount", 0)
        for payment_id, payment in view.where(shapes.PAYMENT, loan_file=data.get("loan_file"))
        if payment_id != record_id
    ]
    if "void_reason" in data or not loan.get("schedule"):
        return
    surplus = min(amount, lay(loan["schedule"], sum(others) + amount).surplus)
    if surplus:
        yield Problem(
            "amount",
            _("This is {surplus} baht more than is owed.").format(
                surplus=thai.format_baht(surplus)
            ),
            "surplus",
            warning=True,
        )
