"""What a group completes by itself: the names it had."""

from app.core.line import Data
from app.services.people import former_names
from app.services.records.autofill import completes
from app.services.records.record_view import View


@completes("group")
def with_former_names(view: View, record_id: str, data: Data) -> Data:
    """Return the group with the name of before, where this save changes it."""
    return former_names.kept(view, "group", ("name",), record_id, data)
