"""One person entered twice: found, compared, merged by a link, and parted again."""

from typing import Any

import pytest

from app.core.errors import Invalid
from app.core.ids import new_id
from app.services.groups.rules import living_members_of, members_of
from app.services.office.desk import Desk
from app.services.people import duplicates
from app.services.people.duplicates import BY_NAME, BY_NUMBER, DIFFERENT, SAME
from app.services.records import history, naming, records, search
from tests.makers.office import group, id_number, join, loan, looking, person, said

TWICE = {"duplicate_id": "พิมพ์ซ้ำจากอีกเครื่อง"}


def twice(desk: Desk, **changed: Any) -> tuple[str, str]:
    """Enter one person twice, as two desks did."""
    first = person(desk, 1, last_th="เดิม")
    return first, person(desk, 1, last_th="เดิม", reasons=TWICE, **changed)


def listed(desk: Desk) -> list[str]:
    rows = search.rows(desk.store, "person")
    return [row.id for row in search.page(desk.store, "person", rows)]


def test_a_number_entered_twice_makes_one_pair_and_a_name_with_its_year_another(
    desk: Desk,
) -> None:
    first, second = twice(desk)
    alike = [person(desk, number, first_th="อรทัย", last_th="คำ") for number in (2, 3)]
    person(desk, 4, first_th="อรทัย", last_th="คำ", birth_date="1980")
    nobody = {"id_kind": "none", "id_no": None, "last_th": None}
    person(desk, 5, first_th="เล็ก", birth_date=None, reasons={"no_id": "ไม่มีบัตร"}, **nobody)

    found = duplicates.candidates(desk.store)

    assert [({each.first, each.second}, each.why) for each in found] == [
        ({first, second}, BY_NUMBER),
        (set(alike), BY_NAME),
    ]
    assert found[0].title == "สมาชิก1 เดิม"


def test_two_records_are_set_side_by_side(desk: Desk) -> None:
    first, second = twice(desk, phone="0811111111")
    join(desk, group(desk), first)
    reasons = {"purpose_sum": "แนบแผนภายหลัง"}
    records.save(desk.store, "loan_file", loan(second, "individual"), reasons=reasons)

    rows = {row.label: row for row in duplicates.compare(desk.store, first, second)}

    assert (rows["โทรศัพท์"].first, rows["โทรศัพท์"].second) == ("", "0811111111")
    assert rows["โทรศัพท์"].differs and not rows["ชื่อ"].differs
    assert rows["กลุ่มที่สังกัด"].first == "กลุ่มดอกไม้จันทน์ย่านซื่อ"
    assert rows["แฟ้มเงินกู้"].second.startswith("15-")


def test_a_merged_record_leaves_lists_and_search_and_is_shown_by_the_kept_one(desk: Desk) -> None:
    first, second = twice(desk, first_th="สะกดผิด")
    made = group(desk)
    membership = join(desk, made, second, role="leader")

    saved = duplicates.answer(desk.store, first, second, SAME, note="บัตรเดียวกัน")

    assert listed(desk) == [first]
    assert [hit.id for hit in search.find(desk.store, "สะกดผิด", types=["person"])] == []
    assert naming.title_of(desk.store, "person", second) == "สมาชิก1 เดิม"
    assert duplicates.candidates(desk.store) == []
    rows = search.rows(desk.store, "membership", equal={"person": first})
    assert [row.id for row in search.page(desk.store, "membership", rows)] == [membership]
    with looking(desk, "2025-01-01") as view:
        assert [member["first_th"] for _m, member in members_of(view, made)] == ["สมาชิก1"]
        assert view.where("membership", person=first) == view.where("membership", person=second)
    (merged,) = duplicates.merged(desk.store)
    assert (merged.link, merged.kept, merged.other_title) == (saved.id, first, "สะกดผิด เดิม")


def test_the_later_record_is_kept_where_the_clerk_chose_it(desk: Desk) -> None:
    first, second = twice(desk)

    duplicates.answer(desk.store, second, first, SAME)

    assert listed(desk) == [second]
    with looking(desk, "2025-01-01") as view:
        assert view.kept("person", first) == view.kept("person", second) == second


def test_a_merge_is_taken_back_and_both_histories_stayed(desk: Desk) -> None:
    first, second = twice(desk)
    before = [history.history(desk.store, "person", each) for each in (first, second)]
    saved = duplicates.answer(desk.store, first, second, SAME)
    assert before == [history.history(desk.store, "person", each) for each in (first, second)]

    with pytest.raises(Invalid):
        duplicates.take_back(desk.store, saved.id, " ")
    duplicates.take_back(desk.store, saved.id, "คนละคน ตรวจบัตรแล้ว")

    assert listed(desk) == [first, second]
    assert duplicates.merged(desk.store) == []
    assert len(duplicates.candidates(desk.store)) == 1


def test_the_answer_different_silences_the_pair_and_the_rule(desk: Desk) -> None:
    first, second = twice(desk)
    again = records.get(desk.store, "person", second).data
    assert "duplicate_id" in said(desk, "person", again, second)

    duplicates.answer(desk.store, first, second, DIFFERENT)

    assert duplicates.candidates(desk.store) == []
    assert said(desk, "person", again, second) == {}
    assert listed(desk) == [first, second]


def test_nobody_is_counted_twice_in_a_group_that_lists_both_records(desk: Desk) -> None:
    first, second = twice(desk)
    made = group(desk)
    join(desk, made, second)
    join(desk, made, first, role="leader")
    duplicates.answer(desk.store, first, second, SAME)

    with looking(desk, "2025-01-01") as view:
        assert [m["role"] for m, _p in members_of(view, made)] == ["leader"]
        assert len(living_members_of(view, made)) == 1
    third = {"group": group(desk, "กลุ่มข้าวมาลี"), "person": second, "role": "member"}
    assert "other_group" in said(desk, "membership", third)


def test_desks_that_merged_in_a_ring_find_the_same_record_kept(desk: Desk) -> None:
    first, second = twice(desk)
    third = person(desk, 1, last_th="เดิม", reasons=TWICE)
    duplicates.answer(desk.store, first, second, SAME)
    duplicates.answer(desk.store, second, third, SAME)
    duplicates.answer(desk.store, third, first, SAME)

    assert listed(desk) == [min(first, second, third)]
    assert naming.title_of(desk.store, "person", third) == "สมาชิก1 เดิม"


def test_of_two_kept_records_of_one_person_one_stands_for_all(desk: Desk) -> None:
    first, second = twice(desk)
    third = person(desk, 1, last_th="เดิม", reasons=TWICE)
    duplicates.answer(desk.store, first, third, SAME)
    duplicates.answer(desk.store, second, third, SAME)

    assert listed(desk) == [min(first, second)]


def test_a_record_is_not_compared_with_itself(desk: Desk) -> None:
    made = person(desk)
    with pytest.raises(Invalid) as refused:
        duplicates.answer(desk.store, made, made, SAME)
    assert refused.value.code == "itself"


def test_a_record_without_the_other_is_not_lost(desk: Desk) -> None:
    made = person(desk, 1)
    link = {"person": new_id(), "other": made, "answer": SAME}
    records.save(desk.store, "person_link", link, reasons={"not_here": "มากับชุดถัดไป"})
    assert id_number(1) in records.get(desk.store, "person", made).data["id_no"]
    assert listed(desk) == [made]
