"""P10: the application of a person or a group for a loan of the Home Workers Fund."""

from dataclasses import dataclass, field

from app.core import thai
from app.reports import samples
from app.reports.layout.blocks import Fill, choices, fills, framed, heading, masthead, paragraph
from app.reports.layout.page import Sheet
from app.reports.layout.signing import Signer, signatures, witnesses
from app.reports.layout.table import Column, table
from app.reports.loans import (
    BorrowingGroup,
    Guarantor,
    PurposeLine,
    document_ticks,
    guarantor_table,
    purpose_table,
)
from app.reports.people import Person, address_rows, baht, day, person_rows
from app.reports.registry import form
from app.reports.stamp import Stamp


@dataclass(frozen=True, slots=True)
class LoanApplication:
    """All that the application says. `kind` is "individual" or "group".

    `applicant` is the borrowing person or the group's leader; `co_borrowers` are the members who
    borrow with the leader. `documents` are codes of DOCUMENT_KINDS that lie in the file.
    """

    stamp: Stamp
    kind: str
    applicant: Person
    submitted_on: str = ""
    round_name: str = ""
    home_worker_no: str = ""
    group: BorrowingGroup = field(default_factory=BorrowingGroup)
    income: int | None = None
    capital: int | None = None
    amount: int = 0
    months: int = 0
    purpose_lines: tuple[PurposeLine, ...] = ()
    bank: str = ""
    account_no: str = ""
    account_name: str = ""
    co_borrowers: tuple[Person, ...] = ()
    guarantors: tuple[Guarantor, ...] = ()
    documents: tuple[str, ...] = ()

    @property
    def is_group(self) -> bool:
        """Tell whether a group borrows."""
        return self.kind == "group"


DECLARATIONS = (
    "ข้อความและเอกสารที่ยื่นพร้อมคำขอนี้ถูกต้องและเป็นความจริงทุกประการ "
    "หากตรวจพบภายหลังว่าเป็นเท็จ ยินยอมให้กองทุนระงับการพิจารณา หรือเรียกเงินกู้คืนได้ทันที",
    "จะนำเงินกู้ไปใช้ตามวัตถุประสงค์ที่ระบุไว้ในคำขอนี้เท่านั้น "
    "และยินยอมให้เจ้าหน้าที่เข้าตรวจเยี่ยมสถานที่ประกอบอาชีพและการใช้จ่ายเงินกู้ได้",
    "จะชำระคืนเงินต้นและดอกเบี้ย (ถ้ามี) ให้ครบถ้วนตามงวดและภายในกำหนดเวลาที่ระบุไว้ในสัญญา",
    "รับทราบว่าสำนักงานจัดหางานจังหวัดเก็บรวบรวมและใช้ข้อมูลส่วนบุคคลในคำขอนี้เท่าที่จำเป็น"
    "ต่อการพิจารณาและติดตามเงินกู้ตามอำนาจหน้าที่ และได้อ่านหนังสือแจ้งการเก็บข้อมูลแล้ว",
)


def sample() -> LoanApplication:
    """Return an invented group's application."""
    return LoanApplication(
        stamp=samples.stamp("อท-68-A-0007"),
        kind="group",
        applicant=samples.MEMBERS[0],
        submitted_on="2025-03-19",
        round_name="1 ธ.ค. 2567 - 31 มี.ค. 2568",
        home_worker_no="อท 2567/0012",
        group=BorrowingGroup(
            name=samples.GROUP,
            group_no="อท-67-A-0003",
            occupation="หัตถกรรม",
            founded_on="2019-05",
            members=12,
            address=samples.PLACE,
        ),
        income=3_850_000,
        capital=6_200_000,
        amount=20_000_000,
        months=60,
        purpose_lines=(
            PurposeLine("เครื่องตัดกระดาษไฟฟ้า ขนาดหน้าตัด 45 เซนติเมตร", 2, 3_850_000),
            PurposeLine("ไม้จันทน์แปรรูปสำหรับประดิษฐ์ดอกไม้ (กิโลกรัม)", 150, 42_000),
            PurposeLine("กระดาษย่นและผ้าโปร่งสำหรับตกแต่งพวงหรีด (ม้วน)", 400, 9_500),
            PurposeLine("โครงพวงหรีดไม้ไผ่ (ชิ้น)", 220, 10_000),
        ),
        bank="ธนาคารออมสิน สาขาอ่างทอง",
        account_no="900000000012",
        account_name=samples.GROUP,
        co_borrowers=samples.MEMBERS[1:7],
        documents=("id_card", "house_registration", "home_map", "member_list", "bank_book"),
    )


