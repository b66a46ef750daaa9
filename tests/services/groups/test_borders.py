"""Both sides of every border of the rules and steps of groups, and what refuses or only warns."""

from typing import Any

import pytest

from app.core.codes.group import GROUP_STATUSES, REGISTRATION_KINDS, ROLES
from app.core.codes.loan import ENDED, LOAN_STATUSES
from app.services.groups.rules import members_of
from app.services.office.desk import Desk
from app.services.records import records
from tests.makers.groups import TRACKS, told, visit
from tests.makers.office import (
    YANSUE,
    change,
    from_elsewhere,
    group,
    join,
    looking,
    person,
    set_status,
    weighed,
)

DAY = "2025-05-01"
DONE = {f"track_{name}": "done" for name in TRACKS}


def home(desk: Desk, **people: list[dict[str, Any]]) -> str:
    made = group(desk)
    for number, changed in enumerate(people["of"], 1):
        from_elsewhere(
            desk,
            "membership",
            {"group": made, "person": person(desk, number, **changed), "role": "member"},
        )
    return made


@pytest.mark.parametrize(
    ("fifth", "weight"),
    [
        ({}, None),
        ({"birth_date": "2005-05-01"}, None),
        ({"birth_date": "2005-05-02"}, "warns"),
        ({"birth_date": "2005"}, None),
        ({"nationality": "ลาว"}, "warns"),
        ({"life_status": "dead"}, "warns"),
    ],
)
def test_home_workers_are_five_thai_of_twenty(
    desk: Desk, fifth: dict[str, Any], weight: str | None
) -> None:
    made = home(desk, of=[{}, {}, {}, {}, fifth])

    draft = {"group": made, "kind": "home_worker"}

    assert weighed(desk, "group_registration", draft, DAY).get("few_members") == weight


@pytest.mark.parametrize("kind", [code for code, _word in REGISTRATION_KINDS])
def test_a_registration_counts_its_own_least_of_members(desk: Desk, kind: str) -> None:
    made = home(desk, of=[{}] * 4)
    draft = {"group": made, "kind": kind}
    counts = {"home_worker": (5, 6), "community_enterprise": (7, 8)}
    least = counts.get(kind, (0, 0))[0]

    for count in range(4, 9):
        said = weighed(desk, "group_registration", draft, DAY)
        assert said.get("few_members") == ("warns" if count < least else None), count
        joined = {"group": made, "person": person(desk, count + 1), "role": "member"}
        from_elsewhere(desk, "membership", joined)


@pytest.mark.parametrize("houses", [5, 6, 7])
@pytest.mark.parametrize("kind", ["community_enterprise", "home_worker"])
def test_an_enterprise_is_of_seven_houses(desk: Desk, houses: int, kind: str) -> None:
    of = [{"address": {"house_code": f"{min(each, houses):011d}"}} for each in range(1, 8)]
    draft = {"group": home(desk, of=of), "kind": kind}

    said = weighed(desk, "group_registration", draft, DAY).get("few_houses")

    assert said == ("warns" if houses < 7 and kind == "community_enterprise" else None)


def test_six_people_of_an_enterprise_are_too_few_before_they_are_of_few_houses(
    desk: Desk,
) -> None:
    of = [{"address": {"house_code": "00000000001"}}] * 6
    draft = {"group": home(desk, of=of), "kind": "community_enterprise"}
    assert weighed(desk, "group_registration", draft, DAY) == {"few_members": "warns"}


def test_a_member_without_a_house_code_is_a_house_and_equal_codes_are_one(desk: Desk) -> None:
    one = {"address": {"house_code": "00000000001"}}
    draft = {"group": home(desk, of=[one, one, *[{}] * 5]), "kind": "community_enterprise"}
    assert weighed(desk, "group_registration", draft, DAY) == {"few_houses": "warns"}

    joined = {"group": draft["group"], "person": person(desk, 9), "role": "member"}
    from_elsewhere(desk, "membership", joined)
    assert weighed(desk, "group_registration", draft, DAY) == {}


