"""Both sides of every border of a loan file's rules, and whether a rule refuses or only warns."""

from typing import Any

import pytest

from app.core.codes.loan import BORROWER_KINDS, ENDED, LOAN_STATUSES
from app.services.office.desk import Desk
from app.services.records import records
from tests.makers.office import (
    announce,
    borrowing_group,
    change,
    from_elsewhere,
    group,
    join,
    loan,
    person,
    set_status,
    weighed,
)

NOWHERE = "0190aaaa-0000-7000-8000-000000000000"
DAY = "2025-05-01"
ALONE = loan(NOWHERE, "individual", months=12)
TOGETHER = loan(NOWHERE, months=12)
LINE = {"item": "ก", "quantity": 2, "unit_price": 2_500_000}


@pytest.mark.parametrize(
    ("draft", "code", "weight"),
    [
        (ALONE | {"amount_requested": 5_000_000}, "ceiling", None),
        (ALONE | {"amount_requested": 5_000_001}, "ceiling", "refuses"),
        (ALONE | {"amount_requested": 1}, "announced_least", None),
        (TOGETHER | {"amount_requested": 30_000_000}, "ceiling", None),
        (TOGETHER | {"amount_requested": 30_000_001}, "ceiling", "refuses"),
        (TOGETHER | {"amount_requested": 5_000_000}, "announced_least", None),
        (TOGETHER | {"amount_requested": 4_999_999}, "announced_least", "warns"),
        (TOGETHER | {"amount_requested": None}, "ceiling", None),
        (TOGETHER | {"borrower_kind": None, "amount_requested": 30_000_001}, "ceiling", None),
        (TOGETHER | {"round": "9999-9", "amount_requested": 30_000_001}, "ceiling", None),
        (TOGETHER | {"round": "9999-9"}, "round", "refuses"),
        (TOGETHER | {"round": None}, "round", None),
        (TOGETHER, "round", None),
        (ALONE | {"months": 24}, "months", None),
        (ALONE | {"months": 25}, "months", "refuses"),
        (TOGETHER | {"months": 60}, "months", None),
        (TOGETHER | {"months": 61}, "months", "refuses"),
        (ALONE | {"purpose_lines": [LINE]}, "purpose_sum", None),
        (ALONE | {"purpose_lines": [LINE | {"quantity": 3}]}, "purpose_sum", "warns"),
        (ALONE | {"purpose_lines": [LINE, LINE]}, "purpose_sum", "warns"),
        (ALONE | {"purpose_lines": [LINE | {"quantity": 1}] * 2}, "purpose_sum", None),
        (ALONE | {"purpose_lines": [LINE, {"unit_price": 1}]}, "purpose_sum", None),
        (ALONE | {"purpose_lines": [LINE, {"quantity": 1}]}, "purpose_sum", None),
        (ALONE | {"purpose_lines": []}, "purpose_sum", None),
        (ALONE, "purpose_sum", None),
        (ALONE | {"submitted_on": DAY}, "future", None),
        (ALONE | {"submitted_on": "2025-05-02"}, "future", "warns"),
        (ALONE | {"submitted_on": "2025-04-01"}, "late", "warns"),
        (ALONE | {"submitted_on": "2025-04-01", "continues": NOWHERE}, "late", None),
        (ALONE | {"submitted_on": "2024-11-30"}, "early", "warns"),
        (ALONE | {"submitted_on": "2024-11-30", "round": "9999-9"}, "early", None),
        (ALONE | {"docs_complete_on": "2025-03-31"}, "late", None),
        (ALONE | {"docs_complete_on": "2025-04-01"}, "late", "warns"),
        (
            ALONE | {"docs_complete_on": "2025-03-31", "submitted_on": "2025-04-01"},
            "late",
            "warns",
        ),
        (ALONE | {"docs_complete_on": "2025-03-10"}, "order", None),
        (ALONE | {"docs_complete_on": "2025-03-09"}, "order", "refuses"),
        (ALONE | {"contract_on": "2025-03-10"}, "order", None),
        (ALONE | {"contract_on": "2025-03-09"}, "order", "refuses"),
        (ALONE | {"contract_on": "2025-03-09", "submitted_on": None}, "order", None),
        (ALONE | {"docs_complete_on": "2025-03-09", "submitted_on": None}, "order", None),
        (ALONE | {"borrower_capital": 500_000}, "capital", None),
        (ALONE | {"borrower_capital": 499_999}, "capital", "refuses"),
        (ALONE | {"borrower_capital": None}, "capital", "warns"),
        (ALONE | {"borrower_capital": None, "continues": NOWHERE}, "capital", None),
        (ALONE | {"borrower_capital": None, "round": "9999-9"}, "capital", None),
        (ALONE, "missing", None),
        (ALONE | {"person": None}, "missing", "refuses"),
        (TOGETHER, "missing", None),
        (TOGETHER | {"group": None}, "missing", "refuses"),
        (TOGETHER | {"group": None, "borrower_kind": None}, "missing", None),
    ],
)
def test_a_rule_of_a_file_speaks_on_one_side_of_its_border(
    desk: Desk, draft: dict[str, Any], code: str, weight: str | None
) -> None:
    assert weighed(desk, "loan_file", draft, DAY).get(code) == weight


