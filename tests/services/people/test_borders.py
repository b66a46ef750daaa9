"""Both sides of every border of a person's rules, and whether a rule refuses or only warns."""

from typing import Any

import pytest

from app.core import thai
from app.core.codes.group import ROLES
from app.core.codes.loan import ENDED, GUARANTOR_KINDS, LOAN_STATUSES
from app.core.codes.person import ID_KINDS, ID_VERIFIED, INCOME_BANDS, LIFE_STATUS
from app.services.office.desk import Desk
from app.services.records import records
from tests.makers.office import (
    YANSUE,
    from_elsewhere,
    group,
    id_number,
    join,
    loan,
    person,
    set_status,
    weighed,
)

DAY = "2025-05-01"
NUMBER = id_number(1)
PERSON = {"id_kind": "thai13", "id_no": NUMBER, "first_th": "สมชาย", "nationality": "ไทย"}
BORDERS = {  # the least and the most whole baht of each band
    "1-5000": (1, 5_000),
    "5001-9000": (5_001, 9_000),
    "9001-15000": (9_001, 15_000),
    "15001-20000": (15_001, 20_000),
    "20001-30000": (20_001, 30_000),
    "30001-40000": (30_001, 40_000),
    "40001-": (40_001, 10**9),
}


def begins_with(digit: str) -> str:
    first12 = f"{digit}{1:011d}"
    return first12 + thai.citizen_id_check_digit(first12)


@pytest.mark.parametrize(
    ("changed", "code", "weight"),
    [
        ({"id_kind": "none", "id_no": ""}, "no_id", "warns"),
        ({"id_kind": "none", "id_no": ""}, "missing", None),
        ({"id_kind": "passport", "id_no": ""}, "missing", "refuses"),
        ({"id_kind": "passport", "id_no": "", "passport_no": "AB1"}, "missing", None),
        ({"id_kind": "passport", "id_no": "9100"}, "citizen_id_check", None),
        ({"id_kind": "foreigner13", "id_no": ""}, "missing", "refuses"),
        ({"id_kind": "thai13", "id_no": ""}, "missing", "refuses"),
        ({"id_no": None}, "missing", "refuses"),
        ({}, "citizen_id_check", None),
        ({"id_no": NUMBER[:12] + str((int(NUMBER[12]) + 1) % 10)}, "citizen_id_check", "warns"),
        ({"id_no": NUMBER[:12]}, "citizen_id_check", None),
        ({"id_no": begins_with("0")}, "id_kind_digit", "warns"),
        ({"id_no": begins_with("5")}, "id_kind_digit", None),
        ({"id_no": begins_with("6")}, "id_kind_digit", "warns"),
        ({"id_no": begins_with("7")}, "id_kind_digit", "warns"),
        ({"id_no": begins_with("8")}, "id_kind_digit", None),
        ({"id_no": begins_with("6"), "id_kind": "foreigner13"}, "id_kind_digit", None),
        ({"birth_date": DAY}, "future", None),
        ({"birth_date": "2025-05-02"}, "future", "refuses"),
        ({"died_on": DAY, "life_status": "dead"}, "future", None),
        ({"died_on": "2025-05-02", "life_status": "dead"}, "future", "refuses"),
        ({"died_on": "2025-04-01", "life_status": "living"}, "not_dead", "refuses"),
        ({"died_on": "2025-04-01", "life_status": "dead"}, "not_dead", None),
        ({"life_status": "living"}, "not_dead", None),
        ({"birth_date": "2020-03-01", "died_on": "2020-03-01"}, "order", None),
        ({"birth_date": "2020-03-02", "died_on": "2020-03-01"}, "order", "refuses"),
        ({"birth_date": "2020-03-02", "died_on": "2020-03"}, "order", None),
        ({"died_on": "2020-03"}, "order", None),
        ({"address": {"subdistrict": YANSUE, "postcode": "14000"}}, "postcode", None),
        ({"address": {"subdistrict": YANSUE, "postcode": "10200"}}, "postcode", "warns"),
        ({"current_address": {"subdistrict": YANSUE, "postcode": "10200"}}, "postcode", "warns"),
        ({"address": {"subdistrict": YANSUE}}, "postcode", None),
        ({"address": {"subdistrict": "999999"}}, "place", "refuses"),
        ({"current_address": {"subdistrict": "999999"}}, "place", "refuses"),
        ({"address": {"postcode": "10200"}}, "place", None),
        ({"address": {"postcode": "10200"}}, "postcode", None),
    ],
)
def test_a_rule_of_a_person_speaks_on_one_side_of_its_border(
    desk: Desk, changed: dict[str, Any], code: str, weight: str | None
) -> None:
    assert weighed(desk, "person", PERSON | changed, DAY).get(code) == weight


