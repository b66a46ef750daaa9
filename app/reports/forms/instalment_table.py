"""P18: when each instalment of a loan is due, how much of it is interest, and what is left."""

from dataclasses import dataclass

from app.core import thai
from app.reports import samples
from app.reports.layout.blocks import Fill, fills, masthead, paragraph
from app.reports.layout.page import Sheet
from app.reports.layout.signing import Signer, signatures
from app.reports.layout.table import Column, table
from app.reports.people import baht, day
from app.reports.registry import form
from app.reports.stamp import Stamp


@dataclass(frozen=True, slots=True)
class Instalment:
    """One instalment; sums are satang, `balance` is the principal left after it."""

    number: int
    due_on: str
    principal: int
    interest: int
    balance: int


@dataclass(frozen=True, slots=True)
class RateSegment:
    """Instalments `first` to `last` bear `rate` hundredths of a percent a year."""

    first: int
    last: int
    rate: int


@dataclass(frozen=True, slots=True)
class InstalmentTable:
    """The schedule of one contract; sums are satang."""

    stamp: Stamp
    borrower: str
    contract_no: str = ""
    contract_on: str = ""
    amount: int = 0
    segments: tuple[RateSegment, ...] = ()
    instalments: tuple[Instalment, ...] = ()


def sample() -> InstalmentTable:
    """Return the schedule of an invented group: 300,000 baht, 60 instalments, two rates."""
    principal, balance = 500_000, 30_000_000
    rows = []
    for number in range(1, 61):
        interest = 0 if number <= 24 else balance * 3 // 1200
        balance -= principal
        year, month = divmod(4 + number, 12)
        due_on = f"{2025 + year}-{month + 1:02}-05"
        rows.append(Instalment(number, due_on, principal, interest, balance))
    return InstalmentTable(
        stamp=samples.stamp("อท-68-A-0007"),
        borrower=samples.GROUP,
        contract_no="อท 12/2568",
        contract_on="2025-04-30",
        amount=30_000_000,
        segments=(RateSegment(1, 24, 0), RateSegment(25, 60, 300)),
        instalments=tuple(rows),
    )


@form(
    name="instalment_table",
    number="P18",
    title="ตารางกำหนดชำระหนี้เงินกู้",
    code="แบบ กผบ.2 ฉบับร่าง 1",
    entity="loan_file",
    sample=sample,
)
def layout(sheet: Sheet, data: InstalmentTable) -> None:
    """Lay the schedule out."""
    masthead(sheet, ("ตารางกำหนดชำระหนี้เงินกู้", "กองทุนเพื่อผู้รับงานไปทำที่บ้าน กรมการจัดหางาน"))
    fills(sheet, Fill("ผู้กู้", data.borrower))
    fills(
        sheet,
        Fill("สัญญาเลขที่", data.contract_no),
        Fill("ลงวันที่", day(data.contract_on), align="center"),
    )
    fills(
        sheet,
        Fill("เงินกู้", baht(data.amount), width=88, unit="บาท", align="right"),
        Fill("(ตัวอักษร)", thai.baht_text(data.amount), align="center"),
    )
    fills(sheet, Fill("อัตราดอกเบี้ย", _rates(data.segments)))
    sheet.y += 6
    _schedule(sheet, data)
    sheet.y += 4
    paragraph(sheet, NOTE)
    signatures(sheet, Signer("ผู้กู้"), Signer("เจ้าหน้าที่", position=""))


NOTE = (
    "หมายเหตุ  เศษของเงินต้นรวมไว้ในงวดสุดท้าย ดอกเบี้ยคิดจากเงินต้นคงเหลือก่อนชำระงวดนั้น "
    "หากวันครบกำหนดตรงกับวันหยุดราชการ ให้ชำระในวันทำการถัดไป"
)
COLUMNS = (
    Column("งวดที่", 0.7, "center"),
    Column("วันครบกำหนด", 1.7, "center"),
    Column("เงินต้น (บาท)", 1.5, "right"),
    Column("ดอกเบี้ย (บาท)", 1.5, "right"),
    Column("อัตรา (%)", 0.9, "center"),
    Column("รวมชำระ (บาท)", 1.5, "right"),
    Column("คงเหลือ (บาท)", 1.7, "right"),
)


def _schedule(sheet: Sheet, data: InstalmentTable) -> None:
    rows = [
        (
            str(each.number),
            day(each.due_on, "short"),
            baht(each.principal),
            baht(each.interest),
            _rate(data.segments, each.number),
            baht(each.principal + each.interest),
            baht(each.balance),
        )
        for each in data.instalments
    ]
    principal = sum(each.principal for each in data.instalments)
    interest = sum(each.interest for each in data.instalments)
    figures = (baht(principal), baht(interest), "", baht(principal + interest))
    sums = ("", "รวม", *(("", "", "", "") if sheet.blank else figures), "")
    table(sheet, COLUMNS, rows, least=16.5, sums=sums, empty=17)


def _rate(segments: tuple[RateSegment, ...], number: int) -> str:
    """Return the rate of one instalment in percent a year; "" where no segment holds it."""
    return next(
        (f"{each.rate / 100:g}" for each in segments if each.first <= number <= each.last), ""
    )


def _rates(segments: tuple[RateSegment, ...]) -> str:
    """Say each rate in words: "งวดที่ 1-24 ปลอดดอกเบี้ย, งวดที่ 25-60 ร้อยละ 3 ต่อปี"."""
    return ", ".join(
        f"งวดที่ {each.first}-{each.last} "
        + (f"ร้อยละ {each.rate / 100:g} ต่อปี" if each.rate else "ปลอดดอกเบี้ย")
        for each in segments
    )
