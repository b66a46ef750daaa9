"""What the papers of a certification file share: the checklist, the numbers, the certificate."""

from dataclasses import dataclass, replace
from typing import Any

from app.core import codes
from app.core.schemes import schemes
from app.reports import samples
from app.reports.layout.blocks import Fill, fills, heading, masthead, note, paragraph
from app.reports.layout.page import PITCH, Sheet
from app.reports.layout.signing import Signer, signatures
from app.reports.layout.table import BY_HAND, Column, Printed, table
from app.reports.people import day
from app.reports.stamp import Stamp


@dataclass(frozen=True, slots=True)
class ChecklistRow:
    """One item; `need` is a code of CHECKLIST_NEEDS, `answer` one of CHECKLIST_ANSWERS or ""."""

    item: str
    need: str = "must"
    answer: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """The issuer looked again: the year after the first issue, the day and the result."""

    year: int
    seen_on: str
    result: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class CertificationFile:
    """A product's file for one standard; `title` and `issuer` are the standard's own.

    `version` is that of the checklist, `kind` a code of PRODUCT_KINDS, numbers are as they are
    printed, `result` is a code of TEST_RESULTS.
    """

    stamp: Stamp
    title: str
    issuer: str
    version: str = ""
    standard: str = ""
    group_name: str = ""
    leader: str = ""
    place: str = ""
    product: str = ""
    kind: str = ""
    brand: str = ""
    standard_no: str = ""
    place_no: str = ""
    serial_no: str = ""
    rows: tuple[ChecklistRow, ...] = ()
    submitted_on: str = ""
    inspected_on: str = ""
    sampled_on: str = ""
    sample_count: int | None = None
    lab: str = ""
    result: str = ""
    result_on: str = ""
    defects: str = ""
    cert_no: str = ""
    issued_on: str = ""
    expires_on: str = ""
    mark_used_on: str = ""
    follow_ups: tuple[FollowUp, ...] = ()


def head(sheet: Sheet, data: CertificationFile, *numbers: Fill) -> None:
    """Open the paper: the standard, who applies for which product, and its numbers."""
    masthead(sheet, (data.title, f"หน่วยรับรอง: {data.issuer}"))
    fills(sheet, Fill("กลุ่มผู้ยื่น", data.group_name))
    fills(sheet, Fill("ที่ตั้งสถานที่ผลิต", data.place))
    fills(
        sheet,
        Fill("ผลิตภัณฑ์", data.product, share=1.5),
        Fill("ตรา", data.brand),
        Fill("ชนิด", KINDS.get(data.kind, data.kind), width=92, align="center"),
    )
    if numbers:
        fills(sheet, *numbers)


def checklist(sheet: Sheet, data: CertificationFile) -> None:
    """Write the items with a box for each answer, and how many have which."""
    heading(sheet, "รายการเอกสารและการตรวจ")
    paragraph(sheet, f"แบบตรวจรายการ {data.standard} ฉบับที่ {data.version or '-'}")
    rows = [
        Printed(
            (
                str(number),
                f"{row.item}{NEEDS.get(row.need, '')}",
                *(row.answer == code for code, _label in codes.CHECKLIST_ANSWERS),
                None if sheet.blank or not row.note else row.note,
            )
        )
        for number, row in enumerate(data.rows, 1)
    ]
    counts = [
        sum(row.answer == code for row in data.rows) for code, _label in codes.CHECKLIST_ANSWERS
    ]
    open_ones = f"ยังไม่ตอบ {len(data.rows) - sum(counts)}"
    sums = ("", "รวมรายการ", *map(str, counts), open_ones) if not sheet.blank else ()
    table(sheet, COLUMNS, rows, least=BY_HAND if sheet.blank else 17.0, sums=sums)
    sheet.y += 4


def inspection(sheet: Sheet, data: CertificationFile, title: str) -> None:
    """Write the days of lodging and inspection, and the defects to mend."""
    heading(sheet, title)
    fills(
        sheet,
        Fill("วันที่ยื่นคำขอ", day(data.submitted_on)),
        Fill("วันที่ตรวจสถานที่", day(data.inspected_on)),
    )
    note(sheet, "ข้อบกพร่อง", data.defects)


