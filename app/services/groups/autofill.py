"""What a group completes by itself: the names it had."""

from app.models import shapes
from app.services.people import former_names
from app.services.records.autofill import completes
from app.services.records.record_view import View


@completes(shapes.GROUP)
def with_former_names(view: View, record_id: str, data: shapes.Group) -> shapes.Group:
    """Return the group with the name of before, where this save changes it."""
    rows = former_names.kept(view, shapes.GROUP, ("name",), record_id, data)
    return data | {"former_names": rows} if rows else data
