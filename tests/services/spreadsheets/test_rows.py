"""Rows of spreadsheets read into fields: every trap of the nasty workbook, and each cell alone."""

from datetime import date, datetime, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import fields, places, thai
from app.core.fields import Field, Kind
from app.services.records import records
from app.services.spreadsheets import sheets
from app.services.spreadsheets.sheets import Columns, Sheet
from tests.services.spreadsheets.sheets import nasty

PEOPLE = (*records.fields("person"), *records.fields("membership"))
TODAY = date(2026, 1, 15)


def reading(headings, *rows, on=TODAY, known=PEOPLE, **options):
    columns = Columns((1,), tuple(headings), tuple(headings))
    return sheets.read_rows(Sheet("ก", (tuple(headings), *rows)), columns, known, on=on, **options)


def read(target, cell, **options):
    """Read one cell for one field: its value and the codes of its problems."""
    (row,) = reading([target, "note"], (cell, "x"), **options).rows
    return row.values.get(target), [problem.code for problem in row.problems]


@pytest.fixture(params=["nasty.xlsx", "nasty-libreoffice.xlsx", "nasty.ods", "nasty.xls"])
def nasty_reading(request, tmp_path):
    path = Path(nasty.__file__).with_name(request.param)
    if request.param == "nasty.xlsx":
        path = tmp_path / "nasty.xlsx"
        nasty.write(path)
    (sheet,) = sheets.open_sheets(path)
    columns = sheets.find_columns(sheet, PEOPLE)
    return sheets.read_rows(sheet, columns, PEOPLE, on=TODAY, home="15")


def test_the_nasty_workbook_is_read_the_same_from_every_program(nasty_reading):
    rows = {row.row_number: row.values for row in nasty_reading.rows}
    home = {"subdistrict": "150114", "postcode": "14000"}

    assert rows == {
        6: {
            "id_no": nasty.IDS[0], "title_th": "นาย", "first_th": "สมชาย", "last_th": "ใจดี",
            "birth_date": "1977-03-15", "phone": "0812345678", "role": "leader",
            "address": {"house_no": "12/3", "moo": "4", **home},
        },
        7: {
            "title_th": "นางสาว", "first_th": "กานดา", "last_th": "คำแสน",
            "birth_date": "1977-03-15", "role": "member",
            "address": {"house_no": "5", "moo": "4", **home},
        },
        8: {
            "id_no": nasty.IDS[2], "title_th": "นาง", "first_th": "เกษม", "last_th": "ณ อยุธยา",
            "birth_date": "1977-05-03", "phone": "0812345678", "role": "member",
            "address": {"house_no": "99", "moo": "1", **home},
        },
        9: {
            "id_no": nasty.IDS[3], "title_th": "นางสาว", "first_th": "อรทัย", "last_th": "สุขใจ",
            "birth_date": "1968-03-15", "phone": "0891234567", "role": "secretary",
            "address": {"subdistrict": "103301", "postcode": "10110"},
        },
        10: {
            "id_no": nasty.IDS[4], "title_th": "นาย", "first_th": "วีระ",
            "birth_date": "1977-03-15", "phone": "0912345678", "role": "committee",
            "address": {"house_no": "7", "moo": "2"},
        },
        12: {
            "id_no": nasty.IDS[5], "title_th": "นาย", "first_th": "มานพ", "last_th": "ดีงาม",
            "birth_date": "1976-02-29", "address": {"house_no": "8"},
        },
        14: {
            "id_no": nasty.IDS[6], "title_th": "นาง", "first_th": "ปราณี", "last_th": "มีสุข",
            "phone": "035611234", "role": "member", "address": {"house_no": "10/1", "moo": "12"},
        },
    }  # fmt: skip


def test_every_trap_of_the_nasty_workbook_is_named_in_its_row(nasty_reading):
    said = {
        (row.row_number, problem.field, problem.code, problem.warning)
        for row in nasty_reading.rows
        for problem in row.problems
    }

    assert said == {
        (6, "phone", "cell_zero", True),
        (7, "id_no", "cell_digits_lost", False),
        (8, "birth_date", "cell_buddhist", True),
        (9, "birth_date", "cell_short_year", True),
        (9, "phone", "cell_second", True),
        (9, "address.house_no", "cell_date", False),
        (10, "phone", "cell_zero", True),
        (10, "address.subdistrict", "place_several", False),
        (12, "role", "choice", False),
        (12, "address.subdistrict", "place_unknown", False),
        (14, "birth_date", "leap_day", False),
        (14, "phone", "cell_zero", True),
        (14, "address.subdistrict", "place_missing", True),
    }


