"""The names that a person or a group had: kept by themselves when a name changes."""

from typing import Any

from app.models.records.record_type import RecordType, Shape
from app.services.records.record_view import View

MOST = 20  # rows that the record holds; the oldest go first


def kept(
    view: View, type_: RecordType[Shape], names: tuple[str, ...], record_id: str, data: Shape
) -> list[Any]:
    """Return the rows of former names, with the name of until today where this save changes it.

    `names` are the fields of the name, the first of which every record of the type has.

    Prints of earlier days stay as they are, and search finds the record by every name. A name that
    was only typed wrongly may be taken out of the list again: nothing puts it back.
    """
    before = dict(view.where(type_, id=record_id)).get(record_id)
    former = {name: before[name] for name in names if name in before} if before else {}
    rows = list(data.get("former_names", ()))
    if names[0] not in former or former == {name: data[name] for name in names if name in data}:
        return rows
    return [*rows, former | {"until": view.today.isoformat()}][-MOST:]
