"""The JSON Schemas of docs/schemas: the rules with which the program reads, said for other tools.

The parts of a bundle come from the rules of app.sync and the line's own patterns, the records from
their described fields. Nothing is written down twice.
"""

from collections.abc import Iterable
from typing import Any

from app.core import ids
from app.core.fields import ADDRESS_PARTS, NUMBERS, Field, Kind, most_of
from app.core.holding import Rule, unkept_letters
from app.core.i18n import _
from app.core.json_text import MOST_DEPTH
from app.core.kinds import DAY, FILE_NAME, PARTIAL_DATE
from app.core.line import HEADER
from app.core.schema import hex32, whole
from app.models.records.base import Record, entities, fields_of, rules_of
from app.sync.envelope import ENVELOPE, INSIDE
from app.sync.receipt import RECEIPT_RULE
from app.sync.trust import REQUEST, STATEMENT

Schema = dict[str, Any]

MOST_WHOLE = 2**53 - 1
COMPLETE = "complete"


def schemas() -> dict[str, Schema]:
    """Give every schema by its path below docs/schemas."""
    parts = {
        "envelope": (ENVELOPE.schema, "envelope.json"),
        "bundle": (INSIDE.schema, "bundle.json, the sealed facts"),
        "receipt": (RECEIPT_RULE.schema, "data/receipt.json"),
        "key-request": (REQUEST.schema, "the first line of a key request"),
        "trust": (STATEMENT.schema, "the first line of a statement of the centre"),
        "line": (_line(), "one line of data/<type>.ndjson"),
    }
    found = {
        f"{name}.schema.json": _named(name, {"description": f"The form of {what}.", **schema})
        for name, (schema, what) in parts.items()
    }
    for type_, entity in entities().items():
        found[f"records/{type_}.schema.json"] = _named(f"record:{type_}", _record(entity))
    return found


def _named(name: str, schema: Schema) -> Schema:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:otg-bundle-1:{name}",
        **schema,
    }


def _line() -> Schema:
    """Say the form of a line; sorted parents, digest and canonical bytes are beyond a schema."""
    header = dict(HEADER.schema["properties"])
    header["parents"] = header["parents"] | {"uniqueItems": True}
    body = {"salt": hex32.schema, "data": _nested("object", 3)}
    return {
        **_closed({"h": {"$ref": "#/$defs/header"}, "b": {"$ref": "#/$defs/body"}}, ["h"]),
        "$defs": {
            "header": {
                **_closed(header),
                "allOf": [
                    _together("seq", {"const": 1}, "prev", {"const": ""}),
                    _together("depth", {"const": 1}, "parents", {"maxItems": 0}),
                ],
            },
            "body": {
                "description": "data is the whole record: see records/<type>.schema.json.",
                **_closed(body),
            },
            **{f"value{depth}": _value(depth) for depth in range(3, MOST_DEPTH + 1)},
        },
    }


def _closed(properties: Schema, required: list[str] | None = None) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": required or list(properties),
        "additionalProperties": False,
    }


def _together(left: str, is_left: Schema, right: str, is_right: Schema) -> Schema:
    """Say that one field has its first value exactly where another has."""
    has_right = {"properties": {right: is_right}}
    return {"if": {"properties": {left: is_left}}, "then": has_right, "else": {"not": has_right}}


def _value(depth: int) -> Schema:
    """Say what may stand `depth` levels deep: no fraction, nothing beyond the last level."""
    scalar: Schema = {"type": ["string", "boolean"]}
    allowed = [scalar, _whole_number()]
    if depth < MOST_DEPTH:
        allowed += [_nested("object", depth + 1), _nested("array", depth + 1)]
    return {"anyOf": allowed}


def _nested(kind: str, depth: int) -> Schema:
    inner = {"$ref": f"#/$defs/value{depth}"}
    if kind == "array":
        return {"type": "array", "items": inner}
    return {"type": "object", "propertyNames": _ASCII, "additionalProperties": inner}


_ASCII = {"pattern": r"^[\u0000-\u007f]*$"}


