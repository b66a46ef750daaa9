"""A field reads what a clerk types, shows it again, and says what is wrong in the clerk's words."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import Invalid
from app.core.fields import (
    ADDRESS_PARTS,
    Field,
    Kind,
    check,
    clean,
    has_type,
    is_right_aligned,
    parse,
    show,
    today,
)
from app.core.ids import is_id, new_id

ID = "0190aaaa-b123-7c00-8d00-00000000000e"
ON = date(2025, 3, 15)
CHOICES = (("male", "Male"), ("female", "Female"))
ROWS = (
    Field("item", "Item", Kind.TEXT, required=True, most=5),
    Field("quantity", "Quantity", Kind.WHOLE, least=1),
)


def of(kind: Kind, **details: Any) -> Field:
    if kind is Kind.CHOICE:
        details = {"choices": CHOICES} | details
    if kind is Kind.ROWS:
        details = {"rows": ROWS} | details
    return Field("field", "Item", kind, **details)


def codes(kind: Kind, value: Any, **details: Any) -> list[str]:
    return [problem.code for problem in check(of(kind, **details), value)]


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        (Kind.TEXT, "  นํ้าฝน ", "น้ำฝน"),
        (Kind.NOTE, "จด", "จด"),
        (Kind.CITIZEN_ID, "๓-๑๐๐๖-๐๐๔๔๕-๖๓-๕", "3100600445635"),
        (Kind.DIGITS, "081-234 5678", "0812345678"),
        (Kind.BAHT, "๓๐๐,๐๐๐.๕๐ บาท", 30000050),
        (Kind.WHOLE, "1,234", 1234),
        (Kind.WHOLE, "๑๒", 12),
        (Kind.WHOLE, "-1", -1),
        (Kind.POINTS, "๕๙.๕", 5950),
        (Kind.POINTS, "61", 6100),
        (Kind.POINTS, "59.05", 5905),
        (Kind.DATE, "15/3/2568", "2025-03-15"),
        (Kind.DATE, "15/3", "2025-03-15"),
        (Kind.PARTIAL_DATE, "2490", "1947"),
        (Kind.CHOICE, "female", "female"),
        (Kind.CHOICE, "๑", "male"),
        (Kind.CHOICE, "หญ", "female"),
        (Kind.CHOICE, "ชาย", "male"),
        (Kind.FLAG, "มี", True),
        (Kind.FLAG, "ไม่ใช่", False),
        (Kind.SUBDISTRICT, "150107", "150107"),
        (Kind.RECORD, ID, ID),
    ],
)
def test_what_is_typed_is_read(kind: Kind, typed: str, value: Any) -> None:
    assert parse(of(kind), typed, on=ON) == value


@pytest.mark.parametrize("kind", list(Kind))
def test_nothing_typed_is_no_value(kind: Kind) -> None:
    assert parse(of(kind), " \u200b ", on=ON) is None
    assert show(of(kind), None) == ""
    assert show(of(kind), "") == ""


@pytest.mark.parametrize(
    ("kind", "typed", "code"),
    [
        (Kind.DIGITS, "12a", "digits"),
        (Kind.CITIZEN_ID, "x", "digits"),
        (Kind.WHOLE, "1.5", "whole"),
        (Kind.WHOLE, "1,5", "whole"),
        (Kind.WHOLE, "9" * 30, "whole"),
        (Kind.POINTS, "59.555", "points"),
        (Kind.POINTS, "-1", "points"),
        (Kind.POINTS, "59,5", "points"),
        (Kind.BAHT, "-5", "baht_negative"),
        (Kind.DATE, "2490", "partial"),
        (Kind.DATE, "29/2/2568", "leap_day"),
        (Kind.CHOICE, "-", "choice"),
        (Kind.CHOICE, "3", "choice"),
        (Kind.FLAG, "อาจจะ", "flag"),
        (Kind.RECORD, "สมชาย", "record"),
        (Kind.RECORD, ID[:-1], "record"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(kind: Kind, typed: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        parse(of(kind), typed, on=ON)
    assert refused.value.code == code


def test_an_ambiguous_beginning_chooses_nothing() -> None:
    with pytest.raises(Invalid):
        parse(of(Kind.CHOICE, choices=(("a", "ก1"), ("b", "ก2"))), "ก", on=ON)


@pytest.mark.parametrize("kind", [Kind.ADDRESS, Kind.ROWS])
def test_an_address_is_never_typed_as_one_text(kind: Kind) -> None:
    with pytest.raises(AssertionError):
        parse(of(kind), "12/3 หมู่ 4", on=ON)


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        (Kind.TEXT, "ก", "ก"),
        (Kind.CITIZEN_ID, "3100600445635", "3-1006-00445-63-5"),
        (Kind.BAHT, 30000050, "300,000.50"),
        (Kind.WHOLE, 1234, "1,234"),
        (Kind.WHOLE, 0, "0"),
        (Kind.POINTS, 5905, "59.05"),
        (Kind.DATE, "2025-03-31", "31 มี.ค. 2568"),
        (Kind.PARTIAL_DATE, "1947", "พ.ศ. 2490"),
        (Kind.CHOICE, "male", "ชาย"),
        (Kind.CHOICE, "unheard-of", "unheard-of"),
        (Kind.FLAG, True, "ใช่"),
        (Kind.FLAG, False, "ไม่ใช่"),
        (Kind.SUBDISTRICT, "999999", "999999"),
        (Kind.ADDRESS, {"house_no": "12/3", "moo": "4"}, "เลขที่ 12/3 หมู่ 4"),
        (Kind.ROWS, [{"item": "จักร"}], "1 รายการ"),
    ],
)
def test_a_value_reads_as_on_paper(kind: Kind, value: Any, text: str) -> None:
    assert show(of(kind), value) == text


def test_a_subdistrict_reads_as_its_name() -> None:
    assert "อ่างทอง" in show(of(Kind.SUBDISTRICT), "150107")


def test_thai_digits_are_written_where_the_paper_wants_them() -> None:
    assert show(of(Kind.BAHT), 30000050, thai_digits=True) == "๓๐๐,๐๐๐.๕๐"


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("value", ["not-a-date", 7, True, ["x"], {"moo": 4}, [{"item": 4}], 2.5])
def test_whatever_a_file_brings_is_shown_and_checked_without_a_fault(
    kind: Kind, value: Any
) -> None:
    shown = show(of(kind), value)
    problems = check(of(kind), value)

    assert isinstance(shown, str)
    assert has_type(of(kind), value) or [problem.code for problem in problems] == ["kind"]


@pytest.mark.parametrize(
    ("kind", "value", "details", "expected"),
    [
        (Kind.TEXT, None, {}, []),
        (Kind.TEXT, "", {"required": True}, ["missing"]),
        (Kind.ROWS, [], {"required": True}, ["missing"]),
        (Kind.TEXT, "กข", {"least": 3}, ["least"]),
        (Kind.TEXT, "กขคง", {"most": 3}, ["most"]),
        (Kind.WHOLE, 0, {"least": 1}, ["least"]),
        (Kind.WHOLE, 0, {"required": True}, []),
        (Kind.BAHT, 101, {"most": 100}, ["most"]),
        (Kind.BAHT, 2**53, {}, ["most"]),
        (Kind.WHOLE, 2**53, {}, ["most"]),
        (Kind.WHOLE, 2**53 - 1, {}, []),
        (Kind.ROWS, [{"item": "ก"}] * 3, {"most": 2}, ["most"]),
        (Kind.ROWS, [{"item": "ก"}], {"least": 2}, ["least"]),
        (Kind.ROWS, [{"item": "ก", "quantity": 0}], {}, ["least"]),
        (Kind.ROWS, ["ก"], {}, ["kind"]),
        (Kind.FLAG, False, {"required": True}, []),
        (Kind.CHOICE, "male", {}, []),
        (Kind.CHOICE, "x", {}, ["choice"]),
        (Kind.DIGITS, "๑๒", {}, ["digits"]),
        (Kind.CITIZEN_ID, "12345", {}, ["citizen_id_length"]),
        (Kind.CITIZEN_ID, "3100600445636", {}, []),
        (Kind.DATE, "1947", {}, ["partial"]),
        (Kind.PARTIAL_DATE, "1947", {}, []),
        (Kind.DATE, "1957-02-29", {}, ["date_stored"]),
        (Kind.ADDRESS, {"postcode": "140", "moo": "x"}, {}, ["digits", "least"]),
    ],
)
def test_the_form_of_a_value_is_checked(
    kind: Kind, value: Any, details: dict[str, Any], expected: list[str]
) -> None:
    assert codes(kind, value, **details) == expected


def test_a_problem_inside_a_list_names_its_line_and_field() -> None:
    found = check(of(Kind.ROWS), [{"item": "ก"}, {"item": "ผ้าฝ้ายทอมือ"}])
    assert [problem.field for problem in found] == ["field.1.item"]


def test_bounds_are_worded_in_what_they_count() -> None:
    texts = [
        check(of(Kind.TEXT, most=1), "กข")[0].message,
        check(of(Kind.ROWS, most=1), [{"item": "ก"}] * 2)[0].message,
        check(of(Kind.BAHT, most=100_000_00), 100_000_01)[0].message,
    ]
    assert "1 ตัว" in texts[0] and "รายการ" in texts[1] and "100,000.00" in texts[2]


def test_a_draft_is_stored_without_blanks_and_with_what_is_not_described() -> None:
    fields = [
        of(Kind.NOTE),
        Field("home", "Item", Kind.ADDRESS),
        Field("list", "Item", Kind.ROWS, rows=ROWS),
        Field("count", "Item", Kind.WHOLE),
        Field("flag", "Item", Kind.FLAG),
    ]

    stored = clean(
        fields,
        {
            "field": " บรรทัดหนึ่ง  \n บรรทัดสอง ",
            "home": {"house_no": " 12 ", "moo": ""},
            "list": [{"item": " จักร "}, {}, "not a row"],
            "count": 0,
            "flag": False,
            "newer": ["kept", ""],
            "gone": "",
        },
    )

    assert stored == {
        "field": "บรรทัดหนึ่ง\nบรรทัดสอง",
        "home": {"house_no": "12"},
        "list": [{"item": "จักร"}, "not a row"],
        "count": 0,
        "flag": False,
        "newer": ["kept", ""],
    }


@given(st.dictionaries(st.sampled_from([part.name for part in ADDRESS_PARTS]), st.text()))
def test_cleaning_twice_is_cleaning_once(parts: dict[str, str]) -> None:
    once = clean(ADDRESS_PARTS, parts)
    assert clean(ADDRESS_PARTS, once) == once


@given(st.integers(min_value=0, max_value=2**53 - 1))
def test_money_shown_is_the_money_read(satang: int) -> None:
    assert parse(of(Kind.BAHT), show(of(Kind.BAHT), satang), on=ON) == satang


@given(st.integers(min_value=-(10**15), max_value=10**15))
def test_a_whole_number_shown_is_the_number_read(number: int) -> None:
    assert parse(of(Kind.WHOLE), show(of(Kind.WHOLE), number), on=ON) == number


@given(st.integers(min_value=0, max_value=10_000))
def test_a_score_shown_is_the_score_read(points: int) -> None:
    assert parse(of(Kind.POINTS), show(of(Kind.POINTS), points), on=ON) == points


def test_the_bound_of_a_score_is_said_as_it_is_typed() -> None:
    (said,) = check(of(Kind.POINTS, most=10_000), 10_001)
    assert said.code == "most" and "100.00" in said.message


@given(st.dates(min_value=date(1941, 1, 1), max_value=date(2100, 1, 1)))
def test_a_date_shown_is_the_date_read(day: date) -> None:
    shown = show(of(Kind.DATE), day.isoformat())
    assert parse(of(Kind.DATE), shown, on=ON) == day.isoformat()


def test_only_numbers_stand_at_the_right() -> None:
    assert [kind for kind in Kind if is_right_aligned(of(kind))] == [
        Kind.BAHT,
        Kind.WHOLE,
        Kind.POINTS,
    ]


def test_today_is_a_day_in_thailand() -> None:
    assert isinstance(today(), date)


MEMBERS = of(
    Kind.ROWS,
    rows=(Field("person", "Person", Kind.RECORD, target="person"), Field("at", "At", Kind.WHOLE)),
)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ([{"person": ID, "at": 1}, {}, {"person": None}], []),
        ([{"person": ID}, {"person": "สมชาย"}], [("field.1.person", "record")]),
        ([{"person": ID.upper(), "at": 1}], [("field.0.person", "record")]),
    ],
)
def test_a_row_names_another_record_by_its_id(value: Any, expected: list[Any]) -> None:
    assert [(problem.field, problem.code) for problem in check(MEMBERS, value)] == expected
    assert has_type(MEMBERS, value)
    assert show(MEMBERS, value) == f"{len(value)} รายการ"


def test_an_id_is_kept_as_it_came_and_never_put_right() -> None:
    person = Field("person", "Person", Kind.RECORD, target="person")

    assert clean([person], {"person": f" {ID} "}) == {"person": f" {ID} "}
    assert not is_id(f" {ID} ") and is_id(new_id())