@pytest.mark.parametrize("status", [code for code, _word in GROUP_STATUSES])
def test_only_a_dissolved_group_leaves_its_place_and_its_members_free(
    desk: Desk, status: str
) -> None:
    address = {"subdistrict": YANSUE}
    old = {"name": "กลุ่มทอผ้า", "address": address, "status": status}
    first, member = from_elsewhere(desk, "group", old), person(desk)
    from_elsewhere(desk, "membership", {"group": first, "person": member, "role": "member"})
    weight = None if status == "dissolved" else "warns"

    like = weighed(desk, "group", {"name": "ทอผ้า", "address": address}, DAY)
    other = weighed(desk, "group", {"name": "กลุ่มข้าวแต๋น", "address": address}, DAY)
    joins = {"group": group(desk, "กลุ่มดอกไม้"), "person": member, "role": "member"}
    joined = weighed(desk, "membership", joins, DAY)

    assert (like.get("like_group"), like.get("second_group")) == (weight, None)
    assert (other.get("like_group"), other.get("second_group")) == (None, weight)
    assert joined.get("other_group") == weight and "member_twice" not in joined
    assert "other_group" not in weighed(desk, "membership", joins | {"left_on": DAY}, DAY)
    assert weighed(desk, "group", old, DAY, first).get("like_group") is None


def test_a_longer_name_is_like_the_shorter_that_it_holds(desk: Desk) -> None:
    group(desk, "กลุ่มทอผ้า")
    address = {"subdistrict": YANSUE}
    for name in ("กลุ่มทอผ้าบ้านเหนือ", "ทอผ้า", "ทอ"):
        said = weighed(desk, "group", {"name": name, "address": address}, DAY)
        assert said == {"like_group": "warns"}, name
    said = weighed(desk, "group", {"name": "กลุ่ม", "address": address}, DAY)
    assert said == {"second_group": "warns"}
    assert weighed(desk, "group", {"name": "ทอผ้า", "address": {}}, DAY) == {}
    assert weighed(desk, "group", {"name": "ทอผ้า"}, DAY) == {}


@pytest.mark.parametrize(
    ("type_", "draft", "code", "weight"),
    [
        ("group", {"founded_on": DAY}, "future", None),
        ("group", {"founded_on": "2025-05-02"}, "future", "refuses"),
        ("group", {}, "future", None),
        ("membership", {"joined_on": "2024-05-10", "left_on": "2024-05-10"}, "order", None),
        ("membership", {"joined_on": "2024-05-10", "left_on": "2024-05-09"}, "order", "refuses"),
        ("membership", {"joined_on": "2024-05-10", "left_on": "2024-05"}, "order", None),
        ("membership", {"joined_on": "2024-05-10", "left_on": "2024-04"}, "order", "refuses"),
        ("membership", {"left_on": "2024-05-09"}, "order", None),
        ("membership", {"joined_on": "2024-05-10"}, "order", None),
    ],
)
def test_days_of_groups_and_members_are_possible(
    desk: Desk, type_: str, draft: dict[str, Any], code: str, weight: str | None
) -> None:
    assert weighed(desk, type_, draft, DAY).get(code) == weight


@pytest.mark.parametrize(
    ("changed", "code", "weight"),
    [
        ({"birth_date": "2005-05-01"}, "under_age", None),
        ({"birth_date": "2005-05-02"}, "under_age", "refuses"),
        ({"birth_date": "2005"}, "age_unknown", "warns"),
        ({"birth_date": "2005-05-01"}, "age_unknown", None),
        ({"nationality": "ลาว"}, "not_thai", "refuses"),
        ({}, "not_thai", None),
        ({"life_status": "dead"}, "dead", "warns"),
        ({"life_status": "living"}, "dead", None),
    ],
)
def test_a_co_borrower_is_thai_of_age_and_living(
    desk: Desk, changed: dict[str, Any], code: str, weight: str | None
) -> None:
    draft = {"group": group(desk), "person": person(desk, 1, **changed), "role": "member"}

    assert weighed(desk, "membership", draft | {"co_borrower": True}, DAY).get(code) == weight
    plain = weighed(desk, "membership", draft, DAY)
    assert plain.get(code) == (weight if code == "dead" else None)
    gone = weighed(desk, "membership", draft | {"left_on": DAY}, DAY)
    assert code not in gone


@pytest.mark.parametrize("role", [code for code, _word in ROLES])
def test_only_the_leaders_seat_is_taken_once(desk: Desk, role: str) -> None:
    made = group(desk)
    kept = join(desk, made, person(desk, 1), role=role)
    draft = {"group": made, "person": person(desk, 2), "role": role}
    weight = "refuses" if role == "leader" else None

    assert weighed(desk, "membership", draft, DAY).get("second_leader") == weight
    own = records.get(desk.store, "membership", kept).data
    assert "second_leader" not in weighed(desk, "membership", own, DAY, kept)
    assert "second_leader" not in weighed(desk, "membership", draft | {"left_on": DAY}, DAY)


