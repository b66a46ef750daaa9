"""P24: what an office reports of a month, a quarter or a year; one form for all such reports."""

from dataclasses import dataclass
from itertools import groupby

from app.reports import samples
from app.reports.layout.blocks import Fill, fills, heading, masthead
from app.reports.layout.page import Sheet
from app.reports.layout.signing import Signer, signatures
from app.reports.layout.table import Column, table
from app.reports.people import day
from app.reports.periodic import TABLES, Heading, Table
from app.reports.registry import REPORT, form
from app.reports.stamp import Stamp


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A row of the table `part` of periodic.TABLES; `role` is "sum" for the last of a table."""

    part: str
    cells: tuple[str, ...]
    role: str = ""


@dataclass(frozen=True, slots=True)
class PeriodicReport:
    """A report: `period` is written with its days, `area` is the province or one district."""

    stamp: Stamp
    title: str
    period: str = ""
    area: str = ""
    as_of_on: str = ""
    rows: tuple[ReportRow, ...] = ()
    maker: str = ""
    head: str = ""
    head_position: str = ""


def sample() -> PeriodicReport:
    """Return the report of an invented quarter."""
    results = (
        ("กลุ่มที่ขึ้นทะเบียน", "20", "18", "90"),
        ("กลุ่มต้นแบบ", "12", "12", "100"),
        ("กลุ่มที่พัฒนาครบวงจร", "5", "3", "60"),
        ("ผู้สำเร็จการฝึกอบรม", "240", "251", "104"),
        ("ผลิตภัณฑ์ที่ได้รับการรับรอง", "10", "7", "70"),
        ("เงินกู้ที่โอนแล้ว", "8", "6", "75"),
        ("การตรวจเยี่ยม", "40", "44", "110"),
    )
    loans = (
        ("ยื่นคำขอแล้ว", "9", "1,350,000.00"),
        ("อนุมัติ", "6", "1,100,000.00"),
        ("โอนเงินแล้ว", "6", "980,000.00"),
    )
    return PeriodicReport(
        stamp=samples.stamp("R1-2568-2"),
        title="R1 ผลการดำเนินงาน",
        period="ไตรมาส 2 ปีงบประมาณ 2568 (1 ม.ค. 2568 - 31 มี.ค. 2568)",
        area="จังหวัดอ่างทอง",
        as_of_on="2025-03-31",
        rows=(
            *(ReportRow("results", cells) for cells in results),
            *(ReportRow("loans", cells) for cells in loans),
            ReportRow("loans", ("รวม", "21", "3,430,000.00"), "sum"),
            ReportRow("arrears", ("ค้างไม่เกิน 30 วัน", "2", "8,332.00")),
            ReportRow("arrears", ("ค้าง 31-60 วัน", "1", "4,166.00")),
        ),
        maker="นายกิตติ ตัวอย่างงาน",
        head="นายสมมติ ตัวอย่างดี",
        head_position="นักวิชาการแรงงานชำนาญการ รักษาราชการแทนจัดหางานจังหวัดอ่างทอง",
    )


@form(
    name="periodic_report",
    number="P24",
    title="รายงานประจำเดือน/ไตรมาส",
    code="แบบ ร.1 ฉบับร่าง 1",
    entity=REPORT,
    sample=sample,
)
def layout(sheet: Sheet, data: PeriodicReport) -> None:
    """Lay the report out: what it is, its tables one after the other, who answers for it."""
    masthead(sheet, ("รายงานประจำเดือน/ไตรมาส", "โครงการหนึ่งตำบล หนึ่งกลุ่มอาชีพอิสระ"))
    fills(sheet, Fill("รายงาน", data.title))
    fills(sheet, Fill("งวด", data.period))
    fills(
        sheet,
        Fill("พื้นที่", data.area, share=1.6),
        Fill("ข้อมูล ณ วันที่", day(data.as_of_on), align="center"),
    )
    parts = [(part, list(rows)) for part, rows in groupby(data.rows, key=lambda row: row.part)]
    for part, rows in [("results", [])] if sheet.blank else parts:
        _table(sheet, TABLES.get(part, _UNKNOWN), rows)
    if not parts and not sheet.blank:
        fills(sheet, Fill("ผล", "ไม่มีรายการ"))
    sheet.y += 10
    signatures(
        sheet,
        Signer("ผู้จัดทำ", data.maker, position=""),
        Signer("จัดหางานจังหวัด", data.head, position=data.head_position),
    )


_UNKNOWN = Table("ตาราง", tuple(Heading(name) for name in ("รายการ", "จำนวน", "บาท", "หมายเหตุ")))
_EMPTY = 12  # rows of a blank form


def _table(sheet: Sheet, found: Table, rows: list[ReportRow]) -> None:
    columns = [
        Column(
            each.title,
            each.share,
            "left" if each.kind == "text" else "right",
            most=each.most,
            running=each.kind == "text",
        )
        for each in found.headings
    ]
    heading(sheet, found.title)
    plain = [_cells(row, len(columns)) for row in rows if row.role != "sum"]
    sums = next((_cells(row, len(columns)) for row in rows if row.role == "sum"), ())
    table(sheet, columns, plain, sums=sums, empty=_EMPTY)


def _cells(row: ReportRow, count: int) -> tuple[str, ...]:
    """Bring a row to so many cells."""
    return (row.cells + ("",) * count)[:count]
