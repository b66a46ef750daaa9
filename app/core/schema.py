"""What JSON from outside may hold: small rules put together, and strict readers that ask them.

A rule says three things of the same: whether a value fits, the place of its first fault, and the
JSON Schema (draft 2020-12) from which docs/schemas is written.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from app.core import json_text

Schema = dict[str, Any]
Steps = tuple[str | int, ...]
Fault = Callable[[Any], Steps | None]

WHOLE = "*"  # the place of a fault that is the file's and no key's
_NAME = re.compile(r"[\w.-]{1,40}", re.ASCII)


class Unfit(ValueError):
    """A value, or the text it came in, breaks its rule.

    `place` is the way to the first fault, "runs.0.seq_to"; WHOLE where no key is at fault.
    """

    def __init__(self, steps: Steps = ()) -> None:
        self.place = ".".join(map(str, steps)) or WHOLE
        super().__init__(self.place)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: `fault` gives the steps to what is wrong in a value, None where it fits."""

    fault: Fault
    schema: Schema = field(default_factory=dict)

    def fits(self, value: Any) -> bool:
        """Tell whether a value fits."""
        return self.fault(value) is None


def read(raw: bytes, rule: Rule) -> Any:
    """Return the value of canonical JSON that fits a rule. Raises Unfit."""
    return checked(load(raw), rule)


def load(raw: bytes) -> Any:
    """Return the value of canonical JSON, whatever it holds; ask checked() next. Raises Unfit."""
    try:
        return json_text.read_canonical(raw)
    except json_text.NotJson as error:
        raise Unfit from error


def checked(value: Any, rule: Rule) -> Any:
    """Return the value where it fits a rule. Raises Unfit."""
    steps = rule.fault(value)
    if steps is not None:
        raise Unfit(steps)
    return value


def read_written(raw: bytes, rule: Rule, *, fractions: bool = False) -> Any:
    """Return the value of JSON in any layout that fits a rule. Raises Unfit."""
    try:
        value = json_text.read_written(raw, fractions=fractions)
    except json_text.NotJson as error:
        raise Unfit from error
    return checked(value, rule)


def read_file(path: Path, rule: Rule, *, most: int, fractions: bool = False) -> Any:
    """Return the value of a file of JSON in any layout, of at most so many bytes.

    Raises Unfit, and OSError where the file cannot be read.
    """
    with path.open("rb") as file:
        raw = file.read(most + 1)
    if len(raw) > most:
        raise Unfit
    return read_written(raw, rule, fractions=fractions)


def record(
    rules: Mapping[str, Rule], maybe: Mapping[str, Rule] | None = None, *, others: bool = False
) -> Rule:
    """Ask for an object with these names, each with its rule; those of `maybe` may be left out.

    Other names are refused unless `others` are let in.
    """
    known = {**rules, **(maybe or {})}
    faults = [(name, rule.fault) for name, rule in known.items()]

    def fault(value: Any) -> Steps | None:
        if type(value) is not dict:
            return ()
        found = 0
        for name, fault_of in faults:
            if name in value:
                found += 1
                if (steps := fault_of(value[name])) is not None:
                    return (name, *steps)
            elif name in rules:
                return (name,)
        if found < len(value) and not others:
            return _named(next(name for name in value if name not in known))
        return None

    schema: Schema = {
        "type": "object",
        "properties": {name: rule.schema for name, rule in known.items()},
        "required": list(rules),
    }
    return Rule(fault, schema if others else schema | {"additionalProperties": False})


def mapping(names: Rule, values: Rule) -> Rule:
    """Ask for an object whose names and values each fit a rule."""

    def fault(value: Any) -> Steps | None:
        if type(value) is not dict:
            return ()
        for name, inner in value.items():
            if not names.fits(name):
                return _named(name)
            if (steps := values.fault(inner)) is not None:
                return (*_named(name), *steps)
        return None

    return Rule(
        fault,
        {"type": "object", "propertyNames": names.schema, "additionalProperties": values.schema},
    )


