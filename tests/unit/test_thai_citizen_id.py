"""The 13-digit number: check digit, groups, mask."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import thai

first12 = st.text("0123456789", min_size=12, max_size=12)
ids = first12.map(lambda digits: digits + thai.citizen_id_check_digit(digits))


@pytest.mark.parametrize(
    "number",
    [
        "3100600445635",
        "1123456789014",
        "0123456789016",
        "6000000000018",
        "7123456789013",
        "8123456789011",
        "3-1006-00445-63-5",
    ],
)
def test_numbers_of_every_kind_of_person_are_valid(number: str) -> None:
    assert thai.citizen_id_is_valid(number)


@pytest.mark.parametrize(
    ("first12", "digit"),
    [  # 11 less the rest by 11 is 1 to 11: the last two are 0 and 1 again
        ("900000000007", "1"),
        ("900000000001", "2"),
        ("900000000006", "3"),
        ("900000000000", "4"),
        ("900000000005", "5"),
        ("900000000013", "6"),
        ("900000000004", "7"),
        ("900000000009", "8"),
        ("900000000003", "9"),
        ("900000000008", "0"),
        ("900000000002", "1"),
    ],
)
def test_the_check_digit_of_each_rest(first12: str, digit: str) -> None:
    assert thai.citizen_id_check_digit(first12) == digit


@pytest.mark.parametrize(
    "text",
    [
        "3100600445636",
        "",
        "310060044563",
        "31006004456355",
        "๓๑๐๐๖๐๐๔๔๕๖๓๕",
        "31-00600445635",
        " 3100600445635",
        "3100600445635\n",
        "310060044563X",
    ],
)
def test_a_wrong_digit_or_another_form_is_not_valid(text: str) -> None:
    assert not thai.citizen_id_is_valid(text)


@given(ids, st.integers(1, 9))
def test_every_wrong_last_digit_is_caught(number: str, shift: int) -> None:
    wrong = number[:12] + str((int(number[12]) + shift) % 10)

    assert thai.citizen_id_is_valid(number)
    assert not thai.citizen_id_is_valid(wrong)


@given(ids, st.sampled_from("0123456789"))
def test_a_wrong_third_digit_is_never_caught(number: str, digit: str) -> None:
    assert thai.citizen_id_is_valid(number[:2] + digit + number[3:])


@given(ids)
def test_a_grouped_number_is_valid_and_groups_once(number: str) -> None:
    grouped = thai.format_citizen_id(number)

    assert thai.citizen_id_is_valid(grouped)
    assert grouped.replace("-", "") == number
    assert thai.format_citizen_id(grouped) == grouped


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("3", "3"),
        ("31", "3-1"),
        ("31006", "3-1006"),
        ("3-1006-0", "3-1006-0"),
        ("310060044563", "3-1006-00445-63"),
        ("๓-๑๐๐๖-๐๐๔๔๕-๖๓-๕", "3-1006-00445-63-5"),
        ("3 1006 00445 63 5", "3-1006-00445-63-5"),
        ("31006004456351", "31006004456351"),
        ("AB12", "AB12"),
        ("²3", "²3"),
        ("", ""),
    ],
)
def test_what_is_there_of_a_number_is_grouped_while_typing(typed: str, shown: str) -> None:
    assert thai.format_citizen_id(typed) == shown


@given(ids)
def test_a_masked_number_shows_its_last_three_digits_only(number: str) -> None:
    assert thai.mask_citizen_id(number) == f"x-xxxx-xxxxx-{number[10:12]}-{number[12]}"


@pytest.mark.parametrize(
    ("text", "masked"), [("AB-12 34", "xx-xx xx"), ("31006", "xxxxx"), ("", "")]
)
def test_any_other_number_is_hidden_whole(text: str, masked: str) -> None:
    assert thai.mask_citizen_id(text) == masked
