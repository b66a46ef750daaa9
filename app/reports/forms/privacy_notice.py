"""P22: what the office keeps of a person and why, and a box of its own for each consent."""

from app.core.codes.person import NOTICE_VERSION
from app.reports.data_subjects import (
    PURPOSES,
    Answer,
    DataSubject,
    office_row,
    sample,
    subject_rows,
)
from app.reports.layout.blocks import choices, heading, masthead, paragraph
from app.reports.layout.page import Sheet
from app.reports.layout.signing import Signer, signatures
from app.reports.people import day
from app.reports.registry import form


@form(
    name="privacy_notice",
    number="P22",
    title="หนังสือแจ้งการเก็บรวบรวมข้อมูลส่วนบุคคลและแบบให้ความยินยอม",
    code=f"แบบ ลทก.5 ฉบับร่าง {NOTICE_VERSION}",
    entity="person",
    sample=sample,
)
def layout(sheet: Sheet, data: DataSubject) -> None:
    """Lay the notice out on one page; nothing is ticked that the person did not answer."""
    masthead(
        sheet,
        (
            "หนังสือแจ้งการเก็บรวบรวมข้อมูลส่วนบุคคลและแบบให้ความยินยอม",
            "ตามพระราชบัญญัติคุ้มครองข้อมูลส่วนบุคคล พ.ศ. 2562",
        ),
    )
    subject_rows(sheet, data)
    heading(sheet, "สำนักงานเก็บข้อมูลใด เพื่ออะไร")
    paragraph(sheet, f"{_office(sheet, data)}{NOTICE}")
    heading(sheet, "สิทธิของท่าน")
    for number, right in enumerate(RIGHTS, 1):
        paragraph(sheet, right, indent=10, hang=f"{number}.")
    office_row(sheet, data, "ติดต่อ")
    heading(sheet, "การให้ความยินยอม (ตอบแยกทีละข้อ ไม่ยินยอมก็ได้รับบริการตามปกติ)")
    for letter, (kind, purpose) in zip("กขค", PURPOSES.items(), strict=True):
        _ask(sheet, f"({letter})", purpose, data.answer(kind))
    paragraph(sheet, WITHDRAWAL)
    signatures(sheet, Signer("เจ้าของข้อมูล", data.name), Signer("เจ้าหน้าที่ผู้แจ้ง", position=""))


NOTICE = (
    "เก็บรวบรวมข้อมูลส่วนบุคคลของท่านเท่าที่จำเป็นเพื่อ (1) ขึ้นทะเบียนกลุ่มอาชีพอิสระ (2) สมัครฝึกอบรม "
    "(3) ขอรับรองผลิตภัณฑ์ (4) พิจารณาและติดตามเงินกู้ โดยอาศัยอำนาจหน้าที่ตามกฎหมาย (มาตรา 24 (4)) "
    "และสัญญาสำหรับเงินกู้ (มาตรา 24 (3)) และอาจส่งให้กรมการจัดหางาน กรมพัฒนาฝีมือแรงงาน และหน่วยรับรองมาตรฐาน "
    "ข้อมูลมาจากท่านเอง เก็บด้วยระบบคอมพิวเตอร์ ข้อมูลกลุ่มเก็บไว้ 10 ปีนับแต่ออกจากโครงการ "
    "และแฟ้มเงินกู้ 10 ปีนับแต่ปิดบัญชี"
)
RIGHTS = (
    "ขอดูและขอสำเนาข้อมูลของท่าน ด้วยตนเองหรือมอบอำนาจเป็นหนังสือ สำนักงานตอบภายใน 30 วัน",
    "ขอแก้ไขข้อมูลให้ถูกต้อง โดยยื่นคำขอเป็นหนังสือ",
    "คัดค้าน ขอให้ลบ หรือขอให้ระงับการใช้ข้อมูลตามที่กฎหมายกำหนด",
    "ร้องเรียนต่อสำนักงานคณะกรรมการคุ้มครองข้อมูลส่วนบุคคล",
)
BOXES = (("yes", "ยินยอม"), ("no", "ไม่ยินยอม"))
WITHDRAWAL = (
    "ข้าพเจ้าได้อ่านหรือรับฟังหนังสือนี้แล้ว ความยินยอมถอนได้ทุกเมื่อโดยแจ้งสำนักงานด้วยวิธีที่ง่ายเช่นเดียวกับการให้ "
    "การถอนไม่กระทบสิ่งที่ทำไปแล้วก่อนถอน"
)


def _office(sheet: Sheet, data: DataSubject) -> str:
    return "สำนักงานจัดหางานจังหวัด" if sheet.blank else data.stamp.office


def _ask(sheet: Sheet, letter: str, purpose: str, answer: Answer) -> None:
    paragraph(sheet, purpose, hang=letter)
    with sheet.inset(18):
        choices(sheet, "", BOXES, (answer.given,))
    if answer.given_on and not sheet.blank:
        sheet.text(
            sheet.right, sheet.y - 6, f"ตอบเมื่อ {day(answer.given_on, 'short')}", align="right"
        )
