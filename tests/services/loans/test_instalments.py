"""The instalment table, to the satang."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from app.core import programme
from app.services.loans.instalments import Terms, table
from app.services.office.desk import Desk
from app.services.records import records
from tests.makers.office import announce, borrowing_group, change, loan, person

terms = st.builds(
    Terms,
    amount=st.integers(min_value=100, max_value=30_000_000),
    months=st.integers(min_value=1, max_value=120),
    free_instalments=st.integers(min_value=0, max_value=60),
    base_rate=st.integers(min_value=0, max_value=1500),
    first_due_on=st.none() | st.dates(min_value=date(2020, 1, 1), max_value=date(2080, 1, 1)),
    principal_grace=st.integers(min_value=0, max_value=12),
    principal_unit=st.sampled_from((1, 100, 500, 10_000)),
    day_count=st.sampled_from(programme.DAY_COUNTS),
)


def test_scenario_23_50_000_over_24_is_23_times_2_083_and_2_091_without_interest() -> None:
    rows = table(Terms(5_000_000, 24, 24, 300, date(2025, 5, 5)))

    assert [row["principal"] for row in rows] == [208_300] * 23 + [209_100]
    assert {row["interest"] for row in rows} == {0}
    assert rows[-1]["balance"] == 0 and rows[-1]["due_on"] == "2027-04-05"


def test_scenario_23_300_000_over_60_carries_450_baht_of_interest_in_the_25th() -> None:
    rows = table(Terms(30_000_000, 60, 24, 300, None))

    assert rows[23]["interest"] == 0
    assert rows[24] == {
        "number": 25,
        "principal": 500_000,
        "interest": 45_000,
        "balance": 17_500_000,
    }
    assert sum(row["interest"] for row in rows) == 832_500


def test_three_percent_throughout_costs_22_875_baht() -> None:
    rows = table(Terms(30_000_000, 60, 0, 300, None))
    assert sum(row["interest"] for row in rows) == 2_287_500


def test_a_round_may_count_the_days_of_each_month_and_pay_in_hundreds_of_baht() -> None:
    by_days = Terms(
        30_000_000, 36, 0, 300, date(2025, 1, 31), principal_unit=10_000, day_count="actual_365"
    )

    rows = table(by_days)

    assert rows[0]["interest"] == 76_438  # 300,000 baht for the 31 days to the end of January
    assert rows[1]["due_on"] == "2025-02-28"
    assert rows[1]["interest"] == 67_131  # 291,700 baht for the 28 days of February
    assert {row["principal"] for row in rows[:-1]} == {830_000}
    assert rows[-1]["principal"] == 950_000


def test_the_31st_falls_on_the_last_day_of_a_shorter_month() -> None:
    rows = table(Terms(5_000_000, 4, 24, 300, date(2025, 12, 31)))
    assert [row["due_on"] for row in rows] == [
        "2025-12-31",
        "2026-01-31",
        "2026-02-28",
        "2026-03-31",
    ]


@given(terms)
def test_the_principals_sum_to_the_loan_and_the_balance_falls_to_nothing(
    given_terms: Terms,
) -> None:
    rows = table(given_terms)

    assert len(rows) == given_terms.months
    assert sum(row["principal"] for row in rows) == given_terms.amount
    assert rows[-1]["balance"] == 0
    owed = given_terms.amount
    for row in rows[:-1]:
        assert row["principal"] % given_terms.principal_unit == 0
    for row in rows:
        owed -= row["principal"]
        assert row["balance"] == owed and row["principal"] >= 0 and row["interest"] >= 0


@given(terms)
def test_the_free_instalments_are_free_and_due_days_ascend(given_terms: Terms) -> None:
    rows = table(given_terms)

    assert not any(row["interest"] for row in rows[: given_terms.free_instalments])
    days = [row["due_on"] for row in rows if "due_on" in row]
    assert days == sorted(set(days))
    assert len(days) == (given_terms.months if given_terms.first_due_on else 0)


def test_a_file_keeps_the_table_of_its_terms(desk: Desk) -> None:
    saved = records.save(
        desk.store, "loan_file", loan(person(desk), "individual", first_due_on="2025-06-05")
    )

    kept = records.get(desk.store, "loan_file", saved.id).data["schedule"]

    assert kept[-1]["principal"] == 209_100
    assert kept[0]["due_on"] == "2025-06-05"


def test_a_signed_contract_keeps_its_table_whatever_the_round_says_later(desk: Desk) -> None:
    made = borrowing_group(desk)
    saved = records.save(
        desk.store, "loan_file", loan(made, months=60, amount_requested=30_000_000)
    )
    change(desk, "loan_file", saved.id, contract_on="2025-04-20", first_due_on="2025-06-05")
    signed = records.get(desk.store, "loan_file", saved.id).data["schedule"]

    announce(desk, free_instalments=12)
    change(desk, "loan_file", saved.id, note="โทรถามแล้ว")
    assert records.get(desk.store, "loan_file", saved.id).data["schedule"] == signed

    change(desk, "loan_file", saved.id, months=48)
    changed = records.get(desk.store, "loan_file", saved.id).data["schedule"]
    assert len(changed) == 48 and changed[12]["interest"] > 0


def test_a_table_or_a_number_is_never_taken_from_a_draft(desk: Desk) -> None:
    draft = loan(person(desk), "individual", schedule=[{"number": 1}], file_no="15-9999-A-0001")

    saved = records.save(desk.store, "loan_file", draft)

    data = records.get(desk.store, "loan_file", saved.id).data
    assert len(data["schedule"]) == 24 and data["file_no"] != "15-9999-A-0001"
