"""Whose line of a type may exist at all: the office's own, or the centre's."""

from app.core.line import ERASE, Line
from app.models.records.base import Writer, entities


def is_forged(line: Line, centre: str) -> bool:
    """Tell whether somebody else wrote a line in the centre's name; `centre` is its replica.

    Only the centre writes its types, and every erasure. Its replica is believed where it stands in
    a file that the centre signed.
    """
    entity = entities().get(line.header.type)
    is_of_centre = entity is not None and entity.writer is Writer.CENTRE
    return (is_of_centre or line.header.op == ERASE) and line.header.replica != centre