def many(rule: Rule, *, most: int, least: int = 0) -> Rule:
    """Ask for a list of so many at least and at most, each of which fits a rule."""

    def fault(value: Any) -> Steps | None:
        if type(value) is not list or not least <= len(value) <= most:
            return ()
        for number, inner in enumerate(value):
            if (steps := rule.fault(inner)) is not None:
                return (number, *steps)
        return None

    schema = {"type": "array", "items": rule.schema, "maxItems": most}
    return Rule(fault, schema | {"minItems": least} if least else schema)


def also(rule: Rule, *asked: Fault) -> Rule:
    """Ask for more than a schema can say, of a value that fits a rule."""

    def fault(value: Any) -> Steps | None:
        found = (each(value) for each in (rule.fault, *asked))
        return next((steps for steps in found if steps is not None), None)

    return Rule(fault, rule.schema)


def where(rule: Rule, holds: Callable[[Any], bool], schema: Schema | None = None) -> Rule:
    """Ask that something holds of a value that fits a rule."""
    asked = also(rule, lambda value: None if holds(value) else ())
    return Rule(asked.fault, rule.schema | (schema or {}))


def or_none(rule: Rule) -> Rule:
    """Ask for null or what fits a rule."""
    return Rule(
        lambda value: None if value is None else rule.fault(value),
        {"anyOf": [{"type": "null"}, rule.schema]},
    )


def text(pattern: str) -> Rule:
    """Ask for text that is whole this pattern."""
    compiled = re.compile(pattern, re.ASCII | re.DOTALL)
    return Rule(
        lambda value: None if type(value) is str and compiled.fullmatch(value) is not None else (),
        {"type": "string"} if pattern == _ANY else {"type": "string", "pattern": whole(pattern)},
    )


def number(least: int, most: int = 2**53 - 1) -> Rule:
    """Ask for a whole number, true and false being none."""
    return Rule(
        lambda value: None if type(value) is int and least <= value <= most else (),
        {"type": "integer", "minimum": least, "maximum": most},
    )


def one_of(*values: str | int) -> Rule:
    """Ask for one of some texts or numbers."""
    return Rule(
        lambda value: None if type(value) in (str, int) and value in values else (),
        {"enum": [str(value) if isinstance(value, str) else value for value in values]},
    )


def whole(pattern: str) -> str:
    """Anchor a pattern at both ends; a JSON Schema's is looked for anywhere."""
    plain = pattern.replace(r"\d", "[0-9]")
    return f"^(?:{plain})$" if "|" in plain else f"^{plain}$"


def _named(name: str) -> Steps:
    """Return the step to a name that is no word of ours, unless it could be anything."""
    return (name,) if _NAME.fullmatch(name) else ()


def _is_time(value: str) -> bool:
    try:
        return bool(datetime.fromisoformat(value))
    except ValueError:
        return False


def _is_day(value: str) -> bool:
    try:
        return bool(date.fromisoformat(value))
    except ValueError:
        return False


def _is_hundredths(value: Any) -> bool:
    return type(value) in (int, Decimal) and value >= 0 and value * 100 % 1 == 0


_ANY = ".*"
something = Rule(lambda _value: None)
anything = text(_ANY)
words = where(anything, lambda value: bool(value.strip()), {"pattern": r"\S"})
flag = Rule(lambda value: None if type(value) is bool else (), {"type": "boolean"})
hundredths = where(something, _is_hundredths, {"type": "number", "minimum": 0})
hex16, hex32, hex64 = text("[0-9a-f]{16}"), text("[0-9a-f]{32}"), text("[0-9a-f]{64}")
hex64_or_none = text("([0-9a-f]{64})?")
office = text("[0-9]{2}[A-J]?")
bundle_name = text("OTG-[0-9A-J]{2,3}-[A-Z2-7]{4}-[0-9]{6,12}-[DFR]")
type_name = text("[a-z][a-z_]{0,40}")
record_id = text("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
second = where(text(r"[12]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\dZ"), _is_time)
day = where(text(r"\d{4}-\d\d-\d\d"), _is_day)
