"""A list of 20,000 people: how long it takes to write, open, match and read.

Run: python bench/sheets.py
"""

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).parents[1]))

from app.core import places
from app.core.thai import citizen_id_check_digit
from app.services.records import records
from app.services.spreadsheets import sheets

T = TypeVar("T")

ROWS = 20_000
EVERYWHERE = places.all_places()
HEADINGS = ("เลขบัตร", "ชื่อ - สกุล", "วันเกิด", "โทร", "เลขที่", "หมู่", "ตำบล", "อำเภอ", "จังหวัด", "หน้าที่")


def main() -> None:
    fields = (*records.fields("person"), *records.fields("membership"))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "people.xlsx"
        _timed("write", lambda: sheets.write_rows(path, HEADINGS, map(_row, range(ROWS))))
        (sheet,) = _timed("open", lambda: sheets.open_sheets(path))
        columns = _timed("match the headings", lambda: sheets.find_columns(sheet, fields))
        read = _timed(
            "read the rows",
            lambda: sheets.read_rows(sheet, columns, fields, on=date(2026, 1, 1), home="15"),
        )
    assert len(read.rows) == ROWS
    assert not any(row.problems for row in read.rows)


def _row(number: int) -> tuple[str, ...]:
    place = EVERYWHERE[number % len(EVERYWHERE)]
    first = f"9{number:011}"
    return (
        f"{first}{citizen_id_check_digit(first)}",
        "นางสาวข้อมูล ตัวอย่าง",
        "15/3/2520",
        "081-234-5678",
        f"{number % 300}/1",
        "4",
        place.subdistrict,
        place.district,
        place.province,
        "สมาชิก",
    )


def _timed(what: str, job: Callable[[], T]) -> T:
    start = time.perf_counter()
    done = job()
    print(f"{what:20} {time.perf_counter() - start:6.2f} s for {ROWS:,} rows")
    return done


if __name__ == "__main__":
    main()
