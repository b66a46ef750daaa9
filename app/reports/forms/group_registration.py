"""P1: the registration of an occupation group, on two pages."""

from dataclasses import dataclass, field

from app.reports import samples
from app.reports.forms.member_list import ROLES
from app.reports.layout.blocks import (
    Fill,
    choices,
    fills,
    framed,
    heading,
    masthead,
    note,
    paragraph,
)
from app.reports.layout.page import Sheet
from app.reports.layout.signing import Signer, signatures
from app.reports.layout.table import Column, table
from app.reports.people import Address, Person, address_rows, baht, day
from app.reports.registry import form
from app.reports.stamp import Stamp


@dataclass(frozen=True, slots=True)
class Registration:
    """A registration the group holds elsewhere; `kind` is a code of REGISTRATION_KINDS."""

    kind: str
    number: str = ""
    issued_on: str = ""
    issuer: str = ""


@dataclass(frozen=True, slots=True)
class GroupRegistration:
    """All that a group says of itself; sums are satang a month, dates ISO with precision.

    `committee` is the leader and who else has an office in the group.
    """

    stamp: Stamp
    name: str
    group_no: str = ""
    registered_on: str = ""
    occupation_type: str = ""
    address: Address = field(default_factory=Address)
    phone: str = ""
    founded_on: str = ""
    members: int | None = None
    registrations: tuple[Registration, ...] = ()
    products: str = ""
    capacity: str = ""
    sales_channels: str = ""
    capital: int | None = None
    income_before: int | None = None
    income_before_on: str = ""
    income_after: int | None = None
    income_after_on: str = ""
    committee: tuple[Person, ...] = ()
    problems: str = ""
    needs: str = ""

    @property
    def leader(self) -> str:
        """Name the group's leader, "" while none is chosen."""
        return next((one.name for one in self.committee if one.role == "leader"), "")


OCCUPATIONS = (
    ("food", "แปรรูปอาหาร"),
    ("textile", "สิ่งทอ"),
    ("handicraft", "หัตถกรรม"),
    ("herbal", "สมุนไพรและสปา"),
    ("farming", "เกษตร"),
    ("service", "บริการ"),
    ("other", "อื่น ๆ"),
)
REGISTRATIONS = {
    "home_worker": "ผู้รับงานไปทำที่บ้าน",
    "community_enterprise": "วิสาหกิจชุมชน",
    "otop": "OTOP",
    "cooperative": "สหกรณ์",
    "other": "อื่น ๆ",
}
DECLARATION = (
    "ข้าพเจ้าในฐานะผู้นำกลุ่มขอรับรองว่าข้อความในแบบนี้และบัญชีรายชื่อสมาชิกที่แนบถูกต้อง"
    "และเป็นความจริง สมาชิกทุกคนสมัครใจเข้าร่วมกลุ่ม และเมื่อข้อมูลเปลี่ยนแปลง "
    "จะแจ้งสำนักงานจัดหางานจังหวัดทราบโดยเร็ว"
)
NOTICE = (
    "สำนักงานจัดหางานจังหวัดเก็บรวบรวมข้อมูลส่วนบุคคลในแบบนี้เท่าที่จำเป็นต่อการขึ้นทะเบียน"
    "และพัฒนากลุ่มอาชีพอิสระตามอำนาจหน้าที่ และอาจส่งต่อให้หน่วยงานของรัฐที่ร่วมดำเนินโครงการ "
    "ท่านมีสิทธิขอดู ขอสำเนา และขอแก้ไขข้อมูลของท่านได้ที่สำนักงาน"
)


def sample() -> GroupRegistration:
    """Return an invented group of the programme."""
    return GroupRegistration(
        stamp=samples.stamp("อท-67-A-0003"),
        name=samples.GROUP,
        group_no="อท-67-A-0003",
        registered_on="2025-03-19",
        occupation_type="handicraft",
        address=samples.PLACE,
        phone="0900000001",
        founded_on="2019-05",
        members=12,
        registrations=(
            Registration("home_worker", "อท 2567/0012", "2024-06-14", samples.OFFICE),
            Registration("otop", "", "2020", "สำนักงานพัฒนาชุมชนอำเภอเมืองอ่างทอง"),
        ),
        products="ดอกไม้จันทน์ พวงหรีดดอกไม้ประดิษฐ์ พวงหรีดพัดลม และชุดดอกไม้หน้าศพ "
        "รับทำตามสั่งและให้เช่าอุปกรณ์จัดงาน",
        capacity="ดอกไม้จันทน์ 5,000 ดอกต่อเดือน พวงหรีด 60 พวงต่อเดือน",
        sales_channels="ขายที่กลุ่ม ร้านสังฆภัณฑ์ในจังหวัด และ Facebook ของกลุ่ม",
        capital=6_200_000,
        income_before=2_400_000,
        income_before_on="2023",
        income_after=3_850_000,
        income_after_on="2025-02",
        committee=samples.MEMBERS[:5],
        problems="วัตถุดิบไม้จันทน์ราคาสูงขึ้นและต้องสั่งจากต่างจังหวัด "
        "สมาชิกยังขาดทักษะการขายออนไลน์และการถ่ายภาพสินค้า",
        needs="อบรมการตลาดออนไลน์ เงินทุนซื้อเครื่องตัดกระดาษ และการออกแบบตราสินค้า",
    )


