"""P15: what an officer finds at the place of work before a loan is decided."""

from dataclasses import dataclass

from app.core import thai
from app.reports import samples
from app.reports.layout.blocks import Fill, choices, fills, framed, heading, masthead, note
from app.reports.layout.page import Sheet
from app.reports.layout.signing import Signer, signatures, thumb
from app.reports.layout.table import Column, table
from app.reports.loans import PurposeLine, purpose_table
from app.reports.people import baht, day
from app.reports.registry import form
from app.reports.stamp import Stamp


@dataclass(frozen=True, slots=True)
class LoanInquiry:
    """What is known of the borrower and of the visit; sums are satang.

    `spokesman` is the leader of a group, or the borrowing person.
    """

    stamp: Stamp
    borrower: str
    place: str = ""
    occupation: str = ""
    members: str = ""
    spokesman: str = ""
    phone: str = ""
    amount: int = 0
    months: int = 0
    instalment: int | None = None
    income: int | None = None
    capital: int | None = None
    purpose_lines: tuple[PurposeLine, ...] = ()
    guarantors: tuple[str, ...] = ()
    visited_on: str = ""
    team: str = ""
    progress: str = ""
    obstacles: str = ""


def sample() -> LoanInquiry:
    """Return the inquiry about an invented group."""
    return LoanInquiry(
        stamp=samples.stamp("อท-68-A-0007"),
        borrower=samples.GROUP,
        place=samples.PLACE.text,
        occupation="หัตถกรรม",
        members="12",
        spokesman=samples.MEMBERS[0].name,
        phone=samples.MEMBERS[0].phone,
        amount=20_000_000,
        months=60,
        instalment=363_400,
        income=3_850_000,
        capital=6_200_000,
        purpose_lines=(
            PurposeLine("เครื่องตัดกระดาษไฟฟ้า ขนาดหน้าตัด 45 เซนติเมตร", 2, 3_850_000),
            PurposeLine("ไม้จันทน์แปรรูปสำหรับประดิษฐ์ดอกไม้ (กิโลกรัม)", 150, 42_000),
            PurposeLine("กระดาษย่นและผ้าโปร่งสำหรับตกแต่งพวงหรีด (ม้วน)", 400, 9_500),
            PurposeLine("โครงพวงหรีดไม้ไผ่ (ชิ้น)", 220, 10_000),
        ),
        guarantors=(samples.MEMBERS[10].name,),
        visited_on="2025-03-20",
        team="นายวิชัย ตัวอย่างดี นักวิชาการแรงงาน และนางสาวกนกพร ตัวอย่างดี",
        progress="กลุ่มผลิตดอกไม้จันทน์เดือนละประมาณ 400 ชุด มีคำสั่งซื้อจากวัดและร้านค้าในอำเภอ",
        obstacles="ขาดเงินทุนหมุนเวียนซื้อไม้จันทน์เป็นจำนวนมาก",
    )


@form(
    name="loan_inquiry",
    number="P15",
    title="แบบสอบข้อเท็จจริงก่อนอนุมัติเงินกู้",
    code="แบบ กผบ.7 ฉบับร่าง 1",
    entity="loan_file",
    sample=sample,
)
def layout(sheet: Sheet, data: LoanInquiry) -> None:
    """Lay the inquiry out: known facts are printed, observations are written by hand."""
    masthead(
        sheet,
        (
            "แบบสอบข้อเท็จจริงและตรวจเยี่ยมก่อนอนุมัติเงินกู้",
            "กองทุนเพื่อผู้รับงานไปทำที่บ้าน กรมการจัดหางาน",
        ),
    )
    fills(sheet, Fill("วันที่ตรวจเยี่ยม", day(data.visited_on), align="center"))
    fills(sheet, Fill("ผู้ตรวจเยี่ยม", data.team, most=3))
    _borrower(sheet, data)
    _work(sheet, data)
    _money(sheet, data)
    _found(sheet, data)
    _opinion(sheet, data)


YES_NO = (("", "ตรง"), ("", "ไม่ตรง"))
DEBTS = (
    Column("เจ้าหนี้", 3.2),
    Column("ยอดคงเหลือ (บาท)", 1.6, "right"),
    Column("ผ่อนต่อเดือน (บาท)", 1.6, "right"),
    Column("หมายเหตุ", 2),
)


