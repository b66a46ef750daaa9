"""A community enterprise is not one house, and a death is flagged wherever the person stands."""

from typing import Any

from app.services.office.desk import Desk
from app.services.records import records
from tests.makers.office import (
    borrowing_group,
    change,
    group,
    join,
    loan,
    looking,
    person,
    said,
    set_status,
)

LATER = {"purpose_sum": "แนบแผนภายหลัง"}


def living_in(desk: Desk, group_id: str, *house_codes: str) -> None:
    for number, code in enumerate(house_codes, 1):
        address = {"house_no": str(number), "house_code": code}
        join(desk, group_id, person(desk, number, address=address))


def registered(desk: Desk, group_id: str, kind: str = "community_enterprise") -> Any:
    return said(desk, "group_registration", {"group": group_id, "kind": kind})


def test_members_of_seven_houses_may_register_as_an_enterprise(desk: Desk) -> None:
    made = group(desk)
    living_in(desk, made, *(f"1501000000{number}" for number in range(7)))
    assert registered(desk, made) == {}


def test_one_house_of_two_members_warns_and_an_unknown_house_counts_as_one(desk: Desk) -> None:
    made = group(desk)
    living_in(desk, made, "15010000001", "15010000001", *("",) * 5)
    problem = registered(desk, made)["few_houses"]
    assert problem.warning and "6" in problem.message and problem.source.startswith("S24")
    assert "few_houses" not in registered(desk, made, "otop")
    join(desk, made, person(desk, 8))
    assert registered(desk, made) == {}


def died(desk: Desk, who: str) -> Any:
    return said(
        desk, "person", records.get(desk.store, "person", who).data | {"life_status": "dead"}, who
    )


def test_a_death_names_the_files_in_which_the_person_borrows_or_answers(desk: Desk) -> None:
    who, borrower = person(desk, 1), person(desk, 2)
    own = records.save(desk.store, "loan_file", loan(who, "individual"), reasons=LATER).id
    other = records.save(desk.store, "loan_file", loan(borrower, "individual"), reasons=LATER).id
    guarantor = {"loan_file": other, "person": who, "kind": "village_head"}
    records.save(desk.store, "guarantor", guarantor)
    numbers = [records.get(desk.store, "loan_file", file).data["file_no"] for file in (own, other)]

    assert all(number in died(desk, who)["files_open"].message for number in numbers)

    for file in (own, other):
        set_status(desk, "loan_file", file, "withdrawn")
    assert died(desk, who) == {}


def test_a_death_is_not_asked_about_where_the_person_had_left(desk: Desk) -> None:
    made = borrowing_group(desk, members=3)
    with looking(desk, "2025-03-01") as view:
        ((membership, data),) = view.where("membership", group=made, role="leader")
    change(desk, "membership", membership, left_on="2025-02-01")
    assert died(desk, data["person"]) == {}


def test_a_member_who_died_is_still_listed_until_the_day_of_leaving(desk: Desk) -> None:
    made = group(desk)
    who = person(desk)
    join(desk, made, who)
    assert "วันที่ออก" in died(desk, who)["still_member"].message
