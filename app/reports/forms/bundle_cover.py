"""P25: the sheet that goes with a file to the centre, so that paper and file prove each other."""

from dataclasses import dataclass

from app.reports import samples
from app.reports.layout.blocks import Fill, choices, fills, framed, heading, masthead, paragraph
from app.reports.layout.page import Sheet
from app.reports.layout.signing import Signer, signatures
from app.reports.layout.table import Column, table
from app.reports.people import day
from app.reports.registry import BUNDLE, form
from app.reports.stamp import Stamp


@dataclass(frozen=True, slots=True)
class Content:
    """One kind of content: its name and how many entries of it the file holds."""

    label: str
    lines: int


@dataclass(frozen=True, slots=True)
class BundleCover:
    """A sealed file: `kind` is delta or full, `sealed_on` a Thai day with `sealed_at` its time.

    `check_code` is what is read over the telephone, `content_id` the whole hash of the content;
    `parts` counts the files in which it goes by mail.
    """

    stamp: Stamp
    name: str
    number: int
    kind: str
    desk: str
    first: int
    last: int
    sealed_on: str
    sealed_at: str
    content_id: str
    check_code: str
    contents: tuple[Content, ...] = ()
    sender: str = ""
    receiver: str = ""
    parts: int = 1


def sample() -> BundleCover:
    """Return an invented file of a week's work."""
    return BundleCover(
        stamp=samples.stamp("000123"),
        name="OTG-15-KMPT-000123-D.otg",
        number=123,
        kind="delta",
        desk="KMPT",
        first=4_817,
        last=4_903,
        sealed_on="2025-03-19",
        sealed_at="10:12",
        content_id="a9c41b7e5d0f3e8272b6c15fd94e0a3b86f7d2c90e1b5a4d3c2f8e7061b9a5d4",
        check_code="A9C4 1B7E 5D0F 3E82",
        contents=(
            Content("บุคคล", 56),
            Content("กลุ่ม", 12),
            Content("สมาชิกกลุ่ม", 11),
            Content("แฟ้มเงินกู้", 6),
            Content("ผู้ค้ำประกัน", 2),
        ),
        sender="นายกิตติ ตัวอย่างงาน",
    )


@form(
    name="bundle_cover",
    number="P25",
    title="ใบนำส่งชุดข้อมูล",
    code="แบบ นส.1 ฉบับร่าง 1",
    entity=BUNDLE,
    sample=sample,
)
def layout(sheet: Sheet, data: BundleCover) -> None:
    """Lay the sheet out: what the file is, what is in it, who gave and who took it."""
    masthead(sheet, ("ใบนำส่งชุดข้อมูล", "โครงการหนึ่งตำบล หนึ่งกลุ่มอาชีพอิสระ"))
    heading(sheet, "ชุดข้อมูล")
    fills(
        sheet,
        Fill("ชื่อแฟ้ม", data.name, share=2.4),
        Fill("ชุดที่", str(data.number), align="center"),
    )
    if data.parts > 1:
        fills(
            sheet,
            Fill("ส่งเป็นส่วน", _first_and_last(data), share=2.4),
            Fill("จำนวน", str(data.parts), unit="ส่วน", align="center"),
        )
    fills(
        sheet,
        Fill("ชนิด", KINDS.get(data.kind, data.kind), share=2.4),
        Fill("เครื่อง", data.desk, align="center"),
    )
    fills(
        sheet,
        Fill("ผนึกเมื่อ", day(data.sealed_on), share=1.4),
        Fill("เวลา", data.sealed_at, unit="น.", align="center"),
        Fill("รายการที่", f"{data.first:,} - {data.last:,}", share=1.4, align="center"),
    )
    heading(sheet, "เนื้อหา")
    rows = [(each.label, f"{each.lines:,}") for each in data.contents]
    total = "" if sheet.blank else f"{sum(each.lines for each in data.contents):,}"
    table(sheet, COLUMNS, rows, sums=("รวม", total), empty=5)
    _check_code(sheet, data)
    _hands(sheet, data)


KINDS = {"delta": "รายการที่ส่วนกลางยังไม่ยืนยัน", "full": "รายการทั้งหมดของสำนักงาน"}
COLUMNS = (Column("ประเภทข้อมูล", 3), Column("จำนวนรายการ", 1, "right"))
HOW_TO_CHECK = (
    "วิธีตรวจ  ส่วนกลางสแกนรหัส QR ของใบนี้ แล้วเทียบกับรหัสเนื้อหาที่โปรแกรมแสดงเมื่อรับแฟ้ม รหัสตรวจสอบคือ 16 ตัวแรก"
    "ของรหัสเนื้อหา ใช้อ่านเทียบกันทางโทรศัพท์ ถ้าไม่ตรงกัน ห้ามนำเข้า และขอให้สำนักงานส่งแฟ้มเดิมอีกครั้ง"
)


def _first_and_last(data: BundleCover) -> str:
    """Name the parts as they are called in a folder."""
    name = data.name.rpartition(".")[0]
    return f"{name}.1-of-{data.parts} ถึง {data.parts}-of-{data.parts}"


def _check_code(sheet: Sheet, data: BundleCover) -> None:
    heading(sheet, "รหัสตรวจสอบ", keep=56)
    middle = (sheet.left + sheet.right) / 2
    sheet.box(middle - 130, sheet.y + 4, 260, 30, weight=0.8)
    if not sheet.blank:
        _code(sheet, middle, sheet.y + 25, data.check_code, size=17, width=248)
        _code(sheet, middle, sheet.y + 48, data.content_id, size=8, width=sheet.width)
    sheet.y += 58


def _code(sheet: Sheet, x: float, y: float, text: str, *, size: float, width: float) -> None:
    """Write a code in the middle, smaller where it is longer than a hash ever is."""
    wide = sheet.face().width(text, size)
    sheet.code(x, y, text, size=size * min(1.0, width / wide) if wide else size)


def _hands(sheet: Sheet, data: BundleCover) -> None:
    signatures(
        sheet,
        Signer("ผู้ส่ง", data.sender, position=""),
        Signer("ผู้รับ", data.receiver, position=""),
    )
    with framed(sheet, "สำหรับผู้รับ", least=62):
        fills(sheet, Fill("ได้รับแฟ้ม จำนวน", None, unit="แฟ้ม"), Fill("เวลา", None, unit="น."))
        choices(sheet, "รหัสตรวจสอบ", (("same", "ตรงกัน"), ("other", "ไม่ตรงกัน")), ())
    sheet.y += 8
    paragraph(sheet, HOW_TO_CHECK)