def test_members_stand_in_the_order_of_their_roles_and_then_as_entered(desk: Desk) -> None:
    made = group(desk)
    roles = [code for code, _word in ROLES]
    for number, role in enumerate([*reversed(roles), "member", ""], 1):
        from_elsewhere(
            desk,
            "membership",
            {"group": made, "person": person(desk, number)} | ({"role": role} if role else {}),
        )

    with looking(desk, DAY) as view:
        found = [membership.get("role", "") for membership, _person in members_of(view, made)]

    assert found == [*roles, "member", ""]


def test_a_second_place_warns_and_one_that_was_left_does_not(desk: Desk) -> None:
    made, member = group(desk), person(desk)
    kept = join(desk, made, member)
    draft = {"group": made, "person": member, "role": "member"}

    assert weighed(desk, "membership", draft, DAY) == {"member_twice": "warns"}
    assert weighed(desk, "membership", draft, DAY, kept) == {}
    change(desk, "membership", kept, left_on="2025-02-01")
    assert weighed(desk, "membership", draft, DAY) == {}


def test_a_dead_leader_is_said_and_a_dead_member_is_not(desk: Desk) -> None:
    made = group(desk)
    leader, member = person(desk, 1), person(desk, 2)
    join(desk, made, leader, role="leader")
    join(desk, made, member)
    data = records.get(desk.store, "group", made).data

    change(desk, "person", member, life_status="dead")
    assert "leader_died" not in weighed(desk, "group", data, DAY, made)
    change(desk, "person", leader, life_status="dead")
    assert weighed(desk, "group", data, DAY, made)["leader_died"] == "warns"
    assert "leader_died" not in weighed(desk, "group", data, DAY)


@pytest.mark.parametrize(
    ("moves", "weight"),
    [
        ([("14", "2025-01-01")], "warns"),
        ([("14", "2025-01-01"), ("15", "2025-02-01")], None),
        ([("15", "2025-01-01"), ("14", "2025-02-01")], "warns"),
        ([("14", "2025-02-01"), ("15", "2025-01-01")], "warns"),
    ],
)
def test_the_last_move_of_a_group_says_where_it_is(
    desk: Desk, moves: list[tuple[str, str]], weight: str | None
) -> None:
    made = group(desk)
    for office, day in moves:
        line = {"group": made, "to_office": office, "moved_on": day}
        from_elsewhere(desk, "transfer", line)
    data = records.get(desk.store, "group", made).data

    assert weighed(desk, "group", data, DAY, made).get("moved_away") == weight
    assert "moved_away" not in weighed(desk, "group", data, DAY)


@pytest.mark.parametrize("track", TRACKS)
@pytest.mark.parametrize("state", ["done", "doing", "not_applicable", None])
def test_each_track_is_done_or_may_not_apply(desk: Desk, track: str, state: str | None) -> None:
    made = group(desk, **DONE | {f"track_{track}": state})
    set_status(desk, "group", made, "developing")
    is_open = state in ("doing", None) or (
        state == "not_applicable" and track in ("training", "product")
    )

    said = told(desk, made, "complete")

    assert ("open_tracks" in said) == is_open
    assert all(each.warning for each in said.values())
    assert not is_open or said["open_tracks"].field == f"track_{track}"


@pytest.mark.parametrize("status", [code for code, _word in LOAN_STATUSES])
def test_a_group_with_a_file_that_has_not_ended_is_dissolved_with_a_reason(
    desk: Desk, status: str
) -> None:
    made = group(desk)
    draft = {"borrower_kind": "group", "group": made, "round": "2568-1", "status": status}
    from_elsewhere(desk, "loan_file", draft)

    said = told(desk, made, "dissolve")

    assert ("open_loan" in said) == (status not in ENDED)
    assert status in ENDED or said["open_loan"].warning


@pytest.mark.parametrize(("count", "is_few"), [(4, True), (5, False)])
def test_a_group_of_five_has_members_enough(desk: Desk, count: int, is_few: bool) -> None:
    made = home(desk, of=[{}] * count)
    set_status(desk, "group", made, "checking")

    said = told(desk, made, "register")

    assert ("few_members" in said) == is_few and not said["no_leader"].warning
    assert not is_few or said["few_members"].warning


def test_a_visit_to_another_group_is_none(desk: Desk) -> None:
    made = group(desk, **DONE)
    set_status(desk, "group", made, "developing")
    visit(desk, group=group(desk, "กลุ่มทอผ้า"))
    assert "not_visited" in told(desk, made, "complete")
    visit(desk, group=made)
    assert "not_visited" not in told(desk, made, "complete")
