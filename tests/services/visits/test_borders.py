"""Both sides of every border of the rules of visits, marketing and targets."""

from typing import Any

import pytest

from app.core.codes.visit import MARKETING_KINDS, TARGET_MEASURES, VISIT_KINDS
from app.services.office.desk import Desk
from tests.makers.office import from_elsewhere, weighed

DAY = "2025-05-01"


@pytest.mark.parametrize("kind", [code for code, _word in VISIT_KINDS])
@pytest.mark.parametrize(
    ("changed", "code", "weight"),
    [
        ({}, "missing", "refuses"),
        ({"group": "g"}, "missing", None),
        ({"loan_file": "f"}, "missing", None),
        ({"visited_on": DAY}, "future", None),
        ({"visited_on": "2025-05-02"}, "future", "refuses"),
        ({}, "future", None),
        ({"obstacles": [{"kind": "none"}]}, "obstacles", None),
        ({"obstacles": [{"kind": "market"}, {"kind": "skill"}]}, "obstacles", None),
        ({"obstacles": [{"kind": "none"}, {"kind": "market"}]}, "obstacles", "refuses"),
        ({"next_step": "นัด"}, "no_due_day", "warns"),
        ({"next_step": "นัด", "due_on": DAY}, "no_due_day", None),
        ({}, "no_due_day", None),
        ({}, "no_next_step", None),
        ({"due_on": DAY}, "no_next_step", "warns"),
        ({"next_step": "นัด", "due_on": DAY}, "no_next_step", None),
        ({"due_on": DAY, "visited_on": DAY}, "order", None),
        ({"due_on": "2025-04-30", "visited_on": DAY}, "order", "refuses"),
        ({"due_on": DAY}, "order", None),
        ({"visited_on": DAY}, "order", None),
    ],
)
def test_a_rule_of_a_visit_speaks_on_one_side_of_its_border(
    desk: Desk, kind: str, changed: dict[str, Any], code: str, weight: str | None
) -> None:
    assert weighed(desk, "field_visit", {"kind": kind} | changed, DAY).get(code) == weight


@pytest.mark.parametrize("kind", [code for code, _word in MARKETING_KINDS])
def test_a_budget_is_spent_to_the_last_satang_and_not_beyond(desk: Desk, kind: str) -> None:
    budget = from_elsewhere(desk, "budget_source", {"name": "งบ", "amount": 100_00})
    spent = {"kind": kind, "budget": budget}
    first = from_elsewhere(desk, "marketing_activity", spent | {"spent": 60_00})
    from_elsewhere(desk, "marketing_activity", spent)

    def said(record_id: str = "", **changed: Any) -> str | None:
        found = weighed(desk, "marketing_activity", spent | changed, DAY, record_id)
        return found.get("overspent")

    assert (said(spent=40_00), said(spent=40_01)) == (None, "warns")
    assert (said(first, spent=100_00), said(first, spent=100_01)) == (None, "warns")
    assert said() is None
    assert said(budget=None, spent=999_00) is None


def test_a_budget_without_a_sum_holds_nothing(desk: Desk) -> None:
    budget = from_elsewhere(desk, "budget_source", {"name": "งบ"})
    draft = {"budget": budget, "spent": 1}

    assert weighed(desk, "marketing_activity", draft, DAY).get("overspent") == "warns"
    assert "overspent" not in weighed(desk, "marketing_activity", {"budget": budget}, DAY)


@pytest.mark.parametrize(("day", "weight"), [(DAY, None), ("2025-05-02", "warns"), (None, None)])
def test_an_activity_to_come_is_doubted(desk: Desk, day: str | None, weight: str | None) -> None:
    draft = {"held_on": day} if day else {}
    assert weighed(desk, "marketing_activity", draft, DAY).get("future") == weight


@pytest.mark.parametrize("measure", [code for code, _word in TARGET_MEASURES])
def test_a_measure_has_one_target_in_a_quarter_and_one_in_the_year(
    desk: Desk, measure: str
) -> None:
    target = {"fiscal_year": "2568", "measure": measure, "quarter": 1, "count": 5}
    first = from_elsewhere(desk, "target", target)

    assert weighed(desk, "target", target, DAY) == {"target_twice": "warns"}
    assert weighed(desk, "target", target, DAY, first) == {}
    others = [code for code, _word in TARGET_MEASURES if code != measure]
    for changed in ({"quarter": 2}, {"quarter": None}, {"fiscal_year": "2569"}):
        assert weighed(desk, "target", target | changed, DAY) == {}
    assert weighed(desk, "target", target | {"measure": others[0]}, DAY) == {}