def sampling(sheet: Sheet, data: CertificationFile) -> None:
    """Write the samples, where they went and what came back."""
    sheet.need(3 * PITCH)
    fills(
        sheet,
        Fill("วันที่เก็บตัวอย่าง", day(data.sampled_on)),
        Fill("จำนวน", _count(data.sample_count), width=44, unit="ตัวอย่าง", align="center"),
    )
    fills(sheet, Fill("ห้องปฏิบัติการ", data.lab))
    fills(
        sheet,
        Fill("ผลทดสอบ", RESULTS.get(data.result, data.result), align="center"),
        Fill("วันที่ทราบผล", day(data.result_on)),
    )


def certificate(sheet: Sheet, data: CertificationFile) -> None:
    """Write the certificate and since when its mark stands on the label.

    What is signed stays with the places to sign.
    """
    sheet.need(2 * PITCH + TO_SIGN)
    fills(
        sheet,
        Fill("ใบรับรองเลขที่", data.cert_no),
        Fill("แสดงเครื่องหมายบนฉลากตั้งแต่", day(data.mark_used_on)),
    )
    fills(
        sheet,
        Fill("วันที่ออก", day(data.issued_on)),
        Fill("วันหมดอายุ", day(data.expires_on)),
    )


def follow_ups(sheet: Sheet, data: CertificationFile) -> None:
    """Write the inspections after the certificate."""
    heading(sheet, "การตรวจติดตาม", keep=3 * PITCH + TO_SIGN)
    rows = [
        (str(each.year), day(each.seen_on), RESULTS.get(each.result, each.result), each.note)
        for each in data.follow_ups
    ]
    table(sheet, FOLLOW_UPS, rows, empty=2)
    sheet.y += 4


def sign(sheet: Sheet, data: CertificationFile) -> None:
    """Leave room for who lodges and for who checked."""
    signatures(sheet, Signer("ผู้ยื่น", data.leader), Signer("ผู้ตรวจ", position=""))


def serial(number: str) -> str:
    """Group a food serial number as labels do: 10-1-00155-1-0001."""
    if len(number) != 13:
        return number
    return "-".join((number[:2], number[2], number[3:8], number[8], number[9:]))


def sample(code: str, file_no: str, answers: str, **told: Any) -> CertificationFile:
    """Return an invented file for a shipped standard.

    `answers` has a letter for each of the first items: p present, a absent, n not applicable.
    """
    scheme = schemes()[code]
    given = {"p": "present", "a": "absent", "n": "not_applicable"}
    remarks = {"a": "ขอเพิ่มภายในวันที่ 2 เมษายน 2568 พร้อมรับรองสำเนา", "n": "ผู้ขอยื่นด้วยตนเอง"}
    base = CertificationFile(
        stamp=samples.stamp(file_no),
        title=scheme.title,
        issuer=scheme.issuer,
        version=str(scheme.version),
        standard=scheme.name,
        group_name="กลุ่มเกษตรแปรรูปข้าวมาลี (ข้อมูลตัวอย่าง)",
        leader=samples.MEMBERS[2].name,
        place=samples.PLACE.text,
        product="ข้าวแต๋นน้ำแตงโมหน้าธัญพืชรวม",
        kind="food",
        brand="มาลีตัวอย่าง",
        rows=tuple(
            ChecklistRow(
                item.text,
                item.need,
                given.get(answer, ""),
                remarks.get(answer, "") if item.need != "choice" else "",
            )
            for item, answer in zip(scheme.items, answers.ljust(len(scheme.items)), strict=True)
        ),
    )
    return replace(base, **told)


KINDS = {"food": "อาหาร", "goods": "ไม่ใช่อาหาร", "service": "บริการ"}
RESULTS = {"passed": "ผ่าน", "failed": "ไม่ผ่าน"}
TO_SIGN = 102.0  # points that the places to sign take
NEEDS = {"if_any": " (ถ้ามี)", "choice": " (เลือกหนึ่ง)"}
COLUMNS = (
    Column("ที่", 20, "center"),
    Column("รายการ", 252, most=4, running=True),
    Column("มี", 30, "center"),
    Column("ไม่มี", 34, "center"),
    Column("ไม่เกี่ยวข้อง", 56, "center"),
    Column("หมายเหตุ", 101, most=3, running=True),
)
FOLLOW_UPS = (
    Column("ปีที่", 0.5, "center"),
    Column("วันที่ตรวจ", 1.4, "center"),
    Column("ผล", 1, "center"),
    Column("หมายเหตุ", 3, most=3, running=True),
)


def _count(number: int | None) -> str:
    return "" if number is None else f"{number:,}"
