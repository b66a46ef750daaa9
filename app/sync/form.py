"""The form of JSON that comes from outside: small rules put together, and one strict reader.

Each rule also says itself as a JSON Schema, from which docs/schemas is written.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson

from app.core.errors import Invalid
from app.core.line import MOST_DEPTH, canonical

Rule = Callable[[Any], bool]
Schema = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Described:
    """A rule together with the JSON Schema (draft 2020-12) that says the same."""

    holds: Rule
    schema: Schema = field(default_factory=dict)

    def __call__(self, value: Any) -> bool:
        """Tell whether a value fits."""
        return self.holds(value)


def schema_of(rule: Rule) -> Schema:
    """Return the JSON Schema of a rule; a plain function asks for more than a schema can say."""
    return rule.schema if isinstance(rule, Described) else {}


_BYTES_A_BRACKET, _FEW_BRACKETS = 5, 100


def read(raw: bytes, rule: Rule) -> dict[str, Any] | None:
    """Read one canonical JSON object that fits a rule, else None; no key can be there twice."""
    if raw.count(b"[") + raw.count(b"{") > len(raw) // _BYTES_A_BRACKET + _FEW_BRACKETS:
        return None  # each would take 56 bytes of memory and more
    try:
        value = orjson.loads(raw)
        is_canonical = canonical(value) == raw
    except (orjson.JSONDecodeError, Invalid):
        return None
    fits = is_canonical and isinstance(value, dict) and _is_plain(value, 0) and rule(value)
    return value if fits else None


def record(rules: Mapping[str, Rule]) -> Rule:
    """Ask for an object with exactly these names, each with its rule."""
    return Described(
        lambda value: (
            isinstance(value, dict)
            and value.keys() == rules.keys()
            and all(rule(value[name]) for name, rule in rules.items())
        ),
        {
            "type": "object",
            "properties": {name: schema_of(rule) for name, rule in rules.items()},
            "required": list(rules),
            "additionalProperties": False,
        },
    )


def mapping(names: Rule, values: Rule) -> Rule:
    """Ask for an object whose names and values each fit a rule."""
    return Described(
        lambda value: (
            isinstance(value, dict)
            and all(names(name) and values(inner) for name, inner in value.items())
        ),
        {
            "type": "object",
            "propertyNames": schema_of(names),
            "additionalProperties": schema_of(values),
        },
    )


def many(rule: Rule, *, most: int) -> Rule:
    """Ask for a list of at most so many, each of which fits a rule."""
    return Described(
        lambda value: (
            isinstance(value, list) and len(value) <= most and all(rule(inner) for inner in value)
        ),
        {"type": "array", "items": schema_of(rule), "maxItems": most},
    )


def text(pattern: str) -> Rule:
    """Ask for text that is whole this pattern."""
    compiled = re.compile(pattern, re.ASCII | re.DOTALL)
    return Described(
        lambda value: isinstance(value, str) and compiled.fullmatch(value) is not None,
        {"type": "string"} if pattern == _ANY else {"type": "string", "pattern": whole(pattern)},
    )


def number(least: int) -> Rule:
    """Ask for a whole number, true and false being none."""
    return Described(
        lambda value: type(value) is int and value >= least,
        {"type": "integer", "minimum": least, "maximum": 2**53 - 1},
    )


def one_of(*values: str | int) -> Rule:
    """Ask for one of some texts or numbers."""
    return Described(
        lambda value: type(value) in (str, int) and value in values,
        {"enum": [str(value) if isinstance(value, str) else value for value in values]},
    )


def whole(pattern: str) -> str:
    """Anchor a pattern at both ends; a JSON Schema's is looked for anywhere."""
    plain = pattern.replace(r"\d", "[0-9]")
    return f"^(?:{plain})$" if "|" in plain else f"^{plain}$"


def _is_plain(value: Any, depth: int) -> bool:
    """Tell whether a value has only what the format allows; fractions would be written alike."""
    if isinstance(value, dict):
        if not all(map(str.isascii, value)):
            return False
        value = list(value.values())
    elif not isinstance(value, list):
        return value is None or isinstance(value, str | int)
    return depth < MOST_DEPTH and all(_is_plain(inner, depth + 1) for inner in value)


def _is_second(value: Any) -> bool:
    try:
        return _second(value) and bool(datetime.fromisoformat(value))
    except ValueError:
        return False


_ANY = ".*"
anything = text(_ANY)
hex16, hex32, hex64 = text("[0-9a-f]{16}"), text("[0-9a-f]{32}"), text("[0-9a-f]{64}")
hex64_or_none = text("([0-9a-f]{64})?")
office = text("[0-9]{2}[A-J]?")
bundle_name = text("OTG-[0-9A-J]{2,3}-[A-Z2-7]{4}-[0-9]{6,12}-[DFR]")
type_name = text("[a-z][a-z_]{0,40}")
record_id = text("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_second = text(r"[12]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
second = Described(_is_second, schema_of(_second))
