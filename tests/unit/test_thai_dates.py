"""Dates: typed, shown, counted; the Buddhist era at the edges, ISO inside."""

import calendar
from datetime import date, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import thai
from app.core.errors import Invalid
from app.core.thai.calendar import Style

TODAY = date(2025, 3, 20)
WHOLE: list[Style] = ["long", "long_era", "short", "numeric", "weekday_long"]

days = st.dates(date(1850, 1, 1), date(2150, 12, 31))
months = days.map(lambda day: day.isoformat()[:7])
years = st.integers(1850, 2150).map(str)
stored = days.map(date.isoformat) | months | years


def refusal(text: str, today: date = TODAY) -> Invalid:
    with pytest.raises(Invalid) as refused:
        thai.parse_date(text, today=today)
    return refused.value


@given(stored, st.sampled_from(WHOLE), st.booleans(), days)
def test_a_shown_date_is_read_back_with_its_precision(
    iso: str, style: Style, thai_digits: bool, today: date
) -> None:
    shown = thai.format_date(iso, style, thai_digits=thai_digits)

    assert thai.parse_date(shown, today=today) == iso


@given(
    st.integers(-89, 10),
    st.integers(1, 12),
    st.integers(1, 28),
    st.dates(date(2035, 1, 1), date(2099, 1, 1)),
)
def test_a_short_year_is_read_back_within_its_hundred_years(
    away: int, month: int, day: int, today: date
) -> None:
    iso = date(today.year + away, month, day).isoformat()

    assert thai.parse_date(thai.format_date(iso, "short2"), today=today) == iso


@given(days)
def test_an_iso_date_is_read_as_it_is(day: date) -> None:
    assert thai.parse_date(day.isoformat(), today=TODAY) == day.isoformat()


@given(st.dates(date(1850, 1, 2), date(2150, 12, 31)))
def test_buddhist_years_never_run_backwards_and_skip_only_at_new_year(day: date) -> None:
    before, after = (thai.be_year((day - timedelta(days=back)).isoformat()) for back in (1, 0))
    new_year = (1, 1) if day.year > 1940 else (4, 1)

    assert after - before == ((day.month, day.day) == new_year)


@pytest.mark.parametrize(
    "typed",
    [
        "15/3/2568",
        "15/3/68",
        "15-3-2568",
        "15.3.2568",
        "15 3 2568",
        "15032568",
        "150368",
        "15 มี.ค. 68",
        "15 มีค 68",
        "15มี.ค.68",
        "15 มี. ค. 68",
        "15 มีนา 68",
        "๑๕ มีนาคม ๒๕๖๘",
        "15 มีนาคม พ.ศ. 2568",
        "วันที่ 15 มีนาคม 2568",
        "วันเสาร์ที่ 15 มีนาคม 2568",
        "15 March 2568",
        "15 mar. 2568",
        "15/3/พ.ศ.2568",
        "15/3/ค.ศ. 2025",
        "2568-03-15",
        "2568/3/15",
        "2025-03-15",
        "15/3",
        "15 มี.ค.",
        " 15 / 3 / 2568 ",
    ],
)
def test_one_day_is_typed_in_many_ways(typed: str) -> None:
    assert thai.parse_date(typed, today=TODAY) == "2025-03-15"


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("-/3/2520", "1977-03"),
        ("00/03/2520", "1977-03"),
        ("3/2520", "1977-03"),
        ("มีนาคม 2520", "1977-03"),
        ("- มี.ค. 20", "1977-03"),
        ("2025-03", "2025-03"),
        ("-/-/2520", "1977"),
        ("00/00/2520", "1977"),
        ("00002520", "1977"),
        ("2520", "1977"),
        ("พ.ศ. 2520", "1977"),
        ("+7", "2025-03-27"),
        ("-3", "2025-03-17"),
        ("๑๕/๓", "2025-03-15"),
        ("ว", "2025-03-20"),
        ("วันนี้", "2025-03-20"),
        ("31/12/78", "2035-12-31"),
        ("1/1/79", "1937-01-01"),
        ("15/3/20", "1977-03-15"),
        ("1/4/2483", "1940-04-01"),
        ("31/3/2482", "1940-03-31"),
        ("1/1/2484", "1941-01-01"),
        ("29/2/2567", "2024-02-29"),
    ],
)
def test_partial_and_short_forms_are_stored_with_their_precision(typed: str, iso: str) -> None:
    assert thai.parse_date(typed, today=TODAY) == iso


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("29/2/2568", "leap_day"),
        ("29 ก.พ. 2500", "leap_day"),
        ("2025-02-29", "leap_day"),
        ("30/2/2567", "no_such_day"),
        ("31/4/2568", "no_such_day"),
        ("45/1/2568", "no_such_day"),
        ("15/13/2568", "no_such_month"),
        ("25680315", "no_such_month"),
        ("15/2/2483", "old_calendar"),
        ("-/1/2483", "old_calendar"),
        ("1985", "ce_year"),
        ("15/3/2025", "ce_year"),
        ("March 2025", "ce_year"),
        ("1/1/2900", "year_range"),
        ("1/1/1700", "year_range"),
        ("1/1/ค.ศ. 2568", "year_range"),
        ("วันศุกร์ที่ 15 มีนาคม 2568", "weekday"),
        ("15/-/2568", "date_form"),
        ("วันเสาร์ที่ มีนาคม 2568", "date_form"),
        ("-/-", "date_form"),
        ("15 มีนาค 2568", "date_form"),
        ("15", "date_form"),
        ("พรุ่งนี้", "date_form"),
        ("15/3/256", "date_form"),
        ("", "date_form"),
    ],
)
def test_what_cannot_be_is_refused_by_name(typed: str, code: str) -> None:
    assert refusal(typed).code == code


