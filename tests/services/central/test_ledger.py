"""The budget of a round: who comes first, where the money goes, and that none is spent twice."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.errors import UserError
from app.models.central import tables
from app.services import central
from app.services.central import Centre
from devtools.pen import uuid
from tests.makers.announcements import MILLION, ROUND, apply, balance, decision, figures, send
from tests.makers.laws import share
from tests.makers.pens import Pen, new_centre


def test_applications_are_reserved_in_the_order_in_which_they_came_complete(
    centre: Centre, pen: Pen, tmp_path: Path
) -> None:
    central.allot(centre, "15", ROUND, 3 * MILLION)
    for number, amount in enumerate((2, 2, 1), 1):
        apply(pen, number, amount * MILLION)
        send(centre, pen, tmp_path, number)

    assert figures(centre) == (3 * MILLION, 2 * MILLION, 0, 0, MILLION)  # nobody overtakes
    central.allot(centre, "15", ROUND, 5 * MILLION)
    assert figures(centre) == (5 * MILLION, 5 * MILLION, 0, 0, 0)


def test_a_smaller_allotment_frees_what_it_has_no_room_for_and_the_same_one_changes_nothing(
    centre: Centre, pen: Pen, tmp_path: Path
) -> None:
    central.allot(centre, "15", ROUND, 3 * MILLION)
    for number, amount in enumerate((1, 2), 1):
        apply(pen, number, amount * MILLION)
        send(centre, pen, tmp_path, number)

    central.allot(centre, "15", ROUND, 2 * MILLION)
    lowered = figures(centre)
    central.allot(centre, "15", ROUND, 2 * MILLION)

    assert lowered == (2 * MILLION, MILLION, 0, 0, MILLION)
    assert figures(centre) == lowered


def test_who_asks_for_more_goes_to_the_end_and_who_asks_for_less_keeps_the_place(
    centre: Centre, pen: Pen, tmp_path: Path
) -> None:
    central.allot(centre, "15", ROUND, 3 * MILLION)
    first = apply(pen, 1, 2 * MILLION)
    second = apply(pen, 2, MILLION)
    apply(pen, 3, MILLION)
    send(centre, pen, tmp_path)
    apply(pen, 2, 2 * MILLION, second)
    apply(pen, 1, MILLION, first)
    send(centre, pen, tmp_path, 4)

    with tables.reading(centre.engine) as connection:
        rows = connection.execute(tables.applications.select().order_by("place"))
        assert [row.loan for row in rows] == [uuid(1), uuid(3), uuid(2)]
    assert figures(centre)[1] == 2 * MILLION


@pytest.mark.parametrize(
    ("outcome", "status", "expected"),
    [
        ("refused", "documents_complete", (0, 0, 0, 0)),
        ("returned", "documents_complete", (0, 0, 0, 0)),
        ("partly", "contracted", (0, MILLION, 0, 0)),
        ("partly", "disbursed", (0, 0, MILLION, 0)),
        ("partly", "late_contract", (0, 0, 0, MILLION)),
        ("partly", "withdrawn", (0, 0, 0, MILLION)),
    ],
)
def test_money_follows_the_file_from_reservation_to_its_end(
    centre: Centre,
    pen: Pen,
    tmp_path: Path,
    outcome: str,
    status: str,
    expected: tuple[int, int, int, int],
) -> None:
    central.allot(centre, "15", ROUND, 3 * MILLION)
    first = apply(pen, 1, 2 * MILLION)
    send(centre, pen, tmp_path)
    central.decide(centre, "15", uuid(1), decision(outcome, MILLION))
    apply(pen, 1, 2 * MILLION, first, status=status)
    send(centre, pen, tmp_path, 2)

    found = balance(centre)
    assert (found.reserved, found.committed, found.disbursed, found.returned) == expected
    assert found.allotted == 3 * MILLION == sum(expected[:3]) + found.left


def test_a_file_that_was_sent_back_waits_again_once_it_is_complete_again(
    centre: Centre, pen: Pen, tmp_path: Path
) -> None:
    central.allot(centre, "15", ROUND, 3 * MILLION)
    first = apply(pen, 1, MILLION)
    send(centre, pen, tmp_path)
    central.decide(centre, "15", uuid(1), decision("returned", 0))
    assert figures(centre)[1] == 0
    apply(pen, 1, MILLION, first, docs_complete_on="2025-03-25")
    send(centre, pen, tmp_path, 2)
    assert figures(centre)[1] == MILLION


def test_a_commitment_that_went_back_stays_back_until_it_is_decided_anew(
    centre: Centre, pen: Pen, tmp_path: Path
) -> None:
    central.allot(centre, "15", ROUND, MILLION)
    lines = [apply(pen, 1, MILLION)]
    send(centre, pen, tmp_path)
    central.decide(centre, "15", uuid(1), decision())
    for status in ("withdrawn", "approved"):
        lines.append(apply(pen, 1, MILLION, lines[-1], status=status))
        send(centre, pen, tmp_path, len(lines))

    assert figures(centre) == (MILLION, 0, 0, 0, MILLION)
    central.decide(centre, "15", uuid(1), decision(meeting="5/2568"))
    assert figures(centre) == (MILLION, 0, MILLION, 0, 0)


def test_an_application_that_is_undone_frees_what_was_reserved(
    centre: Centre, pen: Pen, tmp_path: Path
) -> None:
    central.allot(centre, "15", ROUND, MILLION)
    first = apply(pen, 1, MILLION)
    second = apply(pen, 2, MILLION)
    send(centre, pen, tmp_path)
    pen.write("loan_file", 1, {}, first, op="del")
    send(centre, pen, tmp_path, 3)
    assert figures(centre)[1] == MILLION
    apply(pen, 2, MILLION, second, void_reason="ลงซ้ำ")
    send(centre, pen, tmp_path, 4)
    assert figures(centre)[1] == 0


def test_two_who_decide_at_once_never_spend_the_same_money(
    centre: Centre, pen: Pen, tmp_path: Path
) -> None:
    for number in range(1, 9):
        apply(pen, number, MILLION, docs_complete_on="")
    send(centre, pen, tmp_path)
    central.allot(centre, "15", ROUND, 3 * MILLION)

    def attempt(number: int) -> str:
        try:
            central.decide(centre, "15", uuid(number), decision())
        except UserError as refused:
            return refused.code
        return "written"

    with ThreadPoolExecutor(4) as people:
        ends = list(people.map(attempt, range(1, 9)))

    assert sorted(ends) == ["over_allotment"] * 5 + ["written"] * 3
    assert figures(centre) == (3 * MILLION, 0, 3 * MILLION, 0, 0)


_STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("allot"), st.sampled_from(["15", "93"]), st.integers(0, 6)),
        st.tuples(st.just("apply"), st.integers(1, 4), st.integers(0, 4)),
        st.tuples(
            st.just("decide"),
            st.integers(1, 4),
            st.sampled_from(["approved", "refused", "returned"]),
        ),
        st.tuples(
            st.just("status"),
            st.integers(1, 4),
            st.sampled_from(["withdrawn", "disbursed", "documents_complete"]),
        ),
    ),
    max_size=14,
)


@settings(max_examples=share(1 / 4))
@given(_STEPS)
def test_no_account_is_ever_below_nothing_and_the_sum_is_the_pot(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[Any, ...]]
) -> None:
    folder = tmp_path_factory.mktemp("ledger")
    centre, pen = new_centre(folder), Pen()
    pen.enrol(centre, folder)
    last: dict[int, Any] = {}
    amounts: dict[int, int] = {}
    for kind, what, how in steps:
        try:
            if kind == "allot":
                central.allot(centre, what, ROUND, how * MILLION)
            elif kind == "decide":
                central.decide(centre, "15", uuid(what), decision(how))
            else:
                amounts[what] = how * MILLION if kind == "apply" else amounts.get(what, MILLION)
                status = how if kind == "status" else "documents_complete"
                parents = [last[what]] if what in last else []
                last[what] = apply(pen, what, amounts[what], *parents, status=status)
                send(centre, pen, folder, len(pen.lines))
        except UserError as refused:
            assert refused.code in (
                "over_pot",
                "below_used",
                "no_loan",
                "over_allotment",
                "over_asked",
            )
    with tables.reading(centre.engine) as connection:
        held: dict[tuple[str, str], int] = {}
        for row in connection.execute(tables.postings.select().order_by("at", "no")):
            shared = row.source if row.source in ("appropriation", "pot") else ""
            giver = ("" if shared else row.office, row.source)
            taker = ("" if row.target in ("appropriation", "pot") else row.office, row.target)
            held[giver] = held.get(giver, 0) - row.amount
            held[taker] = held.get(taker, 0) + row.amount
            assert row.amount > 0
    assert all(amount >= 0 for (_o, name), amount in held.items() if name != "appropriation")
    assert sum(held.values()) == 0
    whole = balance(centre, None)
    assert whole.allotted <= whole.appropriated in (0, 5 * MILLION)
