"""Groups over the years: they split, merge, are renamed, choose a leader, and move away."""

from typing import Any

import pytest

from app.core.errors import Invalid, UserError
from app.core.fields import today
from app.services.groups import changes
from app.services.office.desk import Desk
from app.services.records import history, records, search
from tests.makers.office import (
    borrowing_group,
    change,
    from_elsewhere,
    group,
    join,
    looking,
    person,
    said,
)

LIKE = {"second_group": "มีสองกลุ่มจริง", "like_group": "แยกจากกลุ่มเดิม"}


def members(desk: Desk, group_id: str) -> dict[str, str]:
    """Give the names and roles of those who are members now."""
    with looking(desk, "2026-01-01") as view:
        return {
            view.get("person", data["person"])["first_th"]: data["role"]
            for _id, data in view.where("membership", group=group_id)
            if not data.get("left_on")
        }


def people_of(desk: Desk, group_id: str) -> list[str]:
    with looking(desk, "2026-01-01") as view:
        return [data["person"] for _id, data in view.where("membership", group=group_id)]


def data_of(desk: Desk, group_id: str) -> dict[str, Any]:
    return records.get(desk.store, "group", group_id).data


def split(desk: Desk, old: str, people: list[str], **changed: Any) -> str:
    given = {"name": "กลุ่มพวงหรีด", "people": people, "on": "2025-04-01", "reasons": LIKE}
    return changes.split(desk.store, old, **(given | changed)).id


def test_a_group_splits_and_those_who_go_over_leave_the_old_one(desk: Desk) -> None:
    old = borrowing_group(desk, members=4)
    people = people_of(desk, old)

    new = split(desk, old, people[2:])

    assert members(desk, old) == {"สมาชิก1": "leader", "สมาชิก2": "member"}
    assert members(desk, new) == {"สมาชิก3": "leader", "สมาชิก4": "member"}
    made = data_of(desk, new)
    assert made["origins"] == [{"group": old, "how": "split", "on": "2025-04-01"}]
    assert (made["founded_on"], made["address"]) == ("2025-04-01", data_of(desk, old)["address"])
    assert made["group_no"] != data_of(desk, old)["group_no"]


def test_a_split_is_undone_whole(desk: Desk) -> None:
    old = borrowing_group(desk, members=4)
    people = people_of(desk, old)
    given = {"name": "กลุ่มพวงหรีด", "people": people[2:], "on": "2025-04-01", "reasons": LIKE}
    saved = changes.split(desk.store, old, **given)

    history.undo(desk.store, saved.act)

    assert len(members(desk, old)) == 4
    assert len(search.rows(desk.store, "group")) == 1


def test_a_split_asks_for_a_name_people_and_reasons_and_else_writes_nothing(desk: Desk) -> None:
    old = borrowing_group(desk, members=3)
    people = people_of(desk, old)
    stranger = person(desk, 9)
    for changed, code in (
        ({"name": " "}, "missing"),
        ({"people": []}, "missing"),
        ({"on": ""}, "missing"),
        ({"people": [stranger]}, "not_member"),
        ({"reasons": {}}, "second_group"),
    ):
        with pytest.raises(Invalid) as refused:
            split(desk, old, **({"people": people[1:]} | changed))
        assert refused.value.code == code
    assert len(members(desk, old)) == 3 and len(search.rows(desk.store, "group")) == 1
    with pytest.raises(UserError) as gone:
        changes.split(desk.store, "gone", name="ก", people=[], on="2025-04-01")
    assert gone.value.code == "missing"


def test_groups_merge_into_a_new_one_and_the_old_ones_are_dissolved(desk: Desk) -> None:
    one = borrowing_group(desk, members=2)
    other = borrowing_group(desk, members=2, first=5, name="กลุ่มข้าวมาลี")
    in_both = people_of(desk, one)[1]
    join(desk, other, in_both, reasons={"other_group": "ช่วยงาน"})

    new = changes.merge(
        desk.store, [one, other], name="กลุ่มรวมใจ", on="2025-05-01", reason="มติสองกลุ่ม", reasons=LIKE
    ).id

    assert members(desk, new) == {
        "สมาชิก1": "leader", "สมาชิก2": "member", "สมาชิก5": "committee", "สมาชิก6": "member",
    }  # fmt: skip
    for old in (one, other):
        data = data_of(desk, old)
        assert (data["status"], data["status_on"]) == ("dissolved", "2025-05-01")
        assert members(desk, old) == {}
    assert [row["group"] for row in data_of(desk, new)["origins"]] == [one, other]


def test_a_merge_needs_two_groups_that_are_here_and_a_reason(desk: Desk) -> None:
    one = borrowing_group(desk, members=2)
    with pytest.raises(Invalid) as alone:
        changes.merge(desk.store, [one], name="ก", on="2025-05-01", reason="มติ")
    assert alone.value.problems[0].field == "others"
    with pytest.raises(UserError) as gone:
        changes.merge(desk.store, ["gone", one], name="ก", on="2025-05-01", reason="มติ")
    assert gone.value.code == "not_found"
    assert data_of(desk, one)["status"] == "applied"


