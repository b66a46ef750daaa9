"""The loans of the invented province: files, papers, decisions, contracts."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

from app.core import programme
from app.core.programme import Round
from app.models import shapes
from app.services.demonstration.province.groups import REASON, Team, words
from app.services.demonstration.province.people import SAMPLE, Land, Someone
from app.services.demonstration.province.repayment import Receipts, repay
from app.services.demonstration.province.visits import visit
from app.services.demonstration.province.writing import Book, Way, chosen
from app.services.loans.instalments import Terms, table

_PROPOSED = ("lodge", "papers_complete", "visited", "propose")
_PAID = (*_PROPOSED, "approve", "sign_contract", "disburse")
# (weight, moves): the ends of a loan that is repaid follow from what was paid
PLANS: tuple[tuple[int, tuple[str, ...]], ...] = (
    (58, _PAID),
    (6, (*_PROPOSED, "approve_partly", "sign_contract", "disburse")),
    (2, (*_PAID, "litigate")),
    (2, (*_PAID, "restructure")),
    (4, (*_PROPOSED, "refuse")),
    (2, (*_PROPOSED, "send_back")),
    (2, (*_PROPOSED, "approve", "contract_late")),
    (2, ("lodge", "papers_complete", "came_late")),
    (3, ("lodge", "ask_papers")),
    (3, ("lodge", "ask_papers", "papers_complete", "visited", "propose")),
    (3, ("lodge", "withdraw")),
    (3, ()),
    (2, ("lodge",)),
    (2, ("lodge", "papers_complete")),
    (2, ("lodge", "papers_complete", "visited")),
    (2, (*_PROPOSED, "approve")),
    (2, (*_PROPOSED, "approve_partly")),
    (2, (*_PROPOSED, "approve", "sign_contract")),
)
_WITH_REASON = {
    "refuse", "send_back", "contract_late", "came_late", "ask_papers", "withdraw", "litigate",
    "restructure",
}  # fmt: skip
_OUTCOMES = {
    "approve": "approved", "approve_partly": "partly", "refuse": "refused", "send_back": "returned",
}  # fmt: skip
_KINDS = ("official", "permanent_employee", "state_enterprise", "company", "village_head")


@dataclass(slots=True)
class Ledger:
    """What the files of the round share: its rules, the running number, the receipts."""

    round: Round
    receipts: Receipts
    files: int = 0
    lodged: int = 0
    approved: int = 0


def loans(book: Book, land: Land, known: list[Someone], teams: list[Team], count: int) -> None:
    """Enter the files of the groups that borrow, and of so many people of their own."""
    dice = book.dice
    ledger = Ledger(programme.rounds()[-1], Receipts(land.office))
    members = {one.id for team in teams for one in team.members}
    alone = [one for one in known if one.may_borrow and one.id not in members]
    answering = alone[count:] or alone
    # a group and a person take turns, so that both see every plan
    borrowers: list[Team | Someone] = [team for team in teams if team.borrows]
    borrowers += alone[:count]
    dice.shuffle(borrowers)
    for borrower in borrowers:
        _loan(book, land, ledger, borrower, dice.choice(answering))
    ledger.receipts.write(book)
    letter: shapes.AllotmentLetter = {
        "round": ledger.round.code,
        "amount": ledger.approved * 115 // 100 // 100 * 100,
        "as_of": ledger.round.apply_from.isoformat(),
        "letter_no": "รง 0000/1",
    }
    book.add(shapes.ALLOTMENT_LETTER, letter)


def _loan(
    book: Book, land: Land, ledger: Ledger, borrower: Team | Someone, answering: Someone
) -> None:
    dice = book.dice
    plan = PLANS[chosen(dice, ledger.lodged, PLANS)][1]
    ledger.files, ledger.lodged = ledger.files + 1, ledger.lodged + 1
    loan = book.new_id()
    way = Way(shapes.LOAN_FILE, _asked(dice, land, ledger, borrower), until=land.until)
    on = _lodged(dice, ledger.round)
    for name in plan:
        on = _day_of(dice, name, on, ledger.round, land)
        changed = _changed(book, ledger, loan, way, name, on)
        way.step(name, on, reason=REASON if name in _WITH_REASON else "", **changed)
    if "visited" in plan and way.data.get("docs_complete_on"):
        seen = date.fromisoformat(way.data["docs_complete_on"]) + timedelta(days=2)
        visit(book, land, "before_approval", seen, {"loan_file": loan})
    if way.status == "disbursed":
        repay(book, land, ledger.receipts, loan, way)
    if "disbursed_on" in way.data and way.status in ("litigation", "restructured"):
        ledger.receipts.pay(dice, loan, way.data["schedule"][:3], land.until, late=0)
    book.add(shapes.LOAN_FILE, *way.states, record_id=loan)
    if way.status == "restructured":
        _continue(book, land, ledger, way, loan)
    _papers(book, loan, way.data, is_complete="docs_complete_on" in way.data)
    if isinstance(borrower, Someone):
        _guarantor(book, loan, answering)


def _continue(
    book: Book, land: Land, ledger: Ledger, before: Way[shapes.LoanFile], loan: str
) -> None:
    """Enter the file that takes the rest of a restructured one over."""
    ledger.files += 1
    rest = sum(row["principal"] for row in before.data["schedule"][3:])
    data: shapes.LoanFile = {
        "file_no": f"{land.office}-2568-A-{ledger.files:04d}",
        "round": before.data["round"],
        "borrower_kind": before.data["borrower_kind"],
        "bank": before.data["bank"],
        "account_no": before.data["account_no"],
        "account_name": before.data["account_name"],
        "amount_requested": rest,
        "months": before.data["months"],
        "purpose_lines": [{"item": "หนี้ตามแฟ้มเดิม", "quantity": 1, "unit_price": rest}],
        "continues": loan,
        "note": SAMPLE,
        "status": "draft",
    }
    if "group" in before.data:
        data["group"] = before.data["group"]
    else:
        data["person"] = before.data["person"]
    book.add(shapes.LOAN_FILE, data)


def _asked(
    dice: random.Random, land: Land, ledger: Ledger, borrower: Team | Someone
) -> shapes.LoanFile:
    """Draft what a borrower asks for; the lines sum to the amount."""
    kind = "group" if isinstance(borrower, Team) else "individual"
    tier = ledger.round.tier(kind)
    step = 500_000
    least = 5_000_000 if kind == "group" else 1_000_000
    amount = dice.randrange(least, tier.most + 1, step)
    first = amount // 200_000 * 100_000
    items = dice.sample(words()["equipment"], 2)
    months = dice.choice((24, 36, 48, 60) if kind == "group" else (12, 18, 24))
    whose: shapes.LoanFile = {"group": borrower.id} if kind == "group" else {"person": borrower.id}
    return whose | {
        "file_no": f"{land.office}-2568-A-{ledger.files:04d}",
        "round": ledger.round.code,
        "borrower_kind": kind,
        "amount_requested": amount,
        "months": months,
        "purpose_lines": [
            {"item": items[0], "quantity": 1, "unit_price": first},
            {"item": items[1], "quantity": 1, "unit_price": amount - first},
        ],
        "borrower_capital": dice.randint(12, 60) * 100_000,
        "bank": dice.choice(("ธนาคารออมสิน", "ธ.ก.ส.", "ธนาคารกรุงไทย")),
        "account_no": f"020{dice.randrange(10**9):09d}",
        "account_name": borrower.name,
        "schedule": schedule(ledger.round, amount, months, None),
        "note": SAMPLE,
    }


def schedule(
    of_round: Round, amount: int, months: int, first_due: date | None
) -> list[shapes.LoanFileScheduleRow]:
    """Return the instalment table of a sum."""
    return table(Terms(amount, months, of_round.free_instalments, of_round.base_rate, first_due))


def _lodged(dice: random.Random, of_round: Round) -> date:
    return of_round.apply_from + timedelta(days=dice.randint(2, 90))


def _day_of(dice: random.Random, name: str, on: date, of_round: Round, land: Land) -> date:
    """Return the day of a move: papers by the last day of the round, a contract within 60 days."""
    if name == "lodge":
        return on
    if name == "papers_complete":
        return min(on + timedelta(days=dice.randint(0, 20)), of_round.apply_to)
    if name == "came_late":
        return of_round.apply_to + timedelta(days=dice.randint(1, 20))
    if name in ("litigate", "restructure"):
        return on + timedelta(days=dice.randint(200, 260))
    gaps = {"sign_contract": (5, 25), "disburse": (3, 15), "contract_late": (61, 80)}
    return on + timedelta(days=dice.randint(*gaps.get(name, (2, 12))))


def _changed(
    book: Book, ledger: Ledger, loan: str, way: Way[shapes.LoanFile], name: str, on: date
) -> shapes.LoanFile:
    day = on.isoformat()
    if name in _OUTCOMES and on <= way.until:
        _decide(book, ledger, loan, way, name, on)
    if name == "sign_contract":
        terms = _approved(way.data, "approve_partly" if way.status == "partly_approved" else "")
        table_ = schedule(ledger.round, terms, way.data["months"], None)
        number = way.data["file_no"].rsplit("-", 1)[1]
        return {"contract_no": f"ส.{number}/2568", "contract_on": day, "schedule": table_}
    if name == "disburse":
        amount = sum(row["principal"] for row in way.data["schedule"])
        first = date(on.year + (on.month + 1) // 12, (on.month + 1) % 12 + 1, 5)
        due = schedule(ledger.round, amount, way.data["months"], first)
        return {"disbursed_on": day, "first_due_on": first.isoformat(), "schedule": due}
    if name == "lodge":
        return {"submitted_on": day}
    return {"docs_complete_on": day} if name == "papers_complete" else {}


def _approved(data: shapes.LoanFile, name: str) -> int:
    """Return the sum of a decision: of a part, seven tenths in whole thousands of baht."""
    amount: int = data["amount_requested"]
    return amount * 7 // 10 // 100_000 * 100_000 if name == "approve_partly" else amount


def _decide(
    book: Book, ledger: Ledger, loan: str, way: Way[shapes.LoanFile], name: str, on: date
) -> None:
    data: shapes.DecisionLetter = {
        "loan_file": loan,
        "outcome": _OUTCOMES[name],
        "decided_on": on.isoformat(),
        "body": "คณะกรรมการบริหารกองทุนเพื่อผู้รับงานไปทำที่บ้าน",
        "meeting": f"{on.month}/{on.year + 543}",
        "letter_no": f"รง 0000/{ledger.files}",
    }
    if name in ("approve", "approve_partly"):
        amount = _approved(way.data, name)
        ledger.approved += amount
        data |= {"amount": amount, "contract_by": (on + timedelta(days=60)).isoformat()}
    else:
        data["reason"] = REASON
    book.add(shapes.DECISION_LETTER, data)


def _papers(book: Book, loan: str, data: shapes.LoanFile, *, is_complete: bool) -> None:
    """Enter the papers; of a file that is not complete one is missing."""
    if "submitted_on" not in data:
        return
    wanted = programme.loan_documents()
    papers = wanted.group if data["borrower_kind"] == "group" else wanted.individual
    needed = [each.kind for each in papers if each.required]
    for place, kind in enumerate(needed):
        status = "complete" if is_complete or place else "missing"
        seen: shapes.Document = {"loan_file": loan, "kind": kind, "status": status}
        if status == "complete":
            on = data.get("docs_complete_on", data["submitted_on"])
            seen |= {"certified": True, "seen_on": on}
        book.add(shapes.DOCUMENT, seen)


def _guarantor(book: Book, loan: str, one: Someone) -> None:
    kind = book.dice.choice(_KINDS)
    data: shapes.Guarantor = {
        "loan_file": loan,
        "person": one.id,
        "kind": kind,
        "spouse_consent": True,
    }
    if kind != "village_head":
        data |= {"employer": "หน่วยงานตัวอย่าง", "salary": book.dice.randint(15, 40) * 100_000}
    book.add(shapes.GUARANTOR, data)
