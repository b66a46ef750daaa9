"""Rules about persons, groups and members, each as the clerk is told of it."""

from typing import Any

import pytest

from app.services.office.desk import Desk
from app.services.records import records
from tests.makers.office import (
    YANSUE,
    change,
    from_elsewhere,
    group,
    id_number,
    join,
    person,
    said,
    set_status,
    told,
)

PERSON = {"id_kind": "thai13", "first_th": "สมชาย", "nationality": "ไทย"}


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        ({"id_no": id_number(1)}, set()),
        ({"id_no": ""}, {"missing"}),
        ({"id_no": "9100"}, {"citizen_id_length"}),
        ({"id_no": "6000000000018"}, {"id_kind_digit"}),
        ({"id_kind": "none"}, {"no_id"}),
        ({"id_kind": "passport"}, {"missing"}),
        ({"id_kind": "passport", "passport_no": "AB123456"}, set()),
        ({"id_no": id_number(1), "birth_date": "2567-01-01"}, {"future"}),
        ({"id_no": id_number(1), "died_on": "2020"}, {"not_dead"}),
        ({"id_no": id_number(1), "died_on": "2020-02", "life_status": "dead"}, set()),
        (
            {
                "id_no": id_number(1),
                "birth_date": "2021",
                "died_on": "2020-02-01",
                "life_status": "dead",
            },
            {"order"},
        ),
        ({"id_no": id_number(1), "income_band": "1-5000", "income": 500_000}, set()),
        ({"id_no": id_number(1), "income_band": "1-5000", "income": 500_100}, {"income_band"}),
        ({"id_no": id_number(1), "income": 500_100}, set()),
        ({"id_no": id_number(1), "address": {"subdistrict": "999999"}}, {"place"}),
        (
            {"id_no": id_number(1), "address": {"subdistrict": YANSUE, "postcode": "10200"}},
            {"postcode"},
        ),
        (
            {
                "id_no": id_number(1),
                "current_address": {"subdistrict": YANSUE, "postcode": "14000"},
            },
            set(),
        ),
        ({"id_no": id_number(1), "address": {"subdistrict": YANSUE}}, set()),
    ],
)
def test_what_is_said_of_a_person(desk: Desk, draft: dict[str, Any], expected: set[str]) -> None:
    assert set(said(desk, "person", PERSON | draft)) == expected


def test_the_person_who_has_the_number_already_is_named(desk: Desk) -> None:
    entered = person(desk, 1, first_th="กานดา")

    again = said(desk, "person", PERSON | {"id_no": id_number(1)})

    assert "กานดา" in again["duplicate_id"].message
    assert again["duplicate_id"].warning
    data = records.get(desk.store, "person", entered).data
    assert said(desk, "person", data, entered) == {}


def test_a_like_name_in_the_subdistrict_is_shown_before_a_second_group_is(desk: Desk) -> None:
    group(desk, "กลุ่มดอกไม้จันทน์ย่านซื่อ")
    place = {"address": {"subdistrict": YANSUE}, "occupation_type": "food", "status": "applied"}

    like = said(desk, "group", place | {"name": "ดอกไม้จันทน์"})
    other = said(desk, "group", place | {"name": "กลุ่มเกษตรแปรรูปข้าวมาลี"})

    assert set(like) == {"like_group"}
    assert set(other) == {"second_group"} and "ย่านซื่อ" in other["second_group"].message
    elsewhere = place | {"name": "ดอกไม้จันทน์", "address": {"subdistrict": "150101"}}
    assert said(desk, "group", elsewhere) == {}


def test_a_group_without_a_name_is_like_no_other(desk: Desk) -> None:
    from_elsewhere(desk, "group", {"address": {"subdistrict": YANSUE}})
    draft = {
        "name": "กลุ่มทอผ้า",
        "occupation_type": "textile",
        "status": "applied",
        "address": {"subdistrict": YANSUE},
    }

    assert set(said(desk, "group", draft)) == {"second_group"}


def test_a_group_that_was_dissolved_leaves_its_subdistrict_free(desk: Desk) -> None:
    made = group(desk)
    data = records.get(desk.store, "group", made).data
    assert said(desk, "group", data, made) == {}

    set_status(desk, "group", made, "dissolved")

    assert said(desk, "group", data | {"name": "กลุ่มใหม่"}) == {}


