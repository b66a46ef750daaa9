"""From records to the papers of field visits."""

from app.models import shapes
from app.models.groups import TRACKS
from app.models.people.person import Person
from app.reports.forms.field_visit import FieldVisit, Obstacle, Track
from app.reports.stamp import Stamp
from app.services.groups.rules import members_of
from app.services.people import on_paper
from app.services.printing import gathering
from app.services.printing.gathering import gathers
from app.services.records.record_view import View


@gathers("field_visit", shapes.FIELD_VISIT)
def field_visit(view: View, stamp: Stamp, record_id: str, data: shapes.FieldVisit) -> FieldVisit:
    """Gather P21: the visit, the group it went to, and what the visit before agreed."""
    file = view.get(shapes.LOAN_FILE, data.get("loan_file")) or {}
    group_id = data.get("group") or file.get("group", "")
    group = view.get(shapes.GROUP, group_id) or {}
    lives = on_paper.person(view.get(shapes.PERSON, file.get("person")) or {}, view.today)
    before = _before(view, record_id, data)
    leaders = (p for m, p in members_of(view, group_id) if m.get("role") == "leader")
    return FieldVisit(
        stamp=stamp,
        group_name=group.get("name", ""),
        group_no=group.get("group_no", ""),
        place=gathering.address(group.get("address")).text if group else lives.lives_at.text,
        borrower="" if group else lives.name,
        leader=Person.title(next(leaders, {})),
        file_no=file.get("file_no", ""),
        **gathering.texts(data, "visited_on", "kind", "team", "progress", "needs"),
        **gathering.texts(data, "next_step", "due_on"),
        last_on=before.get("visited_on", ""),
        last_step=before.get("next_step", ""),
        tracks=tuple(Track(name, str(group.get(name, ""))) for name in TRACKS) if group else (),
        income=data.get("income"),
        obstacles=tuple(
            Obstacle(each.get("kind", ""), each.get("text", ""))
            for each in data.get("obstacles", ())
        ),
        pictures=tuple(each.get("title", "") for each in data.get("photos", ())),
    )


def _before(view: View, record_id: str, data: shapes.FieldVisit) -> shapes.FieldVisit:
    """Return the visit before to the same group or file, {} for the first."""
    if data.get("group"):
        known = view.where(shapes.FIELD_VISIT, group=data["group"])
    elif data.get("loan_file"):
        known = view.where(shapes.FIELD_VISIT, loan_file=data["loan_file"])
    else:
        return {}
    earlier = [
        each
        for visit, each in known
        if visit != record_id and each.get("visited_on", "") <= data.get("visited_on", "")
    ]
    return max(earlier, key=lambda each: each.get("visited_on", ""), default=shapes.FieldVisit())