@form(
    name="loan_application",
    number="P10",
    title="คำขอกู้ยืมเงินกองทุนเพื่อผู้รับงานไปทำที่บ้าน",
    code="แบบ กผบ.1 ฉบับร่าง 1",
    entity="loan_file",
    sample=sample,
)
def layout(sheet: Sheet, data: LoanApplication) -> None:
    """Lay the application out."""
    titles = (
        "คำขอกู้ยืมเงิน",
        "กองทุนเพื่อผู้รับงานไปทำที่บ้าน กรมการจัดหางาน",
        "โครงการหนึ่งตำบล หนึ่งกลุ่มอาชีพอิสระ",
    )
    masthead(sheet, titles, photo=not data.is_group)
    fills(
        sheet,
        Fill("เขียนที่", data.stamp.office, share=1.5),
        Fill("วันที่", day(data.submitted_on), align="center"),
    )
    kinds = (("individual", "บุคคล"), ("group", "กลุ่ม"))
    choices(sheet, "ประเภทผู้ขอกู้", kinds, () if sheet.blank else (data.kind,))
    _borrower(sheet, data)
    _loan(sheet, data)
    if data.is_group:
        _co_borrowers(sheet, data)
    _guarantors(sheet, data)
    heading(sheet, "เอกสารประกอบคำขอ (ลงลายมือชื่อรับรองสำเนาถูกต้องทุกฉบับ)")
    document_ticks(sheet, data.documents, is_group=data.is_group)
    _declarations(sheet, data)
    witnesses(sheet)
    _office(sheet)


def _borrower(sheet: Sheet, data: LoanApplication) -> None:
    if data.is_group:
        _group(sheet, data)
        heading(sheet, "ผู้นำกลุ่มซึ่งเป็นผู้แทนในการยื่นคำขอ")
    else:
        heading(sheet, "ผู้ขอกู้")
    person_rows(sheet, data.applicant, label="ชื่อ-สกุล")
    if not data.is_group:
        fills(sheet, Fill("เลขทะเบียนผู้รับงานไปทำที่บ้าน", data.home_worker_no))
        fills(
            sheet,
            Fill("รายได้เฉลี่ยต่อเดือน", baht(data.income), unit="บาท", align="right"),
            Fill("ทรัพย์สินหรือเงินทุน", baht(data.capital), unit="บาท", align="right"),
        )


def _group(sheet: Sheet, data: LoanApplication) -> None:
    group = data.group
    heading(sheet, "กลุ่มผู้ขอกู้")
    fills(
        sheet,
        Fill("ชื่อกลุ่ม", group.name, share=2.2),
        Fill("รหัสกลุ่ม", group.group_no, align="center"),
    )
    fills(
        sheet,
        Fill("ประเภทอาชีพ", group.occupation, share=1.2),
        Fill("ก่อตั้งเมื่อ", day(group.founded_on, "short"), align="center"),
        Fill("สมาชิก", _count(group.members), width=34, unit="คน", align="center"),
    )
    fills(sheet, Fill("เลขทะเบียนผู้รับงานไปทำที่บ้าน", data.home_worker_no))
    address_rows(sheet, group.address, label="ที่ตั้งกลุ่ม เลขที่")
    fills(
        sheet,
        Fill("รายได้ของกลุ่มต่อเดือน", baht(data.income), unit="บาท", align="right"),
        Fill("ทุนหรือทรัพย์สินของกลุ่ม", baht(data.capital), unit="บาท", align="right"),
    )