def test_a_group_is_not_founded_in_the_future(desk: Desk) -> None:
    draft = {"name": "ก", "address": {"house_no": "1"}, "founded_on": "2025-06"}

    assert told(desk, "group", draft, "2025-05-31") == {"future"}
    assert told(desk, "group", draft, "2025-06-01") == set()


def test_registrations_count_the_living_members_once(desk: Desk) -> None:
    made = group(desk)
    people = [person(desk, number) for number in range(1, 8)]
    for number, each in enumerate(people):
        join(desk, made, each, role="leader" if not number else "member")
    home = {"group": made, "kind": "home_worker"}
    enterprise = {"group": made, "kind": "community_enterprise"}
    assert said(desk, "group_registration", home) == {}
    assert said(desk, "group_registration", enterprise) == {}

    join(desk, made, people[0], reasons={"member_twice": "กรอกซ้ำ"})
    for each in people[1:4]:
        change(desk, "person", each, life_status="dead")

    assert "4 คน" in said(desk, "group_registration", home)["few_members"].message
    assert "4 คน" in said(desk, "group_registration", enterprise)["few_members"].message
    assert said(desk, "group_registration", home | {"kind": "otop"}) == {}


def test_a_second_leader_is_refused_until_the_first_left(desk: Desk) -> None:
    made = group(desk)
    first, second = person(desk, 1), person(desk, 2)
    joined = join(desk, made, first, role="leader")
    draft = {"group": made, "person": second, "role": "leader"}

    stop = said(desk, "membership", draft)["second_leader"]
    assert not stop.warning and "สมาชิก1" in stop.message
    own = records.get(desk.store, "membership", joined).data
    assert said(desk, "membership", own, joined) == {}
    assert said(desk, "membership", draft | {"left_on": "2025-01"}) == {}

    change(desk, "membership", joined, left_on="2025-01-31")
    assert said(desk, "membership", draft) == {}


def test_a_second_place_in_the_same_group_is_pointed_out(desk: Desk) -> None:
    made, member = group(desk), person(desk)
    joined = join(desk, made, member)
    draft = {"group": made, "person": member, "role": "member"}

    assert set(said(desk, "membership", draft)) == {"member_twice"}
    assert said(desk, "membership", draft | {"left_on": "2025-01"}) == {}
    change(desk, "membership", joined, left_on="2025-01-31")
    assert said(desk, "membership", draft) == {}


def test_nobody_leaves_before_joining(desk: Desk) -> None:
    draft = {"joined_on": "2024-05-10", "role": "member"}

    assert "order" in told(desk, "membership", draft | {"left_on": "2024-05-09"}, "2025-01-01")
    assert told(desk, "membership", draft | {"left_on": "2024"}, "2025-01-01") == set()
    assert told(desk, "membership", {"left_on": "2024", "role": "member"}, "2025-01-01") == set()


@pytest.mark.parametrize(
    ("birth", "expected"),
    [("2004-03-15", set()), ("2010-03-15", {"under_age"}), ("", {"age_unknown"})],
)
def test_a_co_borrower_is_of_age(desk: Desk, birth: str, expected: set[str]) -> None:
    made, member = group(desk), person(desk, birth_date=birth)
    draft = {"group": made, "person": member, "role": "member", "co_borrower": True}

    assert told(desk, "membership", draft, "2025-03-15") == expected


def test_a_record_that_has_not_arrived_is_pointed_out_and_may_be_named(desk: Desk) -> None:
    made = group(desk)
    draft = {"group": made, "person": "0190aaaa-0000-7000-8000-000000000000", "role": "member"}

    assert set(said(desk, "membership", draft)) == {"not_here"}
    records.save(desk.store, "membership", draft, reasons={"not_here": "รอไฟล์จากเครื่องสอง"})


def test_a_day_that_does_not_exist_stops_no_rule(desk: Desk) -> None:
    made = group(desk)
    odd = from_elsewhere(
        desk, "person", {"first_th": "ก้อน", "nationality": "ไทย", "birth_date": "2567-13-45"}
    )
    draft = {"group": made, "person": odd, "role": "member", "co_borrower": True}

    assert set(said(desk, "membership", draft)) == {"age_unknown"}
    assert set(said(desk, "person", records.get(desk.store, "person", odd).data, odd)) >= {
        "date_stored"
    }
