"""Finding the headings of a list and the field each column is meant for."""

import pytest

from app.core.errors import Invalid
from app.core.fields import Field, Kind
from app.services.records import records
from app.services.spreadsheets import sheets
from app.services.spreadsheets.sheets import Sheet

PEOPLE = (*records.fields("person"), *records.fields("membership"))


def found(*rows, fields=PEOPLE):
    return sheets.find_columns(Sheet("ก", rows), fields)


def targets(*rows, fields=PEOPLE):
    return found(*rows, fields=fields).targets


@pytest.mark.parametrize(
    ("heading", "target"),
    [
        ("เลขบัตร", "id_no"),
        ("เลขประจำตัวประชาชน", "id_no"),
        ("เลข 13 หลัก", "id_no"),
        ("หมายเลขประจำตัวประชาชน 13 หลัก", "id_no"),
        ("เลขประจำตัวประขาชน", "id_no"),
        ("ชื่อ - สกุล", "full_name"),
        ("ชื่อ-นามสกุล ผู้กู้", "full_name"),
        ("ชื่อสกุล", "full_name"),
        ("ว.ด.ป.เกิด", "birth_date"),
        ("วัน/เดือน/ปี เกิด (พ.ศ.)", "birth_date"),
        ("Birth date", "birth_date"),
        ("เบอร์โทรศัพท์ที่ติดต่อได้", "phone"),
        ("โทร.", "phone"),
        ("บ้านเลขที่", "address.house_no"),
        ("หมู่ที่", "address.moo"),
        ("ตำบล/แขวง", "address.subdistrict"),
        ("อำเภอ", "address.district"),
        ("จังหวัด", "address.province"),
        ("รหัสไปรษณีย์", "address.postcode"),
        ("ที่อยู่ตามบัตรประชาชน", "address"),
        ("ที่อยู่ปัจจุบัน", "current_address"),
        ("คำนำหน้า", "title_th"),
        ("นามสกุล", "last_th"),
        ("หน้าที่", "role"),
        ("หมายเหตุ", "note"),
    ],
)
def test_a_heading_as_offices_write_it_is_understood(heading, target):
    assert targets((heading,), ("x",)) == (target,)


@pytest.mark.parametrize("heading", ["ลำดับ", "ที่", "อายุ (ปี)", "ลายมือชื่อ", "ชื่อบิดา", "สีที่ชอบ", ""])
def test_a_heading_that_is_none_of_ours_is_left_out(heading):
    assert targets(("เลขบัตร", heading), ("x", "y")) == ("id_no", "")


def test_every_field_is_found_by_its_own_label_in_both_languages():
    for target in sheets.targets(PEOPLE):
        assert targets((target.label,), ("x",)) == (target.name,), target.label
    for field in PEOPLE:
        if field.kind not in (Kind.RECORD, Kind.ADDRESS, Kind.ROWS, Kind.FILE):
            assert targets((field.label,), ("x",)) == (field.name,), field.label


def test_records_and_computed_fields_are_not_offered():
    names = {target.name for target in sheets.targets(PEOPLE)}

    assert not names & {"group", "person"}
    derived = Field("total", "Total", Kind.BAHT, derived=True)
    assert sheets.targets([derived]) == ()


def test_titles_above_the_headings_are_passed_over():
    columns = found(
        ("รายชื่อผู้เข้าอบรมรุ่นที่ 4", "", ""), (), ("ลำดับ", "ชื่อ", "นามสกุล"), (1.0, "กานดา", "คำแสน")
    )

    assert columns.header_rows == (3,)
    assert columns.targets == ("", "first_th", "last_th")


def test_a_title_merged_over_the_whole_width_is_not_a_heading():
    title = "รายชื่อผู้เข้าอบรม"

    columns = found((title,) * 5, ("ลำดับ", "", "ชื่อ", "สกุล", "โทร"), (1.0, "", "กานดา", "คำแสน", ""))

    assert columns.header_rows == (2,)
    assert columns.targets == ("", "", "first_th", "last_th", "phone")


def test_of_two_rows_of_headings_the_lower_counts_first():
    columns = found(
        ("ลำดับ", "ชื่อ - สกุล", "ชื่อ - สกุล", "ชื่อ - สกุล", "ที่อยู่", "ที่อยู่"),
        ("", "คำนำหน้า", "ชื่อ", "สกุล", "เลขที่", "หมู่"),
        (1.0, "นาง", "กานดา", "คำแสน", "5", "4"),
    )

    assert columns.header_rows == (1, 2)
    assert columns.targets == (
        "", "title_th", "first_th", "last_th", "address.house_no", "address.moo"
    )  # fmt: skip


