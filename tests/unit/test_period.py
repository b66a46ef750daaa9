"""Fiscal years, quarters and months: their days, their names, how they are typed."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import period, thai
from app.core.errors import Invalid


def test_scenario_32_the_second_quarter_of_2568_runs_from_january_to_march_and_says_so() -> None:
    found = period.parse_quarter("2/2568")

    assert (found.first, found.last) == (date(2025, 1, 1), date(2025, 3, 31))
    assert found.text == "ไตรมาส 2 ปีงบประมาณ 2568 (1 ม.ค. 2568 - 31 มี.ค. 2568)"


def test_a_fiscal_year_begins_in_october_of_the_year_before() -> None:
    found = period.parse_year("๒๕๖๘")

    assert (found.first, found.last) == (date(2024, 10, 1), date(2025, 9, 30))
    assert found.text.startswith("ปีงบประมาณ 2568 (1 ต.ค. 2567")


def test_a_month_is_of_the_calendar_year_and_knows_its_fiscal_year() -> None:
    found = period.parse_month("12/2567")

    assert (found.first, found.last, found.year) == (date(2024, 12, 1), date(2024, 12, 31), 2568)
    assert found.name == "เดือนธันวาคม 2567"


@given(st.dates(date(1960, 1, 1), date(2150, 1, 1)))
def test_the_quarters_of_a_year_meet_without_a_gap(day: date) -> None:
    year = period.of_day(day)
    quarters = [period.fiscal_quarter(year.year, number) for number in range(1, 5)]

    assert year.first <= day <= year.last
    assert quarters[0].first == year.first and quarters[3].last == year.last
    for one, other in pairwise(quarters):
        assert one.last + timedelta(days=1) == other.first
    (inside,) = [each for each in quarters if each.first <= day <= each.last]
    assert inside.quarter == thai.fiscal_quarter(day)


@pytest.mark.parametrize(
    ("read", "text", "first"),
    [
        (period.parse_quarter, "1/2500", date(1956, 10, 1)),
        (period.parse_quarter, "4/2699", date(2156, 7, 1)),
        (period.parse_month, "1/2568", date(2025, 1, 1)),
        (period.parse_month, "12/2568", date(2025, 12, 1)),
        (period.parse_year, "2500", date(1956, 10, 1)),
        (period.parse_year, " 2699 ", date(2155, 10, 1)),
    ],
)
def test_the_first_and_the_last_of_each_kind_are_read(
    read: Callable[[str], period.Period], text: str, first: date
) -> None:
    assert read(text).first == first


def test_a_period_has_its_quarter_or_none() -> None:
    assert period.fiscal_quarter(2568, 4).quarter == 4
    assert period.fiscal_year(2568).quarter == 0 and period.month(2568, 3).quarter == 0


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (period.parse_quarter, "0/2568"),
        (period.parse_quarter, "1/2499"),
        (period.parse_quarter, "1/2700"),
        (period.parse_month, "0/2568"),
        (period.parse_year, "2700"),
        (period.parse_quarter, "5/2568"),
        (period.parse_quarter, "2/2025"),
        (period.parse_quarter, "2568"),
        (period.parse_month, "13/2568"),
        (period.parse_year, "68"),
    ],
)
def test_what_is_no_period_is_refused_with_an_example(read: object, text: str) -> None:
    with pytest.raises(Invalid) as refused:
        read(text)  # type: ignore[operator]
    assert "2568" in refused.value.sentence
