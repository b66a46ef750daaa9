"""What a row can hold: the one form that a value must have, whichever way it comes in.

It is form alone and never a rule of the programme: the type of the kind, an id or a day where
readers count on one, no null, no control character, nothing that is out of all measure. What a
clerk is asked for beyond it is core.fields.check. docs/bundle-format.md, "What a line may hold",
says the same to others.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from app.core import ids
from app.core.address import ADDRESS_PARTS
from app.core.errors import Problem
from app.core.i18n import N_, _
from app.core.kind_rules import RULES, problem
from app.core.kinds import DAY, PARTIAL_DATE, Field, Kind

CODE = "field_form"
VOID_REASON = Field("void_reason", N_("Reason for voiding"), Kind.NOTE, most=2_000)
REASON = Field("reasons", N_("Reason"), Kind.NOTE, most=2_000)


class Rule(NamedTuple):
    """How a described value is held.

    `most` is the longest text in characters, or the longest list in rows; `pattern` is what the
    whole of a text is, where that is its form; `inner` are the rules of
    the parts of an address or of the fields of a row, `each` that of every value of an object
    whose names are free.
    """

    field: Field
    type: type
    most: int
    pattern: re.Pattern[str] | None = None
    inner: Mapping[str, "Rule"] = {}
    each: "Rule | None" = None


Rules = Mapping[str, Rule]


def rules_of(fields: Iterable[Field]) -> Rules:
    """Return the rules of some fields by name; made once for a type and kept by the caller."""
    return {each.name: _rule(each) for each in fields}


def of_any_record() -> Rules:
    """Return the rules of the marks that every record may have, whatever its type."""
    reason = _rule(REASON)
    return {
        "void_reason": _rule(VOID_REASON),
        "reasons": Rule(REASON, dict, _MOST_REASONS, each=reason),
    }


def longest(field: Field) -> int:
    """Return the most characters, or rows, that a value of a field may have at all.

    Four times what a clerk may enter, so that a later program may ask for less and still read what
    is there. A text without a bound of its own is indexed by the centre, where 500 characters fit.
    """
    if field.most is None:
        return _LONGEST.get(field.kind, _SHORT)
    return max(_FACTOR * field.most, _SHORT)


def unkept(kind: Kind, text: str) -> bool:
    """Tell whether a text holds a character that is never kept: a line feed or a tab in a note is.

    The others of C0 and C1, DEL, lone surrogates, U+FFFE and U+FFFF mean nothing in a record, and
    some databases, spreadsheets and printers cannot take them.
    """
    return not text.isprintable() and bool(unkept_letters(kind).search(text))


def unkept_letters(kind: Kind) -> re.Pattern[str]:
    """Return the pattern of one character that a text of a kind never holds."""
    return _OF_NOTES if kind is Kind.NOTE else _OF_ONE_LINE


def flaw(rules: Rules, data: Mapping[str, Any]) -> Problem | None:
    """Find a value that no row can hold, and say why; fields that are not described are passed by.

    The code is "field_form"; a problem inside a row or an address names its place by dots.
    """
    for name, value in data.items():
        rule = rules.get(name)
        if rule is None:
            continue
        held = type(value) is rule.type
        if held and rule.type in _PLAIN:
            continue
        plain = held and rule.type is str and rule.pattern is None
        if not (plain and len(value) <= rule.most and value.isprintable()):  # almost never
            found = _flaw(rule, value)
            if found:
                return found
    return None


def without_null(rules: Rules, data: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out the described values that are null: to an older program null was absence."""
    return _without(rules, data, lambda _rule, value: value is None)


def readable(rules: Rules, data: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out what has not the type of its field, null too: no row can hold it.

    Text that is odd or too long stays: it can be read, and losing it would be worse.
    """
    return _without(rules, data, lambda rule, value: type(value) is not rule.type)


_FACTOR, _SHORT, _MOST_REASONS = 4, 100, 200
_LONGEST = {Kind.TEXT: 500, Kind.NOTE: 5_000, Kind.ROWS: 1_000, Kind.ADDRESS: 1_000}
_PLAIN = (int, bool)
_PATTERNS = {
    Kind.RECORD: re.compile(ids.FORM),
    Kind.DATE: DAY,  # deadlines and reports count with it
    Kind.PARTIAL_DATE: PARTIAL_DATE,
}
_OF_ONE_LINE = re.compile("[\\u0000-\\u001f\\u007f-\\u009f\\ud800-\\udfff\\ufffe\\uffff]")
_OF_NOTES = re.compile(
    "[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\ud800-\\udfff\\ufffe\\uffff]"
)


def _rule(field: Field) -> Rule:
    inner = ADDRESS_PARTS if field.kind is Kind.ADDRESS else field.rows
    most, pattern = longest(field), _PATTERNS.get(field.kind)
    return Rule(field, RULES[field.kind].type, most, pattern, rules_of(inner))


def _flaw(rule: Rule, value: Any) -> Problem | None:
    field, kind = rule.field, type(value)
    if kind is not rule.type or (rule.pattern and not rule.pattern.fullmatch(value)):
        return problem(field, _("{label}: the value has not the form."), CODE)
    if len(value) > rule.most:
        sentence = _("{label}: longer than {most}, the most that can be kept.")
        return problem(field, sentence, CODE, most=f"{rule.most:,}")
    if rule.type is dict:
        return _inside(field.name, flaw(_rules_inside(rule, value), value))
    if rule.type is list:
        return _flaw_of_rows(rule, value)
    if unkept(field.kind, value):
        return problem(field, _("{label}: a character in it cannot be kept."), CODE)
    return None


def _flaw_of_rows(rule: Rule, rows: list[Any]) -> Problem | None:
    for number, row in enumerate(rows):
        if type(row) is not dict:
            return problem(rule.field, _("{label}: the value has not the form."), CODE)
        found = flaw(rule.inner, row)
        if found:
            return _inside(f"{rule.field.name}.{number}", found)
    return None


def _rules_inside(rule: Rule, value: Mapping[str, Any]) -> Rules:
    return dict.fromkeys(value, rule.each) if rule.each else rule.inner


def _inside(place: str, found: Problem | None) -> Problem | None:
    return Problem(f"{place}.{found.field}", found.message, found.code) if found else None


def _without(
    rules: Rules, data: Mapping[str, Any], is_gone: Callable[[Rule, Any], bool]
) -> dict[str, Any]:
    kept = {}
    for name, value in data.items():
        rule = rules.get(name)
        if rule is None:
            kept[name] = value
        elif not is_gone(rule, value):
            kept[name] = _without_inside(rule, value, is_gone)
    return kept


def _without_inside(rule: Rule, value: Any, is_gone: Callable[[Rule, Any], bool]) -> Any:
    if rule.type is dict and type(value) is dict:
        return _without(_rules_inside(rule, value), value, is_gone)
    if rule.type is list and type(value) is list:
        return [_without(rule.inner, row, is_gone) for row in value if type(row) is dict]
    return value
