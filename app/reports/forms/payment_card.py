"""P19: the card of a debt with every payment, and the slip of the last one; no official receipt."""

from dataclasses import dataclass

from app.core import thai
from app.reports import samples
from app.reports.layout.blocks import Fill, fills, masthead, paragraph
from app.reports.layout.page import Sheet
from app.reports.layout.signing import Signer, signatures
from app.reports.layout.table import Column, Struck, table
from app.reports.people import baht, day
from app.reports.registry import form
from app.reports.stamp import Stamp


@dataclass(frozen=True, slots=True)
class PaidLine:
    """One payment and what it went to, in satang; a voided one has its reason."""

    paid_on: str
    receipt_no: str
    channel: str
    amount: int
    interest: int
    principal: int
    left: int
    void_reason: str = ""


@dataclass(frozen=True, slots=True)
class PaymentCard:
    """A debt on a day, in satang: `owed` with interest, `due` is what should be paid by then."""

    stamp: Stamp
    borrower: str
    contract_no: str = ""
    contract_on: str = ""
    lent: int = 0
    months: int = 0
    lent_on: str = ""
    payments: tuple[PaidLine, ...] = ()
    as_of_on: str = ""
    paid: int = 0
    owed: int = 0
    due: int = 0
    surplus: int = 0
    standing: str = ""


def sample() -> PaymentCard:
    """Return the card of an invented group: three instalments at once, a receipt typed twice."""
    return PaymentCard(
        stamp=samples.stamp("อท-68-A-0007"),
        borrower=samples.GROUP,
        contract_no="อท 12/2568",
        contract_on="2025-04-30",
        lent=30_000_000,
        months=60,
        lent_on="2025-05-02",
        payments=(
            PaidLine("2025-06-05", "บ 101/2568", "เงินสดที่สำนักงาน", 500_000, 0, 500_000, 29_500_000),
            PaidLine("2025-07-04", "บ 118/2568", "โอนธนาคาร", 1_500_000, 0, 1_500_000, 28_000_000),
            PaidLine(
                "2025-07-04", "บ 118/2568", "โอนธนาคาร", 1_500_000, 0, 0, 28_000_000, "พิมพ์ใบเสร็จซ้ำ"
            ),
        ),
        as_of_on="2025-11-10",
        paid=2_000_000,
        owed=28_832_500,
        due=1_000_000,
        standing="ค้างชำระ 36 วัน",
    )


@form(
    name="payment_card",
    number="P19",
    title="การ์ดลูกหนี้และใบรับชำระ",
    code="แบบ กผบ.8 ฉบับร่าง 1",
    entity="loan_file",
    sample=sample,
)
def layout(sheet: Sheet, data: PaymentCard) -> None:
    """Lay the card out, a line through what was voided, and below it the slip to tear off."""
    masthead(sheet, ("การ์ดลูกหนี้เงินกู้", "กองทุนเพื่อผู้รับงานไปทำที่บ้าน กรมการจัดหางาน"))
    fills(
        sheet,
        Fill("ผู้กู้", data.borrower, share=2),
        Fill("สัญญาเลขที่", data.contract_no, align="center"),
    )
    fills(
        sheet,
        Fill("ลงวันที่", day(data.contract_on, "short"), align="center"),
        Fill("โอนเงิน", day(data.lent_on, "short"), align="center"),
        Fill("เงินกู้", baht(data.lent), unit="บาท", align="right"),
        Fill("รวม", f"{data.months:,}", width=30, unit="งวด", align="center"),
    )
    sheet.y += 5
    _payments(sheet, data)
    sheet.y += 4
    fills(
        sheet,
        Fill("ณ วันที่", day(data.as_of_on), align="center"),
        Fill("ชำระแล้ว", baht(data.paid), unit="บาท", align="right"),
    )
    fills(
        sheet,
        Fill("คงค้างทั้งหมด", baht(data.owed), unit="บาท", align="right"),
        Fill("ถึงกำหนดชำระ", baht(data.due), unit="บาท", align="right"),
    )
    fills(
        sheet,
        Fill("สถานะ", data.standing),
        Fill("ชำระเกิน", baht(data.surplus), unit="บาท", align="right"),
    )
    _slip(sheet, data)


NOTE = (
    "ยอดคงค้างรวมดอกเบี้ยตามตาราง ตัดงวดเก่าที่สุดก่อน ในงวดเดียวกันตัดดอกเบี้ยก่อนเงินต้น "
    "รายการที่ยกเลิกขีดฆ่าไว้พร้อมเหตุผล"
)
NO_RECEIPT = "เอกสารนี้ไม่ใช่ใบเสร็จรับเงินของทางราชการ ใช้ประกอบใบเสร็จรับเงินตามเลขที่ข้างต้นเท่านั้น"
COLUMNS = (
    Column("วันที่ชำระ", 1.25, "center"),
    Column("เลขที่ใบเสร็จ", 1.35, "center"),
    Column("ช่องทาง", 1.3),
    Column("จำนวน (บาท)", 1.25, "right"),
    Column("ดอกเบี้ย (บาท)", 1.05, "right"),
    Column("เงินต้น (บาท)", 1.25, "right"),
    Column("เงินต้นคงเหลือ", 1.35, "right"),
    Column("หมายเหตุ", 1.5, running=True),
)


def _payments(sheet: Sheet, data: PaymentCard) -> None:
    rows = [
        (Struck if each.void_reason else tuple)(
            (
                day(each.paid_on, "short"),
                each.receipt_no,
                each.channel,
                baht(each.amount),
                baht(each.interest),
                baht(each.principal),
                baht(each.left),
                f"ยกเลิก: {each.void_reason}" if each.void_reason else None,
            )
        )
        for each in data.payments
    ]
    table(sheet, COLUMNS, rows, empty=12)
    sheet.y += 3
    paragraph(sheet, NOTE)


def _slip(sheet: Sheet, data: PaymentCard) -> None:
    kept = [each for each in data.payments if not each.void_reason]
    last = kept[-1] if kept else PaidLine("", "", "", 0, 0, 0, 0)
    sheet.need(205)
    sheet.y += 6
    sheet.cut(sheet.y)
    sheet.y += 12
    middle = (sheet.left + sheet.right) / 2
    sheet.text(middle, sheet.y + 10, "ใบรับชำระเงินกู้", size=12, bold=True, align="center")
    sheet.y += 18
    fills(
        sheet,
        Fill("ได้รับชำระจาก", data.borrower, share=1.8),
        Fill("เลขที่แฟ้ม", data.stamp.file_no, align="center"),
    )
    fills(
        sheet,
        Fill("จำนวนเงิน", baht(last.amount or None), width=88, unit="บาท", align="right"),
        Fill("(ตัวอักษร)", thai.baht_text(last.amount) if last.amount else "", align="center"),
    )
    fills(
        sheet,
        Fill("วันที่ชำระ", day(last.paid_on), align="center"),
        Fill("ใบเสร็จเลขที่", last.receipt_no, align="center"),
    )
    paragraph(sheet, NO_RECEIPT)
    signatures(sheet, Signer("ผู้รับเงิน", position=""), dated=False)
