"""What only the head of an office may do; who that is, the area of the office tells."""

from collections.abc import Callable

from sqlalchemy import Connection

from app.core.errors import UserError
from app.core.i18n import _
from app.models.records.base import entities
from app.services import areas

Heads = Callable[[Connection, str], bool]

_TELLING: list[Heads] = []


def tells_the_head(function: Heads) -> Heads:
    """Register the function that tells whether a user, by id, heads the office."""
    _TELLING.append(function)
    return function


def telling() -> tuple[Heads, ...]:
    """Return who is asked whether a user heads the office."""
    areas.load(areas.HEADING)
    return tuple(_TELLING)


def is_head(connection: Connection, user: str) -> bool:
    """Tell whether a user may do what only the head of the office does."""
    return all(tells(connection, user) for tells in telling())


def refuse_others(connection: Connection, user: str, type_: str) -> None:
    """Refuse to write a record that only the head changes. Raises UserError "not_head"."""
    if entities()[type_].head_only and not is_head(connection, user):
        raise UserError(
            _("Only the head of the office may change this. Ask the head to sign in."),
            code="not_head",
        )
