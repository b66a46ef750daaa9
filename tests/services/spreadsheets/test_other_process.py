"""Big workbooks and strange ones are read in a process of their own."""

import multiprocessing
import zipfile
from pathlib import Path

import pytest

from app.core.errors import Cancelled, Invalid
from app.services.spreadsheets import sheets
from app.services.spreadsheets.sheets import other_process, workbook

SHEETS = Path(__file__).parent / "sheets"
NOBODY = "urn:oasis:names:tc:opendocument:xmlns"


def no_step(_done: int, _total: int) -> None:
    """Nobody watches."""


def repeated(path: Path, rows: int, columns: int) -> Path:
    """Write an ods of one cell that says it is repeated; whatever it says, it has 1 kB."""
    content = (
        f'<office:document-content xmlns:office="{NOBODY}:office:1.0" '
        f'xmlns:table="{NOBODY}:table:1.0" xmlns:text="{NOBODY}:text:1.0"><office:body>'
        f'<office:spreadsheet><table:table table:name="a">'
        f'<table:table-row table:number-rows-repeated="{rows}">'
        f'<table:table-cell table:number-columns-repeated="{columns}" '
        f'office:value-type="string"><text:p>ที่เดียว</text:p></table:table-cell>'
        f"</table:table-row></table:table></office:spreadsheet></office:body>"
        f"</office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return path


@pytest.mark.parametrize("name", ["nasty-libreoffice.xlsx", "nasty.ods", "nasty.xls"])
def test_a_workbook_reads_the_same_here_and_in_a_process_apart(name: str) -> None:
    assert other_process.read(SHEETS / name, no_step) == workbook.read(SHEETS / name)


def test_a_long_list_arrives_whole_and_in_order(tmp_path: Path) -> None:
    rows = tuple((str(number), "ข้อมูลตัวอย่าง", "x", "y", "z") for number in range(12_000))
    sheets.write_rows(tmp_path / "long.xlsx", rows[0], rows[1:])

    assert not workbook.is_small(tmp_path / "long.xlsx")
    assert sheets.open_sheets(tmp_path / "long.xlsx")[0].rows == rows


def test_a_file_that_aborts_its_reader_is_refused_and_the_program_goes_on(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = repeated(tmp_path / "bomb.ods", 9_999, 9_999)

    with pytest.raises(Invalid, match=r"bomb\.ods") as refused:
        sheets.open_sheets(path)

    assert refused.value.code == "sheet_unreadable"
    assert capfd.readouterr().err == ""


def test_a_sheet_with_more_cells_than_anyone_types_is_refused(tmp_path: Path) -> None:
    with pytest.raises(workbook.NotRead, match="sheet_scattered"):
        workbook.read(repeated(tmp_path / "wide.ods", 2_300, 2_300))


def test_the_clerk_stops_the_reading_and_no_process_is_left(tmp_path: Path) -> None:
    def step(_done: int, _total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        sheets.open_sheets(SHEETS / "nasty.ods", step=step)

    assert not multiprocessing.active_children()


def test_a_reading_that_takes_too_long_is_refused_and_no_process_is_left() -> None:
    with pytest.raises(workbook.NotRead, match="sheet_unreadable"):
        other_process.read(SHEETS / "nasty.ods", no_step, most_seconds=0)

    assert not multiprocessing.active_children()


def test_a_small_xlsx_is_read_here_and_what_does_not_say_its_size_is_not(tmp_path: Path) -> None:
    (tmp_path / "no.zip").write_bytes(b"PK\x03\x04 this is no zip")

    assert workbook.is_small(SHEETS / "nasty-libreoffice.xlsx")
    assert not workbook.is_small(SHEETS / "nasty.ods")
    assert not workbook.is_small(SHEETS / "nasty.xls")
    assert not workbook.is_small(tmp_path / "no.zip")
