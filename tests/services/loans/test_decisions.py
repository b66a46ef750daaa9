"""The decision of a loan file: a letter typed at the office, and the centre's own that counts."""

from typing import Any

import pytest

from app.services.loans.decisions import Decision, contract_by, decision_of
from app.services.office.desk import Desk
from app.services.printing import gathering
from app.services.records import records
from tests.makers.office import (
    announce,
    borrowing_group,
    change,
    from_elsewhere,
    loan,
    looking,
    said,
    stopped,
)

DAY = "2025-05-01"


def file_of(desk: Desk, **changed: Any) -> str:
    return records.save(desk.store, "loan_file", loan(borrowing_group(desk), **changed)).id


def letter(file: str, **changed: Any) -> dict[str, Any]:
    draft = {
        "loan_file": file,
        "outcome": "approved",
        "amount": 20_000_000,
        "decided_on": "2025-04-10",
        "letter_no": "รง 0308/55",
    }
    return draft | changed


def decided(desk: Desk, file: str) -> Decision | None:
    with looking(desk, DAY) as view:
        return decision_of(view, file)


def schedule(desk: Desk, file: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = records.get(desk.store, "loan_file", file).data["schedule"]
    return rows


def test_the_latest_letter_counts_until_the_centre_says_it_itself(desk: Desk) -> None:
    file = file_of(desk)
    assert decided(desk, file) is None

    records.save(desk.store, "decision_letter", letter(file, outcome="returned", amount=None))
    records.save(desk.store, "decision_letter", letter(file, decided_on="2025-04-20"))
    typed = decided(desk, file)
    assert typed and typed.approves and not typed.is_of_the_centre
    assert (typed.amount, typed.decided_on) == (20_000_000, "2025-04-20")

    from_elsewhere(
        desk,
        "loan_decision",
        {"loan_file": file, "outcome": "partly", "amount": 15_000_000, "decided_on": "2025-04-19"},
    )
    own = decided(desk, file)
    assert own and own.is_of_the_centre and (own.outcome, own.amount) == ("partly", 15_000_000)

    differs = said(desk, "decision_letter", letter(file))["centre_differs"]
    assert differs.warning and "150,000.00" in differs.message
    same = letter(file, outcome="partly", amount=15_000_000)
    assert "centre_differs" not in said(desk, "decision_letter", same)


@pytest.mark.parametrize(
    ("changed", "code", "warning"),
    [
        ({"amount": None}, "missing", False),
        ({"outcome": "refused"}, "no_sum", False),
        ({"amount": 20_000_100}, "more_than_asked", False),
        ({"amount": 19_999_900}, "outcome_and_sum", True),
        ({"outcome": "partly"}, "outcome_and_sum", True),
        ({"decided_on": "2025-03-09"}, "order", False),
        ({"decided_on": "2999-01-01"}, "future", False),
        ({"contract_by": "2025-04-09"}, "order", False),
    ],
)
def test_what_is_said_of_a_letter(
    desk: Desk, changed: dict[str, Any], code: str, warning: bool
) -> None:
    found = said(desk, "decision_letter", letter(file_of(desk), **changed))

    assert set(found) == {code} and found[code].warning is warning


def test_a_sound_letter_and_one_of_a_file_that_is_not_here_say_nothing_more(desk: Desk) -> None:
    file = file_of(desk)
    for sound in (
        letter(file),
        letter(file, outcome="partly", amount=1_000_000, contract_by="2025-06-30"),
        letter(file, outcome="refused", amount=None),
    ):
        assert said(desk, "decision_letter", sound) == {}
    nowhere = letter("0190aaaa-0000-7000-8000-000000000000", decided_on=None)
    assert set(said(desk, "decision_letter", nowhere)) == {"missing", "not_here"}


def test_the_table_is_of_the_sum_approved_once_it_is_decided(desk: Desk) -> None:
    file = file_of(desk)
    assert sum(row["principal"] for row in schedule(desk, file)) == 20_000_000

    part = letter(file, outcome="partly", amount=5_000_000)
    records.save(desk.store, "decision_letter", part)
    change(desk, "loan_file", file, contract_on="2025-04-20")

    principals = [row["principal"] for row in schedule(desk, file)]
    assert principals == [208_300] * 23 + [209_100]
    with desk.store.read():
        assert gathering.gather(desk.store, "instalment_table", file).amount == 5_000_000


def test_a_decision_that_comes_after_the_contract_leaves_its_table_alone(desk: Desk) -> None:
    file = file_of(desk, contract_on="2025-04-20")
    signed = schedule(desk, file)

    records.save(desk.store, "decision_letter", letter(file, outcome="partly", amount=5_000_000))
    change(desk, "loan_file", file, first_due_on="2025-06-05")
    assert [row["principal"] for row in schedule(desk, file)] == [
        row["principal"] for row in signed
    ]

    change(desk, "loan_file", file, contract_on=None)
    assert sum(row["principal"] for row in schedule(desk, file)) == 5_000_000


def test_the_last_day_for_the_contract_is_the_decisions_else_the_rounds(desk: Desk) -> None:
    file = file_of(desk)
    data = records.get(desk.store, "loan_file", file).data
    signed = data | {"contract_on": "2025-07-01"}
    assert "late_contract" not in said(desk, "loan_file", signed, file)

    announce(desk, contract_by="2025-06-30")
    stop = said(desk, "loan_file", signed, file)["late_contract"]
    assert not stop.warning and stop.source.startswith("S9") and "30 มิ.ย. 2568" in stop.message

    records.save(desk.store, "decision_letter", letter(file, contract_by="2025-07-15"))
    assert "late_contract" not in said(desk, "loan_file", signed, file)
    with looking(desk, DAY) as view:
        assert str(contract_by(view, file, data)) == "2025-07-15"
        assert contract_by(view, "", {}) is None
    later = data | {"contract_on": "2025-07-16"}
    assert "late_contract" in stopped_over(desk, file, later)


def stopped_over(desk: Desk, file: str, draft: dict[str, Any]) -> set[str]:
    return {code for code, each in said(desk, "loan_file", draft, file).items() if not each.warning}


def test_nothing_is_decided_for_a_draft_that_has_no_file_yet(desk: Desk) -> None:
    assert stopped(desk, "loan_file", loan(borrowing_group(desk))) == set()
