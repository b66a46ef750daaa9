"""P6: what became of a class: time, share, score, result and certificate of each trainee."""

from dataclasses import dataclass

from app.reports import samples
from app.reports.layout.blocks import Fill, fills, masthead, paragraph
from app.reports.layout.page import Sheet
from app.reports.layout.signing import Signer, signatures
from app.reports.layout.table import Column, table
from app.reports.people import day
from app.reports.registry import form
from app.reports.stamp import Stamp
from app.reports.training import COMPLETED, RESULTS, hours_and_minutes


@dataclass(frozen=True, slots=True)
class Result:
    """One trainee; `share` is the percent of the time attended, cut after two decimals.

    `score` is in hundredths of a point, `status` a code of RESULTS.
    """

    name: str = ""
    number: str = ""
    minutes: int = 0
    share: str = ""
    score: int | None = None
    status: str = ""
    certificate_no: str = ""
    certificate_on: str = ""


@dataclass(frozen=True, slots=True)
class TrainingResults:
    """A class and its results, in the order of application."""

    stamp: Stamp
    course: str = ""
    class_no: str = ""
    place: str = ""
    hours: int | None = None
    start_on: str = ""
    end_on: str = ""
    results: tuple[Result, ...] = ()


def sample() -> TrainingResults:
    """Return an invented class of twelve, with every way to end it."""
    endings = (
        (1800, "100.00", 8250, "certificated", "อท 1/2568"),
        (1440, "80.00", 6000, "certificated", "อท 2/2568"),
        (1710, "95.00", 7475, "certificated", "อท 3/2568"),
        (1410, "78.33", None, "short_of_time", ""),
        (1500, "83.33", 5950, "failed", ""),
        (1800, "100.00", 9100, "passed", ""),
        (360, "20.00", None, "resigned", ""),
    )
    return TrainingResults(
        stamp=samples.stamp("15-2568-A-0004"),
        course="Social Commerce For Business",
        class_no="15-2568-A-0004",
        place="หอประชุมที่ว่าการอำเภอเมืองอ่างทอง",
        hours=30,
        start_on="2025-03-17",
        end_on="2025-03-21",
        results=tuple(
            Result(one.name, one.number, *ending, "2025-03-31" if ending[4] else "")
            for one, ending in zip(samples.MEMBERS, endings, strict=False)
        ),
    )


@form(
    name="training_results",
    number="P6",
    title="บัญชีสรุปผลการฝึกอบรม",
    code="แบบ ฝร.3 ฉบับร่าง 1",
    entity="training_class",
    sample=sample,
)
def layout(sheet: Sheet, data: TrainingResults) -> None:
    """Lay the list out, with its sums below."""
    masthead(sheet, ("บัญชีสรุปผลการฝึกอบรม", "โครงการหนึ่งตำบล หนึ่งกลุ่มอาชีพอิสระ"))
    fills(
        sheet,
        Fill("หลักสูตร", data.course, share=2.4),
        Fill("รุ่น", data.class_no, align="center"),
    )
    fills(
        sheet,
        Fill("ระหว่างวันที่", day(data.start_on), align="center"),
        Fill("ถึงวันที่", day(data.end_on), align="center"),
        Fill(
            "จำนวน",
            "" if data.hours is None else f"{data.hours:,}",
            width=40,
            unit="ชั่วโมง",
            align="center",
        ),
    )
    fills(sheet, Fill("สถานที่", data.place))
    sheet.y += 5
    rows = [_row(number, one) for number, one in enumerate(data.results, 1)]
    table(sheet, COLUMNS, rows, least=23, empty=15)
    sheet.y += 6
    _sums(sheet, data)
    sheet.y += 5
    paragraph(sheet, RULE)
    signatures(sheet, Signer("ผู้จัดทำ", data.stamp.user, position=""), Signer("หัวหน้า", position=""))


COLUMNS = (
    Column("ที่", 22, "center"),
    Column("ชื่อ-สกุล และเลขประจำตัวประชาชน", 150, most=3),
    Column("เวลาฝึก (ชม.:นาที)", 50, "center"),
    Column("ร้อยละ", 44, "right"),
    Column("คะแนน", 42, "right"),
    Column("ผลการฝึก", 76, "center"),
    Column("วุฒิบัตรเลขที่ และวันที่", 110, "center"),
)
RULE = (
    "ผู้มีสิทธิประเมินต้องเข้าฝึกไม่น้อยกว่าร้อยละ 80 ของเวลาทั้งหมด และผู้สำเร็จการฝึกต้องได้คะแนนรวมไม่น้อยกว่าร้อยละ 60 "
    "(ระเบียบกรมพัฒนาฝีมือแรงงานว่าด้วยการฝึกอบรมฝีมือแรงงาน พ.ศ. 2566)"
)


def _row(number: int, one: Result) -> tuple[str | None, ...]:
    issued = "\n".join(filter(None, (one.certificate_no, day(one.certificate_on, "short"))))
    return (
        str(number),
        f"{one.name or '-'}\n{one.number or '-'}",
        hours_and_minutes(one.minutes),
        one.share,
        "" if one.score is None else f"{one.score // 100}.{one.score % 100:02}",
        RESULTS.get(one.status, one.status),
        issued,
    )


def _sums(sheet: Sheet, data: TrainingResults) -> None:
    def count(*statuses: str) -> str:
        return f"{sum(one.status in statuses for one in data.results):,}"

    others = len(data.results) - sum(one.status in COUNTED for one in data.results)
    fills(
        sheet,
        Fill("ผู้เข้ารับการฝึก", f"{len(data.results):,}", unit="คน", align="center"),
        Fill("สำเร็จการฝึก", count(*COMPLETED), unit="คน", align="center"),
        Fill("ไม่จบการฝึก", count("failed"), unit="คน", align="center"),
    )
    fills(
        sheet,
        Fill("เวลาไม่ครบ", count("short_of_time"), unit="คน", align="center"),
        Fill("ออกหรือยังไม่มีผล", f"{others:,}", unit="คน", align="center"),
        Fill("รับวุฒิบัตรแล้ว", count("certificated"), unit="คน", align="center"),
    )


COUNTED = (*COMPLETED, "failed", "short_of_time")
