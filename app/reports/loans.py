"""What the papers of a loan share: the group, what the money is for, sureties, documents."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.reports.layout.blocks import Fill, choices, fills
from app.reports.layout.page import Sheet
from app.reports.layout.table import Column, table
from app.reports.people import Address, Person, baht


@dataclass(frozen=True, slots=True)
class PurposeLine:
    """One thing the money is for; the price is satang for one."""

    item: str
    quantity: int
    unit_price: int


@dataclass(frozen=True, slots=True)
class Guarantor:
    """Who stands surety; `kind` is a code of GUARANTOR_KINDS, the salary is satang a month."""

    person: Person
    kind: str = ""
    employer: str = ""
    salary: int | None = None


@dataclass(frozen=True, slots=True)
class BorrowingGroup:
    """The group that borrows; sums are satang."""

    name: str = ""
    group_no: str = ""
    occupation: str = ""
    founded_on: str = ""
    members: int | None = None
    address: Address = field(default_factory=Address)


def purpose_table(sheet: Sheet, lines: Sequence[PurposeLine]) -> None:
    """Write what the money is for, with the sum."""
    columns = (
        Column("ที่", 0.5, "center"),
        Column("รายการที่จะใช้เงินกู้", 4.6, most=3, running=True),
        Column("จำนวน", 1, "right"),
        Column("ราคาต่อหน่วย (บาท)", 2, "right"),
        Column("เป็นเงิน (บาท)", 1.7, "right"),
    )
    rows = [
        (
            str(number),
            line.item,
            f"{line.quantity:,}",
            baht(line.unit_price),
            baht(line.quantity * line.unit_price),
        )
        for number, line in enumerate(lines, 1)
    ]
    whole = sum(line.quantity * line.unit_price for line in lines)
    sums = ("", "รวมทั้งสิ้น", "", "", "" if sheet.blank else baht(whole))
    table(sheet, columns, rows, sums=sums, empty=5)


def guarantor_table(sheet: Sheet, guarantors: Sequence[Guarantor]) -> None:
    """Write who stands surety, and what each lives on."""
    columns = (
        Column("ที่", 0.45, "center"),
        Column("ชื่อ-สกุล", 2.4),
        Column("เลขประจำตัว\nประชาชน", 1.75, "center"),
        Column("อายุ (ปี)", 0.6, "center"),
        Column("สถานะและหน่วยงาน", 2.9, most=3, running=True),
        Column("เงินเดือน (บาท)", 1.1, "right"),
        Column("โทรศัพท์", 1.15, "center"),
    )
    rows = [
        (
            str(number),
            one.person.name,
            one.person.number,
            one.person.age,
            " ".join(filter(None, (GUARANTOR_KINDS.get(one.kind, one.kind), one.employer))),
            baht(one.salary),
            one.person.call,
        )
        for number, one in enumerate(guarantors, 1)
    ]
    table(sheet, columns, rows, empty=2)


def document_ticks(sheet: Sheet, documents: Sequence[str], *, is_group: bool) -> None:
    """Write which documents come with an application, those on hand ticked."""
    listed = [document for document in DOCUMENTS if is_group or document[0] not in OF_GROUPS]
    choices(sheet, "", listed, documents, columns=2)
    known = {code for code, _text in DOCUMENTS}
    fills(sheet, Fill("อื่น ๆ (ระบุ)", ", ".join(code for code in documents if code not in known)))


GUARANTOR_KINDS = {
    "official": "ข้าราชการ",
    "permanent_employee": "ลูกจ้างประจำของรัฐ",
    "state_enterprise": "พนักงานรัฐวิสาหกิจ",
    "company": "พนักงานบริษัท",
    "local_authority": "ผู้บริหารหรือสมาชิกสภาท้องถิ่น",
    "village_head": "กำนัน ผู้ใหญ่บ้าน",
}
DOCUMENTS = (
    ("id_card", "สำเนาบัตรประจำตัวประชาชน"),
    ("house_registration", "สำเนาทะเบียนบ้าน"),
    ("home_map", "แผนที่ที่อยู่อาศัย"),
    ("workplace_map", "แผนที่สถานที่ทำงาน"),
    ("income_evidence", "หลักฐานแสดงรายได้หรือการรับงาน"),
    ("spending_plan", "แผนการใช้เงินกู้และแผนการผลิต"),
    ("member_list", "บัญชีรายชื่อสมาชิกกลุ่ม"),
    ("group_resolution", "มติที่ประชุมกลุ่มให้กู้ยืมเงิน"),
    ("bank_book", "สำเนาสมุดบัญชีเงินฝากธนาคาร"),
    ("photographs", "ภาพถ่ายสถานที่และผลิตภัณฑ์"),
    ("spouse_consent", "หนังสือยินยอมของคู่สมรส (ถ้ามี)"),
    ("salary_certificate", "หนังสือรับรองเงินเดือนผู้ค้ำประกัน"),
    ("appointment_order", "คำสั่งแต่งตั้งผู้ค้ำประกัน (ถ้ามี)"),
    ("power_of_attorney", "หนังสือมอบอำนาจติดอากรแสตมป์ (ถ้ามี)"),
)
OF_GROUPS = ("member_list", "group_resolution")
