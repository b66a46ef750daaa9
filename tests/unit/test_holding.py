"""What a row can hold: both sides of every border."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.fields import check
from app.core.holding import flaw, longest, readable, rules_of, unkept, without_null
from app.core.kinds import Field, Kind

ID = "01900000-0000-7000-8000-00000000000a"
INNER = (Field("note", "Note", Kind.NOTE, most=2_000), Field("who", "Who", Kind.RECORD))
FIELDS = (
    Field("free", "Free", Kind.TEXT),
    Field("short", "Short", Kind.TEXT, most=10),
    Field("name", "Name", Kind.TEXT, most=100),
    Field("note", "Note", Kind.NOTE, most=2_000),
    Field("day", "Day", Kind.DATE),
    Field("known", "Known", Kind.PARTIAL_DATE),
    Field("money", "Money", Kind.BAHT),
    Field("yes", "Yes", Kind.FLAG),
    Field("who", "Who", Kind.RECORD),
    Field("rows", "Rows", Kind.ROWS, rows=INNER, most=40),
    Field("address", "Address", Kind.ADDRESS),
)
RULES = rules_of(FIELDS)


@pytest.mark.parametrize(
    ("name", "most"),
    [("free", 500), ("short", 100), ("name", 400), ("note", 8_000)],
)
def test_a_text_is_held_up_to_its_bound_and_no_letter_further(name: str, most: int) -> None:
    assert flaw(RULES, {name: "ก" * most}) is None
    found = flaw(RULES, {name: "ก" * (most + 1)})
    assert found and (found.field, found.code) == (name, "field_form")
    assert f"{most:,}" in found.message


def test_a_list_is_held_up_to_four_times_what_a_clerk_enters() -> None:
    assert flaw(RULES, {"rows": [{}] * 160}) is None
    assert flaw(RULES, {"rows": [{}] * 161})


@pytest.mark.parametrize("letter", "\0\x08\x0b\x0c\r\x1f\x7f\x80\x9f\ud800\udfff\ufffe\uffff")
@pytest.mark.parametrize("name", ["name", "note"])
def test_a_control_character_is_held_nowhere(name: str, letter: str) -> None:
    found = flaw(RULES, {name: f"ก{letter}ข"})
    assert found and found.code == "field_form"
    field = next(each for each in FIELDS if each.name == name)
    assert [each.code for each in check(field, f"ก{letter}ข")] == ["characters"]


def test_a_line_feed_and_a_tab_are_held_in_a_note_alone() -> None:
    for letter in "\t\n":
        assert flaw(RULES, {"note": f"ก{letter}ข"}) is None
        assert flaw(RULES, {"name": f"ก{letter}ข"})


@pytest.mark.parametrize("letter", "\xa0\xad\u200b\u200d\u2028\u202e\ue000\ufffd")
def test_what_only_looks_odd_is_held(letter: str) -> None:
    assert flaw(RULES, {"name": f"ก{letter}ข"}) is None
    assert not unkept(Kind.TEXT, letter)


@pytest.mark.parametrize(
    "data",
    [
        {"name": None}, {"name": 5}, {"money": "5"}, {"money": True}, {"money": 5.0}, {"yes": 1},
        {"yes": 0}, {"rows": {}}, {"rows": [5]}, {"rows": [None]}, {"rows": [{"note": None}]},
        {"rows": [{}, {"note": 5}]}, {"rows": [{"who": "สมชาย"}]}, {"who": "สมชาย"}, {"who": ""},
        {"who": f"{ID}\n"}, {"who": ID.upper()}, {"address": []}, {"address": {"moo": None}},
        {"address": {"moo": 4}},
    ],
    ids=str,
)  # fmt: skip
def test_null_another_type_and_a_word_for_an_id_are_held_nowhere(data: dict[str, Any]) -> None:
    found = flaw(RULES, data)
    assert found and found.code == "field_form"
    assert found.field.split(".")[0] == next(iter(data))


DAYS = ["0001-01-01", "2024-02-29", "2000-02-29", "9999-12-31", "2025-04-30"]
NO_DAYS = [
    "", " ", "ไม่ทราบ", "0000-00-00", "0000-01-01", "9999-99-99", "2568-02-30", "2025-02-29",
    "1900-02-29", "0000-02-29", "2025-04-31", "2025-13-01", "2025-1-1", "20250101", "2025-W01-1",
    "๒๕๖๘-๐๑-๐๑", "2025-01-01\n", " 2025-01-01", "2025-01-01T00:00:00Z",
]  # fmt: skip


@pytest.mark.parametrize("name", ["day", "known"])
def test_a_day_that_no_calendar_has_is_held_nowhere(name: str) -> None:
    for day in DAYS:
        assert flaw(RULES, {name: day}) is None
    for day in NO_DAYS:
        found = flaw(RULES, {name: day})
        assert found and found.code == "field_form", day


def test_a_month_or_a_year_alone_is_held_where_it_may_be_known_alone() -> None:
    for known in ("1947", "1947-03"):
        assert flaw(RULES, {"known": known}) is None
        assert flaw(RULES, {"day": known})
    for known in ("0000", "194", "1947-00", "1947-13", "1947-"):
        assert flaw(RULES, {"known": known})


@given(st.dates())
def test_every_day_of_the_calendar_is_held(day: date) -> None:
    assert flaw(RULES, {"day": str(day), "known": str(day)}) is None


def test_what_has_the_form_is_held_whatever_a_rule_may_say_of_it() -> None:
    sound = {
        "name": "", "money": -1, "yes": False, "day": "0001-01-01", "who": ID, "strange": None,
        "rows": [{"note": "ก", "who": ID, "strange": None}], "address": {"moo": "สี่", "x": None},
    }  # fmt: skip
    assert flaw(RULES, sound) is None
    assert readable(RULES, sound) == sound == without_null(RULES, sound)


def test_what_cannot_be_held_is_read_as_absent_and_odd_text_is_read_as_it_is() -> None:
    old = {
        "name": None, "money": "5", "yes": 1, "who": "สมชาย", "free": "ก\0" * 400, "strange": None,
        "rows": [5, {"note": None, "who": 5, "x": None}], "address": {"moo": 4, "road": "ข"},
        "note": "ก",
    }  # fmt: skip
    assert readable(RULES, old) == {
        "who": "สมชาย", "free": "ก\0" * 400, "strange": None, "rows": [{"x": None}],
        "address": {"road": "ข"}, "note": "ก",
    }  # fmt: skip


def test_only_null_is_left_out_where_null_was_absence() -> None:
    old = {"name": None, "money": "5", "rows": [{"note": None, "who": 5}], "address": None}
    assert without_null(RULES, old) == {"money": "5", "rows": [{"who": 5}]}


def test_no_bound_is_below_what_a_clerk_may_enter() -> None:
    assert all(longest(each) >= (each.most or 0) for each in FIELDS)
