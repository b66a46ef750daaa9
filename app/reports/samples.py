"""Invented people, a group of the programme and a print: what the samples of the forms share."""

from app.core import ids, thai
from app.reports.people import Address, Person
from app.reports.stamp import Stamp

OFFICE = "สำนักงานจัดหางานจังหวัดอ่างทอง"
GROUP = "กลุ่มดอกไม้จันทน์และพวงหรีดย่านซื่อ"
PLACE = Address("45/2", "3", "ย่านซื่อ", "", "", "ย่านซื่อ", "เมืองอ่างทอง", "อ่างทอง", "14000")


def stamp(file_no: str) -> Stamp:
    """Return the print of a sample: a fixed time, marked as a sample."""
    short = ids.short_id(file_no)
    return Stamp(
        office=OFFICE,
        user="นางสาวกนกพร ตัวอย่างดี",
        printed_at="2025-03-19T10:15",
        file_no=file_no,
        short_id=short,
        qr=f"OTG-PAPER-1 {short} ตัวอย่าง",
        sample=True,
    )


def _person(number: int, name: str, age: str, house_no: str, role: str, phone: str) -> Person:
    first12 = f"9{number:011}"
    return Person(
        name=name,
        id_no=first12 + thai.citizen_id_check_digit(first12),
        age=age,
        nationality="ไทย",
        occupation="ประดิษฐ์ดอกไม้จันทน์",
        phone=phone,
        registered=Address(
            house_no, "3", "ย่านซื่อ", "", "", "ย่านซื่อ", "เมืองอ่างทอง", "อ่างทอง", "14000"
        ),
        role=role,
    )


MEMBERS = tuple(
    _person(10_400_200_000 + 7_919 * number, *row)
    for number, row in enumerate(
        (
            ("นางบุญเรือน ศรีสมมติ", "58", "45/2", "leader", "0900000001"),
            ("นางสาวจันทร์เพ็ญ ใจสมมติ", "46", "12", "deputy", "0900000002"),
            (
                "ว่าที่ร้อยตรีหญิง พรรณทิพย์วรรณลักษมี ศรีสุวรรณภูมิวัฒนานนท์",
                "34",
                "101/7",
                "secretary",
                "0900000003",
            ),
            ("นายทองใบ นามสมมติ", "78-79", "9", "treasurer", ""),
            ("นางลำดวน แก้วสมมติ", "63", "33/1", "committee", "0900000005"),
            ("นางสาวน้ำผึ้ง คำสมมติ", "29", "56", "member", "0900000006"),
            ("นายประเสริฐ มีสมมติ", "51", "8/4", "member", "0900000007"),
            ("นางอุไรวรรณ ยิ้มสมมติ", "44", "77", "member", ""),
            ("นางสาวสมหญิง", "38", "14/2", "member", "0900000009"),
            ("นายสมชาย เดชา รุ่งสมมติ", "40", "21", "member", "0900000010"),
            ("นางกิ่งแก้ว ปั้นสมมติ", "67", "5", "member", "0900000011"),
            ("นางสาวฐิติญา ญาณสมมติ", "25", "88/3", "member", "0900000012"),
        )
    )
)