def test_a_refusal_names_the_day_that_does_not_exist() -> None:
    assert refusal("31/4/2568").sentence == "ไม่มีวันที่ 31 เมษายน 2568"
    assert "ปีนั้นไม่มี 29 กุมภาพันธ์" in refusal("29 ก.พ. 2500").sentence
    assert "วันเสาร์" in refusal("วันศุกร์ที่ 15 มีนาคม 2568").sentence


def test_a_gregorian_year_is_asked_about_with_its_buddhist_one() -> None:
    assert "หมายถึง ค.ศ. ใช่หรือไม่ พ.ศ. คือ 2528" in refusal("1985").sentence
    assert "2482" in refusal("5/2/1940").sentence


PARTS = [
    "วันเสาร์ที่ ",
    "วันที่",
    "15",
    "31",
    "29",
    "00",
    "-",
    "/",
    ".",
    " ",
    "มี.ค.",
    "เมษา",
    "may",
    "พ.ศ.",
    "ค.ศ. ",
    "2568",
    "68",
    "1985",
    "2483",
    "๓",
    "+",
    "ว",
]
pieced = st.lists(st.sampled_from(PARTS), max_size=7).map("".join)


@given(pieced | st.text(max_size=15), days)
def test_any_text_is_a_legal_date_or_is_refused(text: str, today: date) -> None:
    try:
        thai.check_date(thai.parse_date(text, today=today))
    except Invalid as refused:
        assert refused.code


@pytest.mark.parametrize(
    ("iso", "style", "shown"),
    [
        ("2025-03-15", "long", "15 มีนาคม 2568"),
        ("2025-03-05", "long_era", "5 มีนาคม พ.ศ. 2568"),
        ("2025-03-15", "short", "15 มี.ค. 2568"),
        ("2025-03-15", "short2", "15 มี.ค. 68"),
        ("2025-03-05", "numeric", "05/03/2568"),
        ("2025-03-15", "weekday_long", "วันเสาร์ที่ 15 มีนาคม 2568"),
        ("1947-03", "long", "มีนาคม 2490"),
        ("1947-03", "long_era", "มีนาคม พ.ศ. 2490"),
        ("1947-03", "short2", "มี.ค. 90"),
        ("1947-03", "numeric", "-/03/2490"),
        ("1947-03", "weekday_long", "มีนาคม 2490"),
        ("1947", "long", "พ.ศ. 2490"),
        ("1947", "short2", "พ.ศ. 2490"),
        ("1947", "weekday_long", "พ.ศ. 2490"),
        ("1947", "numeric", "-/-/2490"),
        ("1940-02-29", "numeric", "29/02/2482"),
        ("1940", "long", "พ.ศ. 2483"),
    ],
)
def test_a_date_is_shown_as_precisely_as_it_is_known(iso: str, style: Style, shown: str) -> None:
    assert thai.format_date(iso, style) == shown


