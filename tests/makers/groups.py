"""Groups and the steps that they take."""

from typing import Any

from app.core.errors import Problem
from app.services.office.desk import Desk
from app.services.records import moves, records
from app.services.records.moves import Wanted

TRACKS = ("training", "product", "standard", "mark", "capital", "market")


def take(desk: Desk, record_id: str, name: str, *, reason: str = "", **reasons: str) -> None:
    """Take a step of a group, with a reason for each warning that is named."""
    draft: dict[str, Any] = {"registered_on": "2025-01-15"}
    wanted = Wanted(name, draft, on="2025-01-20", reason=reason, reasons=reasons)
    base = records.get(desk.store, "group", record_id).heads
    moves.move(desk.store, "group", record_id, wanted, base=base)


def told(desk: Desk, record_id: str, name: str) -> dict[str, Problem]:
    """Give what a step of a group asks, by code."""
    (offer,) = [each for each in moves.offered(desk.store, "group", record_id) if each.name == name]
    return {each.code: each for each in offer.problems}


def visit(desk: Desk, **about: str) -> str:
    draft = {
        "visited_on": "2025-02-10",
        "kind": "follow_up",
        "team": "คณะทำงานขับเคลื่อนฯ",
        "obstacles": [{"kind": "none"}],
    }
    return records.save(desk.store, "field_visit", draft | about).id
