"""What the records of people complete by themselves: former names, the notice that was read."""

from app.core.codes.person import NOTICE_VERSION
from app.core.line import Data
from app.services.people import former_names
from app.services.records.autofill import completes
from app.services.records.record_view import View


@completes("person")
def with_former_names(view: View, record_id: str, data: Data) -> Data:
    """Return the person with the name of before, where this save changes it."""
    return former_names.kept(view, "person", ("first_th", "last_th"), record_id, data)


@completes("consent")
def with_notice(_view: View, _record_id: str, data: Data) -> Data:
    """Return the consent with the version of the notice that it was given on."""
    return {"notice_version": NOTICE_VERSION} | data
