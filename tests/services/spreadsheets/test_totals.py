"""Nobody vanishes from a list: which rows are totals, and that each row left out is told."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import thai
from app.services.spreadsheets import imports, sheets
from app.services.spreadsheets.sheets import Columns, Sheet
from tests.makers.lists import citizen_id

TODAY = date(2026, 1, 15)
NAMED = ("", "id_no", "first_th", "last_th", "phone", "note")
WHOLE = ("", "id_no", "full_name", "", "phone", "note")
HEADINGS = ("ลำดับ", "เลขบัตร", "ชื่อ", "สกุล", "โทร", "หมายเหตุ")
TOTALS = [
    "รวม", "รวม 2 คน", "รวมทั้งสิ้น ๑๒ คน", "ยอดรวม", "ผลรวม: 5", "Total", "SUM", "total 3",
    "รวมเงิน 5,000.00 บาท", "รวมจำนวนสมาชิกทั้งหมด",
]  # fmt: skip


def read(targets, *rows, kind="people"):
    columns = Columns((1,), HEADINGS[: len(targets)], tuple(targets))
    sheet = Sheet("ก", (HEADINGS, *rows))
    return sheets.read_rows(sheet, columns, imports.fields(kind), on=TODAY)


def skipped(targets, *rows, kind="people"):
    return [row.reason for row in read(targets, *rows, kind=kind).skipped]


totals = st.sampled_from(TOTALS)
numbers = st.integers(0, 10**10).map(citizen_id)
written = st.one_of(
    numbers,
    numbers.map(float),
    numbers.map(thai.format_citizen_id),
    numbers.map(thai.to_thai_digits),
    st.sampled_from(["9.10170E+12", "910170023000", "AA1234567", "'9101700230002"]),
)
odd_names = st.one_of(totals, st.sampled_from(["นายรวม", "รวมพร", "หมายเหตุ", "ลงชื่อ", "", "-"]))
anything = st.one_of(totals, st.sampled_from(["", "-", "สมชาย", "ใจดี", "1", "(1)", "ผู้ตรวจ"]))


@given(st.tuples(anything, written, odd_names, odd_names, anything, anything))
def test_a_row_with_an_id_number_is_never_left_out(row):
    assert skipped(NAMED, row) == []


@given(
    st.sampled_from(["รวม", "ยอดรวม", "รวม 2 คน", "Sum", "สมชาย"]),
    anything,
    anything,
    st.booleans(),
)
def test_a_row_with_both_names_is_never_a_total(odd, number, note, turned):
    first, last = ("ใจดี", odd) if turned else (odd, "ใจดี")

    assert skipped(NAMED, (number, "", first, last, "", note)) == []
    assert skipped(WHOLE, (number, "", f"นาย {first} {last}", "", "", note)) == []


@given(totals, st.integers(0, 5), st.sampled_from(["", "-", 12.0, "12 คน", "5,000.00"]))
def test_a_total_without_a_person_is_one_wherever_it_stands(total, place, beside):
    row = [beside if at > place else "" for at in range(6)]
    row[place] = total

    assert skipped(NAMED, tuple(row)) == ["total"]
    assert skipped(WHOLE, tuple(row)) == ["total"]


@pytest.mark.parametrize("total", TOTALS)
def test_a_total_written_over_merged_cells_is_one(total):
    assert skipped(NAMED, ("", total, total, total, "", "")) == ["total"]
    assert skipped(NAMED, ("", "", total, "คน", "", "")) == ["total"]


@pytest.mark.parametrize(
    ("kind", "targets", "row"),
    [
        ("groups", ("", "name", ""), (1.0, "กลุ่มจักสาน", "รวม 12 คน")),
        ("groups", ("", "name", ""), ("", "กลุ่มรวมใจ", "รวม")),
        ("payments", ("loan_file", "receipt_no", "amount", "note"), ("", "1/68", 5.0, "รวม")),
        ("payments", ("loan_file", "receipt_no", "amount"), ("อท 1/2568", "", "รวม 5,000")),
        ("loans", ("group", "amount_requested", "note"), ("กลุ่มจักสาน", 5.0, "รวม")),
        ("loans", ("person", "amount_requested", "note"), (citizen_id(1), 5.0, "รวม")),
    ],
)
def test_what_names_a_group_a_receipt_or_a_borrower_is_no_total_either(kind, targets, row):
    assert skipped(targets, row, kind=kind) == []


@pytest.mark.parametrize(
    ("kind", "targets", "row"),
    [
        ("groups", ("", "name", ""), ("รวม", "12 กลุ่ม", "")),
        ("payments", ("loan_file", "receipt_no", "amount"), ("รวม", "", "25,000.00")),
        ("payments", ("loan_file", "receipt_no", "amount"), ("", "รวมทั้งสิ้น", 25000.0)),
        ("loans", ("group", "person", "amount_requested"), ("รวม 2 กลุ่ม", "", 5.0)),
    ],
)
def test_the_total_of_another_list_is_one(kind, targets, row):
    assert skipped(targets, row, kind=kind) == ["total"]
