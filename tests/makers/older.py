"""A program from before the gate: it writes what no line may hold any more."""

from typing import Any

from app.models.records import journal
from app.models.records.base import entities, read, row_of
from app.services.records.acts import Acting, write_rows


def put(
    acting: Acting, type_: str, record_id: str, data: dict[str, Any], parents: tuple[str, ...]
) -> None:
    """Write a record within an act as it stands, whatever its values are."""
    entity = entities()[type_]
    shown = read(entity, data, entity.schema)
    write_rows(
        acting.connection, type_, [row_of(entity, record_id, acting.act.origin.office, shown)]
    )
    acting.changes.append(journal.Change(type_, record_id, data, parents))
