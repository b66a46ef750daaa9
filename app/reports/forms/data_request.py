"""P23: a person asks for what the law grants over their data, or takes a consent back."""

from app.reports.data_subjects import (
    PURPOSES,
    Answer,
    DataSubject,
    office_row,
    sample,
    subject_rows,
)
from app.reports.layout.blocks import Fill, choices, fills, framed, heading, masthead, paragraph
from app.reports.layout.page import Sheet
from app.reports.layout.signing import Signer, signatures
from app.reports.people import day
from app.reports.registry import form


@form(
    name="data_request",
    number="P23",
    title="คำขอใช้สิทธิของเจ้าของข้อมูลส่วนบุคคลและถอนความยินยอม",
    code="แบบ ลทก.6 ฉบับร่าง 1",
    entity="person",
    sample=sample,
)
def layout(sheet: Sheet, data: DataSubject) -> None:
    """Lay the request out on one page; what is asked for is ticked by hand alone."""
    masthead(
        sheet,
        (
            "คำขอใช้สิทธิของเจ้าของข้อมูลส่วนบุคคล",
            "และถอนความยินยอม ตามพระราชบัญญัติคุ้มครองข้อมูลส่วนบุคคล พ.ศ. 2562",
        ),
    )
    subject_rows(sheet, data)
    office_row(sheet, data, "ยื่นต่อ")
    choices(sheet, "ผู้ยื่น", BEARERS, ())
    fills(sheet, Fill("ผู้ยื่นแทน (ถ้ามี)", None, share=1.7), Fill("โทรศัพท์", None))
    heading(sheet, "สิทธิที่ขอใช้ (เลือกได้มากกว่าหนึ่งข้อ)")
    choices(sheet, "", RIGHTS, (), columns=2)
    for label in ("ข้อมูลที่ขอ", "แก้ไขเป็น", "เหตุผล"):
        fills(sheet, Fill(label, None, lead=LEAD))
    heading(sheet, "ความยินยอมที่ขอถอน")
    for letter, (kind, purpose) in zip("กขค", PURPOSES.items(), strict=True):
        _consent(sheet, f"({letter}) {purpose}", data.answer(kind))
    sheet.y += 4
    paragraph(sheet, TOLD)
    # owner or proxy: who signs is not known before
    signatures(sheet, Signer("ผู้ยื่นคำขอ"), Signer("ผู้รับคำขอ"))
    with framed(sheet, "สำหรับเจ้าหน้าที่", least=DESK):
        _desk(sheet)


BEARERS = (
    ("owner", "เจ้าของข้อมูล"),
    ("proxy", "ผู้รับมอบอำนาจ (แนบหนังสือ)"),
    ("guardian", "ผู้ใช้อำนาจปกครองหรือผู้แทนตามกฎหมาย"),
)
RIGHTS = (
    ("access", "ขอดูข้อมูลของข้าพเจ้า (มาตรา 30)"),
    ("copy", "ขอสำเนาข้อมูลของข้าพเจ้า (มาตรา 30)"),
    ("correct", "ขอแก้ไขข้อมูลให้ถูกต้อง (มาตรา 35)"),
    ("erase", "ขอให้ลบหรือทำลายข้อมูล (มาตรา 33)"),
    ("restrict", "ขอให้ระงับการใช้ข้อมูล (มาตรา 34)"),
    ("object", "คัดค้านการใช้ข้อมูล (มาตรา 32)"),
    ("move", "ขอรับหรือโอนข้อมูลเป็นไฟล์ (มาตรา 31)"),
    ("other", "อื่น ๆ (เขียนไว้ด้านล่าง)"),
)
LEAD = 52.0  # the widest label of the lines to write on
DESK = 108.0  # what the officer fills in stays together
TOLD = (
    "คำขอดูและขอสำเนา สำนักงานดำเนินการภายใน 30 วันนับแต่วันที่ได้รับคำขอ ถ้าปฏิเสธจะแจ้งเหตุผล "
    "ข้อมูลที่กฎหมายให้เก็บไว้หรือยังต้องใช้ตามสัญญา ลบไม่ได้จนกว่าจะครบกำหนด ถอนความยินยอมได้ทุกเมื่อ "
    "ไม่กระทบสิ่งที่ทำไปแล้วก่อนถอนและบริการที่ได้รับ หากไม่พอใจผล "
    "ร้องเรียนได้ที่สำนักงานคณะกรรมการคุ้มครองข้อมูลส่วนบุคคล"
)
PROOFS = (
    ("card", "บัตรประจำตัว (ตรวจตัวจริง ไม่เก็บสำเนา)"),
    ("letter", "หนังสือมอบอำนาจ"),
    ("other", "อื่น ๆ"),
)
RESULTS = (("done", "ดำเนินการแล้ว"), ("partly", "ดำเนินการบางส่วน"), ("refused", "ปฏิเสธ"))


def _consent(sheet: Sheet, text: str, answer: Answer) -> None:
    choices(sheet, "", ((answer.kind, text),), ())
    if not sheet.blank:
        sheet.text(sheet.right, sheet.y - 6, _standing(answer), align="right")


def _standing(answer: Answer) -> str:
    if not answer.given:
        return "ไม่มีความยินยอม"
    word = "ยินยอม" if answer.given == "yes" else "ไม่ยินยอม"
    return f"{word}เมื่อ {day(answer.given_on, 'short')}" if answer.given_on else word


def _desk(sheet: Sheet) -> None:
    fills(
        sheet,
        Fill("เลขที่รับ", None),
        Fill("วันที่รับ", None),
        Fill("ครบกำหนด 30 วัน", None),
    )
    choices(sheet, "หลักฐาน", PROOFS, ())
    choices(sheet, "ผล", RESULTS, ())
    fills(sheet, Fill("เหตุผล", None, share=1.6), Fill("แจ้งผลวันที่", None))
