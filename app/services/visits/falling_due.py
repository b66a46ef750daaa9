"""What falls due: the next steps that field visits agreed."""

from dataclasses import dataclass
from datetime import date, timedelta

from app.core.fields import today
from app.core.line import Data
from app.models import shapes
from app.models.office.store import Store
from app.models.records.base import entities
from app.models.records.record_type import RecordType
from app.services.records.record_view import View
from app.services.records.records import view_of


@dataclass(frozen=True, slots=True)
class DueStep:
    """What a visit found to be done next; `visit` is its id, `place` the group or loan file.

    It `is_late` once its day is over.
    """

    visit: str
    place: str
    visited_on: str
    next_step: str
    due_on: str
    is_late: bool


def due_steps(store: Store, *, within: int, on: date | None = None) -> list[DueStep]:
    """List the next steps that fall due within some days, late ones too, the earliest first.

    A later visit to the same place takes over from the one before: only the last one counts.
    """
    day = on or today()
    until = (day + timedelta(days=within)).isoformat()
    with store.read() as connection:
        view = view_of(connection)
        found = [
            DueStep(
                visit,
                _place(view, data),
                data.get("visited_on", ""),
                data.get("next_step", ""),
                data["due_on"],
                data["due_on"] < day.isoformat(),
            )
            for visit, data in _last_visits(view)
            if data.get("due_on") and data["due_on"] <= until
        ]
    return sorted(found, key=lambda step: (step.due_on, step.visit))


def _last_visits(view: View) -> list[tuple[str, shapes.FieldVisit]]:
    """Return the last visit to each group or loan file; of two of one day, the later entered."""
    last: dict[tuple[str, str], tuple[str, shapes.FieldVisit]] = {}
    for visit, data in view.where(shapes.FIELD_VISIT):
        place = ("group", data["group"]) if data.get("group") else ("loan_file", _file(data))
        before = last.get(place)
        if before is None or before[1].get("visited_on", "") <= data.get("visited_on", ""):
            last[place] = (visit, data)
    return list(last.values())


def _place(view: View, data: shapes.FieldVisit) -> str:
    type_, record_id = ("group", data["group"]) if data.get("group") else ("loan_file", _file(data))
    found = view.get(RecordType[Data](type_), record_id)
    return entities()[type_].title(found) if found else ""


def _file(data: shapes.FieldVisit) -> str:
    return str(data.get("loan_file", ""))
