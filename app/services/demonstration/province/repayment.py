"""What the borrowers of the invented province pay back, and when they fall behind."""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from app.models import shapes
from app.services.demonstration.province.people import SAMPLE, Land
from app.services.demonstration.province.writing import Book, Way, chosen

# (weight, how a borrower pays): the first borrowers take each in turn
_HABITS = (
    (62, "on_time"),
    (6, "three_at_once"),
    (12, "stops"),
    (14, "late"),
    (6, "never"),
)


@dataclass(slots=True)
class Receipts:
    """The receipts of the office, numbered by their day without a gap within a calendar year."""

    office: str
    borrowers: int = 0
    _taken: list[tuple[date, shapes.Payment]] = field(default_factory=list)

    def take(self, loan: str, on: date, amount: int, channel: str, void_reason: str = "") -> None:
        """Take a payment in; it gets its number once all are known."""
        data: shapes.Payment = {
            "loan_file": loan,
            "amount": amount,
            "channel": channel,
            "note": SAMPLE,
        }
        self._taken.append((on, data | {"void_reason": void_reason} if void_reason else data))

    def pay(
        self,
        dice: random.Random,
        loan: str,
        rows: list[shapes.LoanFileScheduleRow],
        until: date,
        *,
        late: int,
    ) -> list[date]:
        """Pay instalments so many days late at most; return the days of those paid by the last."""
        paid: list[date] = []
        for row in rows:
            on = date.fromisoformat(row["due_on"]) + timedelta(days=dice.randint(-5, late))
            if on > until:
                break
            self.take(loan, on, row["principal"] + row["interest"], _channel(dice))
            paid.append(on)
        return paid

    def write(self, book: Book) -> None:
        """Enter the payments in the order of their days; a voided one was entered before."""
        numbers: dict[int, int] = {}
        for on, data in sorted(self._taken, key=lambda each: each[0]):
            numbers[on.year] = numbers.get(on.year, 0) + 1
            receipt = f"{self.office}/{on.year + 543}/{numbers[on.year]:05d}"
            whole = data | {"paid_on": on.isoformat(), "receipt_no": receipt}
            entered = whole.copy()
            entered.pop("void_reason", None)
            book.add(shapes.PAYMENT, entered, *([whole] if "void_reason" in whole else []))


def repay(book: Book, land: Land, receipts: Receipts, loan: str, way: Way[shapes.LoanFile]) -> None:
    """Pay back a loan as its borrower is used to; the account is closed once all is paid."""
    dice, rows = book.dice, way.data["schedule"]
    habit = _HABITS[chosen(dice, receipts.borrowers, _HABITS)][1]
    receipts.borrowers += 1
    if habit == "never":
        return
    if habit == "stops":
        receipts.pay(dice, loan, rows[: dice.randint(1, len(rows) - 1)], land.until, late=3)
        return
    if habit == "three_at_once":
        _three_at_once(receipts, loan, rows)
        rows = rows[3:]
    paid = receipts.pay(dice, loan, rows, land.until, late=25 if habit == "late" else 2)
    if len(paid) == len(rows):
        way.step("close", max(paid))


def _three_at_once(receipts: Receipts, loan: str, rows: list[shapes.LoanFileScheduleRow]) -> None:
    """Pay three instalments at once; the clerk typed the receipt twice and voided one."""
    on = date.fromisoformat(rows[0]["due_on"])
    amount = sum(row["principal"] + row["interest"] for row in rows[:3])
    receipts.take(loan, on, amount, "transfer", void_reason="ลงใบเสร็จซ้ำ (ข้อมูลตัวอย่าง)")
    receipts.take(loan, on, amount, "transfer")


def _channel(dice: random.Random) -> str:
    return dice.choice(("cash", "transfer", "counter"))
