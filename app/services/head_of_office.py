"""Who heads the office: what only the head may do is asked here."""

from sqlalchemy import Connection

from app.models.store import origin
from app.services.view import View


def is_head(connection: Connection, user: str) -> bool:
    """Tell whether a user heads the office; while no head is entered, everybody does."""
    users = View(connection, origin(connection).office).where("user")
    heads = [user_id for user_id, data in users if data.get("role") == "head"]
    return not heads or user in heads