def _borrower(sheet: Sheet, data: LoanInquiry) -> None:
    heading(sheet, "ผู้ขอกู้")
    fills(sheet, Fill("ชื่อ", data.borrower, share=2), Fill("อาชีพ", data.occupation))
    fills(sheet, Fill("ที่ตั้ง", data.place))
    fills(
        sheet,
        Fill("ผู้ให้ข้อมูล", data.spokesman, share=1.6),
        Fill("โทรศัพท์", data.phone),
        Fill("สมาชิก", data.members, width=34, unit="คน", align="center"),
    )
    choices(sheet, "ที่ตั้งและตัวบุคคลตรงกับคำขอ", YES_NO, ())
    fills(sheet, Fill("มาให้ข้อมูลในวันตรวจ", None, width=40, unit="คน"), Fill("ได้แก่", None))


def _work(sheet: Sheet, data: LoanInquiry) -> None:
    heading(sheet, "การประกอบอาชีพ")
    choices(
        sheet,
        "สถานที่ผลิต",
        (("", "บ้านของผู้กู้"), ("", "ที่ทำการกลุ่ม"), ("", "เช่า"), ("", "อื่น ๆ")),
        (),
    )
    choices(
        sheet,
        "งานที่ทำ",
        (("", "ทำต่อเนื่อง"), ("", "ตามฤดูกาล"), ("", "รับงานจากผู้ว่าจ้าง"), ("", "ยังไม่เริ่ม")),
        (),
    )
    note(sheet, "ความก้าวหน้า", data.progress)
    note(sheet, "ปัญหาอุปสรรค", data.obstacles)
    fills(sheet, Fill("เครื่องมือและวัตถุดิบที่มี", None))
    fills(sheet, Fill("ตลาดและผู้ซื้อ", None))


def _money(sheet: Sheet, data: LoanInquiry) -> None:
    heading(sheet, "รายได้ หนี้สิน และความสามารถในการชำระ")
    fills(
        sheet,
        Fill("รายได้ต่อเดือน", baht(data.income), unit="บาท", align="right"),
        Fill("ทุนหรือทรัพย์สิน", baht(data.capital), unit="บาท", align="right"),
    )
    fills(
        sheet,
        Fill("รายได้ที่ตรวจพบ", None, unit="บาท"),
        Fill("ผ่อนสูงสุดต่องวด", baht(data.instalment), unit="บาท", align="right"),
    )
    sheet.y += 4
    table(sheet, DEBTS, [(None,) * len(DEBTS)] * 3, least=22, empty=3)


def _found(sheet: Sheet, data: LoanInquiry) -> None:
    heading(sheet, "วัตถุประสงค์การกู้", keep=220)
    fills(
        sheet,
        Fill("ขอกู้", baht(data.amount), width=88, unit="บาท", align="right"),
        Fill("(ตัวอักษร)", thai.baht_text(data.amount), align="center"),
    )
    fills(
        sheet,
        Fill("ผ่อนชำระรายเดือน รวม", f"{data.months:,}", width=40, unit="งวด", align="center"),
        Fill("ผู้ค้ำประกัน", ", ".join(data.guarantors), share=2),
    )
    sheet.y += 4
    purpose_table(sheet, data.purpose_lines)
    sheet.y += 3
    choices(sheet, "แผนการใช้เงินตรงกับที่ตรวจพบ", YES_NO, ())
    fills(sheet, Fill("ข้อสังเกต", None))


def _opinion(sheet: Sheet, data: LoanInquiry) -> None:
    sheet.need(270)
    with framed(sheet, "ความเห็นของผู้ตรวจ", least=170):
        answers = (("", "เห็นควรให้กู้"), ("", "เห็นควรให้กู้บางส่วน"), ("", "ไม่เห็นควร"))
        choices(sheet, "", answers, ())
        fills(sheet, Fill("จำนวน", None, unit="บาท"), Fill("เพราะ", None, share=2))
        fills(sheet, Fill("", None))
        signatures(sheet, Signer("ผู้ตรวจ", position=""), Signer("ผู้ตรวจ", position=""))
    signatures(sheet, Signer("ผู้ให้ข้อมูล", data.spokesman), dated=False)
    thumb(sheet)
