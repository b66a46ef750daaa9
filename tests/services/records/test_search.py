"""What is typed into the box finds the same records as reading every name would."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core import thai
from app.core.ids import new_id
from app.services.office.desk import Desk
from app.services.records import records, search
from app.services.records.acts import act
from tests.makers.laws import share
from tests.makers.office import borrowing_group, group, id_number, loan, person

SYLLABLES = ["กา", "เก่ง", "แก้ว", "ขวัญ", "จันทร์", "นา", "น้ำ", "ไพ", "โชติ", "สม", "ศรี", "อ้อย", "เอ"]
people = st.lists(
    st.tuples(
        st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=3).map("".join),
        st.lists(st.sampled_from(SYLLABLES), min_size=0, max_size=3).map("".join),
    ),
    min_size=1,
    max_size=12,
)
typed = st.lists(
    st.one_of(st.sampled_from(SYLLABLES), st.text("กขจนสอเแไ่้ ", min_size=1, max_size=3)),
    min_size=1,
    max_size=2,
).map(" ".join)


def enter(desk: Desk, names: list[tuple[str, str]]) -> None:
    drafts = [
        (new_id(), {"first_th": first, "last_th": last, "nationality": "ไทย"}, ())
        for first, last in names
    ]
    act(desk.store, lambda acting: acting.put_many("person", drafts))


def clear(desk: Desk) -> None:
    for row in search.page(desk.store, "person", search.rows(desk.store, "person")):
        records.void(desk.store, "person", row.id, "ล้างตัวอย่าง")


def is_match(name: str, words: str) -> bool:
    whole = thai.search_key(name)
    keys = [thai.search_key(word) for word in words.split()]
    return all(
        key in whole if len(key) > 2 else whole.startswith(key) for key in keys if key
    ) and any(keys)


@pytest.fixture
def walking(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Take both ways of finding, whatever the number of people."""
    monkeypatch.setattr(search, "_MANY", request.param)


@pytest.mark.long
@pytest.mark.parametrize("walking", [1, 4000], indirect=True)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=share(1 / 2))
@given(names=people, words=typed)
def test_finding_finds_what_reading_every_name_does(
    desk: Desk, walking: None, names: list[tuple[str, str]], words: str
) -> None:
    clear(desk)
    enter(desk, names)
    whole = [f"{first} {last}".strip() for first, last in names]
    expected = sorted((name for name in whole if is_match(name, words)), key=thai.sort_key)

    found = [hit.title for hit in search.find(desk.store, words, types=("person",))]
    numbers = search.rows(desk.store, "person", words=words)
    listed = [
        records.title("person", row.data) for row in search.page(desk.store, "person", numbers)
    ]

    assert [thai.sort_key(name) for name in found] == [thai.sort_key(name) for name in expected]
    if any(thai.search_key(word) for word in words.split()):
        assert sorted(listed) == sorted(expected)


def test_nothing_typed_finds_nothing_and_lists_all(desk: Desk) -> None:
    enter(desk, [("สมชาย", "ใจดี"), ("กานดา", "ใจดี")])

    assert search.find(desk.store, " - ") == []
    assert len(search.rows(desk.store, "person", words=" - ")) == 2


def test_many_groups_do_not_hide_a_person(desk: Desk) -> None:
    for number in range(3):
        group(desk, f"กลุ่มใจดี {number}")
    entered = person(desk, last_th="ใจดี")

    found = search.find(desk.store, "ใจดี", limit=2)

    assert [hit.type for hit in found] == ["group", "group", "person"]
    assert found[-1].id == entered
    assert search.find(desk.store, "ใจดี", types=("person",))[0].id == entered


@pytest.mark.parametrize("words", ["นายสมชาย ใจดี", "นายสมชายใจดี", "นาย", "สมชาย", "สม", "ส"])
def test_a_person_is_found_with_the_title_and_without(desk: Desk, words: str) -> None:
    entered = person(desk, title_th="นาย", first_th="สมชาย", last_th="ใจดี")
    person(desk, 2, title_th="นาง", first_th="กานดา", last_th="ใจงาม")

    assert [hit.id for hit in search.find(desk.store, words)] == [entered]


def test_a_hit_tells_namesakes_apart(desk: Desk) -> None:
    person(desk, 1, phone="0812345678")
    borrowing_group(desk, first=2)
    made = search.find(desk.store, "กลุ่มดอกไม้", types=("group",))[0]
    records.save(desk.store, "loan_file", loan(made.id))

    hit = search.find(desk.store, id_number(1))[0]
    file = search.find(desk.store, "15-25", types=("loan_file",))[0]

    assert hit.detail.endswith("0812345678") and "·" in hit.detail
    assert "หัตถกรรม" in made.detail
    assert "200,000.00" in file.detail and re.fullmatch(r"15-\d{4}-A-0001", file.title)


def test_a_list_is_sorted_by_any_field_up_and_down_and_filtered(desk: Desk) -> None:
    for number, first in enumerate(("เก่ง", "ขวัญ", "กานดา"), 1):
        person(desk, number, first_th=first, sex="male" if number < 3 else "female")

    def names(**how: object) -> list[str]:
        numbers = search.rows(desk.store, "person", **how)  # type: ignore[arg-type]
        return [row.data["first_th"] for row in search.page(desk.store, "person", numbers)]

    assert names() == ["กานดา", "เก่ง", "ขวัญ"]
    assert names(descending=True) == ["ขวัญ", "เก่ง", "กานดา"]
    assert names(sort="id_no") == ["เก่ง", "ขวัญ", "กานดา"]
    assert names(sort="id_no", descending=True) == ["กานดา", "ขวัญ", "เก่ง"]
    assert names(equal={"sex": "male"}) == ["เก่ง", "ขวัญ"]
    assert names(words="ตัวอย่าง", sort="id_no") == ["เก่ง", "ขวัญ", "กานดา"]


def test_a_row_that_is_gone_is_left_out_of_its_page(desk: Desk) -> None:
    person(desk)
    numbers = search.rows(desk.store, "person")

    assert len(search.page(desk.store, "person", [*numbers, 999])) == 1


def test_a_quotation_mark_is_a_letter_like_any_other(desk: Desk) -> None:
    person(desk, first_th='สม"ชาย"')

    assert len(search.find(desk.store, 'ม"ชา')) == 1
    assert search.find(desk.store, '" OR "') == []