def test_what_is_no_record_is_skipped_and_listed(nasty_reading):
    assert [(row.row_number, row.reason) for row in nasty_reading.skipped] == [
        (5, "headings"),
        (11, "blank"),
        (13, "headings"),
        (15, "total"),
        (16, "blank"),
        (17, "closing"),
    ]
    assert nasty_reading.skipped[3].text == "รวม 7 คน"


@pytest.mark.parametrize(
    ("cell", "value", "codes"),
    [
        (9101700230002.0, "9101700230002", []),
        (101700230708.0, "0101700230708", ["cell_zero"]),
        ("๙-๑๐๑๗-๐๐๒๓๐-๐๐-๒", "9101700230002", []),
        ("'9101700230002", "9101700230002", []),
        ("9101700230002 ", "9101700230002", []),
        ("9.10170E+12", None, ["cell_digits_lost"]),
        ("9.1E12", None, ["cell_digits_lost"]),
        (9101700000000.0, None, ["cell_digits_lost"]),
        ("9101700000000", None, ["cell_digits_lost"]),
        (12.5, None, ["cell_number"]),
        ("AA1234567", None, ["digits"]),
        ("-", None, []),
        ("ไม่มี", None, []),
        ("", None, []),
    ],
)
def test_an_id_is_taken_whole_or_refused_and_never_guessed(cell, value, codes):
    assert read("id_no", cell) == (value, codes)


@pytest.mark.parametrize(
    ("cell", "value", "codes"),
    [
        (812345678.0, "0812345678", ["cell_zero"]),
        ("812345678", "0812345678", ["cell_zero"]),
        (35611234.0, "035611234", ["cell_zero"]),
        ("081-234-5678", "0812345678", []),
        ("081.234.5678", "0812345678", []),
        ("+66 81 234 5678", "0812345678", []),
        ("'+66(0)81-234-5678", "0812345678", []),
        ("0812345678 / 035611234", "0812345678", ["cell_second"]),
        ("0812345678 หรือ 035611234", "0812345678", ["cell_second"]),
        (1e15, None, ["cell_digits_lost"]),
        ("1506", "1506", []),
        ("ถามผู้ใหญ่บ้าน", None, ["digits"]),
    ],
)
def test_a_phone_gets_its_zero_back(cell, value, codes):
    assert read("phone", cell) == (value, codes)


@pytest.mark.parametrize(
    ("cell", "value", "codes"),
    [
        (date(1977, 3, 15), "1977-03-15", []),
        (datetime(1977, 3, 15, 12, 0), "1977-03-15", []),  # noqa: DTZ001 (as the reader gives it)
        (date(2520, 3, 15), "1977-03-15", ["cell_buddhist"]),
        (date(2520, 2, 29), None, ["leap_day"]),
        (date(1968, 3, 15), "1968-03-15", ["cell_short_year"]),
        (date(1969, 12, 31), "1969-12-31", []),
        (date(2020, 3, 15), "2020-03-15", ["cell_short_year"]),
        (date(1968, 2, 29), "1968-02-29", []),
        ("15/3/68", "2025-03-15", []),
        ("15/3/20", "1977-03-15", []),
        ("15 มี.ค. 20", "1977-03-15", []),
        ("๑๕ มีนาคม ๒๕๒๐", "1977-03-15", []),
        ("15/3/2520", "1977-03-15", []),
        ("2520", "1977", []),
        (2520.0, "1977", []),
        (15032520.0, "1977-03-15", []),
        (1032520.0, "1977-03-01", []),
        (150320.0, "1977-03-15", []),
        ("1977-03-15 00:00:00", "1977-03-15", []),
        ("15/3/1977", "1977-03-15", ["cell_gregorian"]),
        (15031977.0, "1977-03-15", ["cell_gregorian"]),
        ("๑๙๗๗", "1977", ["cell_gregorian"]),
        (28199.0, None, ["cell_number"]),
        (1.5, None, ["cell_number"]),
        ("31/4/2520", None, ["no_such_day"]),
        ("เมื่อวาน", None, ["date_form"]),
    ],
)
def test_a_birth_date_is_read_in_every_form_that_spreadsheets_give(cell, value, codes):
    assert read("birth_date", cell) == (value, codes)


def test_a_late_year_is_doubted_for_births_only():
    assert read("joined_on", date(2020, 3, 15)) == ("2020-03-15", [])
    assert read("joined_on", date(1968, 3, 15)) == ("1968-03-15", ["cell_short_year"])


