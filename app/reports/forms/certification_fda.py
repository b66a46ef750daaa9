"""P7: the checklist of the food authority, for a place of production and for a product."""

from app.reports import certification
from app.reports.certification import (
    CertificationFile,
    certificate,
    checklist,
    head,
    inspection,
    serial,
    sign,
)
from app.reports.layout.blocks import Fill
from app.reports.layout.page import Sheet
from app.reports.registry import form


def sample() -> CertificationFile:
    """Return an invented file with some items answered."""
    return certification.sample(
        "fda_product",
        "อท-68-A-0011",
        "npnnppnpppap",
        place_no="10100155",
        serial_no=serial("1010015510001"),
        submitted_on="2025-03-10",
        inspected_on="2025-03-17",
        defects="ฉลากยังไม่แสดงเลขสารบบอาหารและวันควรบริโภคก่อน",
    )


@form(
    name="certification_fda",
    number="P7",
    title="แบบตรวจรายการเอกสาร อย.",
    code="แบบ ลทก.7 ฉบับร่าง 1",
    entity="certification",
    sample=sample,
)
def layout(sheet: Sheet, data: CertificationFile) -> None:
    """Lay the checklist out as the data of the standard have it."""
    head(
        sheet,
        data,
        Fill("เลขสถานที่ผลิต", data.place_no, align="center"),
        Fill("เลขสารบบอาหาร", data.serial_no, share=1.3, align="center"),
    )
    checklist(sheet, data)
    inspection(sheet, data, "การยื่นคำขอ การตรวจสถานที่ และเลขที่ได้รับ")
    certificate(sheet, data)
    sign(sheet, data)
