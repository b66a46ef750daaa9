"""The loan files of an office as the ledger sees them: where each stands, and who came first.

An application is complete when the office has entered the day of its last document. Its place is
the order in which it arrived here complete, never a clock of a PC; one that asks for more than
before goes to the end. A decision ends the waiting. A commitment that went back, because the
applicant withdrew or the day for the contract passed, stays back until it is decided anew.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace

from sqlalchemy import Connection, delete, exists, func, insert, select

from app.models import shapes
from app.models.central import tables
from app.services.central.answers import own_lines
from app.services.central.intake import bodies, office_records
from app.services.central.money import ledger
from app.services.central.money.ledger import COMMITTED, DISBURSED, RESERVED

OPEN, RETURNED, CLOSED = "open", "returned", "closed"
GRANTED = ("approved", "partly")
_SPENT = ("disbursed", "repaying", "overdue", "closed", "restructured", "litigation")
_ENDED = ("withdrawn", "late_contract")
_INDEXED = 500  # characters; core.holding lets no more in
_EARLY = (None, "draft", "documents_asked")

_loans = tables.applications


@dataclass(frozen=True, slots=True)
class Loan:
    """One loan file: its place in the queue (0: it does not wait), and what was decided of it."""

    office: str
    loan: str
    round: str = ""
    file_no: str = ""
    amount: int = 0
    place: int = 0
    stage: str = OPEN
    approved: int = 0
    decision: str = ""


def follow(connection: Connection, office: str, loans: Iterable[str]) -> None:
    """Look again at some loan files, in the order given, and bring the ledger up to them."""
    settle(connection, office, look_again(connection, office, loans))


def look_again(connection: Connection, office: str, loans: Iterable[str]) -> set[str]:
    """Note where some loan files stand now, in the order given; return the rounds to settle."""
    gone = bodies.erased(connection, office)
    order = [loan for loan in dict.fromkeys(loans) if ("loan_file", loan) not in gone]
    decisions = {own_lines.record_id(office, "loan_decision", loan): loan for loan in order}
    decided = {
        decisions[found]: data
        for found, data in office_records.all_shown(
            connection, office, shapes.LOAN_DECISION, decisions
        )
    }
    files = dict(office_records.all_shown(connection, office, shapes.LOAN_FILE, order))
    rounds = set()
    for loan in order:
        before = _before(connection, office, loan)
        row = _judged(connection, before, files.get(loan), decided.get(loan))
        rounds |= {before.round, row.round}
        connection.execute(delete(_loans).where(_loans.c.office == office, _loans.c.loan == loan))
        connection.execute(insert(_loans), [asdict(row)])
    return rounds


def settle(connection: Connection, office: str, rounds: Iterable[str]) -> None:
    """Bring the ledger of some rounds up to the loan files."""
    for code in sorted(set(rounds) - {""}):
        ledger.settle(connection, office, code)


def forget(connection: Connection, office: str) -> set[str]:
    """Forget where the loan files of an office stand; return their rounds.

    One that was erased stays as it is: nothing else is left of it.
    """
    gone = tables.erased
    is_erased = exists().where(
        gone.c.office == office, gone.c.type == "loan_file", gone.c.id == _loans.c.loan
    )
    rounds = connection.scalars(select(_loans.c.round).where(_loans.c.office == office).distinct())
    found = set(rounds)
    connection.execute(delete(_loans).where(_loans.c.office == office, ~is_erased))
    return found


def freeze(connection: Connection, office: str, loan: str) -> None:
    """Keep the last state of an erased loan file: its money was spent, its content is gone.

    One that was not decided waits no longer.
    """
    before = _before(connection, office, loan)
    if before.stage not in (OPEN, RESERVED):
        return
    connection.execute(
        _loans.update()
        .where(_loans.c.office == office, _loans.c.loan == loan)
        .values(stage=CLOSED, place=0)
    )
    ledger.settle(connection, office, before.round)


def named(connection: Connection, office: str, file: str) -> Loan | None:
    """Find a loan file by its id or its number, None where none or several have it."""
    found = connection.execute(
        select(_loans).where(
            _loans.c.office == office, (_loans.c.loan == file) | (_loans.c.file_no == file)
        )
    )
    rows = [Loan(**row) for row in found.mappings()]
    return rows[0] if len(rows) == 1 else None


def _before(connection: Connection, office: str, loan: str) -> Loan:
    found = connection.execute(
        select(_loans).where(_loans.c.office == office, _loans.c.loan == loan)
    )
    row = found.mappings().first()
    return Loan(**row) if row else Loan(office, loan)


def _judged(
    connection: Connection,
    before: Loan,
    data: shapes.LoanFile | None,
    decision: shapes.LoanDecision | None,
) -> Loan:
    data = data or {"status": "withdrawn"}
    decision = decision or {}
    rev = _decided_by(connection, before) if decision else ""
    stage = _stage(data, decision, before, rev)
    row = replace(
        before,
        round=_kept(data.get("round", before.round)),
        file_no=_kept(data.get("file_no", before.file_no)),
        amount=max(data.get("amount_requested", before.amount), 0),
        place=0,
        stage=stage,
        approved=decision.get("amount", 0) if decision.get("outcome") in GRANTED else 0,
        decision=rev,
    )
    if before.stage in (COMMITTED, DISBURSED):
        return replace(row, round=before.round)  # the money is of that round, whatever changes
    if stage != RESERVED:
        return row
    waits = before.stage == RESERVED and row.round == before.round
    keeps = waits and row.amount <= before.amount
    return replace(row, place=before.place if keeps else _next(connection, before.office))


def _kept(text: str) -> str:
    """Return a text as every database can index it: an older program took others, too."""
    return text.replace("\0", "")[:_INDEXED]


def _stage(data: shapes.LoanFile, decision: shapes.LoanDecision, before: Loan, rev: str) -> str:
    status = data.get("status")
    is_over = status in _ENDED or bool(data.get("void_reason"))
    outcome = decision.get("outcome")
    if outcome in GRANTED:
        if is_over or (before.stage, before.decision) == (RETURNED, rev):
            return RETURNED
        return DISBURSED if status in _SPENT else COMMITTED
    if is_over or outcome == "refused":
        return CLOSED
    complete = data.get("docs_complete_on") or ""
    if outcome == "returned" and complete <= decision.get("decided_on", ""):
        return OPEN  # sent back, and not complete again since
    return RESERVED if complete and status not in _EARLY else OPEN


def _decided_by(connection: Connection, loan: Loan) -> str:
    decision = own_lines.record_id(loan.office, "loan_decision", loan.loan)
    return max(
        office_records.heads_of(connection, loan.office, "loan_decision", decision), default=""
    )


def _next(connection: Connection, office: str) -> int:
    last = connection.scalar(select(func.max(_loans.c.place)).where(_loans.c.office == office))
    return (last or 0) + 1