@pytest.mark.parametrize("band", [code for code, _word in INCOME_BANDS])
def test_an_income_falls_in_its_band_from_the_least_to_the_most_satang(
    desk: Desk, band: str
) -> None:
    least, most = BORDERS[band]

    def doubted(satang: int) -> bool:
        draft = PERSON | {"income_band": band, "income": satang}
        return weighed(desk, "person", draft, DAY).get("income_band") == "warns"

    assert [doubted(least * 100 - 1), doubted(least * 100)] == [True, False]
    assert [doubted(most * 100 + 99), doubted(most * 100 + 100)] == [False, True]
    assert "income_band" not in weighed(desk, "person", PERSON | {"income_band": band}, DAY)


@pytest.mark.parametrize("verified", [code for code, _word in ID_VERIFIED])
def test_only_a_number_typed_from_a_copy_is_typed_twice(desk: Desk, verified: str) -> None:
    said = weighed(desk, "person", PERSON | {"id_verified": verified}, DAY)
    assert said.get("typed_twice") == ("warns" if verified == "typed" else None)

    without = PERSON | {"id_verified": verified, "id_no": ""}
    assert "typed_twice" not in weighed(desk, "person", without, DAY)


@pytest.mark.parametrize(
    ("again", "weight"),
    [
        (NUMBER, "warns"),
        (thai.format_citizen_id(NUMBER), "warns"),
        (NUMBER[:12], "refuses"),
        (NUMBER + "1", "refuses"),
        ("", "refuses"),
    ],
)
def test_the_second_typing_is_the_first(desk: Desk, again: str, weight: str) -> None:
    draft = PERSON | {"id_verified": "typed", "reasons": {"typed_twice": again}}
    assert weighed(desk, "person", draft, DAY)["typed_twice"] == weight


def test_the_first_digit_that_differs_is_counted_from_one(desk: Desk) -> None:
    for place in (1, 2, 13):
        other = "1" if NUMBER[place - 1] != "1" else "2"
        again = NUMBER[: place - 1] + other + NUMBER[place:]
        draft = PERSON | {"id_verified": "typed", "reasons": {"typed_twice": again}}
        found = [
            each.message
            for each in records.check(desk.store, "person", draft)
            if each.code == "typed_twice" and not each.warning
        ]
        assert len(found) == 1 and f" {place} " in found[0].replace("หลักที่", " "), found


@pytest.mark.parametrize("status", [code for code, _word in LOAN_STATUSES])
@pytest.mark.parametrize("how", ["own", "shared", "answered"])
def test_a_death_names_each_file_that_has_not_ended(desk: Desk, status: str, how: str) -> None:
    died = person(desk, 1)
    made = group(desk)
    join(desk, made, died, co_borrower=how == "shared")
    borrower = died if how == "own" else person(desk, 2)
    draft = (
        loan(borrower, "individual")
        if how != "shared"
        else {"borrower_kind": "group", "group": made, "round": "2568-1"}
    )
    file = from_elsewhere(desk, "loan_file", draft | {"status": status})
    if how == "answered":
        from_elsewhere(desk, "guarantor", {"loan_file": file, "person": died, "kind": "company"})
    data = records.get(desk.store, "person", died).data

    said = weighed(desk, "person", data | {"life_status": "dead"}, DAY, died)

    assert said.get("files_open") == (None if status in ENDED else "warns")
    assert said["still_member"] == "warns"
    assert not {"files_open", "still_member"} & weighed(desk, "person", data, DAY, died).keys()


