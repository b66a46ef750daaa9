"""The work of an office in the demonstration: a group, its members, its loan files, its papers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.core import places, thai
from app.core.errors import Invalid
from app.core.fields import Field, show
from app.core.line import Data
from app.models.office.store import set_setting
from app.services.demonstration.people import SampleOffice, invent
from app.services.office.desk import Desk
from app.services.printing import gathering, printing, prints
from app.services.records import moves, records, search
from app.services.records.acts import Acting, act
from app.services.records.moves import Wanted
from app.services.spreadsheets import imports
from app.services.spreadsheets.sheets import write_rows

REASON = "ตรวจเอกสารตัวจริงแล้ว (ข้อมูลตัวอย่าง)"
ROUND = "2568-1"
SUBMITTED = "2025-03-19"


@dataclass(slots=True)
class Work:
    """What an office entered; `refusal` is the sentence under which a loan was first refused."""

    group: str = ""
    loans: list[str] = field(default_factory=list)
    refusal: str = ""
    imported: dict[str, int] = field(default_factory=dict)
    refused_rows: list[str] = field(default_factory=list)
    papers: dict[str, Path] = field(default_factory=dict)


def mark_as_sample(desk: Desk) -> None:
    """Let every print of this desk say that its data is a sample."""
    desk.store.write(lambda connection: set_setting(connection, "sample_data", True))


def enter_group(desk: Desk, office: SampleOffice) -> str:
    """Register the group of the announcement with its home-worker registration."""
    group = _save(
        desk,
        "group",
        {
            "name": office.group,
            "occupation_type": office.occupation_type,
            "cohort": "2567",
            "cohort_kind": "waiting",
            "address": office.address("99"),
            "phone": f"09{office.code}0000{office.code}",
            "founded_on": "2020",
            "products": office.products,
            "capital": 6_200_000,
            "income_before": 2_400_000,
            "income_before_on": "2023",
            "income_after": 3_850_000,
            "income_after_on": "2025-02",
            "registered_on": "2025-01-15",
        },
    )
    registration = {
        "group": group,
        "kind": "home_worker",
        "number": f"{office.letters} 2567/0012",
        "issued_on": "2024-06-14",
    }
    _save(desk, "group_registration", registration)
    return group


def register(desk: Desk, group: str) -> None:
    """Take the group through its papers into the register."""
    _take(desk, "group", group, "check", on="2025-01-15")
    _take(desk, "group", group, "register", {"registered_on": "2025-01-15"}, on="2025-01-22")


def enter_members(desk: Desk, office: SampleOffice, group: str) -> None:
    """Enter the members one by one in one act, the leader first."""
    with_roles = list(enumerate(_roles(office.members), 1))

    def work(acting: Acting) -> None:
        for number, role in with_roles:
            person = records.put(acting, "person", invent(office, number), reasons={}).id
            member = {
                "group": group,
                "person": person,
                "role": role,
                "joined_on": "2020",
                "co_borrower": True,
            }
            records.put(acting, "membership", member, reasons={})

    act(desk.store, work)


def write_member_sheet(office: SampleOffice, path: Path) -> None:
    """Write the list as an office keeps it: Thai digits and dashes, and one id that Excel broke."""
    place = places.subdistrict(office.subdistrict)
    names = (place.subdistrict, place.district, place.province) if place else ("", "", "")
    headings = [
        "ลำดับ",
        "เลขประจำตัวประชาชน",
        "คำนำหน้า",
        "ชื่อ",
        "นามสกุล",
        "วันเกิด",
        "โทรศัพท์",
        "บ้านเลขที่",
        "หมู่",
        "ตำบล",
        "อำเภอ",
        "จังหวัด",
        "ตำแหน่งในกลุ่ม",
    ]
    rows = []
    for number, role in enumerate(_roles(office.members + 1), 1):
        person = invent(office, number)
        identity = thai.format_citizen_id(person["id_no"])
        if number == office.members + 1:
            identity = "9.15E+12"
        rows.append(
            [
                str(number),
                thai.to_thai_digits(identity) if number % 2 else identity,
                person["title_th"],
                person["first_th"],
                person["last_th"],
                thai.format_date(person["birth_date"], "short", thai_digits=bool(number % 3)),
                person["phone"],
                person["address"]["house_no"],
                person["address"]["moo"],
                *names,
                show(_role_field(), role),
            ]
        )
    write_rows(path, headings, rows)


def import_members(desk: Desk, path: Path, group: str, work: Work) -> None:
    """Import the list: a dry run first, then one act."""
    plan = imports.plan(desk.store, path, "members", owner=group)
    work.imported = plan.counts
    work.refused_rows = [refusal.reason for refusal in plan.refusals]
    imports.commit(desk.store, plan, reason=REASON)


def enter_loans(desk: Desk, office: SampleOffice, work: Work) -> None:
    """Open a group's file and a person's; the person's first asks for too much and is refused."""
    lines = [
        {"item": "เครื่องตัดกระดาษไฟฟ้า", "quantity": 2, "unit_price": 4_500_000},
        {"item": "กระดาษและวัตถุดิบทำดอกไม้จันทน์", "quantity": 40, "unit_price": 200_000},
        {"item": "ตู้จัดแสดงสินค้า", "quantity": 2, "unit_price": 1_500_000},
    ]
    loan = {
        "round": ROUND,
        "borrower_kind": "group",
        "group": work.group,
        "amount_requested": 20_000_000,
        "months": 60,
        "purpose_lines": lines,
        "submitted_on": SUBMITTED,
        "docs_complete_on": SUBMITTED,
        "bank": "ธนาคารออมสิน",
        "account_no": "0200123456789",
        "account_name": office.group,
        "first_due_on": "2025-06-05",
    }
    work.loans.append(_save(desk, "loan_file", loan))
    for kind in ("id_card", "house_registration", "workplace_map", "spending_plan", "member_list"):
        paper = {
            "loan_file": work.loans[0],
            "kind": kind,
            "status": "complete",
            "certified": True,
            "seen_on": SUBMITTED,
        }
        _save(desk, "document", paper)
    _take(desk, "loan_file", work.loans[0], "lodge", {"submitted_on": SUBMITTED}, on=SUBMITTED)
    complete = {"docs_complete_on": SUBMITTED}
    _take(desk, "loan_file", work.loans[0], "papers_complete", complete, on=SUBMITTED)
    work.loans.append(_enter_own_loan(desk, office, work))


