"""P13: a guarantor offers to answer for a loan, and the spouse agrees; a page for each."""

from dataclasses import dataclass

from app.core import thai
from app.reports import samples
from app.reports.layout.blocks import Fill, choices, fills, heading, masthead, paragraph
from app.reports.layout.page import Sheet
from app.reports.layout.signing import Signer, signatures, thumb
from app.reports.loans import GUARANTOR_KINDS, Guarantor
from app.reports.people import Person, baht, person_rows
from app.reports.registry import form
from app.reports.stamp import Stamp


@dataclass(frozen=True, slots=True)
class GuaranteeOffer:
    """Who answers for which loan; `amount` is satang."""

    stamp: Stamp
    borrower: str
    amount: int = 0
    months: int = 0
    guarantors: tuple[Guarantor, ...] = ()


def sample() -> GuaranteeOffer:
    """Return the offers of two invented guarantors."""
    return GuaranteeOffer(
        stamp=samples.stamp("อท-68-A-0007"),
        borrower=samples.MEMBERS[6].name,
        amount=5_000_000,
        months=24,
        guarantors=(
            Guarantor(samples.MEMBERS[3], "company", "บริษัท ตัวอย่างการผ้า จำกัด", 1_850_000),
            Guarantor(samples.MEMBERS[2], "village_head", "หมู่ 3 ต.ย่านซื่อ"),
        ),
    )


@form(
    name="guarantee_offer",
    number="P13",
    title="หนังสือแสดงความประสงค์ค้ำประกันเงินกู้",
    code="แบบ กผบ.5 ฉบับร่าง 1",
    entity="loan_file",
    sample=sample,
)
def layout(sheet: Sheet, data: GuaranteeOffer) -> None:
    """Lay an offer out for each guarantor; a file without one gets an empty offer."""
    people = () if sheet.blank else data.guarantors
    for number, one in enumerate(people or (Guarantor(Person()),)):
        if number:
            sheet.new_page()
            sheet.sections = 0
        _offer(sheet, data, one)


PROMISES = (
    "ข้าพเจ้ายินยอมค้ำประกันเงินกู้ข้างต้นตามสัญญาค้ำประกันที่จะทำไว้กับกรมการจัดหางาน และมิได้เป็นผู้กู้หรือผู้กู้ร่วมในเงินกู้นี้",
    "ข้าพเจ้าขอรับรองว่าข้อความและเอกสารที่แนบเป็นความจริง "
    "และรับทราบการเก็บข้อมูลส่วนบุคคลเท่าที่จำเป็นต่อการพิจารณาเงินกู้",
)
CONSENT = "ข้าพเจ้าซึ่งเป็นคู่สมรสของผู้ค้ำประกัน ยินยอมให้ผู้ค้ำประกันทำสัญญาค้ำประกันเงินกู้นี้ได้"


def _offer(sheet: Sheet, data: GuaranteeOffer, one: Guarantor) -> None:
    masthead(
        sheet,
        ("หนังสือแสดงความประสงค์ค้ำประกัน", "กองทุนเพื่อผู้รับงานไปทำที่บ้าน กรมการจัดหางาน"),
    )
    fills(sheet, Fill("เขียนที่", data.stamp.office, share=1.5), Fill("วันที่", None))
    heading(sheet, "ผู้ค้ำประกัน")
    person_rows(sheet, one.person, label="ชื่อ-สกุล")
    choices(sheet, "", tuple(GUARANTOR_KINDS.items()), (one.kind,), columns=3)
    fills(
        sheet,
        Fill("หน่วยงาน", one.employer, share=1.5),
        Fill("เงินเดือน", baht(one.salary), unit="บาท", align="right"),
    )
    heading(sheet, "เงินกู้ที่ค้ำประกัน")
    fills(
        sheet,
        Fill("ผู้กู้", data.borrower),
        Fill("ผ่อนชำระ", f"{data.months:,}", width=34, unit="งวด", align="center"),
    )
    fills(
        sheet,
        Fill("จำนวนเงิน", baht(data.amount), width=88, unit="บาท", align="right"),
        Fill("(ตัวอักษร)", thai.baht_text(data.amount), align="center"),
    )
    sheet.y += 3
    for number, text in enumerate(PROMISES, 1):
        paragraph(sheet, text, hang=f"({number})")
    choices(sheet, "สถานภาพ", MARRIED, ())
    fills(sheet, Fill("คู่สมรสชื่อ", None, share=1.6), Fill("เลขประจำตัวประชาชน", None))
    sheet.y += 3
    paragraph(sheet, CONSENT)
    signatures(sheet, Signer("ผู้ค้ำประกัน", one.person.name), Signer("คู่สมรส"), dated=False)
    thumb(sheet)


MARRIED = (("", "โสด"), ("", "สมรสจดทะเบียน"), ("", "สมรสไม่จดทะเบียน"), ("", "หม้ายหรือหย่า"))
