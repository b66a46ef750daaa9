"""Lists of a class: who applied for it, and who was there on which day."""

from app.core.i18n import N_
from app.models import shapes
from app.services.records.lists import Days, Listed, ListKind, Place, register
from app.services.records.record_view import View
from app.services.training.attendance import days_of, in_order, with_marks
from app.services.training.counting import ATTENDING
from app.services.training.rules import groups_of

_NO_CLASS = N_("This class is not here. Choose the class again.")


def _applied(view: View, person: str) -> shapes.Enrolment:
    """Return the defaults of an application that the list left out: today, the only group."""
    groups = groups_of(view, person)
    begun: shapes.Enrolment = {"applied_on": view.today.isoformat()}
    return begun | {"group": groups[0]} if len(groups) == 1 else begun


register(
    listed=[Listed(type="enrolment")],
    kinds=[
        ListKind(
            name="trainees",
            type="person",
            place=Place(
                type="enrolment",
                member="person",
                own=(
                    "applied_on", "link_consent", "job_help", "heard_from", "workplace", "industry"
                ),
                asked=("membership", "enrolment"),
                begun=_applied,
            ),
            owner="training_class",
            no_owner=_NO_CLASS,
        ),
        ListKind(
            name="attendance",
            type="enrolment",
            days=Days(
                member="person",
                named_by=(
                    "id_no", "passport_no", "title_th", "first_th", "middle_th", "last_th"
                ),
                field="attended",
                statuses=ATTENDING,
                minutes=days_of,
                rows=in_order,
                marked=with_marks,
                nobody=N_("This trainee is not in the class."),
                several=N_(
                    "{count} trainees of the class have this name. Write the id number beside it."
                ),
                not_marked=N_(
                    "{name} is not in training: take the step first, then mark the attendance."
                ),
            ),
            owner="training_class",
            no_owner=_NO_CLASS,
        ),
    ],
)  # fmt: skip
