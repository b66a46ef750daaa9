"""Opening spreadsheets: every format, every encoding, and files that are none."""

import codecs
import zipfile
from datetime import date

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from app.core import thai
from app.core.errors import Invalid, UserError
from app.services.spreadsheets import sheets

ROWS = (("ชื่อ", "สกุล", "เลขที่"), ("สมชาย", "ใจดี", "12/3"), ("กานดา", "คำแสน", "5"))


def written(tmp_path, raw, name="people.csv"):
    path = tmp_path / name
    path.write_bytes(raw)
    return path


def text_of(mark, rows=ROWS):
    return "".join(mark.join(row) + "\r\n" for row in rows)


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize(
    ("encoding", "bom"),
    [
        ("utf-8", b""),
        ("utf-8", codecs.BOM_UTF8),
        ("cp874", b""),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
    ],
)
def test_a_csv_is_read_in_every_encoding_and_with_every_delimiter(tmp_path, encoding, bom, mark):
    path = written(tmp_path, bom + text_of(mark).encode(encoding))

    assert sheets.open_sheets(path) == (sheets.Sheet("people", ROWS),)


def test_thai_windows_bytes_typed_by_hand_are_read(tmp_path):
    names = bytes.fromhex("aad7e8cd2ccaa1d8c50a")  # ชื่อ,สกุล
    quoted = bytes.fromhex("93cac1aad2c2942ce3a8b4d50a")  # “สมชาย”,ใจดี

    (sheet,) = sheets.open_sheets(written(tmp_path, names * 9 + quoted))

    assert sheet.rows[0] == ("ชื่อ", "สกุล")
    assert sheet.rows[-1] == ("“สมชาย”", "ใจดี")


@pytest.mark.parametrize(
    "raw",
    [
        "Übersicht,Größe".encode("latin-1"),
        codecs.BOM_UTF8 + b"\xff\xfe",
        "ชื่อ,สกุล".encode("cp874") + b"\x80\x81\x82",
        bytes(range(0x80, 0x100)),
    ],
)
def test_letters_that_are_neither_utf8_nor_thai_are_refused_with_the_way_out(tmp_path, raw):
    with pytest.raises(Invalid, match="CSV UTF-8") as refused:
        sheets.open_sheets(written(tmp_path, raw))

    assert refused.value.code == "sheet_encoding"


def test_the_line_that_tells_excel_the_delimiter_is_obeyed_and_not_a_row(tmp_path):
    path = written(tmp_path, ("sep=;\r\n" + text_of(";", (("a,b,c", "d"),))).encode())

    assert sheets.open_sheets(path)[0].rows == (("a,b,c", "d"),)


def test_commas_inside_amounts_do_not_make_the_comma_the_delimiter(tmp_path):
    rows = (("ชื่อ", "รายได้"), ("สมชาย", "1,234,567.00"), ("กานดา", "9,000,000.00"), ("ก", "5"))
    path = written(tmp_path, text_of("\t", rows).encode())

    assert sheets.open_sheets(path)[0].rows == rows


def test_a_title_above_a_csv_does_not_hide_the_delimiter(tmp_path):
    path = written(tmp_path, ("รายชื่อ, รุ่น 4\n\n" + text_of(";")).encode())

    assert sheets.open_sheets(path)[0].rows[2:] == ROWS


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "sheet_empty"),
        (b" \n,,\n", "sheet_empty"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "sheet_web_page"),
        (b'"' + b"a" * 200_000 + b'"', "sheet_form"),
        (b"PK\x03\x04 this is no zip", "sheet_form"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "sheet_form"),
    ],
)
def test_a_file_that_is_no_spreadsheet_is_refused_by_name(tmp_path, raw, code):
    with pytest.raises(Invalid, match=r"people\.xls") as refused:
        sheets.open_sheets(written(tmp_path, raw, "people.xls"))

    assert refused.value.code == code


def test_a_zip_that_is_no_workbook_is_refused(tmp_path):
    path = tmp_path / "photos.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.jpg", "x")

    with pytest.raises(Invalid) as refused:
        sheets.open_sheets(path)

    assert refused.value.code == "sheet_form"


def test_a_missing_file_and_a_huge_one_are_refused(tmp_path):
    huge = tmp_path / "huge.csv"
    with huge.open("wb") as file:
        file.truncate(50_000_001)

    for path, code in ((tmp_path / "gone.xlsx", "sheet_missing"), (huge, "sheet_too_big")):
        with pytest.raises(Invalid) as refused:
            sheets.open_sheets(path)
        assert refused.value.code == code


