"""From records to the papers of a person."""

from app.models import shapes
from app.reports.data_subjects import PURPOSES, Answer, DataSubject
from app.reports.stamp import Stamp
from app.services.people import on_paper
from app.services.printing.gathering import gathers
from app.services.records.record_view import View


@gathers("data_request", shapes.PERSON)
@gathers("privacy_notice", shapes.PERSON)
def data_subject(view: View, stamp: Stamp, record_id: str, data: shapes.Person) -> DataSubject:
    """Gather P22 and P23: the person, and the answers that still stand."""
    offices = view.where(shapes.OFFICE)
    one = on_paper.person(data, view.today)
    return DataSubject(
        stamp=stamp,
        name=one.name,
        number=one.number,
        address=one.lives_at.text,
        phone=one.call,
        office_phone=offices[-1][1].get("phone", "") if offices else "",
        answers=tuple(_answer(view, record_id, purpose) for purpose in PURPOSES),
    )


def _answer(view: View, person: str, purpose: str) -> Answer:
    """Return the last answer to a purpose; one that was taken back leaves the boxes empty."""
    given = [data for _id, data in view.where(shapes.CONSENT, person=person, purpose=purpose)]
    last = max(given, key=lambda each: each.get("given_on", ""), default=shapes.Consent())
    if not last or last.get("withdrawn_on"):
        return Answer(purpose)
    return Answer(purpose, "yes" if last.get("agrees") else "no", last.get("given_on", ""))
