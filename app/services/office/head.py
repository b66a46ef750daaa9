"""Who heads the office: what only the head may do is asked here."""

from sqlalchemy import Connection

from app.core.errors import UserError
from app.core.i18n import _
from app.models.office.store import origin
from app.models.records.base import entities
from app.services.records.record_view import View


def is_head(connection: Connection, user: str) -> bool:
    """Tell whether a user heads the office; while no head is entered, everybody does."""
    users = View(connection, origin(connection).office).where("user")
    heads = [user_id for user_id, data in users if data.get("role") == "head"]
    return not heads or user in heads


def refuse_others(connection: Connection, user: str, type_: str) -> None:
    """Refuse to write a record that only the head changes. Raises UserError "not_head"."""
    if entities()[type_].head_only and not is_head(connection, user):
        raise UserError(
            _("Only the head of the office may change this. Ask the head to sign in."),
            code="not_head",
        )