def test_one_stray_cell_in_the_last_corner_is_refused_before_it_takes_all_memory(tmp_path):
    path = tmp_path / "stray.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.write("A1", "ชื่อ")
    sheet.write("XFD1048576", "x")
    book.close()

    with pytest.raises(Invalid, match=r"stray\.xlsx") as refused:
        sheets.open_sheets(path)

    assert refused.value.code == "sheet_scattered"


def test_a_zip_that_says_it_holds_a_gigabyte_is_refused(tmp_path):
    path = tmp_path / "bomb.xlsx"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(1001):
            part.write(bytes(1_000_000))

    with pytest.raises(Invalid) as refused:
        sheets.open_sheets(path)

    assert refused.value.code == "sheet_too_big"


def test_a_workbook_with_a_damaged_part_is_refused(tmp_path):
    path = tmp_path / "damaged.xlsx"
    sheets.write_rows(path, ROWS[0], ROWS[1:])
    raw = bytearray(path.read_bytes())
    start = raw.find(b"xl/worksheets/sheet1.xml") + 24
    raw[start : start + 60] = bytes(60)
    path.write_bytes(raw)

    with pytest.raises(Invalid) as refused:
        sheets.open_sheets(path)

    assert refused.value.code == "sheet_form"


def test_a_workbook_under_a_password_is_named_so(locked_workbook):
    with pytest.raises(Invalid) as refused:
        sheets.open_sheets(locked_workbook)

    assert refused.value.code == "sheet_password"


@pytest.fixture
def locked_workbook(request):
    return request.path.parent / "sheets" / "password.xlsx"


def test_the_name_of_a_file_does_not_matter(tmp_path):
    path = tmp_path / "people.txt"
    sheets.write_rows(tmp_path / "people.xlsx", ROWS[0], ROWS[1:])
    (tmp_path / "people.xlsx").rename(path)

    assert sheets.open_sheets(path)[0].rows == ROWS


def test_cells_keep_their_kind_rows_their_number_and_empty_sheets_are_left_out(tmp_path):
    path = tmp_path / "kinds.xlsx"
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet("ว่าง")
    sheet = book.add_worksheet("ก")
    sheet.write_row("B3", ["x", 1101700230708, True])
    sheet.write_datetime("E3", date(1977, 3, 15), book.add_format({"num_format": "d/m/yyyy"}))
    book.close()

    (read,) = sheets.open_sheets(path)

    assert read.name == "ก"
    assert read.rows == ((), (), ("", "x", 1101700230708.0, True, date(1977, 3, 15))) or (
        read.rows[2] == ("", "x", 1101700230708.0, True, date(1977, 3, 15))
        and not any(map(any, read.rows[:2]))
    )


def test_every_cell_of_a_merged_range_holds_its_value_even_beyond_the_last_column(tmp_path):
    path = tmp_path / "merged.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.merge_range("A1:Z1", "รายชื่อ")
    sheet.merge_range("A2:A3", "กลุ่ม")
    sheet.write("B3", "x")
    book.close()

    rows = sheets.open_sheets(path)[0].rows

    assert rows == (("รายชื่อ", "รายชื่อ"), ("กลุ่ม", ""), ("กลุ่ม", "x"))


CELL = st.text(max_size=40).map(thai.normalise)


@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=5))
def test_what_was_written_is_read_back(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("rows") / "back.xlsx"

    sheets.write_rows(path, ["เหตุผล", "ชื่อ"], rows)

    read = [tuple(map(_unescaped, row)) for row in sheets.open_sheets(path)[0].rows[1:]]
    assert read == rows


def _unescaped(cell):
    return cell.removeprefix("'")


@pytest.mark.parametrize("text", ["=1+1", "+66 81 234 5678", "-5", "@SUM(A1)", "\tx", "\r=x", "'x"])
def test_a_text_that_looks_like_a_formula_is_escaped(tmp_path, text):
    path = tmp_path / "refused.xlsx"

    sheets.write_rows(path, [text], [[text]])

    with zipfile.ZipFile(path) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
    assert [row[0][:2] for row in sheets.open_sheets(path)[0].rows] == ["'" + text[0]] * 2


def test_a_text_too_long_for_a_cell_is_cut_and_not_lost(tmp_path):
    path = tmp_path / "long.xlsx"

    sheets.write_rows(path, ["เหตุผล"], [["ก" * 40_000]])

    assert sheets.open_sheets(path)[0].rows[1][0] == "ก" * 32_767


def test_a_place_that_cannot_be_written_is_refused_by_name(tmp_path):
    with pytest.raises(UserError, match=r"refused\.xlsx") as refused:
        sheets.write_rows(tmp_path / "no folder" / "refused.xlsx", ["ชื่อ"], [])

    assert refused.value.code == "not_written"
