"""P11: the plan for the borrowed money, and what the work is expected to bring in and cost."""

from dataclasses import dataclass

from app.core import thai
from app.reports import samples
from app.reports.layout.blocks import Fill, fills, heading, masthead, paragraph
from app.reports.layout.page import Sheet
from app.reports.layout.signing import Signer, signatures
from app.reports.layout.table import Column, table
from app.reports.loans import PurposeLine, purpose_table
from app.reports.people import baht
from app.reports.registry import form
from app.reports.stamp import Stamp


@dataclass(frozen=True, slots=True)
class LoanBudgetPlan:
    """What the money is for, and what is known of the income; sums are satang.

    `income` is what comes in a month today, `instalment` the largest sum due in one month.
    """

    stamp: Stamp
    borrower: str
    occupation: str = ""
    amount: int = 0
    months: int = 0
    instalment: int | None = None
    income: int | None = None
    purpose_lines: tuple[PurposeLine, ...] = ()


def sample() -> LoanBudgetPlan:
    """Return the plan of an invented group."""
    return LoanBudgetPlan(
        stamp=samples.stamp("อท-68-A-0007"),
        borrower=samples.GROUP,
        occupation="หัตถกรรม",
        amount=20_000_000,
        months=60,
        instalment=363_400,
        income=3_850_000,
        purpose_lines=(
            PurposeLine("เครื่องตัดกระดาษไฟฟ้า ขนาดหน้าตัด 45 เซนติเมตร", 2, 3_850_000),
            PurposeLine("ไม้จันทน์แปรรูปสำหรับประดิษฐ์ดอกไม้จันทน์ (กิโลกรัม)", 150, 42_000),
            PurposeLine("กระดาษย่นและผ้าโปร่งสำหรับตกแต่งพวงหรีด (ม้วน)", 400, 9_500),
            PurposeLine("โครงพวงหรีดไม้ไผ่ (ชิ้น)", 220, 10_000),
        ),
    )


@form(
    name="loan_budget_plan",
    number="P11",
    title="แผนการใช้เงินกู้และประมาณการรายรับรายจ่าย",
    code="แบบ กผบ.3 ฉบับร่าง 1",
    entity="loan_file",
    sample=sample,
)
def layout(sheet: Sheet, data: LoanBudgetPlan) -> None:
    """Lay the plan out; the estimates are written by the borrower's own hand."""
    masthead(
        sheet,
        ("แผนการใช้เงินกู้และประมาณการรายรับรายจ่าย", "กองทุนเพื่อผู้รับงานไปทำที่บ้าน กรมการจัดหางาน"),
    )
    fills(sheet, Fill("ผู้กู้", data.borrower, share=1.6), Fill("อาชีพ", data.occupation))
    fills(
        sheet,
        Fill("เงินกู้", baht(data.amount), width=88, unit="บาท", align="right"),
        Fill("(ตัวอักษร)", thai.baht_text(data.amount), align="center"),
    )
    heading(sheet, "แผนการใช้เงินกู้")
    purpose_table(sheet, data.purpose_lines)
    heading(sheet, "ประมาณการรายรับรายจ่ายต่อเดือน (ผู้กู้กรอก)")
    fills(
        sheet,
        Fill("รายได้ปัจจุบัน", baht(data.income), unit="บาท", align="right"),
        Fill("ผ่อนชำระสูงสุดต่องวด", baht(data.instalment), unit="บาท", align="right"),
        Fill("รวม", f"{data.months}", width=40, unit="งวด", align="center"),
    )
    sheet.y += 4
    rows = [(earned, None, None, spent, None, None) for earned, spent in ESTIMATES]
    table(sheet, COLUMNS, rows, least=24, empty=len(rows))
    sheet.y += 4
    paragraph(sheet, DECLARATION)
    signatures(sheet, Signer("ผู้กู้"), Signer("เจ้าหน้าที่", position=""))


COLUMNS = (
    Column("รายรับ", 3),
    Column("ก่อนกู้ (บาท)", 1.4, "right"),
    Column("หลังกู้ (บาท)", 1.4, "right"),
    Column("รายจ่าย", 3),
    Column("ก่อนกู้ (บาท)", 1.4, "right"),
    Column("หลังกู้ (บาท)", 1.4, "right"),
)
ESTIMATES = (
    ("ขายสินค้าหรือบริการ", "วัตถุดิบและบรรจุภัณฑ์"),
    ("รับจ้างหรือรับงานไปทำ", "ค่าแรง"),
    ("รายได้จากงานอื่น", "ค่าน้ำ ค่าไฟ ค่าขนส่ง"),
    ("รายได้อื่น", "ผ่อนชำระเงินกู้ครั้งนี้"),
    (None, "ผ่อนชำระหนี้อื่น"),
    (None, "ค่าใช้จ่ายในครัวเรือน"),
    ("รวมรายรับ", "รวมรายจ่าย"),
)
DECLARATION = (
    "ข้าพเจ้าขอรับรองว่าจะใช้เงินกู้ตามแผนข้างต้น และประมาณการนี้ทำขึ้นจากรายรับรายจ่ายที่เป็นจริงของการประกอบอาชีพ"
)
