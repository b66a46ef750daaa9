"""Whether a line is taken: by its form alone, never by a rule of the programme.

One gate for every way in: what comes to the centre, what one desk takes from another, what a
receipt or the file for a lost PC brings. So no table, view or page ever meets what it cannot hold.
The same program judges the same line alike, whenever and from wherever it arrives.
"""

from dataclasses import dataclass
from datetime import datetime

from app.core import holding
from app.core.errors import Problem
from app.core.i18n import _
from app.core.json_text import canonical
from app.core.line import (
    ERASE,
    MOST_DATA_BYTES,
    MOST_GENERATIONS,
    PUT,
    Data,
    Header,
    Line,
)
from app.models.records.base import Record, Writer, entities, rules_of, upcast

ACCEPTED, HELD, REJECTED = "accepted", "held", "rejected"
FORM = (holding.CODE, "line_header")  # the codes of what no row can hold
FORK = "fork"  # of a bundle alone: another line stands in a place of its chain


@dataclass(frozen=True, slots=True)
class Verdict:
    """The state of a line, and for one that is not accepted the code and the sentence why."""

    state: str
    code: str = ""
    reason: str = ""


def judge(line: Line) -> Verdict:
    """Judge as the centre does a sound line that a desk of an office sent."""
    entity = entities().get(line.header.type)
    if entity is None or line.header.v > entity.schema:
        sentence = _("The line was written by a newer program; update the centre.")
        return Verdict(HELD, "newer", sentence)
    if entity.writer is not Writer.OFFICE or line.header.op == ERASE:
        sentence = _("Only the centre writes records of this type.")
        return Verdict(REJECTED, "foreign_writer", sentence)
    wrong = flaw(line)
    return Verdict(REJECTED, wrong.code, wrong.message) if wrong else _ACCEPTED


def flaw(line: Line, *, null_is_absent: bool = False) -> Problem | None:
    """Find what no row can hold in a sound line of any writer; None where a desk may take it.

    Null is no value: what is empty is left out. With `null_is_absent` it is passed by: the centre
    took it while its schema allowed it. A line of another version is read as far as it can be.
    """
    header = line.header
    entity = entities().get(header.type)
    if not _has_form(header):
        sentence = _("A date or a number in the heading of the line is not possible.")
        return Problem("", sentence, FORM[1])
    if entity is None or line.body is None or header.op != PUT or header.v > entity.schema:
        return None
    data = line.body.data
    rules = rules_of(entity)
    if header.v < entity.schema:
        converted = _converted(entity, data, header.v)
        if converted is None:
            return Problem("", _("A value of the line has not the form."), holding.CODE)
        data = holding.readable(rules, converted)
    elif null_is_absent:
        data = holding.without_null(rules, data)
    elif any(_has_null(value) for name, value in data.items() if name not in rules):
        return Problem("", _("A value of the line has not the form."), holding.CODE)
    found = holding.flaw(rules, data)
    if found is None and _is_long(rules, data):
        sentence = _("The record is too long to be kept.")
        return Problem("", sentence, holding.CODE)
    return found


def outcome(accepted: int, held: int, rejected: int) -> str:
    """Tell what became of a bundle without a fork, from the counts of its lines."""
    if accepted:
        return ACCEPTED
    return HELD if held else REJECTED if rejected else ACCEPTED


_ACCEPTED = Verdict(ACCEPTED)


def _has_form(header: Header) -> bool:
    """Tell whether the clock shows a moment, and the record may still be changed after this."""
    try:
        datetime.fromisoformat(header.at)
    except ValueError:
        return False
    return header.depth <= MOST_GENERATIONS


def _has_null(value: object) -> bool:
    """Tell whether null stands anywhere in a value that no field describes: it is never sent."""
    if isinstance(value, dict):
        return any(_has_null(each) for each in value.values())
    return any(map(_has_null, value)) if isinstance(value, list) else value is None


def _converted(entity: type[Record], data: Data, version: int) -> Data | None:
    """Read an old line as this version; None where the conversion finds no sense in it."""
    try:
        return upcast(entity, data, version)
    except (LookupError, TypeError, ValueError, AttributeError):
        return None


def _is_long(rules: holding.Rules, data: Data) -> bool:
    """Tell whether a record could not be written again: only lists and strange fields are long."""
    may_be = any(type(value) is list or name not in rules for name, value in data.items())
    return may_be and len(canonical(data)) > MOST_DATA_BYTES