def _loan(sheet: Sheet, data: LoanApplication) -> None:
    heading(sheet, "จำนวนเงินและวัตถุประสงค์การกู้")
    fills(
        sheet,
        Fill("ขอกู้เป็นเงิน", baht(data.amount), width=88, unit="บาท", align="right"),
        Fill("(ตัวอักษร)", thai.baht_text(data.amount), align="center"),
    )
    fills(
        sheet,
        Fill("ผ่อนชำระรายเดือน รวม", _count(data.months), width=40, unit="งวด", align="center"),
        Fill("รอบเงินกู้", data.round_name),
    )
    fills(
        sheet,
        Fill("โอนเข้าบัญชีธนาคาร", data.bank),
        Fill("เลขที่บัญชี", data.account_no, align="center"),
    )
    fills(sheet, Fill("ชื่อบัญชี", data.account_name))
    sheet.y += 5
    purpose_table(sheet, data.purpose_lines)


def _co_borrowers(sheet: Sheet, data: LoanApplication) -> None:
    heading(sheet, "สมาชิกซึ่งเป็นผู้กู้ร่วม", keep=70)
    columns = (
        Column("ที่", 0.45, "center"),
        Column("ชื่อ-สกุล", 2.6),
        Column("เลขประจำตัว\nประชาชน", 1.75, "center"),
        Column("อายุ (ปี)", 0.6, "center"),
        Column("ที่อยู่", 3.5, most=3, running=True),
        Column("โทรศัพท์", 1.2, "center"),
    )
    rows = [
        (
            str(number),
            one.name,
            one.number,
            one.age,
            one.lives_at.text,
            one.call,
        )
        for number, one in enumerate(data.co_borrowers, 1)
    ]
    table(sheet, columns, rows, empty=9)


def _guarantors(sheet: Sheet, data: LoanApplication) -> None:
    suffix = " (ถ้ามี)" if data.is_group else ""
    heading(sheet, f"ผู้ค้ำประกัน{suffix}", keep=70)
    if data.guarantors or sheet.blank:
        guarantor_table(sheet, data.guarantors)
    else:
        paragraph(sheet, "ไม่มี", indent=5)


def _declarations(sheet: Sheet, data: LoanApplication) -> None:
    heading(sheet, "คำรับรองของผู้ขอกู้", keep=140)
    sheet.y += 3
    paragraph(sheet, "ข้าพเจ้าขอรับรองต่อกองทุนเพื่อผู้รับงานไปทำที่บ้านว่า", indent=24)
    for number, text in enumerate(DECLARATIONS, 1):
        paragraph(sheet, text, indent=24, hang=f"({number})")
    if not data.is_group:
        signatures(sheet, Signer("ผู้ขอกู้", data.applicant.name), columns=2)
        return
    sheet.need(120)  # the sentence stays with the first names
    paragraph(sheet, "ผู้ขอกู้ทุกคนลงลายมือชื่อไว้เป็นสำคัญ และตกลงรับผิดร่วมกันในหนี้เงินกู้นี้", indent=24)
    sheet.y += 4
    columns = (
        Column("ที่", 0.5, "center"),
        Column("ชื่อ-สกุล", 3.3),
        Column("ฐานะ", 1.3, "center"),
        Column("ลายมือชื่อ", 3, "center"),
        Column("วันที่", 1.5, "center"),
    )
    people = (data.applicant, *data.co_borrowers)
    rows = [
        (str(number), one.name, "ผู้นำกลุ่ม" if number == 1 else "ผู้กู้ร่วม", None, None)
        for number, one in enumerate(people, 1)
    ]
    table(sheet, columns, rows, least=36, empty=10)


def _office(sheet: Sheet) -> None:
    sheet.need(215)
    with framed(sheet, "สำหรับเจ้าหน้าที่", least=205):
        fills(
            sheet,
            Fill("รับคำขอวันที่", None),
            Fill("เลขรับที่", None),
            Fill("เอกสารครบวันที่", None),
        )
        answers = (("", "เอกสารครบถ้วน"), ("", "ไม่ครบถ้วน ต้องยื่นเพิ่มเติม"), ("", "พ้นกำหนดยื่น"))
        choices(sheet, "ผลการตรวจ", answers, ())
        fills(sheet, Fill("ความเห็น", None))
        fills(sheet, Fill("", None))
        signatures(
            sheet,
            Signer("ผู้รับคำขอ", position=""),
            Signer("จัดหางานจังหวัด", position=""),
        )


def _count(number: int | None) -> str:
    return f"{number:,}" if number else ""