def test_a_borrower_is_a_person_or_a_group_and_nothing_else() -> None:
    assert [code for code, _word in BORROWER_KINDS] == ["individual", "group"]


@pytest.mark.parametrize(
    ("changed", "code", "weight"),
    [
        ({"birth_date": "2005-03-10"}, "under_age", None),  # twenty on the day of the submission
        ({"birth_date": "2005-03-11"}, "under_age", "refuses"),
        ({"birth_date": "2005"}, "age_unknown", "warns"),
        ({"birth_date": "2005"}, "under_age", None),
        ({"birth_date": None}, "age_unknown", "warns"),
        ({"birth_date": "2004"}, "age_unknown", None),
        ({"nationality": "ลาว"}, "not_thai", "refuses"),
        ({}, "not_thai", None),
        ({"life_status": "dead"}, "dead", "refuses"),
        ({"life_status": "living"}, "dead", None),
        ({}, "borrower_died", None),
    ],
)
def test_a_person_who_borrows_is_thai_of_age_and_living(
    desk: Desk, changed: dict[str, Any], code: str, weight: str | None
) -> None:
    draft = loan(person(desk, 1, **changed), "individual")

    assert weighed(desk, "loan_file", draft, DAY).get(code) == weight
    of_a_group = draft | {"borrower_kind": "group"}
    assert code not in weighed(desk, "loan_file", of_a_group, DAY)
    elsewhere = draft | {"round": "9999-9"}
    assert code not in weighed(desk, "loan_file", elsewhere, DAY)


def test_without_a_day_of_submission_an_age_is_that_of_today(desk: Desk) -> None:
    draft = loan(person(desk, 1, birth_date="2005-05-02"), "individual", submitted_on=None)

    assert "under_age" in weighed(desk, "loan_file", draft, "2025-05-01")
    assert "under_age" not in weighed(desk, "loan_file", draft, "2025-05-02")


def test_a_borrower_who_dies_is_flagged_in_the_file_and_refused_in_a_new_one(desk: Desk) -> None:
    alone = person(desk)
    file = records.save(desk.store, "loan_file", loan(alone, "individual")).id
    change(desk, "person", alone, life_status="dead")
    draft = records.get(desk.store, "loan_file", file).data

    kept = weighed(desk, "loan_file", draft, DAY, file)
    new = weighed(desk, "loan_file", draft, DAY)

    assert kept["borrower_died"] == "warns" and "dead" not in kept
    assert new["dead"] == "refuses" and "borrower_died" not in new


