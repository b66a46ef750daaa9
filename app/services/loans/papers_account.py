"""The papers of a loan that is paid back: table of instalments (P18), card (P19)."""

from itertools import takewhile

from app.core import codes
from app.core.i18n import _
from app.models import shapes
from app.reports.forms.instalment_table import Instalment, InstalmentTable, RateSegment
from app.reports.forms.payment_card import PaidLine, PaymentCard
from app.reports.stamp import Stamp
from app.services.loans.loan_account import account_of, ledger, standing
from app.services.loans.on_paper import borrower_name
from app.services.loans.rounds import round_of
from app.services.printing import gathering
from app.services.printing.gathering import gathers
from app.services.records.record_view import View


@gathers("instalment_table", shapes.LOAN_FILE)
def instalment_table(
    view: View, stamp: Stamp, record_id: str, data: shapes.LoanFile
) -> InstalmentTable:
    """Gather P18: the table kept in the file, and its rates."""
    fund_round, months = round_of(view, data.get("round")), data.get("months", 0)
    segments: tuple[RateSegment, ...] = ()
    if fund_round and months:
        free = len(list(takewhile(lambda row: not row["interest"], data.get("schedule", ()))))
        ends = ((1, free, 0), (free + 1, months, fund_round.base_rate))
        segments = tuple(RateSegment(*each) for each in ends if each[0] <= each[1])
    return InstalmentTable(
        stamp=stamp,
        borrower=borrower_name(view, data),
        contract_no=data.get("contract_no", ""),
        contract_on=data.get("contract_on", ""),
        amount=sum(each["principal"] for each in data.get("schedule", ())),
        segments=segments,
        instalments=tuple(
            Instalment(**({"due_on": ""} | each)) for each in data.get("schedule", ())
        ),
    )


@gathers("payment_card", shapes.LOAN_FILE)
def payment_card(view: View, stamp: Stamp, record_id: str, data: shapes.LoanFile) -> PaymentCard:
    """Gather P19: every payment, the voided too, and what is owed today."""
    found, channels = account_of(view, record_id), dict(codes.PAYMENT_CHANNELS)
    return PaymentCard(
        stamp=stamp,
        borrower=borrower_name(view, data),
        **gathering.texts(data, "contract_no", "contract_on"),
        lent=found.lent if found else 0,
        months=data.get("months", 0),
        lent_on=data.get("disbursed_on", ""),
        payments=tuple(
            PaidLine(
                each.paid_on,
                each.receipt_no,
                _(channels.get(each.channel, each.channel)),
                each.amount,
                each.interest,
                each.principal,
                each.principal_left,
                each.void_reason,
            )
            for each in ledger(view, record_id)
        ),
        as_of_on=view.today.isoformat(),
        paid=found.paid if found else 0,
        owed=found.owed if found else 0,
        due=found.due if found else 0,
        surplus=found.laid.surplus if found else 0,
        standing=standing(found) if found else "",
    )
