"""Whether the centre takes a line: by its form alone, never by a rule of the programme."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from app.core.fields import Field, has_form
from app.core.i18n import _
from app.core.kinds import RULES, Kind
from app.core.line import ERASE, PUT, Data, Line
from app.models.base import Record, Writer, entities, fields_of

ACCEPTED, HELD, REJECTED = "accepted", "held", "rejected"
FORK = "fork"  # of a bundle alone: another line stands in a place of its chain


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
    if entity.writer is not Writer.OFFICE or header.op == ERASE:
        sentence = _("Only the centre writes records of this type.")
        return Verdict(REJECTED, "foreign_writer", sentence)
    data = line.body.data if line.body and header.op == PUT else {}
    wrong = _without_form(entity, data) if header.v == entity.schema else None
    if wrong:
        sentence = _("{label}: the value has not the form.").format(label=_(wrong.label))
        return Verdict(REJECTED, "field_form", sentence)
    if _cannot_be_kept(data):
        return Verdict(REJECTED, "field_form", _("A value of the line has not the form."))
    return Verdict(ACCEPTED)


def outcome(accepted: int, held: int, rejected: int) -> str:
    """Tell what became of a bundle without a fork, from the counts of its lines."""
    if accepted:
        return ACCEPTED
    return HELD if held else REJECTED if rejected else ACCEPTED


def _without_form(entity: type[Record], data: Data) -> Field | None:
    """Find a value that no table can hold; one of an older version is read by an upcaster."""
    known = _fields_by_name(entity)
    for name, value in data.items():
        if name not in known:
            continue
        field, plain = known[name]
        if type(value) is not plain and not has_form(field, value):
            return field
    return None


def _cannot_be_kept(data: Data) -> bool:
    """Tell whether the marks that every record may have are none."""
    reasons = data.get("reasons", {})
    return (
        not isinstance(data.get("void_reason", ""), str)
        or not isinstance(reasons, dict)
        or not all(isinstance(reason, str) for reason in reasons.values())
    )


_ASKED_MORE = (Kind.RECORD, Kind.ROWS)


@cache
def _fields_by_name(entity: type[Record]) -> Mapping[str, tuple[Field, type | None]]:
    """Give each field, and the type whose every value has its form; none where more is asked."""
    return {
        each.name: (each, None if each.kind in _ASKED_MORE else RULES[each.kind].type)
        for each in fields_of(entity)
    }