def test_a_renamed_group_is_found_by_both_names(desk: Desk) -> None:
    made = group(desk, "กลุ่มดอกไม้จันทน์ย่านซื่อ")
    change(desk, "group", made, name="กลุ่มพวงหรีดย่านซื่อ")
    change(desk, "group", made, phone="0812345678")

    assert data_of(desk, made)["former_names"] == [
        {"name": "กลุ่มดอกไม้จันทน์ย่านซื่อ", "until": today().isoformat()}
    ]
    for words in ("ดอกไม้จันทน์", "พวงหรีด"):
        assert [hit.id for hit in search.find(desk.store, words, types=["group"])] == [made]


def test_a_person_who_marries_is_found_by_both_names(desk: Desk) -> None:
    made = person(desk, first_th="กานดา", last_th="เดิมสกุล")
    change(desk, "person", made, last_th="สมรสสกุล")
    change(desk, "person", made, first_th="กานดาวดี", last_th=None)

    former = records.get(desk.store, "person", made).data["former_names"]
    assert [(row["first_th"], row["last_th"]) for row in former] == [
        ("กานดา", "เดิมสกุล"), ("กานดา", "สมรสสกุล"),
    ]  # fmt: skip
    assert [hit.id for hit in search.find(desk.store, "เดิมสกุล", types=["person"])] == [made]


def test_a_name_typed_wrongly_is_taken_out_of_the_former_names_for_good(desk: Desk) -> None:
    made = person(desk, first_th="กานด")
    change(desk, "person", made, first_th="กานดา")
    change(desk, "person", made, former_names=None)
    change(desk, "person", made, phone="0812345678")
    assert "former_names" not in records.get(desk.store, "person", made).data


def test_of_many_former_names_the_oldest_go_first(desk: Desk) -> None:
    made = group(desk, "กลุ่ม 0")
    for number in range(1, 23):
        change(desk, "group", made, name=f"กลุ่ม {number}")
    rows = data_of(desk, made)["former_names"]
    assert [row["name"] for row in (rows[0], rows[-1])] == ["กลุ่ม 2", "กลุ่ม 21"]


def test_a_new_leader_takes_over_from_one_who_lives_and_from_one_who_died(desk: Desk) -> None:
    made = borrowing_group(desk, members=3)
    first, second, third = people_of(desk, made)

    changes.choose_leader(desk.store, made, second, on="2025-06-01")
    assert members(desk, made) == {"สมาชิก1": "member", "สมาชิก2": "leader", "สมาชิก3": "member"}

    change(desk, "person", second, life_status="dead", died_on="2025-06-10")
    assert "leader_died" in said(desk, "group", data_of(desk, made), made)
    changes.choose_leader(desk.store, made, third, on="2025-06-20")

    assert members(desk, made) == {"สมาชิก1": "member", "สมาชิก3": "leader"}
    with looking(desk, "2025-07-01") as view:
        ((_id, left),) = view.where("membership", group=made, person=second)
    assert (left["left_on"], left["left_reason"]) == ("2025-06-10", "เสียชีวิต")
    assert said(desk, "group", data_of(desk, made), made) == {}
    assert first in people_of(desk, made)


def test_only_a_living_member_takes_the_lead(desk: Desk) -> None:
    made = borrowing_group(desk, members=2)
    second = people_of(desk, made)[1]
    change(desk, "person", second, life_status="dead")
    for chosen in (second, person(desk, 9)):
        with pytest.raises(Invalid) as refused:
            changes.choose_leader(desk.store, made, chosen, on="2025-06-01")
        assert refused.value.code == "not_member"


def test_a_group_that_moved_away_warns_until_it_comes_back(desk: Desk) -> None:
    made = group(desk)
    moved = {"group": made, "letter_no": "รง 0301/12"}
    there = {"from_office": "15", "to_office": "14", "moved_on": "2025-03-01"}
    from_elsewhere(desk, "transfer", moved | there)

    problem = said(desk, "group", data_of(desk, made), made)["moved_away"]
    assert "รง 0301/12" in problem.message and "พระนครศรีอยุธยา" in problem.message

    back = {"from_office": "14", "to_office": "15", "moved_on": "2025-09-01"}
    from_elsewhere(desk, "transfer", moved | back)
    assert "moved_away" not in said(desk, "group", data_of(desk, made), made)
    unheard = {"from_office": "15", "to_office": "??", "moved_on": "2025-10-01"}
    from_elsewhere(desk, "transfer", moved | unheard)
    assert "??" in said(desk, "group", data_of(desk, made), made)["moved_away"].message
