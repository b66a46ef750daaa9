"""How Alembic runs inside the program: on the connection and in the transaction it is given."""

from typing import Any, Literal

from alembic import context

from app.models import exchange, printed
from app.models.office import store
from app.models.records import attachments, audit, lines
from app.models.records.base import Base, Json, entities

# who has tables that are no entities: a table that is not loaded would be dropped by a migration
TABLES = (attachments, audit, exchange, lines, printed, store)


def _is_described(thing: Any, name: str | None, kind: str, reflected: bool, other: Any) -> bool:
    """Leave the search tables alone: they are made by the guard, from the described entities."""
    return not (kind == "table" and reflected and "_search" in (name or ""))


def _frozen(kind: str, thing: Any, autogen: Any) -> str | Literal[False]:
    """Write our own column type as what it is in the file: a migration names nothing of ours."""
    return "sa.Text()" if kind == "type" and isinstance(thing, Json) else False


entities()
context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    include_object=_is_described,
    render_item=_frozen,
)
context.run_migrations()