def _whole_number(least: int | None = None, most: int | None = None) -> Schema:
    return {
        "type": "integer",
        "minimum": -MOST_WHOLE if least is None else least,
        "maximum": MOST_WHOLE if most is None else most,
    }


def _record(entity: type[Record]) -> Schema:
    """Say what the centre demands, and in $defs/complete what a desk checks before it saves."""
    fields = fields_of(entity)
    return {
        "title": _(entity.label),
        "description": (
            f"{entity.label}: the data of a line. All this is demanded: a line beyond it is "
            "rejected. What is empty is left out, never null. "
            f"The bounds of #/$defs/{COMPLETE} are what a desk asks of a clerk: a line beyond them "
            "is taken. Fields that are not named here are kept as they are."
        ),
        "x-writer": entity.writer.value,
        "x-version": entity.schema,
        "type": "object",
        "propertyNames": _ASCII,
        "properties": {name: _held(rule) for name, rule in rules_of(entity).items()},
        "$defs": {COMPLETE: _complete(fields)},
    }


def _held(rule: Rule) -> Schema:
    """Say what a row can hold, and nothing more: core.holding is the rule."""
    schema = _described(rule.field) | {"type": _TYPES[rule.type]}
    if rule.type is int:
        schema |= _whole_number()
    elif rule.type is str:
        letters = unkept_letters(rule.field.kind).pattern.replace(_SURROGATES, "")
        schema |= {"maxLength": rule.most, "not": {"pattern": letters}}
        if rule.pattern is not None:
            schema["pattern"] = whole(rule.pattern.pattern)
    elif rule.type is list:
        schema |= {"maxItems": rule.most, "items": _held_inside(rule)}
    elif rule.type is dict:
        schema |= _held_inside(rule)
    return schema


def _held_inside(rule: Rule) -> Schema:
    if rule.each:
        return {"maxProperties": rule.most, "additionalProperties": _held(rule.each)}
    return {
        "type": "object",
        "properties": {name: _held(inner) for name, inner in rule.inner.items()},
    }


_SURROGATES = r"\ud800-\udfff"  # no JSON holds one
_TYPES = {str: "string", int: "integer", bool: "boolean", dict: "object", list: "array"}


def _described(field: Field) -> Schema:
    said: Schema = {"title": _(field.label), "description": field.label, "x-kind": field.kind.value}
    if field.kind is Kind.BAHT:
        said["x-unit"] = "satang"
    if field.target:
        said["x-target"] = field.target
    return said


def _complete(fields: Iterable[Field]) -> Schema:
    fields = tuple(fields)
    return {
        "type": "object",
        "properties": {field.name: _bounded(field) for field in fields},
        "required": [field.name for field in fields if field.required],
    }


def _bounded(field: Field) -> Schema:
    """Say what check asks of a value that is there; empty values are never stored."""
    if field.kind in NUMBERS:
        return _whole_number(field.least, field.most)
    if field.kind is Kind.FLAG:
        return {"type": "boolean"}
    if field.kind is Kind.CHOICE:
        return {"oneOf": [{"const": code, "title": _(label)} for code, label in field.choices]}
    if field.kind is Kind.ADDRESS:
        return _complete(ADDRESS_PARTS) | {"minProperties": 1}
    if field.kind is Kind.ROWS:
        most = {} if field.most is None else {"maxItems": field.most}
        rows = {"type": "array", "items": _complete(field.rows)}
        return rows | {"minItems": field.least or 1} | most
    text: Schema = {"type": "string", "minLength": field.least or 1}
    if (bound := most_of(field)) is not None:
        text["maxLength"] = bound
    if field.kind in _TEXT_PATTERNS:
        text["pattern"] = whole(_TEXT_PATTERNS[field.kind])
    return text


_TEXT_PATTERNS = {
    Kind.CITIZEN_ID: "[0-9]{13}",
    Kind.DIGITS: "[0-9]+",
    Kind.SUBDISTRICT: "[0-9]+",
    Kind.DATE: DAY.pattern,
    Kind.FILE: FILE_NAME.pattern,
    Kind.RECORD: ids.FORM,
    Kind.PARTIAL_DATE: PARTIAL_DATE.pattern,
}
