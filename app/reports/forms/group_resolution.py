"""P12: the meeting of a group resolves to borrow, and who acts for it."""

from dataclasses import dataclass

from app.core import thai
from app.reports import samples
from app.reports.layout.blocks import Fill, fills, heading, masthead, paragraph
from app.reports.layout.page import Sheet
from app.reports.layout.signing import Signer, signatures, witnesses
from app.reports.layout.table import Column, table
from app.reports.loans import PurposeLine
from app.reports.people import baht
from app.reports.registry import form
from app.reports.stamp import Stamp


@dataclass(frozen=True, slots=True)
class Attendant:
    """A member who may come to the meeting; `office` is what the member does in the group."""

    name: str
    office: str = ""


@dataclass(frozen=True, slots=True)
class GroupResolution:
    """What the meeting resolves; `amount` is satang. The members sign who came."""

    stamp: Stamp
    group_name: str
    group_no: str = ""
    place: str = ""
    amount: int = 0
    months: int = 0
    purpose_lines: tuple[PurposeLine, ...] = ()
    proxy: str = ""
    members: tuple[Attendant, ...] = ()


def sample() -> GroupResolution:
    """Return the resolution of an invented group."""
    offices = ("ประธานกลุ่ม", "รองประธาน", "เลขานุการ", "เหรัญญิก", "กรรมการ")
    return GroupResolution(
        stamp=samples.stamp("อท-68-A-0007"),
        group_name=samples.GROUP,
        group_no="อท-67-A-0003",
        place=samples.PLACE.text,
        amount=20_000_000,
        months=60,
        purpose_lines=(
            PurposeLine("เครื่องตัดกระดาษไฟฟ้า ขนาดหน้าตัด 45 เซนติเมตร", 2, 3_850_000),
            PurposeLine("ไม้จันทน์แปรรูปสำหรับประดิษฐ์ดอกไม้ (กิโลกรัม)", 150, 42_000),
        ),
        proxy=samples.MEMBERS[0].name,
        members=tuple(
            Attendant(one.name, offices[number] if number < len(offices) else "สมาชิก")
            for number, one in enumerate(samples.MEMBERS)
        ),
    )


@form(
    name="group_resolution",
    number="P12",
    title="มติที่ประชุมกลุ่มให้กู้เงินและมอบอำนาจ",
    code="แบบ กผบ.4 ฉบับร่าง 1",
    entity="loan_file",
    sample=sample,
)
def layout(sheet: Sheet, data: GroupResolution) -> None:
    """Lay the resolution out: everybody who came signs, the thumb counts with two witnesses."""
    titles = (
        "มติที่ประชุมกลุ่มให้กู้เงินและมอบอำนาจ",
        "กองทุนเพื่อผู้รับงานไปทำที่บ้าน กรมการจัดหางาน",
    )
    masthead(sheet, titles)
    fills(
        sheet,
        Fill("กลุ่ม", data.group_name, share=2.2),
        Fill("รหัสกลุ่ม", data.group_no, align="center"),
    )
    fills(sheet, Fill("ที่ตั้งกลุ่ม", data.place))
    fills(
        sheet,
        Fill("ประชุมครั้งที่", None, share=0.8),
        Fill("วันที่", None, share=1.4),
        Fill("เวลา", None, share=0.7, unit="น."),
    )
    fills(sheet, Fill("ณ", None))
    fills(
        sheet,
        Fill("สมาชิกทั้งหมด", _count(len(data.members)), width=36, unit="คน", align="center"),
        Fill("มาประชุม", None, width=36, unit="คน"),
        Fill("ประธานที่ประชุม", None),
    )
    heading(sheet, "มติที่ประชุม")
    _resolved(sheet, data)
    heading(sheet, "ผู้มาประชุมลงลายมือชื่อไว้เป็นหลักฐาน", keep=80)
    rows = [
        (str(number), one.name, one.office, None, None)
        for number, one in enumerate(data.members, 1)
    ]
    table(sheet, COLUMNS, rows, least=34, empty=10)
    signatures(sheet, Signer("ประธานที่ประชุม"), Signer("ผู้จดรายงานการประชุม"))
    witnesses(sheet, who="ผู้มาประชุม")


COLUMNS = (
    Column("ที่", 0.5, "center"),
    Column("ชื่อ-สกุล", 3.2),
    Column("หน้าที่", 1.5, "center"),
    Column("ลายมือชื่อ", 2.8, "center"),
    Column("หมายเหตุ", 1.2, "center"),
)
RESOLVED = (
    "มอบอำนาจให้ผู้มีชื่อข้างต้นยื่นคำขอ ลงนามในเอกสารและสัญญา รับเงินกู้เข้าบัญชีของกลุ่ม "
    "และดำเนินการที่เกี่ยวข้องแทนกลุ่มจนเสร็จการ",
    "สมาชิกผู้กู้ร่วมทุกคนตกลงรับผิดร่วมกันในการชำระเงินต้นและดอกเบี้ย (ถ้ามี) ตามสัญญา",
)


def _resolved(sheet: Sheet, data: GroupResolution) -> None:
    fills(
        sheet,
        Fill("ให้กลุ่มกู้ยืมเงินจากกองทุน", baht(data.amount), width=88, unit="บาท", align="right"),
        Fill("(ตัวอักษร)", thai.baht_text(data.amount), align="center"),
    )
    items = ", ".join(line.item for line in data.purpose_lines)
    fills(
        sheet,
        Fill("ผ่อนชำระรายเดือน รวม", _count(data.months), width=40, unit="งวด", align="center"),
    )
    fills(sheet, Fill("เพื่อ", items, most=3))
    fills(sheet, Fill("ผู้รับมอบอำนาจ", data.proxy))
    sheet.y += 3
    for number, text in enumerate(RESOLVED, 1):
        paragraph(sheet, text, indent=12, hang=f"({number})")


def _count(number: int) -> str:
    return f"{number:,}" if number else ""
