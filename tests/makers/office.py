"""What the scenarios are made of: people, groups, loans and the letters of the centre."""

from collections.abc import Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from app.core import thai
from app.core.errors import Invalid, Problem
from app.core.ids import new_id
from app.core.line import PUT, Header, Line, new_body
from app.models.records import journal
from app.models.records.base import entities
from app.services.office.desk import Desk
from app.services.records import guards, moves, projection, records, rules
from app.services.records.record_view import View

ROUND = "2568-1"
YANSUE = "150107"


def id_number(number: int) -> str:
    """Make a number with a valid check digit that no card bears."""
    first12 = f"9{number:011d}"
    return first12 + thai.citizen_id_check_digit(first12)


def person(
    desk: Desk, number: int = 1, *, reasons: Mapping[str, str] | None = None, **changed: Any
) -> str:
    draft = {
        "id_kind": "thai13",
        "id_no": id_number(number),
        "first_th": f"สมาชิก{number}",
        "last_th": "ตัวอย่าง",
        "nationality": "ไทย",
        "birth_date": "1977-03-15",
    }
    return records.save(desk.store, "person", draft | changed, reasons=reasons).id


def group(desk: Desk, name: str = "กลุ่มดอกไม้จันทน์ย่านซื่อ", **changed: Any) -> str:
    draft = {
        "name": name,
        "occupation_type": "handicraft",
        "address": {"subdistrict": YANSUE},
        "founded_on": "2020",
        "capital": 2_000_000,
    }
    reasons = {"second_group": "มีสองกลุ่มจริง", "like_group": "คนละกลุ่ม"}
    return records.save(desk.store, "group", draft | changed, reasons=reasons).id


def join(
    desk: Desk,
    group_id: str,
    person_id: str,
    *,
    reasons: Mapping[str, str] | None = None,
    **changed: Any,
) -> str:
    draft = {"group": group_id, "person": person_id, "role": "member"}
    return records.save(desk.store, "membership", draft | changed, reasons=reasons).id


def borrowing_group(desk: Desk, members: int = 5, first: int = 1, **changed: Any) -> str:
    """Enter a registered group whose first member leads it."""
    made = group(desk, **changed)
    for number in range(first, first + members):
        role = "leader" if number == first else "member"
        join(desk, made, person(desk, number), role=role)
    registration = {"group": made, "kind": "home_worker", "number": "อท 1/2567"}
    reasons = {"few_members": "รอรับสมาชิกเพิ่ม"}
    records.save(desk.store, "group_registration", registration, reasons=reasons)
    return made


def loan(borrower: str, kind: str = "group", **changed: Any) -> dict[str, Any]:
    """Draft the application of a group, or of a person."""
    draft = {
        "round": ROUND,
        "borrower_kind": kind,
        "group" if kind == "group" else "person": borrower,
        "amount_requested": 20_000_000 if kind == "group" else 5_000_000,
        "months": 24,
        "submitted_on": "2025-03-10",
    }
    if kind == "individual":
        draft["borrower_capital"] = 1_000_000
    return draft | changed


def change(desk: Desk, type_: str, record_id: str, **changed: Any) -> None:
    """Change a record as a clerk does who knows what is to be seen to beside it."""
    opened = records.get(desk.store, type_, record_id)
    draft = opened.data | changed
    seen_to = dict.fromkeys(
        ("still_member", "files_open", "leader_died", "no_consent"), "แจ้งหัวหน้าแล้ว"
    )
    records.save(desk.store, type_, draft, record_id=record_id, base=opened.heads, reasons=seen_to)


def set_status(desk: Desk, type_: str, record_id: str, to: str) -> None:
    """Set a status as the head of the office may, without the steps that lead to it."""
    opened = records.get(desk.store, type_, record_id)
    moves.correct(desk.store, type_, record_id, to, base=opened.heads, reason="ตามแฟ้มเดิม")


def said(
    desk: Desk, type_: str, draft: Mapping[str, Any], record_id: str = ""
) -> dict[str, Problem]:
    """Give what the clerk is told of a draft, by code."""
    found = records.check(desk.store, type_, dict(draft), record_id=record_id)
    return {problem.code: problem for problem in found}


def told(
    desk: Desk, type_: str, draft: Mapping[str, Any], day: str, record_id: str = ""
) -> set[str]:
    """Give the codes of what the rules say on a day."""
    with looking(desk, day) as view:
        return {each.code for each in rules.problems(view, type_, record_id, dict(draft))}


def weighed(
    desk: Desk, type_: str, draft: Mapping[str, Any], day: str, record_id: str = ""
) -> dict[str, str]:
    """Give what the rules say on a day: whether each refuses or only warns, by its code."""
    with looking(desk, day) as view:
        given = {name: value for name, value in draft.items() if value is not None}
        found = rules.problems(view, type_, record_id, given)
    return {each.code: "warns" if each.warning else "refuses" for each in found}


def asked(
    desk: Desk, guard: str, data: Mapping[str, Any], day: str, record_id: str = ""
) -> dict[str, str]:
    """Give what one guard says on a day: whether it refuses or only warns, by its code."""
    with looking(desk, day) as view:
        of_types = (guards.of(type_) for type_ in entities())
        of_name = next(each[guard] for each in of_types if guard in each)
        found = list(of_name(view, record_id, dict(data)))
    return {each.code: "warns" if each.warning else "refuses" for each in found}


@contextmanager
def looking(desk: Desk, day: str) -> Any:
    with desk.store.read() as connection:
        yield View(connection, desk.office, date.fromisoformat(day))


def stopped(desk: Desk, type_: str, draft: Mapping[str, Any]) -> set[str]:
    """Give the codes by which a save is refused, "" for none."""
    try:
        records.save(desk.store, type_, dict(draft))
    except Invalid as refused:
        return {problem.code for problem in refused.problems}
    return set()


def from_elsewhere(
    desk: Desk, type_: str, data: dict[str, Any], record_id: str = "", **header: Any
) -> str:
    """Take in a line that another hand wrote, as a receipt or a bundle does."""
    body = new_body(data)
    record_id = record_id or new_id()
    parts: dict[str, Any] = {
        "id": record_id,
        "type": type_,
        "office": desk.office,
        "replica": "c" * 32,
        "epoch": new_id().replace("-", ""),
        "seq": 1,
        "act": new_id(),
        "op": PUT,
        "parents": (),
        "prev": "",
        "depth": 1,
        "by": "centre",
        "at": "2024-11-25T03:00:00.000Z",
        "v": 1,
        "digest": body.digest,
    }

    def work(connection: Any) -> None:
        journal.append(connection, [Line(Header(**(parts | header)), body)])
        projection.rebuild(connection, [(type_, record_id)])

    desk.store.write(work)
    return record_id


def announce(desk: Desk, code: str = ROUND, **figures: Any) -> str:
    """Take in the centre's line about a round."""
    return from_elsewhere(desk, "fund_round", {"code": code, "name": f"รอบ {code}"} | figures)
