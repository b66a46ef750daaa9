"""Classes and trainees for the tests of training."""

from collections.abc import Mapping
from typing import Any

from app.services.office.desk import Desk
from app.services.records import moves, records
from app.services.records.moves import Wanted
from tests.makers.office import change, person

REASONS = {"few_seats": "ห้องเล็ก", "outside_months": "รุ่นต่อเนื่อง", "late_application": "มาด้วยตนเอง"}


def class_draft(**changed: Any) -> dict[str, Any]:
    """Draft a class of 30 hours on the five days of a week in March 2568."""
    draft = {
        "course": "SCB",
        "mode": "on_site",
        "hours": 30,
        "place": "หอประชุมอำเภอเมืองอ่างทอง",
        "start_on": "2025-03-17",
        "end_on": "2025-03-21",
        "seats": 100,
    }
    return draft | changed


def training_class(desk: Desk, **changed: Any) -> str:
    draft = class_draft(**changed)
    return records.save(desk.store, "training_class", draft, reasons=REASONS).id


def enrol(desk: Desk, class_id: str, person_id: str, **changed: Any) -> str:
    draft = {
        "training_class": class_id,
        "person": person_id,
        "applied_on": "2025-03-03",
        "link_consent": "agrees",
    }
    return records.save(desk.store, "enrolment", draft | changed, reasons=REASONS).id


def step(desk: Desk, type_: str, record_id: str, *names: str, **fields: Any) -> None:
    """Take steps one after the other; `fields` are what the last of them asks for."""
    for name in names:
        typed: Mapping[str, Any] = fields if name == names[-1] else {}
        wanted = Wanted(name, dict(typed), reason="ตามเรื่อง", reasons=_ANSWERED)
        base = records.get(desk.store, type_, record_id).heads
        moves.move(desk.store, type_, record_id, wanted, base=base)


def trainee(desk: Desk, class_id: str, number: int = 1, **changed: Any) -> str:
    """Enter a person who is in training."""
    made = enrol(desk, class_id, person(desk, number), **changed)
    step(desk, "enrolment", made, "check", "select", "train")
    return made


def status(desk: Desk, record_id: str, type_: str = "enrolment") -> str:
    return str(records.get(desk.store, type_, record_id).data["status"])


def seats(desk: Desk, class_id: str, count: int) -> None:
    """Change the seats of a class."""
    change(desk, "training_class", class_id, seats=count)


_ANSWERED = {"not_running": "เริ่มฝึกพร้อมกัน", "nobody": "ยังไม่บันทึก", "no_result": "ตามเรื่อง"}
