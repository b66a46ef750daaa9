"""The nasty workbook: one list with everything that goes wrong in offices' spreadsheets.

Run as a script with a folder it writes nasty.xlsx there; LibreOffice made nasty.ods, nasty.xls
and nasty-libreoffice.xlsx beside this file from it. All people are invented (ข้อมูลตัวอย่าง).
"""

import sys
from datetime import date
from pathlib import Path

import xlsxwriter

from app.core.thai import citizen_id_check_digit, format_citizen_id, to_thai_digits


def citizen_id(number: int) -> str:
    first = f"9{number:011}"
    return f"{first}{citizen_id_check_digit(first)}"


IDS = [citizen_id(10_170_023_000 + number) for number in range(10)]
FIRST_ROW = 6


def write(path: Path) -> None:
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("รายชื่อ")
    book.add_worksheet("ว่าง")
    as_date = book.add_format({"num_format": "[$-41E]d/m/yyyy"})
    _headings(sheet)
    rows = [
        [1, int(IDS[0]), "นาย", "สมชาย", "ใจดี", date(1977, 3, 15), 812345678, "12/3", 4,
         "ย่านซื่อ", "เมือง", "อ่างทอง", "ประธาน"],
        [2, "9.10170E+12", "น.ส.", "กานดา", "คำแสน", "15/3/2520", "", "5", "๔",
         "ย่านซื่อ", "เมืองอ่างทอง", "อ่างทอง", "สมาชิก"],
        [3, to_thai_digits(format_citizen_id(IDS[2])), "นาง", "เกษม", "ณ อยุธยา", 226575,
         "๐๘๑-๒๓๔-๕๖๗๘", "99", "หมู่ 1", "ต.ย่านซื่อ", "อ.เมือง", "จ.อ่างทอง", "สมาชิก"],
        [4, format_citizen_id(IDS[3]), "", "นางสาวอรทัย", "สุขใจ", date(1968, 3, 15),
         "089-123-4567, 035-611234", date(2026, 3, 12), "-", "คลองเตย", "", "กทม.", "เลขานุการ"],
        [5, IDS[4], "นาย", "นายวีระ", "-", "15 มี.ค. 20", "912345678", "7", "ม.2", "หนองบัว", "", "",
         "กรรมการ"],
        [],
        [6, IDS[5], "นาย", "มานพ", "ดีงาม", "29/2/2519", "ไม่มี", "8", "", "ไม่มีจริง", "เมือง", "อ่างทอง",
         "ยาม"],
        ["ลำดับ", "เลขประจำตัวประชาชน (13 หลัก)", "คำนำหน้า", "ชื่อ", "สกุล"],
        [7, IDS[6], "นาง", "ปราณี", "มีสุข", "29/2/2520", 35611234, "10/1", 12.0, "", "เมือง",
         "อ่างทอง", "สมาชิก"],
    ]  # fmt: skip
    for number, row in enumerate(rows, FIRST_ROW - 1):
        for column, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(number, column, cell, as_date)
            elif cell == 226575:  # 3 May 2520 by the Gregorian calendar
                sheet.write_number(number, column, cell, as_date)
            else:
                sheet.write(number, column, cell)
    sheet.merge_range("C15:E15", "รวม 7 คน")
    sheet.write("J17", "ลงชื่อ ................................ ผู้จัดทำ")
    book.close()


def _headings(sheet) -> None:
    sheet.merge_range("A1:N1", "ข้อมูลตัวอย่าง - รายชื่อสมาชิกกลุ่มดอกไม้จันทน์ย่านซื่อ")
    for column, heading in {
        "A": "ลำดับ",
        "B": "เลขประจำตัวประชาชน (13 หลัก)",
        "F": "ว.ด.ป. เกิด",
        "G": "เบอร์โทร",
        "M": "หน้าที่",
        "N": "ลายมือชื่อ",
    }.items():
        sheet.merge_range(f"{column}3:{column}4", heading)
    sheet.merge_range("C3:E3", "ชื่อ - สกุล")
    sheet.write_row("C4", ["คำนำหน้า", "ชื่อ", "สกุล"])
    sheet.merge_range("H3:L3", "ที่อยู่")
    sheet.write_row("H4", ["เลขที่", "หมู่", "ตำบล", "อำเภอ", "จังหวัด"])
    sheet.write_row("A5", [f"({number})" for number in range(1, 15)])


if __name__ == "__main__":
    write(Path(sys.argv[1]) / "nasty.xlsx")
