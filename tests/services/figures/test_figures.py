"""The figures of the dashboard: each exact, each with the list behind it, as of a day."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, event

from app.core import period
from app.models.office import vault
from app.services import figures
from app.services.certification import expiry
from app.services.demonstration import province
from app.services.figures import Scope
from app.services.figures.arrears import step_of
from app.services.figures.questions import QUESTIONS, SLOW, Question
from app.services.loans.decisions import decision_of
from app.services.office import desk as desks
from app.services.office.desk import Desk
from app.services.records.record_view import View
from app.services.visits.falling_due import due_steps
from tests.makers.figures import DAY, QUARTER, YEAR, group, loan, put
from tests.makers.office import from_elsewhere

pytestmark = pytest.mark.xdist_group("figures")  # their province is made once


def of(desk: Desk, name: str, scope: Scope) -> figures.Figure:
    with desk.store.read() as connection:
        return figures.count(connection, scope, [name])[name]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("figures") / "desk"
    desk, _recovery = desks.create(
        folder, office="15", user="กานดา", password="แปดตัวอักษร", cost=vault.Cost(8, 1)
    )
    province.fill(desk, 300, seed=3, until=date(2026, 9, 30))
    yield desk
    desk.close()


@pytest.mark.parametrize("district", ["", "1501"])
def test_every_figure_counts_what_it_lists(filled: Desk, district: str) -> None:
    scope = Scope(period.fiscal_year(2569), district, date(2026, 9, 1))
    with filled.store.read() as connection:
        found = figures.count(connection, scope, [*QUESTIONS, *SLOW])

    listed = {name: len(figures.behind(filled.store, scope, name)) for name in found}

    assert {name: figure.count for name, figure in found.items()} == listed
    assert {figure.type for figure in found.values()} <= {each.type for each in _all()}


def _all() -> list[Question]:
    return [*QUESTIONS.values(), *SLOW.values()]


def test_a_district_holds_a_part_of_the_province(filled: Desk) -> None:
    def details(district: str) -> figures.Details:
        return figures.details(filled.store, Scope(YEAR, district, DAY))

    whole = details("")
    parts = [details(code) for code, _name in figures.districts("15")]

    assert whole.subdistricts == 73 == sum(part.subdistricts for part in parts)
    assert whole.served == sum(part.served for part in parts)
    for name in ("groups_registered", "products", "visits", "loans_applied", "members"):
        total = sum(part.figures[name].count for part in parts)
        assert whole.figures[name].count >= total > 0, name


def test_the_first_picture_tells_the_funnel_and_what_is_to_do(filled: Desk) -> None:
    found = figures.overview(filled.store, Scope(period.fiscal_year(2569), "", date(2026, 9, 1)))

    steps = [figure.count for figure in found.funnel]
    assert steps[0] == max(steps) > 0
    assert found.pot.allotted is not None and found.pot.left is not None
    assert found.pot.left == found.pot.allotted - found.pot.approved
    assert found.unacknowledged == 0


def test_a_group_counts_in_the_quarter_it_was_registered_in(desk: Desk) -> None:
    group(desk)
    group(desk, registered_on="2025-04-01")
    group(desk, status="checking")
    group(desk, void_reason="ลงซ้ำ")

    assert of(desk, "groups_registered", Scope(QUARTER, as_of=DAY)).count == 1
    assert of(desk, "groups_registered", Scope(YEAR, as_of=DAY)).count == 2
    assert of(desk, "groups_registered", Scope(YEAR, "1502", DAY)).count == 0


def test_a_figure_stands_beside_the_target_of_its_period(desk: Desk) -> None:
    group(desk)
    put(desk, "target", fiscal_year="2568", measure="groups_registered", count=20)
    put(desk, "target", fiscal_year="2568", quarter=2, measure="groups_registered", count=3)

    year = of(desk, "groups_registered", Scope(YEAR, as_of=DAY))
    quarter = of(desk, "groups_registered", Scope(QUARTER, as_of=DAY))
    district = of(desk, "groups_registered", Scope(QUARTER, "1501", DAY))

    assert (year.target, year.share) == (20, 5)
    assert (quarter.target, quarter.share) == (3, 33)
    assert (district.target, district.share) == (None, None)


def test_arrears_count_from_the_oldest_unpaid_instalment(desk: Desk) -> None:
    file = loan(desk)
    put(desk, "payment", loan_file=file, paid_on="2025-01-05", amount=200_000)
    put(desk, "payment", loan_file=file, paid_on="2025-02-10", amount=50_000)
    put(desk, "payment", loan_file=file, paid_on="2025-02-10", amount=50_000, void_reason="ซ้ำ")
    put(desk, "payment", loan_file=file, paid_on="2025-04-01", amount=900_000)

    with desk.store.read() as connection:
        (debt,) = figures.debts(connection, Scope(YEAR, as_of=DAY))
    now = figures.standing([debt])

    assert (debt.due, debt.paid, debt.account.overdue) == (600_000, 250_000, 350_000)
    assert debt.account.days_late == (DAY - date(2025, 2, 5)).days == 54
    assert [(each.most, each.ids, each.baht) for each in now.ladder] == [
        (30, (), 0),
        (60, (file,), 350_000),
        (90, (), 0),
        (0, (), 0),
    ]
    assert now.collected == 41


def test_an_instalment_due_today_is_due_and_not_in_arrears(desk: Desk) -> None:
    loan(desk)
    with desk.store.read() as connection:
        (on_the_day,) = figures.debts(connection, Scope(YEAR, as_of=date(2025, 1, 5)))
        (after,) = figures.debts(connection, Scope(YEAR, as_of=date(2025, 1, 6)))

    assert (on_the_day.due, on_the_day.account.overdue) == (200_000, 0)
    assert (after.account.overdue, after.account.days_late) == (200_000, 1)


@pytest.mark.parametrize(
    ("centre", "letter"),
    [
        ([], [("approved", 5, "2025-01-10")]),
        ([], [("approved", 5, "2025-01-10"), ("refused", None, "2025-02-10")]),
        ([("partly", 3, "2025-01-05")], [("approved", 5, "2025-02-10")]),
        ([("refused", None, "2025-01-05")], [("approved", 5, "2025-02-10")]),
        ([("returned", None, "2025-01-05"), ("approved", 4, "2025-03-01")], []),
        ([], []),
    ],
)
def test_what_was_approved_is_what_the_decision_that_counts_says(
    desk: Desk, centre: list[tuple[Any, ...]], letter: list[tuple[Any, ...]]
) -> None:
    file = loan(desk)
    for type_, all_ in (("loan_decision", centre), ("decision_letter", letter)):
        for outcome, amount, on in all_:
            put(desk, type_, loan_file=file, outcome=outcome, amount=amount, decided_on=on)
    figure = of(desk, "loans_approved", Scope(YEAR, as_of=DAY))
    with desk.store.read() as connection:
        found = decision_of(View(connection, desk.office), file)

    approves = found is not None and found.approves
    assert figure.count == int(approves)
    assert figure.baht == (found.amount if found and approves else 0)


def test_what_ends_and_what_is_due_is_what_the_lists_of_the_pages_hold(desk: Desk) -> None:
    for status, ends in (
        ("certified", "2025-03-01"), ("marked", "2025-09-27"), ("renewed", "2025-09-28"),
        ("expired", "2025-03-02"), ("certified", None),
    ):  # fmt: skip
        put(desk, "certification", status=status, expires_on=ends)
    one, file = group(desk), loan(desk)
    for place, on, due_on in (
        ({"group": one}, "2025-01-10", "2025-04-01"), ({"group": one}, "2025-02-10", "2025-03-01"),
        ({"group": group(desk)}, "2025-02-10", "2025-06-01"),
        ({"loan_file": file}, "2025-02-10", "2025-04-30"),
        ({"loan_file": file}, "2025-02-10", None),
    ):  # fmt: skip
        put(desk, "field_visit", visited_on=on, due_on=due_on, **place)
    scope = Scope(YEAR, as_of=DAY)

    ending = {each.id for each in expiry.running_out(desk.store, on=DAY)}
    due = {each.visit for each in due_steps(desk.store, within=30, on=DAY)}

    assert set(figures.behind(desk.store, scope, "expiring")) == ending and len(ending) == 2
    assert set(figures.behind(desk.store, scope, "visits_due")) == due and len(due) == 1


def test_one_person_entered_twice_is_incomplete_once(desk: Desk) -> None:
    one, other = (put(desk, "person", first_th="สมชาย") for _time in range(2))
    assert of(desk, "people_incomplete", Scope(YEAR, as_of=DAY)).count == 2

    put(desk, "person_link", person=one, other=other, answer="same")

    assert of(desk, "people_incomplete", Scope(YEAR, as_of=DAY)).count == 1
    assert figures.behind(desk.store, Scope(YEAR, as_of=DAY), "people_incomplete") == [one]


def test_who_paid_all_that_is_due_is_in_no_arrears(desk: Desk) -> None:
    file = loan(desk)
    put(desk, "payment", loan_file=file, paid_on="2025-01-05", amount=2_400_000)
    loan(desk, disbursed_on=None, status="contracted", file_no="15-2568-A-0002")
    loan(desk, schedule=None, file_no="15-2568-A-0003")

    with desk.store.read() as connection:
        found = figures.debts(connection, Scope(YEAR, as_of=DAY))

    assert [(each.account.overdue, each.account.days_late) for each in found] == [(0, 0), (0, 0)]
    assert figures.standing(found).collected == 100
    assert figures.standing([]).collected is None


def test_the_steps_of_arrears_meet_at_30_60_and_90_days() -> None:
    steps = [step_of(days) for days in (1, 30, 31, 60, 61, 90, 91, 400)]
    assert steps == [30, 30, 60, 60, 90, 90, 0, 0]


def test_what_is_left_follows_the_letter_less_what_was_approved_since(desk: Desk) -> None:
    put(desk, "allotment_letter", round="2568-1", amount=9_000_000, as_of="2025-01-31")
    put(desk, "allotment_letter", round="2568-1", as_of="2025-02-28")
    for number, on in enumerate(("2025-01-15", "2025-02-15"), 1):
        file = loan(desk, file_no=f"15-2568-A-000{number}")
        letter = {"loan_file": file, "outcome": "approved", "amount": 2_000_000}
        put(desk, "decision_letter", **letter, decided_on=on)

    pot = figures.overview(desk.store, Scope(YEAR, as_of=DAY)).pot

    assert (pot.approved, pot.disbursed) == (4_000_000, 4_000_000)
    assert (pot.allotted, pot.left, pot.as_of) == (9_000_000, 7_000_000, "2025-01-31")


def test_the_figure_of_the_centre_wins_over_a_letter(desk: Desk) -> None:
    put(desk, "allotment_letter", round="2568-1", amount=9_000_000, as_of="2025-03-01")
    sums = {"round": "2568-1", "amount": 8_000_000, "left": 1_234_500, "as_of": "2025-02-01"}
    from_elsewhere(desk, "allotment", sums)

    pot = figures.overview(desk.store, Scope(YEAR, as_of=DAY)).pot

    assert (pot.allotted, pot.left) == (8_000_000, 1_234_500)


def test_the_decision_of_the_centre_wins_over_that_of_the_letter(desk: Desk) -> None:
    file = loan(desk)
    letter = {"outcome": "approved", "amount": 2_000_000, "decided_on": "2025-01-15"}
    put(desk, "decision_letter", loan_file=file, **letter)
    from_elsewhere(desk, "loan_decision", letter | {"loan_file": file, "amount": 1_500_000})

    assert of(desk, "loans_approved", Scope(YEAR, as_of=DAY)).baht == 1_500_000


def test_without_an_allotment_nothing_is_said_to_be_left(desk: Desk) -> None:
    pot = figures.overview(desk.store, Scope(YEAR, as_of=DAY)).pot
    assert (pot.allotted, pot.left, pot.as_of) == (None, None, "2025-03-31")


def test_the_days_that_come_are_counted_from_the_day_of_the_figures(desk: Desk) -> None:
    file = loan(desk, status="approved", disbursed_on=None)
    letter = {"loan_file": file, "outcome": "approved", "decided_on": "2025-02-15"}
    put(desk, "decision_letter", **letter, contract_by="2025-04-16")

    found = figures.overview(desk.store, Scope(YEAR, as_of=date(2025, 3, 15))).deadlines
    later = figures.overview(desk.store, Scope(YEAR, as_of=date(2025, 5, 1))).deadlines

    assert [(each.days, each.figure) for each in found] == [
        (16, "loans_wanting"),
        (32, "loans_uncontracted"),
    ]
    assert later == ()


def test_income_before_and_after_are_of_groups_that_know_both(desk: Desk) -> None:
    group(desk, income_before=1_000_000, income_after=1_500_000)
    group(desk, income_before=2_000_000, income_after=2_500_000)
    group(desk, income_before=9_000_000)

    assert figures.details(desk.store, Scope(YEAR, as_of=DAY)).income == (1_500_000, 2_000_000)


def test_what_a_figure_lists_is_named_by_the_person_where_it_has_no_name(desk: Desk) -> None:
    of_group = group(desk)
    person = put(desk, "person", title_th="นาง", first_th="กานดา", last_th="ดี")
    member = put(desk, "membership", group=of_group, person=person, role="leader")

    assert figures.named(desk.store, "membership", [member]) == [(member, "นางกานดา ดี · กลุ่มทดลอง")]
    assert figures.named(desk.store, "group", [of_group]) == [(of_group, "กลุ่มทดลอง")]


def test_a_question_that_nobody_knows_is_a_fault(desk: Desk) -> None:
    with pytest.raises(KeyError):
        figures.behind(desk.store, Scope(YEAR), "no_such_figure")


def test_the_first_picture_is_counted_on_indexes_that_hold_all_it_asks(filled: Desk) -> None:
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, given: Any, *_more: Any) -> None:
        asked.append((statement, given))

    event.listen(Engine, "before_cursor_execute", note)
    figures.overview(filled.store, Scope(period.fiscal_year(2569), as_of=date(2026, 9, 30)))
    event.remove(Engine, "before_cursor_execute", note)

    (funnel,) = [each for each in asked if 'FROM "group" t' in each[0]]
    with filled.store.read() as connection:
        steps = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {funnel[0]}", funnel[1]).all()
    plan = "\n".join(step[3] for step in steps)
    for name in ("enrolment", "product", "certification", "loan_file"):
        assert f"COVERING INDEX ix_{name}_counted" in plan
