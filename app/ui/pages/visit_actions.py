"""What the pages do about field visits: the next one begun from the last."""

from app.core.fields import today
from app.services.office.desk import Desk
from app.services.visits import falling_due, next_visit
from app.ui.records.page import OnRecord

SOON = 30  # days ahead within which a next step is due soon


def begin_from_last(page: OnRecord) -> None:
    """Begin a visit from the last one to the group, file or visited place in the form."""
    record = page.record
    if record is None:
        return
    if record.type == "field_visit":
        place = {name: record.data.get(name, "") for name in ("group", "loan_file")}
    else:
        place = {record.type: record.id}
    page.begin_with("field_visit", lambda store: next_visit.begun_from_last(store, **place))


def with_step_due(desk: Desk, _type: str) -> list[str]:
    """Find the visits whose next step is late or due soon."""
    return [step.visit for step in falling_due.due_steps(desk.store, within=SOON, on=today())]
