"""A rule about the comparison of two persons."""

from collections.abc import Iterator

from app.core.errors import Problem
from app.core.i18n import _
from app.models import shapes
from app.services.records.record_view import View
from app.services.records.rules import rule


@rule(shapes.PERSON_LINK)
def two_records_are_compared(
    view: View, record_id: str, data: shapes.PersonLink
) -> Iterator[Problem]:
    """Refuse the comparison of a record with itself."""
    if data.get("person") and data.get("person") == data.get("other"):
        yield Problem("other", _("Choose another record than the one that is kept."), "itself")
