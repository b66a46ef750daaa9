"""JSON as text: the one place that parses it, and the one form in which it is hashed.

JSON from outside has two notations. A format that is hashed or signed is canonical, byte for byte.
What people or older programs wrote has blanks and its own order. Both are strict: no key twice, no
fraction or number that a reader would round, no half a letter, nothing nested without end.
"""

import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import orjson

from app.core.errors import Invalid
from app.core.i18n import _

Scalars = frozenset[type[Any]]

MOST_DEPTH = 8
_SCALARS: Scalars = frozenset({str, int, bool, type(None)})
_BYTES_A_BRACKET, _FEW_BRACKETS = 5, 100
_MOST_DIGITS = 17  # of a number, with its sign and point; canonical() refuses 2^53 and more
_CANONICAL = orjson.OPT_SORT_KEYS | orjson.OPT_STRICT_INTEGER


class NotJson(ValueError):
    """The bytes are not JSON, or not in the notation that was asked for."""


def canonical(value: Any) -> bytes:
    """Write the one form of a value that is hashed: RFC 8785 for the values that we allow.

    Allowed are objects with ASCII keys, lists, text, true, false, null and integers below 2^53.
    orjson writes exactly these bytes for them; floats are refused where data enters
    (refuse_uncanonical). Raises Invalid for anything else.
    """
    try:
        return orjson.dumps(value, option=_CANONICAL)
    except (orjson.JSONEncodeError, UnicodeError) as error:
        raise _uncanonical() from error


def refuse_uncanonical(value: Any, depth: int, scalars: Scalars = _SCALARS) -> None:
    """Refuse what canonical() would write without a word, or could not write back the same.

    `depth` is how deep the value stands in its whole. Raises Invalid "uncanonical".
    """
    kind = type(value)
    if kind is dict and depth < MOST_DEPTH and _has_plain_keys(value):
        inside: Iterable[Any] = value.values()
    elif kind is list and depth < MOST_DEPTH:
        inside = value
    elif kind in scalars:
        return
    else:
        raise _uncanonical()
    for inner in inside:
        if type(inner) not in scalars:  # most values are; a call for each is most of the time
            refuse_uncanonical(inner, depth + 1, scalars)


def read_canonical(raw: bytes) -> Any:
    """Return the value of canonical JSON. Raises NotJson for any other bytes."""
    _refuse_brackets(raw)
    value = parsed(raw)
    try:
        refuse_uncanonical(value, 0)
        is_canonical = canonical(value) == raw  # no key can be there twice
    except Invalid as error:
        raise NotJson from error
    if not is_canonical:
        raise NotJson
    return value


def read_written(raw: bytes, *, fractions: bool = False) -> Any:
    """Return the value of JSON in UTF-8 as people and other programs write it.

    Fractions are decimals, exactly as they were written, or refused. Raises NotJson.
    """
    _refuse_brackets(raw)
    try:
        value = json.loads(
            raw.decode("utf-8"),
            object_pairs_hook=_object,
            parse_int=_whole,
            parse_float=_decimal if fractions else _refuse,
            parse_constant=_refuse,
        )
        refuse_uncanonical(value, 0, _SCALARS | {Decimal})
        orjson.dumps(value, default=str, option=_CANONICAL)  # refuses half a letter, 2^53 and more
    except (ValueError, TypeError, RecursionError, Invalid) as error:
        raise NotJson from error
    return value


def parsed(raw: bytes) -> Any:
    """Return the value of any JSON, for who proves its bytes afterwards. Raises NotJson."""
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise NotJson from error


def kept(raw: bytes | str) -> Any:
    """Return the value of JSON that this program keeps in its own database, as it wrote it."""
    return orjson.loads(raw)


def _uncanonical() -> Invalid:
    return Invalid(_("The record holds a value that cannot be kept."), code="uncanonical")


def _has_plain_keys(value: dict[str, Any]) -> bool:
    try:
        return "".join(value).isascii()
    except TypeError:  # a key that is no text
        return False


def _refuse_brackets(raw: bytes) -> None:
    """Refuse what is little more than brackets: each would take 56 bytes of memory and more."""
    if raw.count(b"[") + raw.count(b"{") > len(raw) // _BYTES_A_BRACKET + _FEW_BRACKETS:
        raise NotJson


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise NotJson
    return found


def _whole(text: str) -> int:
    if len(text) > _MOST_DIGITS or text == "-0":
        raise NotJson
    return int(text)


def _decimal(text: str) -> Decimal:
    if len(text) > _MOST_DIGITS or not set(text) <= set("-.0123456789"):
        raise NotJson
    value = Decimal(text)
    if not value and text.startswith("-"):
        raise NotJson
    return value


def _refuse(_text: str) -> Any:
    raise NotJson
