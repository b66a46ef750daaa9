"""P5: the sign-in sheet of a class, a page or more for each of its days."""

from dataclasses import dataclass

from app.reports import samples
from app.reports.layout.blocks import Fill, fills, masthead
from app.reports.layout.page import Sheet
from app.reports.layout.signing import Signer, signatures
from app.reports.layout.table import Column, table
from app.reports.people import day
from app.reports.registry import form
from app.reports.stamp import Stamp
from app.reports.training import MODES, hours_and_minutes


@dataclass(frozen=True, slots=True)
class SheetDay:
    """A day to sign for, and how long it lasts."""

    held_on: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Signing:
    """Who signs; the number is hidden but for its end, for the sheet lies open at the door."""

    name: str = ""
    masked_id: str = ""


@dataclass(frozen=True, slots=True)
class AttendanceSheet:
    """A class, its days, and who has a seat in it."""

    stamp: Stamp
    course: str = ""
    class_no: str = ""
    mode: str = ""
    place: str = ""
    trainer: str = ""
    days: tuple[SheetDay, ...] = ()
    trainees: tuple[Signing, ...] = ()


def sample() -> AttendanceSheet:
    """Return an invented class of two days."""
    return AttendanceSheet(
        stamp=samples.stamp("15-2568-A-0004"),
        course="Social Commerce For Business",
        class_no="15-2568-A-0004",
        mode="on_site",
        place="หอประชุมที่ว่าการอำเภอเมืองอ่างทอง",
        trainer="นายวิทยา ตัวอย่างสอน",
        days=(SheetDay("2025-03-17", 360), SheetDay("2025-03-18", 390)),
        trainees=tuple(
            Signing(one.name, f"x-xxxx-xxxxx-{one.id_no[10:12]}-{one.id_no[12]}")
            for one in samples.MEMBERS
        ),
    )


@form(
    name="attendance_sheet",
    number="P5",
    title="บัญชีลงเวลาผู้เข้ารับการฝึกอบรม",
    code="แบบ ฝร.2 ฉบับร่าง 1",
    entity="training_class",
    sample=sample,
)
def layout(sheet: Sheet, data: AttendanceSheet) -> None:
    """Lay the sheet out: each day begins a page, and each page names class and day."""
    days = () if sheet.blank else data.days
    for number, one in enumerate(days or (SheetDay("", 0),)):
        if number:
            sheet.new_page()
        _day(sheet, data, one)


ROWS = 16
HIGH = 27.0
COLUMNS = (
    Column("ที่", 24, "center"),
    Column("ชื่อ-สกุล", 170),
    Column("เลขประจำตัว", 84, "center"),
    Column("ลายมือชื่อ\nช่วงเช้า", 76, "center"),
    Column("ลายมือชื่อ\nช่วงบ่าย", 76, "center"),
    Column("หมายเหตุ", 56),
)


def _day(sheet: Sheet, data: AttendanceSheet, one: SheetDay) -> None:
    trainees = data.trainees
    pages = [trainees[at : at + ROWS] for at in range(0, len(trainees), ROWS)] or [()]
    for number, page in enumerate(pages):
        if number:
            sheet.new_page()
        _head(sheet, data, one)
        rows = [
            (str(number * ROWS + place), each.name, each.masked_id, None, None, None)
            for place, each in enumerate(page, 1)
        ]
        table(sheet, COLUMNS, rows, least=HIGH, empty=ROWS)
    sheet.need(80)
    sheet.y += 6
    fills(
        sheet,
        Fill("มา", None, width=60, unit="คน"),
        Fill("ขาด", None, width=60, unit="คน"),
        Fill("หมายเหตุ", None),
    )
    signatures(sheet, Signer("วิทยากร", data.trainer), Signer("เจ้าหน้าที่ผู้ควบคุม"), dated=False)


def _head(sheet: Sheet, data: AttendanceSheet, one: SheetDay) -> None:
    masthead(sheet, ("บัญชีลงเวลาผู้เข้ารับการฝึกอบรม", "โครงการหนึ่งตำบล หนึ่งกลุ่มอาชีพอิสระ"))
    fills(
        sheet,
        Fill("หลักสูตร", data.course, share=2.4),
        Fill("รุ่น", data.class_no, align="center"),
    )
    fills(
        sheet,
        Fill("สถานที่", data.place, share=1.6),
        Fill("วิธีฝึก", MODES.get(data.mode, data.mode), align="center"),
    )
    fills(
        sheet,
        Fill("วันที่", day(one.held_on), align="center", share=1.4),
        Fill("จำนวน", hours_and_minutes(one.minutes), width=48, unit="ชั่วโมง", align="center"),
        Fill("วิทยากร", data.trainer, share=1.6),
    )
    sheet.y += 5