def test_the_answer_for_a_column_turns_its_short_years_into_buddhist_ones():
    def with_answer(cell):
        return read("birth_date", cell, short_years=frozenset({"birth_date"}))

    assert with_answer(date(2020, 3, 15)) == ("1977-03-15", [])
    assert with_answer(date(1985, 3, 15)) == ("1985-03-15", [])
    assert read("birth_date", date(2020, 3, 15), short_years=frozenset({"joined_on"}))[1]


@given(st.dates(date(1941, 1, 1), date(2025, 12, 31)))
def test_a_date_is_the_same_as_cell_as_buddhist_cell_and_as_text(day):
    buddhist = f"{day.day}/{day.month}/{day.year + 543}"

    assert read("joined_on", day)[0] == day.isoformat()
    assert read("joined_on", buddhist) == (day.isoformat(), [])
    if (day.month, day.day) != (2, 29):  # such a cell cannot be: the text above is what arrives
        held = day.replace(year=day.year + 543)
        assert read("joined_on", held) == (day.isoformat(), ["cell_buddhist"])


@pytest.mark.parametrize(
    ("target", "cell", "value", "codes"),
    [
        ("income", 12000.0, 12_000_00, []),
        ("income", 12000.5, 12_000_50, []),
        ("income", "12,000 บาท", 12_000_00, []),
        ("income", 33.333333, None, ["baht_decimals"]),
        ("income", date(2026, 1, 1), None, ["cell_date"]),
        ("work_years", 5.0, 5, []),
        ("work_years", "๕", 5, []),
        ("work_years", 5.5, None, ["cell_number"]),
        ("work_years", "5.5", None, ["cell_number"]),
        ("work_years", "-5", None, ["cell_number"]),
        ("work_years", date(2026, 1, 1), None, ["cell_date"]),
        ("no_phone", True, True, []),
        ("no_phone", "ใช่", True, []),
        ("no_phone", "อาจจะ", None, ["flag"]),
        ("sex", "ญ", "female", []),
        ("sex", "ชาย", "male", []),
        ("sex", "M", "male", []),
        ("role", "รองประธาน", "deputy", []),
        ("education", "ม.6", "upper_secondary", []),
        ("education", "ปริญญาตรี", "bachelor", []),
        ("occupation", 5.0, "5", []),
        ("occupation", time(12, 30), "12:30:00", []),
        ("title_th", "น.ส.", "นางสาว", []),
    ],
)
def test_amounts_numbers_and_choices_are_read_as_the_form_would(target, cell, value, codes):
    assert read(target, cell) == (value, codes)


@pytest.mark.parametrize(
    ("whole", "parts"),
    [
        ("นายสมชาย ใจดี", ("นาย", "สมชาย", None, "ใจดี")),
        ("นาย สมชาย  ใจดี", ("นาย", "สมชาย", None, "ใจดี")),
        ("น.ส.กานดา คำแสน", ("นางสาว", "กานดา", None, "คำแสน")),
        ("ว่าที่ ร.ต.หญิง กานดา คำแสน", ("ว่าที่ ร.ต.หญิง", "กานดา", None, "คำแสน")),
        ("จ.ส.อ.สมชาย ใจดี", ("จ.ส.อ.", "สมชาย", None, "ใจดี")),
        ("นายิกา ใจดี", (None, "นายิกา", None, "ใจดี")),
        ("ดร.สมชาย ใจดี", ("ดร.", "สมชาย", None, "ใจดี")),
        ("สมชาย ณ อยุธยา", (None, "สมชาย", None, "ณ อยุธยา")),
        ("นางกานดา เทพหัสดิน ณ อยุธยา", ("นาง", "กานดา", None, "เทพหัสดิน ณ อยุธยา")),
        ("นางกานดา มารี เทพหัสดิน ณ อยุธยา", ("นาง", "กานดา", "มารี", "เทพหัสดิน ณ อยุธยา")),
        ("นางกานดา มารี คำแสน", ("นาง", "กานดา", "มารี", "คำแสน")),
        ("จันดา", (None, "จันดา", None, None)),
        ("นาย", ("นาย", None, None, None)),
    ],
)
def test_a_whole_name_is_taken_apart(whole, parts):
    (row,) = reading(["full_name", "note"], (whole, "x")).rows

    assert tuple(map(row.values.get, ("title_th", "first_th", "middle_th", "last_th"))) == parts
    assert [problem.code for problem in row.problems] == ["name_middle"] * bool(parts[2])


