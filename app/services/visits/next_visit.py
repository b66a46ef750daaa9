"""The next field visit begun from the last one."""

from app.core.fields import Draft, today
from app.models import shapes
from app.models.office.store import Store
from app.services.records.records import view_of

COPIED = ("group", "loan_file", "kind", "team", "obstacles", "needs")


def begun_from_last(store: Store, *, group: str = "", loan_file: str = "") -> Draft:
    """Draft a visit of today from the last one to a group or a loan file.

    Who went and what they saw is copied; progress, income, pictures and the next step are of the
    day and are not. Without an earlier visit only the day and the place are filled in.
    """
    place = {"group": group} if group else {"loan_file": loan_file}
    with store.read() as connection:
        found = [data for _id, data in view_of(connection).where(shapes.FIELD_VISIT, **place)]
    last = max(found, key=lambda each: each.get("visited_on", ""), default=shapes.FieldVisit())
    copied = {name: value for name, value in last.items() if name in COPIED}
    return {"visited_on": today().isoformat(), **place, **copied}
