"""Ids of records and acts, and the short number that a scanner types."""

import hashlib

import uuid_utils


def new_id() -> str:
    """Make a UUIDv7: unique without a network, and in the order of creation."""
    return str(uuid_utils.uuid7())


def short_id(record_id: str) -> str:
    """Give the ten digits printed beside a record's bar code.

    Digits only, because a hand scanner is a keyboard and the clerk's may be set to Thai. Two
    records of an office share a number once in ten thousand million pairs; a search shows both.
    """
    number = int.from_bytes(hashlib.sha256(record_id.encode()).digest()[:8], "big")
    return f"{number % 10**10:010d}"