def test_a_name_in_columns_of_its_own_is_not_overwritten():
    (row,) = reading(["full_name", "last_th"], ("นายสมชาย ใจดี", "ดีใจ")).rows

    assert row.values == {"title_th": "นาย", "first_th": "สมชาย", "last_th": "ดีใจ"}


@pytest.mark.parametrize(
    ("title", "first", "read_as"),
    [
        ("", "นายสมชาย", ("นาย", "สมชาย")),
        ("นาย", "นายสมชาย", ("นาย", "สมชาย")),
        ("ร.ต.", "นายสมชาย", ("ร.ต.", "นายสมชาย")),
        ("", "สมชาย", (None, "สมชาย")),
    ],
)
def test_a_title_stuck_to_the_first_name_is_put_into_its_own_field(title, first, read_as):
    (row,) = reading(["title_th", "first_th"], (title, first)).rows

    assert (row.values.get("title_th"), row.values["first_th"]) == read_as


def test_without_a_field_for_titles_the_name_stays_whole():
    known = (Field("first_th", "First", Kind.TEXT), Field("note", "Note", Kind.TEXT))

    (row,) = reading(["first_th", "note"], ("นายสมชาย", "x"), known=known).rows
    (whole,) = reading(["full_name", "note"], ("นายสมชาย ใจดี", "x"), known=known).rows

    assert row.values["first_th"] == "นายสมชาย"
    assert whole.values["first_th"] == "สมชาย"


def address_of(text, *, home="15"):
    (row,) = reading(["address", "note"], (text, "x"), home=home).rows
    return row.values.get("address"), [problem.code for problem in row.problems]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "99/1 ม.4 บ้านกลาง ซ.วัดใต้ ถ.สุขุมวิท ต.ย่านซื่อ อ.เมือง จ.อ่างทอง 14000",
            {
                "house_no": "99/1", "moo": "4", "village": "กลาง", "soi": "วัดใต้",
                "road": "สุขุมวิท", "subdistrict": "150114", "postcode": "14000",
            },
        ),
        (
            "บ้านเลขที่ ๙๙ หมู่ที่ ๔ ตำบลย่านซื่อ อำเภอเมืองอ่างทอง จังหวัดอ่างทอง",
            {"house_no": "99", "moo": "4", "subdistrict": "150114", "postcode": "14000"},
        ),
        (
            "เลขที่ 1 แขวงคลองเตย เขตคลองเตย กรุงเทพฯ 10110",
            {"house_no": "1", "subdistrict": "103301", "postcode": "10110"},
        ),
        ("ต.ย่านซื่อ", {"subdistrict": "150114", "postcode": "14000"}),
        ("12/3 หมู่บ้านสุขใจ ต.150114", {
            "house_no": "12/3", "village": "สุขใจ", "subdistrict": "150114", "postcode": "14000",
        }),
    ],
)  # fmt: skip
def test_an_address_in_one_cell_is_taken_apart(text, parts):
    assert address_of(text) == (parts, [])


def test_a_written_address_is_read_back():
    parts = {"house_no": "99/1", "moo": "4", "village": "กลาง", "soi": "วัดใต้", "road": "สุขุมวิท"}
    for place in places.all_places()[::61]:
        whole = parts | {"subdistrict": place.code}
        found, codes = address_of(places.address_text(whole))
        assert ({**found, "postcode": ""}, codes) == (whole | {"postcode": ""}, [])


def test_the_home_province_settles_a_shared_name_and_only_then():
    assert address_of("ต.บ้านใหม่ จ.นนทบุรี", home="15")[1] == ["place_several"]
    assert address_of("ต.บ้านอิฐ", home="15")[0]["subdistrict"].startswith("15")
    assert address_of("ต.ย่านซื่อ", home="")[1] == ["place_several"]
    assert address_of("ต.คลองเตย", home="15")[0]["subdistrict"] == "103301"


def test_a_postcode_that_was_given_is_kept():
    assert address_of("ต.ย่านซื่อ 14001")[0]["postcode"] == "14001"


def test_an_empty_address_is_no_address():
    assert address_of("-") == (None, [])


