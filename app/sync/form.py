"""The form of JSON that comes from outside: small rules put together, and one strict reader."""

import re
from collections.abc import Callable, Mapping
from typing import Any

import orjson

from app.core.errors import Invalid
from app.core.line import canonical

Rule = Callable[[Any], bool]


def read(raw: bytes, rule: Rule) -> dict[str, Any] | None:
    """Read one canonical JSON object that fits a rule, else None; no key can be there twice."""
    try:
        value = orjson.loads(raw)
        is_canonical = canonical(value) == raw
    except (orjson.JSONDecodeError, Invalid):
        return None
    return value if is_canonical and isinstance(value, dict) and rule(value) else None


def record(rules: Mapping[str, Rule]) -> Rule:
    """Ask for an object with exactly these names, each with its rule."""
    return lambda value: (
        isinstance(value, dict)
        and value.keys() == rules.keys()
        and all(rule(value[name]) for name, rule in rules.items())
    )


def mapping(names: Rule, values: Rule) -> Rule:
    """Ask for an object whose names and values each fit a rule."""
    return lambda value: (
        isinstance(value, dict)
        and all(names(name) and values(inner) for name, inner in value.items())
    )


def many(rule: Rule, *, most: int) -> Rule:
    """Ask for a list of at most so many, each of which fits a rule."""
    return lambda value: (
        isinstance(value, list) and len(value) <= most and all(rule(inner) for inner in value)
    )


def text(pattern: str) -> Rule:
    """Ask for text that is whole this pattern."""
    compiled = re.compile(pattern, re.ASCII | re.DOTALL)
    return lambda value: isinstance(value, str) and compiled.fullmatch(value) is not None


def number(least: int) -> Rule:
    """Ask for a whole number, true and false being none."""
    return lambda value: type(value) is int and value >= least


def one_of(*values: str | int) -> Rule:
    """Ask for one of some texts or numbers."""
    return lambda value: type(value) in (str, int) and value in values


anything = text(".*")
hex16, hex32, hex64 = text("[0-9a-f]{16}"), text("[0-9a-f]{32}"), text("[0-9a-f]{64}")
hex64_or_none = text("([0-9a-f]{64})?")
office = text("[0-9]{2}[A-J]?")
type_name = text("[a-z][a-z_]{0,40}")
record_id = text("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
second = text(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
