"""Whatever a file holds, it is read or refused with a sentence: a reader never fails."""

import io
import logging
import random
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.cli import main
from app.core import log
from app.core.errors import Cancelled, Invalid, UserError
from app.services.office.desk import Desk
from app.services.spreadsheets import imports, sheets
from app.services.spreadsheets.sheets import workbook
from app.services.spreadsheets.sheets.refusals import readable
from tests.makers.lists import EVERYONE, HEADINGS, csv, xlsx
from tests.services.conftest import PASSWORD

SHEETS = Path(__file__).parent / "sheets"
BOOKS = ("nasty-libreoffice.xlsx", "nasty.ods", "nasty.xls")


def written(path: Path, fill: Callable[[xlsxwriter.Workbook], None]) -> Path:
    book = xlsxwriter.Workbook(str(path))
    fill(book)
    book.close()
    return path


def listed(book: xlsxwriter.Workbook) -> "xlsxwriter.worksheet.Worksheet":
    sheet = book.add_worksheet("รายชื่อ")
    sheet.write_row(0, 0, HEADINGS)
    sheet.write_row(1, 0, EVERYONE[0])
    return sheet


@pytest.mark.parametrize("area", ["H1:I2", "A5:C6", "H8:J9", "XFC1048575:XFD1048576"])
def test_an_empty_merged_box_outside_of_the_list_means_nothing(
    desk: Desk, tmp_path: Path, area: str
) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        listed(book).merge_range(area, "")

    plan = imports.plan(desk.store, written(tmp_path / "a.xlsx", fill), "people")

    assert plan.counts["new"] == 1 and not plan.skipped


def test_a_merged_box_beyond_the_cells_of_an_xls_means_nothing(tmp_path: Path) -> None:
    raw = (SHEETS / "nasty.xls").read_bytes()
    box = bytes.fromhex("0200030001000100")  # rows 2 to 3 of column 1
    assert raw.count(box) == 1
    (tmp_path / "far.xls").write_bytes(raw.replace(box, bytes.fromhex("00f001f001000100")))

    (far,) = sheets.open_sheets(tmp_path / "far.xls")

    assert len(far.rows) == len(sheets.open_sheets(SHEETS / "nasty.xls")[0].rows)


