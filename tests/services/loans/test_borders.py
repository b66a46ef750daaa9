"""Both sides of the borders that a loan stands on: days, sums, codes, and the second act."""

from datetime import date

import pytest

from app.services.loans.allocation import lay
from app.services.loans.autofill import with_schedule
from app.services.loans.loan_account import Account
from app.services.office.desk import Desk
from app.services.records import acts, records
from app.services.records.autofill import complete
from tests.makers import older
from tests.makers.office import ROUND, loan, looking, person, said, told

DRAFT = {"round": ROUND, "amount_requested": 5_000_000, "months": 12}


@pytest.mark.parametrize(
    ("day", "is_said"),
    [("2024-11-30", True), ("2024-12-01", False), ("2024-12-02", False)],
)
def test_a_file_of_the_opening_day_is_not_early(desk: Desk, day: str, is_said: bool) -> None:
    assert (
        "early" in told(desk, "loan_file", DRAFT | {"submitted_on": day}, "2025-05-01")
    ) == is_said


@pytest.mark.parametrize(
    ("day", "is_said"),
    [("2025-03-30", False), ("2025-03-31", False), ("2025-04-01", True)],
)
def test_a_file_of_the_closing_day_is_not_late(desk: Desk, day: str, is_said: bool) -> None:
    assert (
        "late" in told(desk, "loan_file", DRAFT | {"submitted_on": day}, "2025-05-01")
    ) == is_said


@pytest.mark.parametrize(
    ("status", "is_wanting"),
    [("complete", False), ("missing", True), ("to_correct", True), ("not_applicable", False)],
)
def test_a_document_that_is_to_be_corrected_is_wanting_like_a_missing_one(
    desk: Desk, status: str, is_wanting: bool
) -> None:
    file = records.save(desk.store, "loan_file", loan(person(desk), "individual")).id
    paper = {"loan_file": file, "kind": "id_card", "status": status, "note": "ข้อมูลตัวอย่าง"}
    records.save(desk.store, "document", paper)
    draft = records.get(desk.store, "loan_file", file).data | {"docs_complete_on": "2025-03-12"}

    found = said(desk, "loan_file", draft, file)

    assert ("documents_missing" in found) == is_wanting


SCHEDULE = [
    {
        "number": 1,
        "due_on": "2025-02-05",
        "principal": 100_00,
        "interest": 10_00,
        "balance": 200_00,
    },
    {"number": 2, "due_on": "2025-03-05", "principal": 100_00, "interest": 8_00, "balance": 100_00},
    {"number": 3, "due_on": "2025-04-05", "principal": 100_00, "interest": 6_00, "balance": 0},
]


@pytest.mark.parametrize(
    ("paid", "goes_on_with"),
    [
        (0, 318_00),  # both interests that fell due by the day
        (4_00, 314_00),  # a part of the first interest
        (10_00, 308_00),  # the first interest whole: never asked for again
        (110_00, 208_00),
        (118_00, 200_00),  # the second interest of the very day
    ],
)
def test_a_new_file_goes_on_without_the_interest_that_was_paid(
    paid: int, goes_on_with: int
) -> None:
    account = Account(date(2025, 3, 5), lay(SCHEDULE, paid), paid)

    assert account.to_restructure == goes_on_with


@pytest.mark.parametrize(
    ("submitted_on", "free"), [("2025-03-04", 23), ("2025-03-05", 23), ("2025-03-06", 22)]
)
def test_an_instalment_due_on_the_very_day_of_the_new_file_had_not_run(
    desk: Desk, submitted_on: str, free: int
) -> None:
    former = records.save(desk.store, "loan_file", loan(person(desk), "individual"))

    data = records.get(desk.store, "loan_file", former.id)
    kept = data.data | {"schedule": SCHEDULE, "status": "restructured"}
    acts.act(desk.store, lambda acting: older.put(acting, "loan_file", former.id, kept, data.heads))
    new = loan("", "individual", months=60, submitted_on=submitted_on, continues=former.id)

    with looking(desk, "2025-05-01") as view:
        rows = with_schedule(view, "", new)["schedule"]

    assert len([row for row in rows if not row["interest"]]) == free


def test_after_9999_comes_10000_and_then_10001(desk: Desk) -> None:
    found = []
    for place, last in enumerate(("9999", "10000"), 1):
        file = records.save(desk.store, "loan_file", loan(person(desk, place), "individual")).id
        kept = records.get(desk.store, "loan_file", file)
        head = kept.data["file_no"].rsplit("-", 1)[0]
        numbered = kept.data | {"file_no": f"{head}-{last}"}
        acts.act(
            desk.store,
            lambda acting, id_=file, data=numbered, heads=kept.heads: older.put(
                acting, "loan_file", id_, data, heads
            ),
        )
        with desk.store.read() as connection:
            view = records.view_of(connection)
            found.append(complete(view, "loan_file", "", loan("", "individual"))["file_no"])

    assert found == [f"{head}-10000", f"{head}-10001"]
