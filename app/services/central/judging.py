"""Whether the centre takes a line: by its form alone, never by a rule of the programme."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from app.core.fields import Field, has_form
from app.core.i18n import _
from app.core.kinds import RULES, Kind
from app.core.line import PUT, Line
from app.models.base import Record, Writer, entities, fields_of

ACCEPTED, HELD, REJECTED = "accepted", "held", "rejected"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The state of a line, and for one that is not accepted the code and the sentence why."""

    state: str
    code: str = ""
    reason: str = ""


def judge(line: Line) -> Verdict:
    """Judge a sound line. The same program judges the same line alike, whenever it arrives."""
    header = line.header
    entity = entities().get(header.type)
    if entity is None or header.v > entity.schema:
        sentence = _("The line was written by a newer program; update the centre.")
        return Verdict(HELD, "newer", sentence)
    if entity.writer is not Writer.OFFICE:
        sentence = _("Only the centre writes records of this type.")
        return Verdict(REJECTED, "foreign_writer", sentence)
    wrong = _without_form(entity, line) if header.op == PUT else None
    if wrong:
        sentence = _("{label}: the value has not the form.").format(label=_(wrong.label))
        return Verdict(REJECTED, "field_form", sentence)
    return Verdict(ACCEPTED)


def _without_form(entity: type[Record], line: Line) -> Field | None:
    """Find a value that no table can hold; one of an older version is read by an upcaster."""
    if line.body is None or line.header.v < entity.schema:
        return None
    known = _fields_by_name(entity)
    for name, value in line.body.data.items():
        if name not in known:
            continue
        field, plain = known[name]
        if type(value) is not plain and not has_form(field, value):
            return field
    return None


@cache
def _fields_by_name(entity: type[Record]) -> Mapping[str, tuple[Field, type | None]]:
    """Give each field, and the type whose every value has its form; none where more is asked."""
    return {
        each.name: (each, None if each.kind is Kind.ROWS else RULES[each.kind].type)
        for each in fields_of(entity)
    }