def test_who_may_borrow_is_asked_until_the_contract_and_not_after(desk: Desk) -> None:
    alone = person(desk)
    draft = loan(alone, "individual")
    signed = records.save(desk.store, "loan_file", draft | {"contract_on": "2025-04-20"}).id
    change(desk, "person", alone, nationality="ลาว", birth_date="2010")
    poor = draft | {"borrower_capital": 1}
    codes = {"not_thai", "under_age", "capital"}

    assert codes <= weighed(desk, "loan_file", poor, DAY).keys()
    assert not codes & weighed(desk, "loan_file", poor, DAY, signed).keys()


@pytest.mark.parametrize(
    ("fifth", "code", "weight"),
    [
        ({}, "few_members", None),
        ({"nationality": "ลาว"}, "few_members", "refuses"),
        ({"birth_date": "2005-03-10"}, "few_members", None),
        ({"birth_date": "2005-03-11"}, "few_members", "refuses"),
        ({"birth_date": "2005"}, "few_members", None),
        ({"birth_date": "2005"}, "age_unknown", "warns"),
        ({"birth_date": "2005-03-10"}, "age_unknown", None),
        ({"life_status": "dead"}, "few_members", "refuses"),
    ],
)
def test_a_group_has_five_who_may_borrow(
    desk: Desk, fifth: dict[str, Any], code: str, weight: str | None
) -> None:
    made = borrowing_group(desk, members=4)
    reasons = {"dead": "ยังไม่ได้แจ้ง"}
    join(desk, made, person(desk, 50, **fifth), reasons=reasons)
    draft = loan(made)

    assert weighed(desk, "loan_file", draft, DAY).get(code) == weight
    for changed in ({"round": "9999-9"}, {"borrower_kind": "individual"}):
        assert code not in weighed(desk, "loan_file", draft | changed, DAY)


@pytest.mark.parametrize(
    ("changed", "code", "weight"),
    [
        ({"capital": 1_000_000}, "capital", None),
        ({"capital": 999_999}, "capital", "refuses"),
        ({"capital": None}, "capital", "warns"),
        ({"founded_on": "2024-12-10"}, "young_group", None),
        ({"founded_on": "2024-12-11"}, "young_group", "warns"),
        ({"founded_on": None}, "young_group", None),
    ],
)
def test_a_group_is_rich_and_old_enough(
    desk: Desk, changed: dict[str, Any], code: str, weight: str | None
) -> None:
    draft = loan(group(desk, **changed))

    assert weighed(desk, "loan_file", draft, DAY).get(code) == weight
    for other in ({"round": "9999-9"}, {"borrower_kind": "individual"}):
        assert code not in weighed(desk, "loan_file", draft | other, DAY).keys() - {"capital"}


@pytest.mark.parametrize(
    ("kind", "weight"),
    [
        ("home_worker", None),
        ("community_enterprise", "warns"),
        ("cooperative", "warns"),
        ("otop", "warns"),
    ],
)
def test_only_the_registration_of_home_workers_lets_a_group_borrow(
    desk: Desk, kind: str, weight: str | None
) -> None:
    made = group(desk)
    from_elsewhere(desk, "group_registration", {"group": made, "kind": kind, "number": "1"})

    said = weighed(desk, "loan_file", loan(made), DAY)

    assert said.get("homeworker_registration") == weight


def test_what_a_group_must_be_is_not_asked_again_after_the_contract(desk: Desk) -> None:
    made = borrowing_group(desk)
    signed = records.save(desk.store, "loan_file", loan(made, contract_on="2025-04-20")).id
    other = group(desk, "กลุ่มทอผ้า", capital=1)
    member = person(desk, 60)
    join(desk, other, member)
    join(desk, other, person(desk, 61))
    join(desk, made, member, reasons={"other_group": "รอลาออก"})
    codes = {"few_members", "capital", "homeworker_registration", "other_group"}

    new = weighed(desk, "loan_file", loan(other), DAY)
    assert {code: new.get(code) for code in codes} == {
        "few_members": "refuses",
        "capital": "refuses",
        "homeworker_registration": "warns",
        "other_group": "refuses",
    }
    assert not codes & weighed(desk, "loan_file", loan(other), DAY, signed).keys()
    assert "other_group" not in weighed(
        desk, "loan_file", loan(other) | {"borrower_kind": "individual"}, DAY
    )
    announce(desk, needs_homeworker_registration=False)
    assert "other_group" not in weighed(desk, "loan_file", loan(other), DAY)


