"""P14: which papers of an application are there, and the slip that the borrower takes home."""

from dataclasses import dataclass

from app.reports import samples
from app.reports.layout.blocks import Fill, choices, fills, masthead, note
from app.reports.layout.page import Sheet
from app.reports.layout.signing import Signer, signatures
from app.reports.layout.table import Column, Printed, table
from app.reports.loans import DOCUMENTS
from app.reports.people import baht, day
from app.reports.registry import form
from app.reports.stamp import Stamp


@dataclass(frozen=True, slots=True)
class CheckedPaper:
    """A paper of the list; `kind` and `status` are codes, `whose` names a guarantor.

    The file is not complete without one that `is_wanting`.
    """

    kind: str
    whose: str = ""
    status: str = ""
    certified: bool = False
    note: str = ""
    is_wanting: bool = False

    @property
    def name(self) -> str:
        """Return the name of the document, with the person it belongs to."""
        return " ".join(filter(None, (dict(DOCUMENTS).get(self.kind, self.kind), self.whose)))


@dataclass(frozen=True, slots=True)
class LoanChecklist:
    """What was found of an application; sums are satang.

    `left` is what the office may still lend, true on `left_on`; both are empty where nothing was
    told.
    """

    stamp: Stamp
    borrower: str
    amount: int = 0
    submitted_on: str = ""
    complete_on: str = ""
    closes_on: str = ""
    papers: tuple[CheckedPaper, ...] = ()
    left: int | None = None
    left_on: str = ""

    @property
    def wanting(self) -> list[str]:
        """Name what the borrower must still bring."""
        return [paper.name for paper in self.papers if paper.is_wanting]

    @property
    def awaits_allotment(self) -> bool:
        """Tell whether more is asked for than is left to lend."""
        return self.left is not None and self.amount > self.left


def sample() -> LoanChecklist:
    """Return the checklist of an invented person."""
    surety = samples.MEMBERS[3].name
    return LoanChecklist(
        stamp=samples.stamp("อท-68-A-0012"),
        borrower=samples.MEMBERS[6].name,
        amount=5_000_000,
        submitted_on="2025-03-31",
        closes_on="2025-04-30",
        papers=(
            CheckedPaper("id_card", "", "complete", certified=True),
            CheckedPaper("house_registration", "", "complete", certified=True),
            CheckedPaper("home_map", "", "complete"),
            CheckedPaper("workplace_map", "", "complete"),
            CheckedPaper("income_evidence", "", "complete", note="ใบสั่งงาน 3 ฉบับ"),
            CheckedPaper("spending_plan", "", "to_correct", note="ยอดรวมไม่ตรง", is_wanting=True),
            CheckedPaper("bank_book", "", "missing", is_wanting=True),
            CheckedPaper("photographs", "", "complete"),
            CheckedPaper("spouse_consent", "", "not_applicable"),
            CheckedPaper("id_card", surety, "complete", certified=True),
            CheckedPaper("house_registration", surety, "missing", is_wanting=True),
            CheckedPaper("salary_certificate", surety, "complete", certified=True),
        ),
        left=4_500_000,
        left_on="2025-03-15",
    )


@form(
    name="loan_checklist",
    number="P14",
    title="แบบตรวจเอกสารประกอบคำขอกู้และใบรับคำขอ",
    code="แบบ กผบ.6 ฉบับร่าง 1",
    entity="loan_file",
    sample=sample,
)
def layout(sheet: Sheet, data: LoanChecklist) -> None:
    """Lay the checklist out, and below a dashed line the slip."""
    masthead(
        sheet,
        ("แบบตรวจเอกสารประกอบคำขอกู้", "กองทุนเพื่อผู้รับงานไปทำที่บ้าน กรมการจัดหางาน"),
    )
    fills(
        sheet,
        Fill("ผู้ขอกู้", data.borrower, share=1.6),
        Fill("ขอกู้", baht(data.amount), unit="บาท", align="right"),
    )
    fills(
        sheet,
        Fill("ยื่นคำขอ", day(data.submitted_on, "short"), align="center"),
        Fill("เอกสารครบ", day(data.complete_on, "short"), align="center"),
        Fill("ปิดรับ", day(data.closes_on, "short"), align="center"),
    )
    sheet.y += 4
    table(sheet, COLUMNS, _rows(sheet, data), least=17)
    _found(sheet, data)
    signatures(sheet, Signer("เจ้าหน้าที่ผู้ตรวจ"), Signer("ผู้ยื่น"), dated=False)
    _slip(sheet, data)


