"""P9: the checklist of any other standard: halal, GAP, organic, OTOP, GI."""

from app.reports import certification
from app.reports.certification import (
    CertificationFile,
    certificate,
    checklist,
    head,
    inspection,
    sign,
)
from app.reports.layout.page import Sheet
from app.reports.registry import form


def sample() -> CertificationFile:
    """Return an invented file with some items answered."""
    return certification.sample(
        "halal",
        "อท-68-A-0013",
        "ppppanpp",
        submitted_on="2025-01-15",
        inspected_on="2025-02-03",
        cert_no="ฮล. 25/2568",
        issued_on="2025-02-20",
        expires_on="2026-02-19",
    )


@form(
    name="certification_other",
    number="P9",
    title="แบบตรวจรายการมาตรฐานอื่น",
    code="แบบ ลทก.9 ฉบับร่าง 1",
    entity="certification",
    sample=sample,
)
def layout(sheet: Sheet, data: CertificationFile) -> None:
    """Lay the checklist out as the data of the standard have it."""
    head(sheet, data)
    checklist(sheet, data)
    inspection(sheet, data, "การยื่นคำขอ การตรวจ และใบรับรอง")
    certificate(sheet, data)
    sign(sheet, data)
