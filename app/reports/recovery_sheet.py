"""The sheet that opens a desk again when every password is lost: printed once, locked away."""

from app.reports.layout.blocks import Fill, fills, framed, masthead, paragraph
from app.reports.layout.page import Heading, Sheet
from app.reports.layout.page_frame import frame
from app.reports.stamp import Stamp


def draw(recovery: str, stamp: Stamp) -> bytes:
    """Print the recovery text (eight groups of five) as PDF; it is kept nowhere else."""
    groups = recovery.replace("-", " ").split()
    sheet = Sheet(Heading("ใบกู้คืนข้อมูล", "แบบ ลทก.0 ฉบับ 1"), stamp)
    masthead(sheet, ["ใบกู้คืนข้อมูล", stamp.office])
    paragraph(
        sheet,
        "รหัสนี้ใช้เปิดฐานข้อมูลของสำนักงานเมื่อไม่มีผู้ใดจำรหัสผ่านได้ หรือเมื่อเครื่องคอมพิวเตอร์เสียหาย "
        "ผู้ที่ถือรหัสนี้อ่านข้อมูลได้ทั้งหมด โปรดเก็บไว้ในตู้นิรภัยหรือตู้ที่ใส่กุญแจ และห้ามถ่ายภาพหรือส่งต่อ",
    )
    with framed(sheet, "รหัสกู้คืน", least=66):
        for first in range(0, len(groups), 4):
            fills(
                sheet,
                *(
                    Fill(f"{number})", group)
                    for number, group in enumerate(groups[first : first + 4], first + 1)
                ),
            )
    fills(sheet, Fill("ผู้เก็บรักษา", None), Fill("วันที่", None))
    fills(sheet, Fill("เก็บไว้ที่", None))
    return sheet.save(frame)
