"""P21: a visit to a group: progress, obstacles to tick, the next step, pictures, signatures."""

from dataclasses import dataclass

from app.reports import samples
from app.reports.layout.blocks import Fill, choices, fills, heading, masthead, note
from app.reports.layout.page import PITCH, Sheet
from app.reports.layout.signing import Signer, signatures
from app.reports.layout.table import Column, table
from app.reports.people import baht, day
from app.reports.registry import form
from app.reports.stamp import Stamp


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What stands in the way; `kind` is a code of OBSTACLES, `text` says it in words."""

    kind: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Track:
    """One of the six tracks, by the name of its field, and how far it is; both are codes."""

    kind: str
    state: str = ""


@dataclass(frozen=True, slots=True)
class FieldVisit:
    """One visit; `last_on` and `last_step` are of the visit before, sums are satang a month.

    `borrower` is the person who was visited for a loan of their own, "" for a group.
    """

    stamp: Stamp
    group_name: str
    group_no: str = ""
    place: str = ""
    leader: str = ""
    borrower: str = ""
    file_no: str = ""
    visited_on: str = ""
    kind: str = ""
    team: str = ""
    last_on: str = ""
    last_step: str = ""
    tracks: tuple[Track, ...] = ()
    progress: str = ""
    income: int | None = None
    obstacles: tuple[Obstacle, ...] = ()
    needs: str = ""
    next_step: str = ""
    due_on: str = ""
    pictures: tuple[str, ...] = ()


def sample() -> FieldVisit:
    """Return a visit to an invented group."""
    return FieldVisit(
        stamp=samples.stamp("อท-68-A-0003"),
        group_name=samples.GROUP,
        group_no="อท-67-A-0003",
        place=samples.PLACE.text,
        leader=samples.MEMBERS[0].name,
        file_no="อท-68-A-0007",
        visited_on="2025-03-19",
        kind="follow_up",
        team=f"นางสาวกนกพร ตัวอย่างดี, {samples.MEMBERS[2].name}, ผู้ใหญ่บ้านหมู่ 3",
        last_on="2025-01-20",
        last_step="ประสานวิทยากรออกแบบตราสินค้า",
        tracks=(
            Track("track_training", "done"),
            Track("track_product", "doing"),
            Track("track_standard", "not_applicable"),
            Track("track_mark", "doing"),
            Track("track_capital", "not_started"),
            Track("track_market", "doing"),
        ),
        progress="กลุ่มใช้เครื่องตัดกระดาษที่ได้รับแล้ว กำลังผลิตเพิ่มขึ้นเป็น 6,500 ดอกต่อเดือน "
        "มีคำสั่งซื้อจากร้านสังฆภัณฑ์เพิ่มสองแห่ง และสมาชิกเปิดเพจขายออนไลน์แล้ว",
        income=4_120_000,
        obstacles=(
            Obstacle("raw_material", "ไม้จันทน์แปรรูปราคาสูงขึ้นร้อยละ 12 ต้องสั่งจากต่างจังหวัด"),
            Obstacle("skill", "สมาชิกยังถ่ายภาพสินค้าไม่ชำนาญ"),
        ),
        needs="วิทยากรถ่ายภาพสินค้าด้วยโทรศัพท์ และตัวอย่างบรรจุภัณฑ์",
        next_step="นัดอบรมถ่ายภาพสินค้า และตรวจแบบตราสินค้าที่ออกแบบ",
        due_on="2025-04-30",
        pictures=("ดอกไม้จันทน์ที่ผลิตใหม่", "สมาชิกใช้เครื่องตัดกระดาษ"),
    )


@form(
    name="field_visit",
    number="P21",
    title="แบบตรวจเยี่ยมและติดตามความก้าวหน้า",
    code="แบบ ลทก.4 ฉบับร่าง 1",
    entity="field_visit",
    sample=sample,
)
def layout(sheet: Sheet, data: FieldVisit) -> None:
    """Lay the visit out: what was found on the first page, pictures and hands on the second."""
    masthead(sheet, ("แบบตรวจเยี่ยมและติดตามความก้าวหน้า", "โครงการหนึ่งตำบล หนึ่งกลุ่มอาชีพอิสระ"))
    _visit(sheet, data)
    heading(sheet, "ความก้าวหน้า")
    note(sheet, "ครั้งก่อนนัดหมายว่า", data.last_step, lines=1)
    _tracks(sheet, data)
    note(sheet, "ผลการดำเนินงาน", data.progress, lines=4)
    fills(
        sheet,
        Fill("รายได้ต่อเดือนปัจจุบัน", baht(data.income), width=110, unit="บาท", align="right"),
    )
    heading(sheet, "ปัญหาและอุปสรรค")
    choices(sheet, "", OBSTACLES, {each.kind for each in data.obstacles}, columns=4)
    note(sheet, "รายละเอียด", _in_words(data), lines=3)
    heading(sheet, "ความต้องการและการดำเนินการต่อไป")
    note(sheet, "ความต้องการของกลุ่ม", data.needs, lines=2)
    note(sheet, "การดำเนินการต่อไป", data.next_step, lines=2)
    fills(sheet, Fill("กำหนดแล้วเสร็จ", day(data.due_on), width=150, align="center"))
    _pictures(sheet, data)
    signatures(
        sheet,
        Signer("ผู้ตรวจเยี่ยม", position=""),
        Signer("ผู้ตรวจเยี่ยม", position=""),
        Signer("ผู้กู้", data.borrower) if data.borrower else Signer("ผู้นำกลุ่ม", data.leader),
    )


VISIT_KINDS = (
    ("before_approval", "ก่อนอนุมัติ"),
    ("follow_up", "ติดตามความก้าวหน้า"),
    ("evaluation", "ประเมินผล"),
)
OBSTACLES = (
    ("none", "ไม่มี"),
    ("raw_material", "วัตถุดิบ"),
    ("skill", "ทักษะความรู้"),
    ("equipment", "เครื่องมือ"),
    ("capital", "เงินทุน"),
    ("market", "ตลาด"),
    ("standard", "มาตรฐาน"),
    ("membership", "สมาชิก/บริหาร"),
    ("debt", "การชำระหนี้"),
    ("other", "อื่น ๆ"),
)
TRACKS = (
    ("track_training", "ฝึกอบรม"),
    ("track_product", "พัฒนาผลิตภัณฑ์"),
    ("track_standard", "มาตรฐาน"),
    ("track_mark", "โลโก้/ตรารับรอง"),
    ("track_capital", "เงินทุน"),
    ("track_market", "ตลาด"),
)
STATES = {
    "not_started": "ยังไม่เริ่ม",
    "doing": "กำลังดำเนินการ",
    "done": "แล้วเสร็จ",
    "not_applicable": "ไม่เกี่ยวข้อง",
}
PICTURES = 4


def _visit(sheet: Sheet, data: FieldVisit) -> None:
    if data.borrower and not sheet.blank:
        fills(sheet, Fill("ผู้กู้", data.borrower))
        fills(sheet, Fill("ที่อยู่", data.place))
    else:
        fills(
            sheet,
            Fill("ชื่อกลุ่ม", data.group_name, share=2.2),
            Fill("รหัสกลุ่ม", data.group_no, align="center"),
        )
        fills(sheet, Fill("ที่ตั้งกลุ่ม", data.place))
    fills(
        sheet,
        Fill("วันที่ตรวจเยี่ยม", day(data.visited_on), align="center"),
        Fill("ครั้งก่อนเมื่อ", day(data.last_on, "short"), share=0.7, align="center"),
        Fill("แฟ้มเงินกู้", data.file_no, share=0.8, align="center"),
    )
    choices(sheet, "ชนิด", VISIT_KINDS, (data.kind,))
    note(sheet, "คณะผู้ตรวจเยี่ยม", data.team, lines=2)


def _tracks(sheet: Sheet, data: FieldVisit) -> None:
    """Write the six tracks side by side; the hand writes their states on a blank form."""
    states = {each.kind: STATES.get(each.state, each.state) for each in data.tracks}
    sheet.y += 4
    columns = [Column(name, 1, "center") for _kind, name in TRACKS]
    table(sheet, columns, [[states.get(kind, "") for kind, _name in TRACKS]], empty=1)
    sheet.y += 4


def _in_words(data: FieldVisit) -> str:
    return ", ".join(each.text for each in data.obstacles if each.text)


def _pictures(sheet: Sheet, data: FieldVisit) -> None:
    """Leave room to stick pictures on, two beside each other, each with what it shows."""
    if sheet.pages == 1:
        sheet.new_page()
    heading(sheet, "ภาพถ่าย", keep=200)
    sheet.y += 4
    width, height = (sheet.width - 16) / 2, 150.0
    titles = [*data.pictures, *[""] * PICTURES][: max(PICTURES, len(data.pictures))]
    for first in range(0, len(titles), 2):
        sheet.need(height + PITCH + 8)
        for place in range(2):
            sheet.box(sheet.left + place * (width + 16), sheet.y, width, height)
        sheet.y += height
        pair = (*titles[first : first + 2], "")[:2]
        fills(sheet, *(Fill("ภาพ", title or None) for title in pair))
        sheet.y += 8
