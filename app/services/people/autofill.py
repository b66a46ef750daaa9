"""What the records of people complete by themselves: former names, the notice that was read."""

from app.core.codes.person import NOTICE_VERSION
from app.models import shapes
from app.services.people import former_names
from app.services.records.autofill import completes
from app.services.records.record_view import View


@completes(shapes.PERSON)
def with_former_names(view: View, record_id: str, data: shapes.Person) -> shapes.Person:
    """Return the person with the name of before, where this save changes it."""
    names = ("first_th", "last_th")
    rows = former_names.kept(view, shapes.PERSON, names, record_id, data)
    return data | {"former_names": rows} if rows else data


@completes(shapes.CONSENT)
def with_notice(_view: View, _record_id: str, data: shapes.Consent) -> shapes.Consent:
    """Return the consent with the version of the notice that it was given on."""
    return {"notice_version": NOTICE_VERSION} | data