def _enter_own_loan(desk: Desk, office: SampleOffice, work: Work) -> str:
    borrower = _save(desk, "person", invent(office, 101))
    guarantor = _save(desk, "person", invent(office, 102))
    loan = {
        "round": ROUND,
        "borrower_kind": "individual",
        "person": borrower,
        "amount_requested": 8_000_000,
        "months": 24,
        "submitted_on": SUBMITTED,
    }
    try:
        records.save(desk.store, "loan_file", loan)
    except Invalid as refused:
        work.refusal = refused.problems[0].message
    within = loan | {
        "amount_requested": 5_000_000,
        "purpose_lines": [{"item": "จักรเย็บผ้า", "quantity": 2, "unit_price": 2_500_000}],
    }
    file = _save(desk, "loan_file", within)
    _save(
        desk,
        "guarantor",
        {
            "loan_file": file,
            "person": guarantor,
            "kind": "company",
            "employer": "บริษัท ตัวอย่าง จำกัด",
            "salary": 1_800_000,
        },
    )
    _take(desk, "loan_file", file, "lodge", {"submitted_on": SUBMITTED}, on=SUBMITTED)
    return file


def print_papers(desk: Desk, work: Work, folder: Path) -> None:
    """Print the forms of the group and of its loans into files."""
    wanted = [
        ("group_registration", work.group, "แบบขึ้นทะเบียนกลุ่ม"),
        ("member_list", work.group, "บัญชีรายชื่อสมาชิก"),
        ("loan_application", work.loans[0], "คำขอกู้-กลุ่ม"),
        ("loan_application", work.loans[1], "คำขอกู้-บุคคล"),
        ("instalment_table", work.loans[0], "ตารางชำระหนี้-กลุ่ม"),
        ("instalment_table", work.loans[1], "ตารางชำระหนี้-บุคคล"),
    ]
    folder.mkdir(parents=True, exist_ok=True)
    for form, record, name in wanted:
        path = folder / f"{name}.pdf"
        prints.save(desk.store, [printing.draw(desk.store, form, record)], path)
        work.papers[name] = path


def gathered(desk: Desk, form: str, record: str) -> object:
    """Return what a form prints, without the print itself: the same at the old PC and the new."""
    return gathering.gather(desk.store, form, record)


def count(desk: Desk, type_: str) -> int:
    """Count the records of a type, as the store has them."""
    return len(search.rows(desk.store, type_))


def _roles(members: int) -> list[str]:
    first = ["leader", "deputy", "secretary", "treasurer"]
    return (first + ["member"] * members)[:members]


def _role_field() -> Field:
    return next(each for each in records.fields("membership") if each.name == "role")


def _save(desk: Desk, type_: str, draft: Mapping[str, Any]) -> str:
    """Save as a careful clerk does: read the warnings, check the papers, give the reason."""
    warnings = [each for each in records.check(desk.store, type_, draft) if each.warning]
    reasons = {each.code: REASON for each in warnings}
    return records.save(desk.store, type_, draft, reasons=reasons).id


def _take(
    desk: Desk, type_: str, record_id: str, name: str, draft: Data | None = None, *, on: str
) -> None:
    """Take a step as a careful clerk does: read what is said, and give the reason."""
    (offer,) = [each for each in moves.offered(desk.store, type_, record_id) if each.name == name]
    reasons = {each.code: REASON for each in offer.problems if each.warning}
    wanted = Wanted(name, draft or {}, on=on, reason=REASON, reasons=reasons)
    base = records.get(desk.store, type_, record_id).heads
    moves.move(desk.store, type_, record_id, wanted, base=base)
