"""The places inside a JSON document, and copies of it that differ at one of them."""

import json
from collections.abc import Iterator
from typing import Any

Data = dict[str, Any]
Way = tuple[Any, ...]


def places(value: Any, way: Way = (), *, first: bool = False) -> Iterator[Way]:
    """List the way to each value inside; with `first` of a list only to what stands first."""
    rows = value if isinstance(value, dict) else value[:1] if first else value
    for step, each in rows.items() if isinstance(rows, dict) else enumerate(rows):
        yield (*way, step)
        if isinstance(each, dict | list):
            yield from places(each, (*way, step), first=first)


def at(document: Any, way: Way) -> Any:
    """Return the value that stands at a place."""
    for step in way:
        document = document[step]
    return document


def with_value(document: Data, way: Way, value: object) -> Data:
    """Return a copy of a document with another value at one place."""
    copy: Data = json.loads(json.dumps(document))
    at(copy, way[:-1])[way[-1]] = value
    return copy


def without(document: Data, way: Way) -> Data:
    """Return a copy of a document in which one key or row is left out."""
    copy: Data = json.loads(json.dumps(document))
    del at(copy, way[:-1])[way[-1]]
    return copy