@pytest.mark.parametrize("status", [code for code, _word in LOAN_STATUSES])
def test_an_open_file_stands_in_the_way_of_another_until_it_has_ended(
    desk: Desk, status: str
) -> None:
    alone = person(desk)
    first = records.save(desk.store, "loan_file", loan(alone, "individual")).id
    set_status(desk, "loan_file", first, status) if status != "draft" else None
    draft = loan(alone, "individual")

    said = weighed(desk, "loan_file", draft, DAY).get("open_loan")
    own = records.get(desk.store, "loan_file", first).data

    assert said == (None if status in ENDED else "warns")
    assert "open_loan" not in weighed(desk, "loan_file", own, DAY, first)
    ended = draft | {"status": "closed"}
    assert "open_loan" not in weighed(desk, "loan_file", ended, DAY)


def test_these_six_statuses_have_ended() -> None:
    ended = {"refused", "closed", "withdrawn", "late_application", "late_contract", "restructured"}
    assert set(ENDED) == ended


def test_the_allotment_is_asked_until_the_contract_and_not_of_a_file_that_goes_on(
    desk: Desk,
) -> None:
    letter = {"round": "2568-1", "as_of": "2025-01-01", "amount": 4_999_999}
    from_elsewhere(desk, "allotment_letter", letter)
    draft = loan(person(desk), "individual")
    reasons = {"allotment": "สอบถามแล้ว"}
    signed = records.save(
        desk.store, "loan_file", draft | {"contract_on": "2025-04-20"}, reasons=reasons
    ).id

    assert weighed(desk, "loan_file", draft, DAY)["allotment"] == "warns"
    exact = draft | {"amount_requested": 4_999_999}
    for none in (exact, draft | {"continues": NOWHERE}, draft | {"amount_requested": 0}):
        assert "allotment" not in weighed(desk, "loan_file", none, DAY)
    assert "allotment" not in weighed(desk, "loan_file", draft, DAY, signed)


def test_an_allotment_that_is_used_up_says_nothing_of_a_file_without_a_sum(desk: Desk) -> None:
    from_elsewhere(
        desk, "allotment_letter", {"round": "2568-1", "as_of": "2025-01-01", "amount": 0}
    )
    draft = loan(NOWHERE)

    assert "allotment" in weighed(desk, "loan_file", draft | {"amount_requested": 1}, DAY)
    del draft["amount_requested"]
    assert "allotment" not in weighed(desk, "loan_file", draft, DAY)


def test_a_file_whose_papers_are_wanting_is_late_once_the_round_has_closed(desk: Desk) -> None:
    file = records.save(desk.store, "loan_file", loan(person(desk), "individual")).id
    data = records.get(desk.store, "loan_file", file).data
    assert "late" not in weighed(desk, "loan_file", data, "2025-04-01", file)

    records.save(
        desk.store,
        "document",
        {"loan_file": file, "kind": "id_card", "status": "missing", "note": "ข้อมูลตัวอย่าง"},
    )

    assert "late" not in weighed(desk, "loan_file", data, "2025-03-31", file)
    assert weighed(desk, "loan_file", data, "2025-04-01", file)["late"] == "warns"
    complete = data | {"docs_complete_on": "2025-03-20"}
    said = weighed(desk, "loan_file", complete, "2025-04-01", file)
    assert "late" not in said and said["documents_missing"] == "warns"
    assert "documents_missing" not in weighed(desk, "loan_file", data, "2025-04-01", file)