@form(
    name="group_registration",
    number="P1",
    title="แบบขึ้นทะเบียนกลุ่มอาชีพอิสระ",
    code="แบบ ลทก.1 ฉบับร่าง 1",
    entity="group",
    sample=sample,
)
def layout(sheet: Sheet, data: GroupRegistration) -> None:
    """Lay the registration out."""
    masthead(
        sheet,
        (
            "แบบขึ้นทะเบียนกลุ่มอาชีพอิสระ",
            "โครงการหนึ่งตำบล หนึ่งกลุ่มอาชีพอิสระ",
            "กรมการจัดหางาน กระทรวงแรงงาน",
        ),
    )
    fills(
        sheet,
        Fill("เขียนที่", data.stamp.office, share=1.5),
        Fill("วันที่", day(data.registered_on), align="center"),
    )
    _group(sheet, data)
    _registrations(sheet, data)
    _work(sheet, data)
    _committee(sheet, data)
    heading(sheet, "ปัญหาและความต้องการ")
    note(sheet, "ปัญหาและอุปสรรค", data.problems, lines=3)
    note(sheet, "ความต้องการของกลุ่ม", data.needs, lines=3)
    _declaration(sheet, data)


def _group(sheet: Sheet, data: GroupRegistration) -> None:
    heading(sheet, "ข้อมูลกลุ่ม")
    fills(
        sheet,
        Fill("ชื่อกลุ่ม", data.name, share=2.2),
        Fill("รหัสกลุ่ม", data.group_no, align="center"),
    )
    choices(sheet, "ประเภทอาชีพ", OCCUPATIONS, (data.occupation_type,), columns=4)
    address_rows(sheet, data.address, label="ที่ตั้งกลุ่ม เลขที่")
    fills(
        sheet,
        Fill("โทรศัพท์", data.phone, align="center"),
        Fill("ก่อตั้งเมื่อ", day(data.founded_on, "short"), align="center"),
        Fill(
            "สมาชิก",
            f"{data.members:,}" if data.members else "",
            width=40,
            unit="คน",
            align="center",
        ),
    )


def _registrations(sheet: Sheet, data: GroupRegistration) -> None:
    heading(sheet, "ทะเบียนอื่นของกลุ่ม")
    held = {each.kind for each in data.registrations}
    options = (*REGISTRATIONS.items(), ("none", "ไม่มี"))
    choices(sheet, "", options, held or {"none"})
    sheet.y += 3
    columns = (
        Column("ประเภททะเบียน", 1.5),
        Column("เลขที่", 1.2, "center"),
        Column("วันที่จดทะเบียน", 1.1, "center"),
        Column("ผู้ออกทะเบียน", 2.4, running=True),
    )
    rows = [
        (
            REGISTRATIONS.get(each.kind, each.kind),
            each.number,
            day(each.issued_on, "short"),
            each.issuer,
        )
        for each in data.registrations
    ]
    if rows or sheet.blank:
        table(sheet, columns, rows, empty=3)


def _work(sheet: Sheet, data: GroupRegistration) -> None:
    heading(sheet, "ผลิตภัณฑ์ การขาย และรายได้")
    note(sheet, "ผลิตภัณฑ์หรือบริการ", data.products, lines=3)
    note(sheet, "กำลังผลิต", data.capacity, lines=1)
    note(sheet, "ช่องทางขาย", data.sales_channels, lines=1)
    _sum(sheet, "ทุนหรือทรัพย์สินของกลุ่ม", data.capital)
    _sum(sheet, "รายได้ต่อเดือนก่อนเข้าโครงการ", data.income_before, data.income_before_on)
    _sum(sheet, "รายได้ต่อเดือนปัจจุบัน", data.income_after, data.income_after_on)


def _sum(sheet: Sheet, label: str, satang: int | None, on: str | None = None) -> None:
    """Write a sum, and the time it is of if it has one."""
    when = () if on is None else (Fill("ข้อมูลเมื่อ", day(on, "short"), align="center"),)
    fills(sheet, Fill(label, baht(satang), width=110, unit="บาท", align="right", lead=158), *when)


def _committee(sheet: Sheet, data: GroupRegistration) -> None:
    if sheet.pages == 1:
        sheet.new_page()  # the group's data on the first page, its people on the second
    heading(sheet, "ผู้นำกลุ่มและกรรมการ", keep=60)
    columns = (
        Column("ที่", 22, "center"),
        Column("ชื่อ-สกุล", 170),
        Column("เลขประจำตัวประชาชน", 108, "center"),
        Column("อายุ (ปี)", 34, "center"),
        Column("หน้าที่", 79, "center"),
        Column("โทรศัพท์", 80, "center"),
    )
    rows = [
        (
            str(number),
            one.name,
            one.number,
            one.age,
            ROLES.get(one.role, one.role),
            one.call,
        )
        for number, one in enumerate(data.committee, 1)
    ]
    table(sheet, columns, rows, empty=6)


def _declaration(sheet: Sheet, data: GroupRegistration) -> None:
    heading(sheet, "คำรับรองของผู้นำกลุ่ม", keep=160)
    sheet.y += 3
    paragraph(sheet, DECLARATION)
    paragraph(sheet, NOTICE)
    signatures(sheet, Signer("ผู้นำกลุ่ม", data.leader), Signer("เจ้าหน้าที่ผู้รับ", position=""))
    with framed(sheet, "สำหรับเจ้าหน้าที่", least=62):
        fills(
            sheet,
            Fill("เลขทะเบียนกลุ่ม", None),
            Fill("วันที่ขึ้นทะเบียน", None),
        )
        answers = (("", "เอกสารครบถ้วน"), ("", "ขาดเอกสาร"), ("", "ตรวจสอบสถานที่แล้ว"))
        choices(sheet, "ผลการตรวจ", answers, ())
