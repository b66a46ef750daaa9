"""Thai dictionary order: the order that ICU gives, on every machine."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import thai

ORDER = Path(__file__).with_name("thai_order.txt")
thaiish = st.text(st.sampled_from("กขสอะัาำิุูเแไ็่้์ๆฯ -1๑aAé"), max_size=8)


def test_names_and_hard_cases_sort_as_icu_sorts_them() -> None:
    lines = ORDER.read_text(encoding="utf-8").splitlines()[1:]
    wrong = []
    for before, line in pairwise(lines):
        key, key_before = (
            thai.sort_key(line.removeprefix("=")),
            thai.sort_key(before.removeprefix("=")),
        )
        right = key == key_before if line.startswith("=") else key > key_before
        if not right:
            wrong.append((before, line))

    assert len(lines) > 2000
    assert wrong == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("กา", "เก"),  # a leading vowel counts after its consonant
        ("เก", "ขา"),
        ("กา", "ก่า"),  # a tone decides last
        ("ก่า", "กาก"),
        ("ก็", "ก่"),
        ("นำ", "นิ"),
        ("ร", "ฤ"),
        ("9", "ก"),
        ("ฮ", "a"),
        ("a", "A"),
        ("A", "b"),
        ("é", "f"),
        ("$", "0"),
        ("z", "Ω"),
        ("", "ก"),
    ],
)
def test_one_comes_before_the_other(first: str, second: str) -> None:
    assert thai.sort_key(first) < thai.sort_key(second)


@pytest.mark.parametrize(
    ("one", "other"),
    [("มากๆ", "มาก ๆ"), ("พ.ศ.", "พศ"), ("หมู่ ๒", "หมู่ 2"), ("กรุงเทพฯ", "กรุงเทพ"), ("-", "")],
)
def test_blanks_punctuation_and_the_kind_of_digits_do_not_count(one: str, other: str) -> None:
    assert thai.sort_key(one) == thai.sort_key(other)


@given(st.text(max_size=10) | thaiish)
def test_every_text_has_a_key_that_can_be_stored(text: str) -> None:
    key = thai.sort_key(text)

    assert thai.sort_key(thai.normalise(text)) == key
    assert key.encode("utf-8").find(b"\0") == -1


@given(thaiish, thaiish)
def test_the_order_of_keys_is_the_order_of_their_bytes(one: str, other: str) -> None:
    keys = thai.sort_key(one), thai.sort_key(other)

    assert (keys[0] < keys[1]) == (keys[0].encode() < keys[1].encode())


@given(thaiish, st.sampled_from("่้๊๋"), st.sampled_from("กขคง"))
def test_a_mark_never_outweighs_a_letter(text: str, mark: str, letter: str) -> None:
    assert thai.sort_key(f"{text}ก{mark}") < thai.sort_key(f"{text}ก{letter}")
