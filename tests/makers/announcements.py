"""What the ministry announces and decides, and the money that it moves."""

from pathlib import Path
from typing import Any

from app.models.central import tables
from app.services import central
from app.services.central import Centre
from app.services.central.money import ledger
from tests.makers.pens import Pen

MILLION = 100_000_000  # satang


ROUND = "2568-1"


def apply(pen: Pen, number: int, amount: int, *parents: Any, **changed: Any) -> Any:
    """Write a loan file whose documents are complete; its number is 15-2568-A-NNNN.

    What is changed into "" is left out, as it is in every line.
    """
    data = {
        "file_no": f"15-2568-A-{number:04d}",
        "round": ROUND,
        "amount_requested": amount,
        "status": "documents_complete",
        "docs_complete_on": "2025-03-01",
    }
    kept = {name: value for name, value in (data | changed).items() if value != ""}
    return pen.write("loan_file", number, kept, *parents)


def send(centre: Centre, pen: Pen, folder: Path, first: int = 1) -> None:
    assert central.ingest(centre, pen.seal(folder, first)).status in ("accepted", "duplicate")


def balance(centre: Centre, office: str | None = "15") -> ledger.Balance:
    with tables.reading(centre.engine) as connection:
        return ledger.balance(connection, ROUND, office)


def figures(centre: Centre) -> tuple[int, int, int, int, int]:
    found = balance(centre)
    return found.allotted, found.reserved, found.committed, found.disbursed, found.left


def decision(outcome: str = "approved", amount: int = MILLION, **more: Any) -> dict[str, Any]:
    return {"outcome": outcome, "amount": amount, "decided_on": "2025-03-20"} | more
