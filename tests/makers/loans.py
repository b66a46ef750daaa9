"""Loans that run: what a test of repayment begins with."""

from collections.abc import Mapping
from typing import Any

from app.services.office.desk import Desk
from app.services.records import moves, records
from app.services.records.moves import Wanted
from app.services.records.records import Saved
from tests.makers.office import loan, person, set_status

LENT = {
    "contract_no": "อท 1/2568",
    "contract_on": "2025-04-20",
    "disbursed_on": "2025-04-25",
    "first_due_on": "2025-05-05",
}


def running(desk: Desk, borrower: str = "", kind: str = "individual", **changed: Any) -> str:
    """Enter a loan whose money was transferred on 25 April 2025; 24 instalments from 5 May."""
    draft = loan(borrower or person(desk), kind, **LENT) | changed
    file = records.save(desk.store, "loan_file", draft).id
    set_status(desk, "loan_file", file, "disbursed")
    return file


def pay(
    desk: Desk,
    file: str,
    amount: int,
    receipt_no: str = "1/68",
    paid_on: str = "2025-05-05",
    reasons: Mapping[str, str] | None = None,
) -> str:
    draft = payment(file, amount, receipt_no, paid_on)
    return records.save(desk.store, "payment", draft, reasons=reasons).id


def payment(
    file: str, amount: int, receipt_no: str = "1/68", paid_on: str = "2025-05-05"
) -> dict[str, Any]:
    return {
        "loan_file": file,
        "paid_on": paid_on,
        "amount": amount,
        "receipt_no": receipt_no,
        "channel": "cash",
    }


def step(desk: Desk, file: str, name: str, reason: str = "", **draft: Any) -> Saved:
    """Take a step of a file; every warning gets a reason."""
    opened = records.get(desk.store, "loan_file", file)
    wanted = Wanted(name, draft, reason=reason, reasons=_Whatever())
    return moves.move(desk.store, "loan_file", file, wanted, base=opened.heads)


def says(desk: Desk, file: str, name: str) -> dict[str, bool]:
    """Give what the guards of a step say: whether each is only a warning, by its code."""
    offered = moves.offered(desk.store, "loan_file", file)
    found = next(offer for offer in offered if offer.name == name)
    return {problem.code: problem.warning for problem in found.problems}


class _Whatever(dict[str, str]):
    """Reasons for every warning there may be."""

    def __init__(self) -> None:
        codes = ("purpose_sum", "documents_missing", "not_visited", "no_guarantor", "late", "owed")
        super().__init__(dict.fromkeys((*codes, "transferred_before"), "ตามหนังสือ"))
