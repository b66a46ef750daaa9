"""The tables of the periodic reports: what stands above each column, how wide, of what kind.

Paper, spreadsheet and command line share them; a cell is a text, a count, satang or percent.
"""

from typing import NamedTuple

from app.core import thai

Cell = str | int | None


class Heading(NamedTuple):
    """A column: `kind` is text, count, baht (of satang) or percent; `share` its part of the width.

    `most` is how many lines a cell may take on paper.
    """

    title: str
    share: float = 1.0
    kind: str = "text"
    most: int = 3


class Table(NamedTuple):
    """A table of a report by its key: its title and its columns."""

    title: str
    headings: tuple[Heading, ...]


_COUNT, _BAHT = "count", "baht"
NO = Heading("ที่", 0.4, _COUNT)
_ITEM = Heading("รายการ", 3.2)
_SUM = Heading("บาท", 1.4, _BAHT)

TABLES: dict[str, Table] = {
    "results": Table(
        "ผลการดำเนินงานเทียบกับเป้าหมาย",
        (
            Heading("รายการ", 3.2),
            Heading("เป้าหมาย", 1, _COUNT),
            Heading("ผล", 1, _COUNT),
            Heading("ร้อยละ", 0.8, "percent"),
        ),
    ),
    "work": Table("ผลการดำเนินงานอื่น", (_ITEM, Heading("จำนวน", 1, _COUNT), _SUM)),
    "members": Table("สมาชิกกลุ่ม", (_ITEM, Heading("จำนวน (คน)", 1))),
    "loans": Table(
        "คำขอกู้ยืมตามสถานะ", (Heading("สถานะ", 3.2), Heading("แฟ้ม", 1, _COUNT), _SUM)
    ),
    "money": Table("วงเงินของรอบ", (_ITEM, _SUM, Heading("ณ วันที่", 1.2))),
    "arrears": Table(
        "หนี้ค้างชำระ", (Heading("ค้างชำระ", 3.2), Heading("ราย", 1, _COUNT), _SUM)
    ),
    "groups": Table(
        "กลุ่มและสถานะ 6 ด้าน",
        (
            NO, Heading("กลุ่ม", 2.6), Heading("ตำบล", 1.3), Heading("สถานะ", 1.4),
            Heading("อบรม", 0.8), Heading("ผลิตภัณฑ์", 1.25), Heading("มาตรฐาน", 1.15),
            Heading("ตรา", 0.8), Heading("ทุน", 0.8), Heading("ตลาด", 0.8),
        ),
    ),
    "training": Table(
        "ผลการฝึกอบรม",
        (
            Heading("หลักสูตร", 2.6), Heading("วิธีฝึก", 1.2), Heading("สมัคร", 0.7, _COUNT),
            Heading("ผ่าน", 0.7, _COUNT), Heading("ร้อยละ", 0.7, "percent"),
            Heading("ชาย", 0.6, _COUNT), Heading("หญิง", 0.6, _COUNT),
            Heading("ต่ำกว่า 25 ปี", 0.7, _COUNT), Heading("25-44 ปี", 0.7, _COUNT),
            Heading("45-59 ปี", 0.7, _COUNT), Heading("60 ปีขึ้นไป", 0.7, _COUNT),
        ),
    ),
    "certificates": Table(
        "ทะเบียนการรับรอง",
        (
            NO, Heading("ผลิตภัณฑ์และกลุ่ม", 2.6), Heading("มาตรฐาน", 1), Heading("แฟ้ม", 1.3),
            Heading("สถานะ", 1.3), Heading("ใบรับรอง", 1),
            Heading("ออก", 1.1), Heading("หมดอายุ", 1.1),
        ),
    ),
    "debtors": Table(
        "ทะเบียนลูกหนี้",
        (
            NO, Heading("แฟ้ม", 1.4), Heading("ผู้กู้", 2.4), Heading("เงินกู้", 1.3, _BAHT),
            Heading("ครบกำหนด", 1.3, _BAHT), Heading("ชำระแล้ว", 1.3, _BAHT),
            Heading("ค้างชำระ", 1.3, _BAHT), Heading("วัน", 0.6, _COUNT),
        ),
    ),
    "obstacles": Table("ปัญหาและอุปสรรค", (Heading("ปัญหา", 3.2), Heading("ครั้งที่พบ", 1, _COUNT))),
    "advice": Table(
        "ข้อเสนอแนะจากการตรวจเยี่ยม",
        (
            Heading("วันที่", 1.1), Heading("กลุ่ม", 2.2), Heading("ปัญหา", 2),
            Heading("ความต้องการ", 1.6), Heading("ขั้นตอนต่อไป", 1.6),
        ),
    ),
    "due": Table(
        "งานครบกำหนดใน 30 วัน",
        (
            Heading("วันที่", 1.2), Heading("เหลือ (วัน)", 0.8, _COUNT), Heading("งาน", 2),
            Heading("ของ", 3),
        ),
    ),
    "access": Table(
        "บันทึกการเข้าถึงข้อมูลส่วนบุคคล",
        (Heading("วันเวลา", 1.6), Heading("ผู้ใช้", 1.6), Heading("การกระทำ", 1.6), Heading("สิ่งที่ดู", 3)),
    ),
    "receipts": Table(
        "รายการรับชำระที่ยกเลิก และรายการที่แทน",
        (
            Heading("ใบรับ", 1.6), Heading("วันที่", 1.1), Heading("แฟ้ม", 1.4),
            Heading("บาท", 1.2, _BAHT), Heading("เหตุที่ยกเลิก", 2.4),
        ),
    ),
    "people": Table(
        "บุคคลที่ข้อมูลไม่สมบูรณ์",
        (NO, Heading("ชื่อ", 2.6), Heading("เลขประจำตัว", 1.6), Heading("สิ่งที่ขาด", 3)),
    ),
    "incomplete_groups": Table(
        "กลุ่มที่ข้อมูลไม่สมบูรณ์",
        (NO, Heading("กลุ่ม", 2.6), Heading("รหัส", 1.6), Heading("สิ่งที่ขาด", 3)),
    ),
}  # fmt: skip


def shown(heading: Heading, cell: Cell) -> str:
    """Write a cell as paper has it; an absent one is ""."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    return thai.format_baht(cell) if heading.kind == _BAHT else f"{cell:,}"
