"""Lists of people as offices send them; everyone is invented (ข้อมูลตัวอย่าง)."""

from collections.abc import Sequence
from pathlib import Path

from app.core import thai
from app.services.office.desk import Desk
from app.services.records import records, search
from app.services.spreadsheets import imports, sheets
from app.services.spreadsheets.imports import Plan

HEADINGS = ("เลขประจำตัวประชาชน", "ชื่อ - สกุล", "วันเกิด", "โทรศัพท์", "หน้าที่")
GROUP = {
    "name": "กลุ่มดอกไม้จันทน์ย่านซื่อ",
    "occupation_type": "handicraft",
    "address": {"subdistrict": "150114"},
}


def citizen_id(number: int) -> str:
    first = f"9{number:011}"
    return f"{first}{thai.citizen_id_check_digit(first)}"


SOMCHAI = (citizen_id(1), "นายสมชาย ใจดี", "15/3/2520", "0812345678", "ประธาน")
KANDA = (citizen_id(2), "นางสาวกานดา คำแสน", "2 ม.ค. 2530", "0823456789", "สมาชิก")
WEERA = (citizen_id(3), "นายวีระ สุขใจ", "2515", "", "กรรมการ")
EVERYONE = (SOMCHAI, KANDA, WEERA)


def xlsx(path: Path, rows: Sequence[Sequence[str]], headings: Sequence[str] = HEADINGS) -> Path:
    sheets.write_rows(path, headings, rows)
    return path


def csv(path: Path, rows: Sequence[Sequence[str]], encoding: str) -> Path:
    text = "\r\n".join(",".join(row) for row in (HEADINGS, *rows))
    path.write_bytes(text.encode(encoding))
    return path


def enter_group(desk: Desk, **changed: object) -> str:
    reasons = dict.fromkeys(("like_group", "second_group"), "กลุ่มเดิม")
    return records.save(desk.store, "group", GROUP | changed, reasons=reasons).id


def brought_in(desk: Desk, path: Path, kind: str = "people", group: str = "") -> Plan:
    plan = imports.plan(desk.store, path, kind, owner=group)
    imports.commit(desk.store, plan, reason="ตรวจกับบัตรแล้ว")
    return plan


def by_number(
    desk: Desk, type_: str = "person", key: str = "id_no"
) -> dict[str, dict[str, object]]:
    rows = search.page(desk.store, type_, search.rows(desk.store, type_))
    return {row.data.get(key, ""): row.data for row in rows}


def reasons(plan: Plan) -> list[tuple[int, str, str]]:
    return [
        (row.number, problem.field, problem.code)
        for row in plan.rows
        for problem in row.problems
        if row.verdict == "refused" and not problem.warning
    ]


def counts(**given: int) -> dict[str, int]:
    return dict.fromkeys(("new", "same", "changed", "warned", "refused"), 0) | given