@pytest.mark.parametrize("life_status", [code for code, _word in LIFE_STATUS])
def test_only_a_death_asks_what_it_leaves(desk: Desk, life_status: str) -> None:
    member = person(desk)
    join(desk, group(desk), member)
    data = records.get(desk.store, "person", member).data | {"life_status": life_status}

    said = weighed(desk, "person", data, DAY, member)

    assert said.get("still_member") == ("warns" if life_status == "dead" else None)


@pytest.mark.parametrize("role", [code for code, _word in ROLES])
def test_a_group_without_its_leader_is_told_to_choose_one(desk: Desk, role: str) -> None:
    member = person(desk)
    join(desk, group(desk), member, role=role)
    data = records.get(desk.store, "person", member).data | {"life_status": "dead"}

    (problem,) = [
        each
        for each in records.check(desk.store, "person", data, record_id=member)
        if each.code == "still_member"
    ]

    assert ("เลือกประธาน" in problem.message or "ผู้นำ" in problem.message) == (role == "leader")


def test_a_number_that_is_here_already_names_its_person_once(desk: Desk) -> None:
    first = person(desk, 1)
    from_elsewhere(desk, "person", PERSON)

    found = [each for each in records.check(desk.store, "person", PERSON) if each.warning]

    assert [each.code for each in found].count("duplicate_id") == 1
    own = records.get(desk.store, "person", first).data
    assert weighed(desk, "person", own, DAY, first)["duplicate_id"] == "warns"  # the other one
    assert "duplicate_id" not in weighed(desk, "person", PERSON | {"id_no": ""}, DAY)


@pytest.mark.parametrize("kind", [code for code, _word in ID_KINDS])
def test_each_kind_of_id_asks_for_something(desk: Desk, kind: str) -> None:
    said = weighed(desk, "person", {"id_kind": kind, "first_th": "ก"}, DAY)

    assert said == ({"no_id": "warns"} if kind == "none" else {"missing": "refuses"})


@pytest.mark.parametrize("kind", [code for code, _word in GUARANTOR_KINDS])
def test_whoever_answers_for_a_file_is_named_at_death(desk: Desk, kind: str) -> None:
    died = person(desk, 1)
    file = from_elsewhere(desk, "loan_file", loan(person(desk, 2), "individual"))
    from_elsewhere(desk, "guarantor", {"loan_file": file, "person": died, "kind": kind})
    data = records.get(desk.store, "person", died).data | {"life_status": "dead"}

    assert weighed(desk, "person", data, DAY, died)["files_open"] == "warns"


@pytest.mark.parametrize(
    ("changed", "code", "weight"),
    [
        ({"given_on": DAY}, "future", None),
        ({"given_on": "2025-05-02"}, "future", "refuses"),
        ({"given_on": "2025-04-02", "withdrawn_on": "2025-04-02"}, "order", None),
        ({"given_on": "2025-04-02", "withdrawn_on": "2025-04-01"}, "order", "refuses"),
        ({"given_on": "2025-04-02"}, "order", None),
        ({"given_on": "2025-04-02", "withdrawn_on": DAY, "agrees": False}, "not_given", "refuses"),
        ({"given_on": "2025-04-02", "withdrawn_on": DAY, "agrees": True}, "not_given", None),
        ({"given_on": "2025-04-02", "withdrawn_on": DAY}, "not_given", None),
        ({"given_on": "2025-04-02", "agrees": False}, "not_given", None),
    ],
)
def test_the_days_of_an_answer_are_possible(
    desk: Desk, changed: dict[str, Any], code: str, weight: str | None
) -> None:
    assert weighed(desk, "consent", changed, DAY).get(code) == weight


def test_a_file_that_was_set_to_an_end_is_named_no_more(desk: Desk) -> None:
    died = person(desk)
    file = records.save(desk.store, "loan_file", loan(died, "individual")).id
    data = records.get(desk.store, "person", died).data | {"life_status": "dead"}
    assert "files_open" in weighed(desk, "person", data, DAY, died)

    set_status(desk, "loan_file", file, "withdrawn")

    assert "files_open" not in weighed(desk, "person", data, DAY, died)
