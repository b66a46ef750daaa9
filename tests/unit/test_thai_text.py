"""Thai text: one stored form, one search key, clusters that are never divided."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import thai

THAI = "กขนมรลสอะัาำิีึืุูเแโใไ็่้๊๋์ํฺๆฯ๎"
SPECIAL = "\u200b\u200d\u2060\ufeff\u00ad\x00\t\n\u00a0\u0301\u0323\u0334\ud800"
thaiish = st.text(st.sampled_from(THAI + " .-aAé๑1" + SPECIAL), max_size=12)
any_text = thaiish | st.text(st.characters(), max_size=12)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("น้ํา", "น้ำ"),
        ("นํ้า", "น้ำ"),
        ("นํา", "นำ"),
        ("นำ้", "น้ำ"),
        ("เเม่", "แม่"),
        ("ก่ี", "กี่"),
        ("กุ่", "กุ่"),
        ("พันธ์ุ", "พันธุ์"),
        ("สิทธ์ิ", "สิทธิ์"),
        ("ที่่", "ที่"),
        ("กิ่ิ", "กิ่"),
        ("ตำบล\u200bย่านซื่อ\ufeff", "ตำบลย่านซื่อ"),
        ("  สม\u00a0\u00a0ชาย \t ใจดี\n", "สม ชาย ใจดี"),
        ("ก\x00ข\x07ค\x85ง", "กขค ง"),
        ("ก\ud800ข", "กข"),
        ("cafe\u0301", "café"),
        ("๑๒ 34 ²", "๑๒ 34 ²"),
        ("", ""),
    ],
)
def test_text_is_stored_as_a_careful_typist_would_have_typed_it(typed: str, stored: str) -> None:
    assert thai.normalise(typed) == stored


@given(any_text)
def test_normalising_twice_is_normalising_once(text: str) -> None:
    once = thai.normalise(text)

    assert thai.normalise(once) == once
    assert unicodedata.is_normalized("NFC", once)


@given(any_text)
def test_blanks_around_a_text_make_no_difference(text: str) -> None:
    assert thai.normalise(f" {text} ") == thai.normalise(text)


@given(any_text)
def test_normalising_never_changes_a_digit(text: str) -> None:
    before = [char for char in text if char.isdigit()]

    assert [char for char in thai.normalise(text) if char.isdigit()] == before


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("บานใหม", "บ้านใหม่"),
        ("พศ2568", "พ.ศ. ๒๕๖๘"),
        ("โพธิเย็น", "โพธิ์ เย็น"),
        ("สุพรรณ", "สุพรรณ์"),
        ("กลุ่ม-a", "กลุ่ม A"),
        ("นํ้าผึ้ง", "น้ำผึ้ง"),
        ("เเก้ว", "แก้ว"),
        ("1100200300401", "๑-๑๐๐๒-๐๐๓๐๐-๔๐-๑"),
    ],
)
def test_two_spellings_of_one_name_have_one_search_key(typed: str, stored: str) -> None:
    assert thai.search_key(typed) == thai.search_key(stored)


def test_other_names_have_other_search_keys() -> None:
    assert len({thai.search_key(name) for name in ("มานี", "มาลี", "มาลัย", "นามี", "มนี")}) == 5


@given(any_text)
def test_a_search_key_is_its_own_search_key_and_holds_no_blank(text: str) -> None:
    key = thai.search_key(text)

    assert thai.search_key(key) == key
    assert not set(key) & set(" .-็่้๊๋์\u200b๑")


@pytest.mark.parametrize(
    ("text", "clusters"),
    [
        ("กี่", ["กี่"]),
        ("น้ำ", ["น้ำ"]),
        ("เก่ง", ["เ", "ก่", "ง"]),
        ("ปู่ฏฺ", ["ปู่", "ฏฺ"]),
        ("นํ้า", ["นํ้", "า"]),
        ("e\u0301a", ["e\u0301", "a"]),
        ("\r\n่", ["\r\n", "่"]),
        ("\n\r\n", ["\n", "\r\n"]),
        ("\u200b่", ["\u200b", "่"]),
        ("👩\u200d", ["👩\u200d"]),
        ("👍\U0001f3fd", ["👍\U0001f3fd"]),
        ("่ก", ["่", "ก"]),
        ("", []),
    ],
)
def test_marks_stay_with_their_base(text: str, clusters: list[str]) -> None:
    assert thai.graphemes(text) == clusters


@given(any_text)
def test_joined_clusters_are_the_text_and_each_stands_alone(text: str) -> None:
    clusters = thai.graphemes(text)

    assert "".join(clusters) == text
    assert all(thai.graphemes(cluster) == [cluster] for cluster in clusters)


@given(any_text)
def test_thai_digits_and_back_is_the_text_in_arabic_digits(text: str) -> None:
    assert thai.to_arabic_digits(thai.to_thai_digits(text)) == thai.to_arabic_digits(text)


def test_every_digit_has_its_twin() -> None:
    assert thai.to_thai_digits("0123456789 บาท") == "๐๑๒๓๔๕๖๗๘๙ บาท"
    assert thai.to_arabic_digits("๐๑๒๓๔๕๖๗๘๙ บาท") == "0123456789 บาท"