def test_sheets_of_charts_and_without_a_cell_are_left_out(desk: Desk, tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=รายชื่อ!$B$1:$B$2"})
        book.add_chartsheet("กราฟ").set_chart(chart)
        book.add_worksheet("ว่าง").merge_range("B2:C3", "")
        listed(book)

    path = written(tmp_path / "a.xlsx", fill)

    assert [sheet.name for sheet in sheets.open_sheets(path)] == ["รายชื่อ"]
    assert imports.plan(desk.store, path, "people").counts["new"] == 1


def test_merged_boxes_that_cover_the_sheet_again_and_again_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "hostile.xlsx"
    box = '<mergeCell ref="A1:Z1000"/>'
    rows = [["x"] * 26 for _ in range(1000)]
    sheets.write_rows(path, rows[0], rows)
    changed(
        path,
        "xl/worksheets/sheet1.xml",
        lambda text: text.replace(
            "</sheetData>", f"</sheetData><mergeCells>{box * 5000}</mergeCells>"
        ),
    )

    with pytest.raises(Invalid) as refused:
        sheets.open_sheets(path)

    assert refused.value.code == "sheet_scattered"


def changed(path: Path, part: str, change: Callable[[str], str]) -> None:
    """Write a zip anew with one part changed; its checksums are right."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = change(parts[part].decode()).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in parts.items():
            archive.writestr(name, raw)


@pytest.fixture
def diary(tmp_path: Path) -> Iterator[Path]:
    log.start(tmp_path / "log")
    yield tmp_path / "log" / "tambondesk.log"
    log.stop()


def faults(diary: Path) -> str:
    for handler in logging.getLogger("tambondesk").handlers:
        handler.flush()
    return diary.read_text(encoding="utf-8")


def cut_xls(folder: Path) -> Path:
    """An xls over which the reader itself breaks down."""
    raw = (SHEETS / "nasty.xls").read_bytes()
    path = folder / "รายชื่อสมาชิก.xls"
    path.write_bytes(raw[: len(raw) - 700])
    return path


def test_a_reader_that_breaks_down_is_said_of_the_file_and_noted_as_a_fault(
    tmp_path: Path, diary: Path
) -> None:
    with pytest.raises(Invalid, match=r"อ่านแฟ้ม รายชื่อสมาชิก\.xls ไม่ได้") as refused:
        sheets.open_sheets(cut_xls(tmp_path))

    assert refused.value.code == "sheet_unreadable"
    noted = faults(diary)
    assert "fault" in noted and "PanicException" in noted and "workbook.py" in noted
    assert "สมาชิก" not in noted


def test_the_command_refuses_such_a_file_with_2_and_notes_the_fault(
    desk: Desk, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.cli._log_folder", lambda: tmp_path / "log")
    password = tmp_path / "password.txt"
    password.write_text(PASSWORD, encoding="utf-8")
    desk.close()
    words = ["import", str(cut_xls(tmp_path)), "--as", "people", "--dry-run"]
    words += ["--data", str(tmp_path / "desk"), "--password-file", str(password)]

    assert main(words) == 2

    assert capfd.readouterr().err.count("\n") == 1
    assert "PanicException" in (tmp_path / "log" / "tambondesk.log").read_text(encoding="utf-8")


def test_what_nobody_foresaw_names_the_file_and_the_sheet(diary: Path) -> None:
    """Stands for the fault that comes next, in a place that nobody knows yet."""
    with pytest.raises(Invalid) as refused, readable("ก.xlsx", "รายชื่อ"):
        raise IndexError("9101700230002")

    assert refused.value.code == "sheet_unreadable"
    assert refused.value.sentence.startswith("อ่านแผ่นงาน รายชื่อ ในแฟ้ม ก.xlsx ไม่ได้")
    assert "IndexError" in faults(diary) and "9101700230002" not in faults(diary)


@pytest.mark.parametrize("passing", [Cancelled(), Invalid("ไม่ได้", code="sheet_form")])
def test_what_was_foreseen_and_a_stop_pass_as_they_are(diary: Path, passing: Exception) -> None:
    with pytest.raises(type(passing)) as raised, readable("ก.xlsx"):
        raise passing

    assert raised.value is passing and "fault" not in faults(diary)


class Stopped(type(Path())):  # type: ignore[misc]
    """A file in whose reading someone presses Ctrl+C."""

    def __fspath__(self) -> str:
        raise KeyboardInterrupt


def test_a_stop_from_the_keyboard_is_no_fault_of_the_reader() -> None:
    with pytest.raises(KeyboardInterrupt):
        workbook.read(Stopped("ก.xlsx"))


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("xl/worksheets/sheet1.xml", 'r="E4"', 'r="E999999999"'),
        ("xl/worksheets/sheet1.xml", 'r="E4"', 'R="E4"'),
        ("xl/worksheets/sheet1.xml", '<row r="4"', '<row r="999999999"'),
        ("xl/sharedStrings.xml", 'niqueCount="', 'niqueCount="9999999'),
    ],
)
def test_a_file_that_claims_to_be_vast_is_never_read_beside_the_clerk(
    tmp_path: Path, part: str, old: str, new: str
) -> None:
    """Each of these made the reader ask for 60 GB and took the whole program with it."""
    path = xlsx(tmp_path / "vast.xlsx", EVERYONE)
    assert workbook.is_small(path)

    changed(path, part, lambda text: text.replace(old, new, 1))

    assert not workbook.is_small(path)
    with suppress(UserError):
        sheets.open_sheets(path)


Damage = st.lists(
    st.tuples(st.sampled_from(["cut", "flip", "put"]), st.floats(0, 1), st.binary(max_size=8)),
    min_size=1,
    max_size=6,
)


def damaged(raw: bytes, damage: list[tuple[str, float, bytes]]) -> bytes:
    for how, where, what in damage:
        at = int(where * len(raw))
        if how == "cut":
            raw = raw[:at] if len(what) % 2 else raw[:at] + raw[at + 50 :]
        elif how == "flip" and raw[at : at + 1]:
            raw = raw[:at] + bytes([raw[at] ^ (1 << len(what) % 8)]) + raw[at + 1 :]
        else:
            raw = raw[:at] + what + raw[at:]
    return raw


PARTS = ("sheet1.xml", "workbook.xml", "sharedStrings.xml", "styles.xml", "workbook.xml.rels")


@pytest.mark.parametrize("kind", ["people", "groups", "loans", "payments"])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    part=st.sampled_from(["", *PARTS]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "cp874", "utf-16", ""]),
    damage=Damage,
)
def test_a_damaged_list_is_refused_with_a_sentence_or_gives_a_plan(
    desk: Desk, tmp_path: Path, kind: str, part: str, encoding: str, damage: list[Any]
) -> None:
    path = tmp_path / "list"
    if encoding:
        csv(path, EVERYONE, encoding)
        path.write_bytes(damaged(path.read_bytes(), damage))
    elif part:
        path.write_bytes(with_damaged_part((SHEETS / BOOKS[0]).read_bytes(), part, damage))
    else:
        path.write_bytes(damaged((SHEETS / BOOKS[0]).read_bytes(), damage))

    try:
        plan = imports.plan(desk.store, path, kind)
    except UserError as error:
        assert "list" in error.sentence or "sheet" in error.code
    else:
        assert len(plan.rows) == sum(plan.counts.values())


def with_damaged_part(raw: bytes, name: str, damage: list[tuple[str, float, bytes]]) -> bytes:
    """Damage what stands inside of a workbook; its checksums are right."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w") as new:
        for each in old.namelist():
            part = old.read(each)
            new.writestr(each, damaged(part, damage) if each.endswith(name) else part)
    return out.getvalue()


READ_ALL = """
import pathlib, sys
from app.services.spreadsheets.sheets import workbook
for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    print(path.name, flush=True)
    try:
        workbook.read(path)
    except workbook.NotRead:
        pass
print("read")
"""


@pytest.mark.long
@pytest.mark.parametrize("name", BOOKS)
def test_two_hundred_damaged_workbooks_of_a_kind_break_no_reader(tmp_path: Path, name: str) -> None:
    """They are read in a process apart, as the program reads them; none of them may end it."""
    chance = random.Random(2568)
    raw = (SHEETS / name).read_bytes()
    for number in range(200):
        damage = [
            (
                chance.choice(["cut", "flip", "put"]),
                chance.random(),
                chance.randbytes(chance.randrange(8)),
            )
            for _ in range(chance.randrange(1, 6))
        ]
        part = "content.xml" if name.endswith("ods") else chance.choice(PARTS)
        made = (
            with_damaged_part(raw, part, damage)
            if number % 2 and not name.endswith("xls")
            else damaged(raw, damage)
        )
        (tmp_path / f"{number:03}").write_bytes(made)

    done = subprocess.run(
        [sys.executable, "-c", READ_ALL, str(tmp_path)], capture_output=True, text=True, check=False
    )

    assert done.stdout.splitlines()[-1] == "read", done.stderr[-2000:]