def test_a_date_is_shown_in_thai_digits_when_asked() -> None:
    assert thai.format_date("2025-03-31", "long", thai_digits=True) == "๓๑ มีนาคม ๒๕๖๘"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2025-13",
        "2025-00",
        "2025-02-29",
        "2025-3-1",
        "0000",
        "2025-03-15T00:00",
        "๒๕๖๘",
        "68",
        "-",
    ],
)
def test_a_stored_text_that_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        thai.check_date(text)

    assert refused.value.code == "date_stored"


@given(stored)
def test_every_precision_of_a_stored_date_is_legal_and_can_be_shown(iso: str) -> None:
    thai.check_date(iso)

    assert all(thai.format_date(iso, style) for style in get_args(Style))


@pytest.mark.parametrize(
    ("birth", "on", "ages"),
    [
        ("2004-02-29", date(2024, 2, 28), (19, 19)),
        ("2004-02-29", date(2024, 2, 29), (20, 20)),
        ("2004-02-29", date(2025, 2, 28), (20, 20)),
        ("2004-02-29", date(2025, 3, 1), (21, 21)),
        ("2005", date(2025, 6, 1), (19, 20)),
        ("2005", date(2025, 12, 31), (20, 20)),
        ("2005-06", date(2025, 6, 15), (19, 20)),
        ("2005-06", date(2025, 6, 30), (20, 20)),
        ("1947", date(2025, 6, 1), (77, 78)),
        # พ.ศ. 2482 ran from April 1939 to March 1940, พ.ศ. 2483 from April to December 1940
        ("1939", date(2025, 3, 31), (85, 85)),
        ("1939", date(2025, 4, 1), (85, 86)),
        ("1940", date(2025, 3, 31), (84, 84)),
        ("1940", date(2025, 12, 31), (85, 85)),
        ("2030-01-01", date(2025, 1, 1), (0, 0)),
    ],
)
def test_ages_are_a_range_as_wide_as_the_birth_date_is_vague(
    birth: str, on: date, ages: tuple[int, int]
) -> None:
    assert thai.age_range(birth, on) == ages


@given(days, days)
def test_a_vaguer_birth_date_allows_every_age_of_the_exact_one(birth: date, on: date) -> None:
    exact = thai.age_range(birth.isoformat(), on)
    be_year_alone = str(thai.be_year(birth.isoformat()) - 543)

    for vague in (birth.isoformat()[:7], be_year_alone):
        least, greatest = thai.age_range(vague, on)
        assert least <= exact[0] == exact[1] <= greatest <= least + 1


@given(days)
def test_a_fiscal_year_runs_from_october_in_four_quarters(day: date) -> None:
    year, quarter = thai.fiscal_year_be(day), thai.fiscal_quarter(day)
    first_month = (10, 1, 4, 7)[quarter - 1]

    assert date(year - 543 - (quarter == 1), first_month, 1) <= day
    assert (day.month - first_month) in (0, 1, 2)


@pytest.mark.parametrize(
    ("day", "year", "quarter"),
    [
        (date(2024, 9, 30), 2567, 4),
        (date(2024, 10, 1), 2568, 1),
        (date(2025, 1, 1), 2568, 2),
        (date(2025, 9, 30), 2568, 4),
    ],
)
def test_the_fiscal_year_turns_on_the_first_of_october(day: date, year: int, quarter: int) -> None:
    assert (thai.fiscal_year_be(day), thai.fiscal_quarter(day)) == (year, quarter)


@given(st.integers(2393, 2693), st.integers(1, 12))
def test_the_last_day_of_every_month_that_was_is_accepted_and_the_next_refused(
    be: int, month: int
) -> None:
    if be == 2483 and month < 4:
        return
    ce = be - (542 if month < 4 and be < 2484 else 543)
    last = calendar.monthrange(ce, month)[1]

    assert thai.parse_date(f"{last}/{month}/{be}", today=TODAY) == f"{ce}-{month:02}-{last:02}"
    assert refusal(f"{last + 1}/{month}/{be}").code in ("no_such_day", "leap_day")
