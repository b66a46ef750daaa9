"""P2: the members of a group, fifteen on a page, each with room to sign."""

from dataclasses import dataclass

from app.reports import samples
from app.reports.layout.blocks import Fill, fills, masthead
from app.reports.layout.page import Sheet
from app.reports.layout.signing import Signer, signatures
from app.reports.layout.table import Column, table
from app.reports.people import Person, day
from app.reports.registry import form
from app.reports.stamp import Stamp


@dataclass(frozen=True, slots=True)
class MemberList:
    """A group and its members; `listed_on` is the day the list speaks of."""

    stamp: Stamp
    group_name: str
    group_no: str = ""
    place: str = ""
    listed_on: str = ""
    members: tuple[Person, ...] = ()

    @property
    def leader(self) -> str:
        """Name the group's leader, "" while none is chosen."""
        return next((one.name for one in self.members if one.role == "leader"), "")


ROLES = {
    "leader": "ผู้นำกลุ่ม",
    "deputy": "รองผู้นำกลุ่ม",
    "secretary": "เลขานุการ",
    "treasurer": "เหรัญญิก",
    "committee": "กรรมการ",
    "member": "สมาชิก",
}


def sample() -> MemberList:
    """Return an invented group of twelve."""
    return MemberList(
        stamp=samples.stamp("อท-67-A-0003"),
        group_name=samples.GROUP,
        group_no="อท-67-A-0003",
        place=samples.PLACE.text,
        listed_on="2025-03-19",
        members=samples.MEMBERS,
    )


@form(
    name="member_list",
    number="P2",
    title="บัญชีรายชื่อสมาชิกกลุ่มอาชีพอิสระ",
    code="แบบ ลทก.2 ฉบับร่าง 1",
    entity="group",
    sample=sample,
)
def layout(sheet: Sheet, data: MemberList) -> None:
    """Lay the list out: fifteen rows a page, the group and the headings on every page."""
    members = data.members
    pages = [members[at : at + ROWS] for at in range(0, len(members), ROWS)] or [()]
    for number, page in enumerate(pages):
        if number:
            sheet.new_page()
        _head(sheet, data)
        rows = [_row(number * ROWS + place, one) for place, one in enumerate(page, 1)]
        table(sheet, COLUMNS, rows, least=HIGH, empty=ROWS)
    signatures(sheet, Signer("ผู้นำกลุ่ม ผู้รับรอง", data.leader), Signer("เจ้าหน้าที่", position=""))


ROWS = 15
HIGH = 31.0
COLUMNS = (
    Column("ที่", 22, "center"),
    Column("ชื่อ-สกุล และเลขประจำตัวประชาชน", 134, most=3),
    Column("อายุ (ปี)", 32, "center"),
    Column("ที่อยู่", 158, most=3, running=True),
    Column("หน้าที่ และโทรศัพท์", 67, "center"),
    Column("ลายมือชื่อ", 80, "center"),
)


def _head(sheet: Sheet, data: MemberList) -> None:
    masthead(sheet, ("บัญชีรายชื่อสมาชิกกลุ่มอาชีพอิสระ", "โครงการหนึ่งตำบล หนึ่งกลุ่มอาชีพอิสระ"))
    fills(
        sheet,
        Fill("ชื่อกลุ่ม", data.group_name, share=2.2),
        Fill("รหัสกลุ่ม", data.group_no, align="center"),
    )
    fills(
        sheet,
        Fill("ที่ตั้งกลุ่ม", data.place, share=2.2),
        Fill("ข้อมูล ณ วันที่", day(data.listed_on), align="center"),
    )
    sheet.y += 5


def _row(number: int, one: Person) -> tuple[str | None, ...]:
    return (
        str(number),
        f"{one.name or '-'}\n{one.number or '-'}",
        one.age,
        one.lives_at.text,
        f"{ROLES.get(one.role, one.role) or '-'}\n{one.call or '-'}",
        None,
    )
