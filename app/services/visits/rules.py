"""Rules about field visits, marketing, budgets and targets."""

from collections.abc import Iterator

from app.core import thai
from app.core.errors import Problem
from app.core.i18n import _
from app.models import shapes
from app.services.records.record_view import View
from app.services.records.rules import rule


@rule(shapes.FIELD_VISIT)
def the_visit_was_made_to_someone(
    view: View, record_id: str, data: shapes.FieldVisit
) -> Iterator[Problem]:
    """Ask for the group or the loan file, and refuse a visit in the future."""
    if not data.get("group") and not data.get("loan_file"):
        yield Problem("group", _("Choose the group or the loan file that was visited."), "missing")
    if data.get("visited_on", "") > view.today.isoformat():
        yield Problem("visited_on", _("This date is in the future."), "future")


@rule(shapes.FIELD_VISIT)
def no_obstacle_stands_alone(
    view: View, record_id: str, data: shapes.FieldVisit
) -> Iterator[Problem]:
    """Refuse "no obstacle" beside an obstacle: it is an answer of its own (S1)."""
    kinds = [row.get("kind") for row in data.get("obstacles", ())]
    if "none" in kinds and len(kinds) > 1:
        yield Problem(
            "obstacles",
            _('"No obstacle" is chosen beside others: keep the one or the others.'),
            "obstacles",
        )


@rule(shapes.FIELD_VISIT)
def the_next_step_has_its_day(
    view: View, record_id: str, data: shapes.FieldVisit
) -> Iterator[Problem]:
    """Warn of a next step without a day, or a day without a step; refuse a day before the visit."""
    step, due = data.get("next_step"), data.get("due_on")
    if step and not due:
        yield Problem("due_on", _("Until when is the next step due?"), "no_due_day", warning=True)
    if due and not step:
        yield Problem("next_step", _("What is due on that day?"), "no_next_step", warning=True)
    if due and due < data.get("visited_on", ""):
        yield Problem("due_on", _("The next step is due before the visit."), "order")


@rule(shapes.MARKETING_ACTIVITY)
def the_activity_was_held(
    view: View, record_id: str, data: shapes.MarketingActivity
) -> Iterator[Problem]:
    """Warn of a day to come, and of a budget that was spent beyond what it holds."""
    if data.get("held_on", "") > view.today.isoformat():
        yield Problem("held_on", _("This date is in the future."), "future", warning=True)
    budget = view.get(shapes.BUDGET_SOURCE, data.get("budget"))
    if budget is None:
        return
    others = view.where(shapes.MARKETING_ACTIVITY, budget=data["budget"])
    spent = sum(other.get("spent", 0) for other_id, other in others if other_id != record_id)
    over = spent + data.get("spent", 0) - budget.get("amount", 0)
    if over > 0:
        yield Problem(
            "spent",
            _("{budget} is overspent by {over} baht.").format(
                budget=budget.get("name", ""), over=thai.format_baht(over)
            ),
            "overspent",
            warning=True,
        )


@rule(shapes.TARGET)
def a_target_is_set_once(view: View, record_id: str, data: shapes.Target) -> Iterator[Problem]:
    """Warn of a second target for one measure in one year or quarter."""
    same = view.where(
        shapes.TARGET, fiscal_year=data.get("fiscal_year"), measure=data.get("measure")
    )
    for other_id, other in same:
        if other_id != record_id and other.get("quarter") == data.get("quarter"):
            yield Problem(
                "measure",
                _("This is set already: {count}.").format(count=f"{other.get('count', 0):,}"),
                "target_twice",
                warning=True,
            )
            return
