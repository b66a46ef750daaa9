"""P8: the checklist of the community product standard, to the mark and its follow-ups."""

from app.reports import certification
from app.reports.certification import (
    CertificationFile,
    FollowUp,
    certificate,
    checklist,
    follow_ups,
    head,
    inspection,
    sampling,
    sign,
)
from app.reports.layout.blocks import Fill, heading
from app.reports.layout.page import Sheet
from app.reports.registry import form


def sample() -> CertificationFile:
    """Return an invented file with some items answered."""
    return certification.sample(
        "tcps",
        "อท-68-A-0012",
        "pppnpppppppppp",
        standard_no="มผช. 744/2562",
        place_no="10100155",
        submitted_on="2024-01-10",
        inspected_on="2024-01-17",
        sampled_on="2024-01-18",
        sample_count=6,
        lab="ศูนย์วิทยาศาสตร์การแพทย์ตัวอย่าง",
        result="passed",
        result_on="2024-02-12",
        defects="ปรับปรุงการจัดเก็บภาชนะบรรจุ แก้ไขแล้วในวันตรวจ",
        cert_no="อท 12/2567",
        issued_on="2024-02-29",
        expires_on="2027-02-28",
        mark_used_on="2024-03-15",
        follow_ups=(
            FollowUp(1, "2025-02-20", "passed", "รักษามาตรฐานได้"),
            FollowUp(2, "2026-02-18", "failed", "ให้ปรับปรุงฉลากและนัดตรวจใหม่ภายใน 30 วัน"),
        ),
    )


@form(
    name="certification_tcps",
    number="P8",
    title="แบบตรวจรายการ มผช.",
    code="แบบ ลทก.8 ฉบับร่าง 1",
    entity="certification",
    sample=sample,
)
def layout(sheet: Sheet, data: CertificationFile) -> None:
    """Lay the checklist out as the data of the standard have it."""
    head(
        sheet,
        data,
        Fill("เลขมาตรฐาน", data.standard_no, align="center"),
        Fill("เลขสถานที่ผลิต (อาหาร)", data.place_no, align="center"),
    )
    checklist(sheet, data)
    inspection(sheet, data, "การยื่นคำขอ การตรวจสถานที่ และการทดสอบ")
    sampling(sheet, data)
    heading(sheet, "ใบรับรองและเครื่องหมาย")
    certificate(sheet, data)
    follow_ups(sheet, data)
    sign(sheet, data)