def test_a_heading_that_only_the_upper_row_has_counts_too():
    columns = found(
        ("เลขบัตร", "ชื่อ - สกุล", "", "โทร"), ("", "ชื่อ", "สกุล", ""), ("1", "กานดา", "คำแสน", "2")
    )

    assert columns.header_rows == (1, 2)
    assert columns.targets == ("id_no", "first_th", "last_th", "phone")
    assert columns.headings == ("เลขบัตร", "ชื่อ - สกุล ชื่อ", "สกุล", "โทร")


def test_two_addresses_are_told_apart_by_their_upper_headings():
    at_home, now = "ที่อยู่ตามทะเบียนบ้าน", "ที่อยู่ปัจจุบัน"

    columns = found(
        (at_home, at_home, now, now), ("เลขที่", "ตำบล", "เลขที่", "ตำบล"), ("1", "ก", "2", "ข")
    )

    assert columns.targets == (
        "address.house_no",
        "address.subdistrict",
        "current_address.house_no",
        "current_address.subdistrict",
    )


@pytest.mark.parametrize("second", ["ชื่อ - สกุล", ""])
def test_three_columns_under_one_name_are_title_name_and_family_name(second):
    columns = found(("ชื่อ - สกุล", second, second, "โทร"), ("นาย", "สมชาย", "ใจดี", "1"))

    assert columns.targets == ("title_th", "first_th", "last_th", "phone")


def test_two_columns_under_one_name_are_name_and_family_name():
    columns = found(("ชื่อ - สกุล", "", "โทร"), ("นายสมชาย", "ใจดี", "1"), ("นางกานดา",))

    assert columns.targets == ("first_th", "last_th", "phone")


def test_two_columns_of_which_the_first_holds_titles_are_title_and_name():
    columns = found(("ชื่อ - สกุล", ""), ("นาย", "สมชาย ใจดี"), ("น.ส.", "กานดา คำแสน"))

    assert columns.targets == ("title_th", "full_name")


def test_a_column_without_heading_or_values_ends_the_name():
    columns = found(("ชื่อ - สกุล", "", ""), ("นายสมชาย ใจดี", "", "x"))

    assert columns.targets == ("full_name", "", "")


def test_beside_a_first_name_the_other_name_is_the_family_name():
    assert targets(("ชื่อ", "ชื่อสกุล"), ("สมชาย", "ใจดี")) == ("first_th", "last_th")


def test_beside_both_names_the_whole_name_is_still_a_whole_name():
    columns = found(("ชื่อ", "สกุล", "ชื่อ - สกุล"), ("สมชาย", "ใจดี", "สมชาย ใจดี"))

    assert columns.targets == ("first_th", "last_th", "full_name")


def test_each_field_is_given_to_one_column_only():
    assert targets(("โทร", "เบอร์โทร", "มือถือ"), ("1", "2", "3")) == ("phone", "", "")


def test_a_list_of_groups_is_matched_with_the_fields_of_groups():
    columns = targets(
        ("ชื่อกลุ่ม", "ประเภทอาชีพ", "ตำบล", "ทุน/ทรัพย์สินกลุ่ม", "ตั้งเมื่อ"),
        ("ก", "อาหาร", "ย่านซื่อ", 10000.0, "2563"),
        fields=records.fields("group"),
    )

    assert columns[:3] == ("name", "occupation_type", "address.subdistrict")
    assert columns[4] == "founded_on"


@pytest.mark.parametrize("rows", [(), ((),), (("a", 1.0), ("b", 2.0)), ((1.0,) * 3,) * 20])
def test_a_sheet_without_headings_is_refused_with_the_way_out(rows):
    with pytest.raises(Invalid, match="หัวตาราง") as refused:
        found(*rows)

    assert refused.value.code == "sheet_headings"


def test_headings_below_the_fifteenth_row_are_not_looked_for():
    with pytest.raises(Invalid):
        found(*[("-",)] * 15, ("เลขบัตร",), ("1",))
    assert found(*[("-",)] * 14, ("เลขบัตร",), ("1",)).header_rows == (15,)
