"""Ids of records and acts, and the short number that a scanner types."""

import hashlib
import re

import uuid_utils

FORM = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"


def new_id() -> str:
    """Make a UUIDv7: unique without a network, and in the order of creation."""
    return str(uuid_utils.uuid7())


def is_id(value: object) -> bool:
    """Tell whether a value has the form of an id, as the header of every line has it."""
    return isinstance(value, str) and _ID.fullmatch(value) is not None


_ID = re.compile(FORM)


def short_id(record_id: str) -> str:
    """Return the ten digits printed beside a record's bar code.

    Digits only, because a hand scanner is a keyboard and the clerk's may be set to Thai. Two
    records of an office share a number once in ten thousand million pairs; a search shows both.
    """
    number = int.from_bytes(hashlib.sha256(record_id.encode()).digest()[:8], "big")
    return f"{number % 10**10:010d}"