def test_parts_in_columns_are_joined_and_each_problem_stands_at_its_part():
    (row,) = reading(
        ["address.house_no", "address.moo", "address.subdistrict", "address.postcode"],
        ("เลขที่ 5", "สี่", "ย่านซื่อ", "-"),
        home="15",
    ).rows

    assert row.values["address"] == {
        "house_no": "5", "subdistrict": "150114", "postcode": "14000"
    }  # fmt: skip
    assert [(problem.field, problem.code) for problem in row.problems] == [
        ("address.moo", "digits")
    ]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (("", "", ""), "blank"),
        ((7.0, "", ""), "blank"),
        ((7.0, "......", "-"), "blank"),
        (("รวม", "", ""), "total"),
        (("", "รวมทั้งสิ้น ๑๒ คน", ""), "total"),
        (("Total: 5", "", 12000.0), "total"),
        (("ยอดรวม", 5.0, ""), "total"),
        (("", "หมายเหตุ ข้อมูล ณ วันที่ 1 มี.ค. 2568", ""), "closing"),
        (("", "ลงชื่อ ....... ผู้จัดทำ", ""), "closing"),
        (("ลำดับ", "ชื่อ", "สกุล"), "headings"),
        (("(1)", "(2)", "(3)"), "headings"),
        ((1.0, 2.0, 3.0), "headings"),
    ],
)
def test_a_row_that_is_no_record_says_why(row, reason):
    columns = Columns((1,), ("ลำดับ", "ชื่อ", "สกุล"), ("", "first_th", "last_th"))

    read = sheets.read_rows(Sheet("ก", ((), row)), columns, PEOPLE, on=TODAY)

    assert [(skipped.row_number, skipped.reason) for skipped in read.skipped] == [(2, reason)]
    assert read.rows == ()


@pytest.mark.parametrize(
    "row", [(1.0, "รวมพร", "ใจดี"), (2.0, "หมายเหตุ", "ใจดี"), ("", "สมชาย", ""), ("1", "ชื่อ", "ใจดี")]
)
def test_a_person_with_an_odd_name_is_still_a_record(row):
    columns = Columns((1,), ("ลำดับ", "ชื่อ", "สกุล"), ("", "first_th", "last_th"))

    read = sheets.read_rows(Sheet("ก", ((), row)), columns, PEOPLE, on=TODAY)

    assert [found.values["first_th"] for found in read.rows] == [row[1]]


def test_a_row_shorter_or_longer_than_the_headings_is_read_as_far_as_it_goes():
    read = reading(["first_th", "last_th"], ("สมชาย",), ("กานดา", "คำแสน", "x", "y"))

    assert [row.values for row in read.rows] == [
        {"first_th": "สมชาย"},
        {"first_th": "กานดา", "last_th": "คำแสน"},
    ]


def test_every_row_below_the_headings_is_read_or_listed():
    sheet = Sheet("ก", (("ชื่อ",), *(((str(number),) if number % 3 else ()) for number in range(20))))
    columns = sheets.find_columns(sheet, PEOPLE)

    read = sheets.read_rows(sheet, columns, PEOPLE, on=TODAY)

    numbers = [row.row_number for row in (*read.rows, *read.skipped)]
    assert sorted(numbers) == list(range(2, 22))


CELLS = st.one_of(
    st.text(max_size=20),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates(),
    st.sampled_from(["15/3/2520", "9101700230002", "รวม 5 คน", "ต.ย่านซื่อ อ.เมือง", "1.1E+12"]),
)


@given(st.lists(CELLS, min_size=12, max_size=12))
def test_any_cells_are_read_or_named_and_nothing_breaks(row):
    headings = [
        "id_no", "full_name", "birth_date", "phone", "address", "current_address.moo",
        "current_address.subdistrict", "income", "work_years", "no_phone", "sex", "email",
    ]  # fmt: skip
    known = {field.name: field for field in PEOPLE}

    for found in reading(headings, tuple(row)).rows:
        for name, value in found.values.items():
            kinds = {problem.code for problem in fields.check(known[name], value)}
            assert "kind" not in kinds
            assert value == fields.clean([known[name]], {name: value})[name]


def test_refused_rows_written_back_are_read_the_same(tmp_path):
    path = tmp_path / "refused.xlsx"
    row = ("+66812345678", "=สมชาย", "15/3/2520", thai.format_citizen_id(nasty.IDS[0]))
    headings = ["โทร", "ชื่อ", "วันเกิด", "เลขบัตร", "เหตุผลที่ไม่รับ"]

    sheets.write_rows(path, headings, [(*row, "เลขซ้ำ")])

    (sheet,) = sheets.open_sheets(path)
    columns = sheets.find_columns(sheet, PEOPLE)
    (back,) = sheets.read_rows(sheet, columns, PEOPLE, on=TODAY).rows
    assert back.values == {
        "phone": "0812345678",
        "first_th": "=สมชาย",
        "birth_date": "1977-03-15",
        "id_no": nasty.IDS[0],
    }
    assert back.problems == []