COLUMNS = (
    Column("ที่", 0.45, "center"),
    Column("เอกสาร (ลงลายมือชื่อรับรองสำเนาทุกฉบับ)", 4.2, running=True),
    Column("มี", 0.55, "center"),
    Column("ขาด", 0.55, "center"),
    Column("แก้ไข", 0.65, "center"),
    Column("ไม่ต้องใช้", 0.75, "center"),
    Column("รับรอง", 0.7, "center"),
    Column("หมายเหตุ", 1.9, running=True),
)
STATUSES = ("complete", "missing", "to_correct", "not_applicable")
MARK = "/"


def _rows(sheet: Sheet, data: LoanChecklist) -> list[Printed]:
    papers = [CheckedPaper(kind) for kind, _text in DOCUMENTS] if sheet.blank else data.papers
    return [
        Printed(
            (
                str(number),
                one.name,
                *(MARK if one.status == status else None for status in STATUSES),
                MARK if one.certified else None,
                one.note or None,
            )
        )
        for number, one in enumerate(papers, 1)
    ]


def _found(sheet: Sheet, data: LoanChecklist) -> None:
    answers = (
        ("whole", "เอกสารครบถ้วน"),
        ("wanting", "ไม่ครบถ้วน ต้องยื่นเพิ่มเติม"),
        ("late", "พ้นกำหนดยื่น"),
    )
    is_late = bool(data.closes_on) and data.complete_on > data.closes_on
    found = "late" if is_late else "wanting" if data.wanting else "whole"
    sheet.y += 3
    choices(sheet, "ผลการตรวจ", answers, (found,))
    left = () if data.left is None else ("awaits" if data.awaits_allotment else "enough",)
    choices(sheet, "วงเงิน", (("enough", "อยู่ในวงเงิน"), ("awaits", "รอตรวจสอบวงเงิน")), left)
    fills(
        sheet,
        Fill("วงเงินคงเหลือที่ได้รับแจ้ง", baht(data.left), unit="บาท", align="right"),
        Fill("ณ วันที่", day(data.left_on), align="center"),
    )


def _slip(sheet: Sheet, data: LoanChecklist) -> None:
    sheet.need(200)
    sheet.y += 6
    sheet.cut(sheet.y)
    sheet.y += 12
    middle = (sheet.left + sheet.right) / 2
    sheet.text(
        middle, sheet.y + 10, "ใบรับคำขอกู้ยืมเงิน (ผู้ยื่นเก็บไว้)", size=12, bold=True, align="center"
    )
    sheet.y += 18
    fills(
        sheet,
        Fill("เลขที่แฟ้ม", data.stamp.file_no, align="center"),
        Fill("รับคำขอวันที่", day(data.submitted_on), align="center"),
    )
    fills(
        sheet,
        Fill("ผู้ขอกู้", data.borrower, share=1.6),
        Fill("ขอกู้", baht(data.amount), unit="บาท", align="right"),
    )
    whole = "" if sheet.blank else ", ".join(data.wanting) or "ไม่มี"
    note(sheet, "เอกสารที่ต้องยื่นเพิ่ม", whole)
    fills(
        sheet,
        Fill("ยื่นให้ครบภายในวันที่", day(data.closes_on), align="center"),
        Fill("ติดต่อ", data.stamp.office, share=1.4),
    )
    signatures(sheet, Signer("ผู้รับคำขอ"), dated=False)
