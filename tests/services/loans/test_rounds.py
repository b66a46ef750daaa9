"""The rounds of the fund as a desk knows them: shipped, announced by the centre, extended."""

from datetime import date

import pytest

from app.services.loans import rounds
from app.services.office.desk import Desk
from app.services.records import records
from app.services.records.autofill import complete
from tests.makers.office import ROUND, announce, from_elsewhere, loan, looking, person, said


def test_the_announced_round_is_known_without_a_word_from_the_centre(desk: Desk) -> None:
    with looking(desk, "2025-03-01") as view:
        found = rounds.round_of(view, ROUND)
        assert rounds.round_of(view, "") is None
        assert rounds.round_of(view, "1999-1") is None

    assert found is not None
    assert (found.apply_from, found.closes_on) == (date(2024, 12, 1), date(2025, 3, 31))
    assert (found.tier("individual").most, found.tier("group").most) == (5_000_000, 30_000_000)


def test_what_the_centre_says_replaces_the_figure_and_leaves_the_others(desk: Desk) -> None:
    announce(desk, name="รอบพิเศษ", group_most=25_000_000, contract_by="2025-05-31", pot=9)

    with looking(desk, "2025-03-01") as view:
        found = rounds.round_of(view, ROUND)

    assert found is not None
    assert found.name == "รอบพิเศษ" and found.contract_by == date(2025, 5, 31)
    assert (found.group.most, found.group.most_months) == (25_000_000, 60)
    assert found.individual.most == 5_000_000 and found.national_frame == 9


def test_a_letter_moves_the_closing_day_and_an_incomplete_one_does_not(desk: Desk) -> None:
    letter = {"round": ROUND, "apply_to": "2025-04-30", "letter_no": "รง 0309/ว 12"}
    records.save(desk.store, "round_extension", letter)
    from_elsewhere(desk, "round_extension", {"round": ROUND, "letter_no": "ไม่มีวัน"})
    from_elsewhere(desk, "round_extension", {"round": ROUND, "apply_to": "2568-99-99"})

    with looking(desk, "2025-03-01") as view:
        found = rounds.round_of(view, ROUND)

    assert found is not None and found.closes_on == date(2025, 4, 30)
    assert [each.letter_no for each in found.extensions] == ["รง 0309/ว 12"]


def test_a_round_that_only_the_centre_knows_can_be_lent_from(desk: Desk) -> None:
    announce(
        desk,
        "2569-1",
        name="รอบ 2569",
        apply_from="2025-12-01",
        apply_to="2026-03-31",
        individual_most=6_000_000,
    )
    alone = person(desk)

    assert (
        said(
            desk,
            "loan_file",
            loan(
                alone,
                "individual",
                round="2569-1",
                submitted_on="2026-01-15",
                amount_requested=6_000_000,
            ),
        )
        == {}
    )
    with looking(desk, "2026-01-15") as view:
        assert [code for code, _name in rounds.choices(view)] == ["2569-1", ROUND]
        found = rounds.round_of(view, "2569-1")
    assert found is not None and found.contract_by is None and found.extensions == ()
    assert [code for code, _name in rounds.choices()] == [ROUND]


@pytest.mark.parametrize(
    ("day", "expected"), [("2025-09-30", "15-2568-A-0001"), ("2025-10-01", "15-2569-A-0001")]
)
def test_file_numbers_begin_anew_with_the_fiscal_year(desk: Desk, day: str, expected: str) -> None:
    with looking(desk, day) as view:
        data = complete(view, "loan_file", "", {"round": ROUND})
        assert complete(view, "document", "", {"kind": "other"}) == {"kind": "other"}

    assert data["file_no"] == expected and "schedule" not in data


def test_file_numbers_have_no_gap_and_stay_with_their_file(desk: Desk) -> None:
    numbers = []
    for each in range(1, 4):
        saved = records.save(desk.store, "loan_file", loan(person(desk, each), "individual"))
        if each == 2:
            records.void(desk.store, "loan_file", saved.id, "ผู้กู้ถอนคำขอ")
        numbers.append(records.get(desk.store, "loan_file", saved.id).title)

    assert [number[-4:] for number in numbers] == ["0001", "0002", "0003"]
    assert len({number[:-4] for number in numbers}) == 1
