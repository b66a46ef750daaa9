"""Rules about field visits, marketing, budgets and targets."""

from collections.abc import Iterator

from app.core.errors import Problem
from app.core.i18n import _
from app.core.line import Data
from app.services.rules import rule
from app.services.view import View


@rule("field_visit")
def the_visit_was_made_to_someone(view: View, record_id: str, data: Data) -> Iterator[Problem]:
    """Ask for the group or the loan file, and refuse a visit in the future."""
    if not data.get("group") and not data.get("loan_file"):
        yield Problem("group", _("Choose the group or the loan file that was visited."), "missing")
    if data.get("visited_on", "") > view.today.isoformat():
        yield Problem("visited_on", _("This date is in the future."), "future")


@rule("field_visit")
def no_obstacle_stands_alone(view: View, record_id: str, data: Data) -> Iterator[Problem]:
    """Refuse "no obstacle" beside an obstacle: it is an answer of its own (S1)."""
    kinds = [row.get("kind") for row in data.get("obstacles", ())]
    if "none" in kinds and len(kinds) > 1:
        yield Problem(
            "obstacles",
            _('"No obstacle" is chosen beside others: keep the one or the others.'),
            "obstacles",
        )


@rule("field_visit")
def the_next_step_has_its_day(view: View, record_id: str, data: Data) -> Iterator[Problem]:
    """Warn of a next step without a day, or a day without a step; refuse a day before the visit."""
    step, due = data.get("next_step"), data.get("due_on")
    if step and not due:
        yield Problem("due_on", _("Until when is the next step due?"), "no_due_day", warning=True)
    if due and not step:
        yield Problem("next_step", _("What is due on that day?"), "no_next_step", warning=True)
    if due and due < data.get("visited_on", ""):
        yield Problem("due_on", _("The next step is due before the visit."), "order")
