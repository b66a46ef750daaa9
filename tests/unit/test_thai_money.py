"""Money: typed, shown and spelled."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import thai
from app.core.errors import Invalid

amounts = st.integers(0, 2**53 - 1) | st.integers(0, 200_000_000)

DIGITS = {
    **{"หนึ่ง": 1, "สอง": 2, "สาม": 3, "สี่": 4, "ห้า": 5, "หก": 6, "เจ็ด": 7, "แปด": 8, "เก้า": 9},
    **{"เอ็ด": 1, "ยี่": 2},
}
PLACES = {"แสน": 100_000, "หมื่น": 10_000, "พัน": 1000, "ร้อย": 100, "สิบ": 10}


def number_said(words: str) -> int:
    """Read a number as a listener would: digit by digit, each with its place."""
    millions, said, rest = words.rpartition("ล้าน")
    total = number_said(millions) * 1_000_000 if said else 0
    while rest and rest != "ศูนย์":
        digit = next((word for word in DIGITS if rest.startswith(word)), "")
        rest = rest.removeprefix(digit)
        place = next((word for word in PLACES if rest.startswith(word)), "")
        rest = rest.removeprefix(place)
        assert digit or place
        total += DIGITS.get(digit, 1) * PLACES.get(place, 1)
    return total


def satang_said(words: str) -> int:
    baht, _, satang = words.rpartition("บาท") if "บาท" in words else ("", "", words)
    return number_said(baht) * 100 + number_said(satang.removesuffix("ถ้วน").removesuffix("สตางค์"))


@given(amounts)
def test_what_is_spelled_is_heard_as_the_same_amount(satang: int) -> None:
    assert satang_said(thai.baht_text(satang)) == satang


@pytest.mark.parametrize(
    ("satang", "words"),
    [
        (0, "ศูนย์บาทถ้วน"),
        (1, "หนึ่งสตางค์"),
        (25, "ยี่สิบห้าสตางค์"),
        (101, "หนึ่งบาทหนึ่งสตางค์"),
        (1_000, "สิบบาทถ้วน"),
        (1_100, "สิบเอ็ดบาทถ้วน"),
        (2_111, "ยี่สิบเอ็ดบาทสิบเอ็ดสตางค์"),
        (10_100, "หนึ่งร้อยเอ็ดบาทถ้วน"),
        (25_000_050, "สองแสนห้าหมื่นบาทห้าสิบสตางค์"),
        (30_000_000, "สามแสนบาทถ้วน"),
        (100_000_100, "หนึ่งล้านเอ็ดบาทถ้วน"),
        (2_100_000_000, "ยี่สิบเอ็ดล้านบาทถ้วน"),
        (100_000_000_000_000, "หนึ่งล้านล้านบาทถ้วน"),
        (-15_000, "ลบหนึ่งร้อยห้าสิบบาทถ้วน"),
    ],
)
def test_amounts_are_spelled_as_contracts_spell_them(satang: int, words: str) -> None:
    assert thai.baht_text(satang) == words


@given(amounts)
def test_a_shown_amount_is_read_back_in_either_digits(satang: int) -> None:
    shown = thai.format_baht(satang)

    assert thai.parse_baht(shown) == satang
    assert thai.parse_baht(thai.to_thai_digits(shown)) == satang
    assert thai.parse_baht(shown.replace(",", "")) == satang


def test_an_amount_is_shown_with_commas_and_two_decimals() -> None:
    shown = [thai.format_baht(satang) for satang in (30_000_000, 5, -12_345_678, 0, -1)]

    assert shown == ["300,000.00", "0.05", "-123,456.78", "0.00", "-0.01"]


@pytest.mark.parametrize(
    ("typed", "satang"),
    [
        ("300,000", 30_000_000),
        ("๓๐๐,๐๐๐.๕๐", 30_000_050),
        ("300000 บาท", 30_000_000),
        ("฿300,000", 30_000_000),
        ("฿ 300,000", 30_000_000),
        ("300.5", 30_050),
        ("300,000.-", 30_000_000),
        (" 0 ", 0),
        ("007", 700),
        ("90,071,992,547,409.91", 2**53 - 1),
        ("0" * 30 + "1", 100),
        ("0.1", 10),
        ("0.01", 1),
    ],
)
def test_an_amount_is_read_as_people_write_it(typed: str, satang: int) -> None:
    assert thai.parse_baht(typed) == satang


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("1.005", "baht_decimals"),
        ("3,00,000", "baht_commas"),
        ("1,0", "baht_commas"),
        ("1,234567", "baht_commas"),
        ("-5", "baht_negative"),
        ("(500)", "baht_negative"),
        ("−5", "baht_negative"),
        ("–5", "baht_negative"),
        ("", "baht_form"),
        ("สามแสน", "baht_form"),
        ("1.2.3", "baht_form"),
        ("5.", "baht_form"),
        ("90071992547409.92", "baht_too_large"),
        ("9" * 5000, "baht_too_large"),
    ],
)
def test_what_is_no_amount_is_refused_with_its_reason(typed: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        thai.parse_baht(typed)

    assert refused.value.code == code


@given(st.text(max_size=12) | st.text("0123456789๐๕,.฿บาท -", max_size=12))
def test_any_text_is_an_amount_or_is_refused_with_a_reason(text: str) -> None:
    try:
        assert thai.parse_baht(text) >= 0
    except Invalid as refused:
        assert refused.code.startswith("baht_")
