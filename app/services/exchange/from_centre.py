"""What the central office sent this desk with its receipts, for the clerk to read."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from app.core.programme import Round
from app.models import shapes
from app.models.exchange import receipts
from app.models.office.store import Store, setting
from app.services.loans import rounds
from app.services.records import naming, records
from app.services.records.record_view import View


@dataclass(frozen=True, slots=True)
class LastReceipt:
    """The receipt with the highest number that was taken in.

    `at` is the centre's time, `applied_at` this computer's, both UTC. The counts are of the lines
    that it returned, of those to look at, and of the records with several versions.
    """

    number: int
    at: str
    applied_at: str
    returned: int
    flagged: int
    disputed: int


@dataclass(frozen=True, slots=True)
class KnownRound:
    """A round as it holds here, letters of extension counted.

    `is_announced` tells one that the centre announced from one that came with the program alone.
    """

    round: Round
    is_announced: bool


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided of a loan file; `title` names the file and who borrows, "" if not here."""

    loan_file: str
    title: str
    data: shapes.LoanDecision


@dataclass(frozen=True, slots=True)
class GroupMoved:
    """A group that the centre moved from one office to another; `title` is "" if not here."""

    title: str
    data: shapes.Transfer


@dataclass(frozen=True, slots=True)
class FromCentre:
    """All of it, the newest first; code tables by name and version."""

    receipt: LastReceipt | None
    rounds: tuple[KnownRound, ...]
    allotments: tuple[shapes.Allotment, ...]
    decisions: tuple[Decision, ...]
    transfers: tuple[GroupMoved, ...]
    code_tables: tuple[tuple[str, int], ...]


def from_centre(store: Store) -> FromCentre:
    """Gather what the centre sent so far."""
    with store.read() as connection:
        view = records.view_of(connection)
        allotments = [data for _id, data in view.where(shapes.ALLOTMENT)]
        tables = setting(connection, "code_tables", {})
        return FromCentre(
            receipt=_last_receipt(connection),
            rounds=_rounds(view),
            allotments=tuple(sorted(allotments, key=_round_of, reverse=True)),
            decisions=_decisions(view),
            transfers=_transfers(view),
            code_tables=tuple(sorted((name, each["version"]) for name, each in tables.items())),
        )


def _last_receipt(connection: Connection) -> LastReceipt | None:
    found = connection.execute(select(receipts).order_by(receipts.c.number.desc()).limit(1)).first()
    if found is None:
        return None
    counts = found.counts
    return LastReceipt(
        number=found.number,
        at=found.at,
        applied_at=found.applied_at,
        returned=counts["rejected"],
        flagged=counts["flagged"],
        disputed=counts["disputed"],
    )


def _rounds(view: View) -> tuple[KnownRound, ...]:
    announced = {data.get("code") for _id, data in view.where(shapes.FUND_ROUND)}
    found = [rounds.round_of(view, code) for code, _name in rounds.choices(view)]
    return tuple(KnownRound(each, each.code in announced) for each in found if each)


def _decisions(view: View) -> tuple[Decision, ...]:
    found = [data for _id, data in view.where(shapes.LOAN_DECISION)]
    found.sort(key=lambda data: str(data.get("decided_on", "")), reverse=True)
    return tuple(
        Decision(loan, _title(view, loan), data)
        for data in found
        for loan in [data.get("loan_file", "")]
    )


def _transfers(view: View) -> tuple[GroupMoved, ...]:
    found = [data for _id, data in view.where(shapes.TRANSFER)]
    found.sort(key=lambda data: str(data.get("moved_on", "")), reverse=True)
    names = naming.titles(view.connection, {("group", str(data.get("group"))) for data in found})
    return tuple(
        GroupMoved(names.get(("group", data.get("group", "")), ""), data) for data in found
    )


def _title(view: View, loan_file: str) -> str:
    """Name a loan file by its number and its borrower."""
    loan = view.get(shapes.LOAN_FILE, loan_file) or {}
    borrower = [("group", loan.get("group", "")), ("person", loan.get("person", ""))]
    names = naming.titles(view.connection, borrower)
    return " ".join(filter(None, (loan.get("file_no"), *names.values())))


def _round_of(data: shapes.Allotment) -> str:
    return str(data.get("round", ""))
