"""Who heads the office, by the role of its users."""

from sqlalchemy import Connection

from app.models import shapes
from app.models.office.store import origin
from app.services.records.head import tells_the_head
from app.services.records.record_view import View


@tells_the_head
def is_head(connection: Connection, user: str) -> bool:
    """Tell whether a user heads the office; while no head is entered, everybody does."""
    users = View(connection, origin(connection).office).where(shapes.USER)
    heads = [user_id for user_id, data in users if data.get("role") == "head"]
    return not heads or user in heads
