"""The 13-digit number of the national identity card: its check digit, its groups, its mask.

A right check digit proves little: the third digit has the weight 11, so that any digit there
passes. Prefer the card reader, else have the number typed twice.
"""

import re

from app.core.thai.digits import to_arabic_digits

_STORED = re.compile(r"[0-9]{13}")
_PRINTED = re.compile(r"[0-9]-[0-9]{4}-[0-9]{5}-[0-9]{2}-[0-9]")
_GROUPS = ((0, 1), (1, 5), (5, 10), (10, 12), (12, 13))


def citizen_id_is_valid(text: str) -> bool:
    """Tell whether the form and the check digit are right.

    Two forms are taken, ASCII digits both: the stored one (13 digits) and the printed one
    (1-2345-67890-12-3). Every first digit is legal: 0 has no civil status, 6 and 7 are
    foreigners, 8 are lawful residents and the naturalised.
    """
    if not (_STORED.fullmatch(text) or _PRINTED.fullmatch(text)):
        return False
    digits = text.replace("-", "")
    return digits[12] == citizen_id_check_digit(digits[:12])


def citizen_id_check_digit(first12: str) -> str:
    """Return the thirteenth digit for the first twelve: (11 - sum of digit x weight mod 11) mod 10.

    The weights are 13 down to 2.
    """
    total = sum(
        int(digit) * weight for digit, weight in zip(first12, range(13, 1, -1), strict=True)
    )
    return str((11 - total % 11) % 10)


def format_citizen_id(text: str) -> str:
    """Group what is there of a number as on the card: 1-2345-67890-12-3.

    Dashes and spaces that are there already and Thai digits are understood, so it may run at
    every key typed. A text that is no number, or is longer than one, comes back as it is.
    """
    digits = _digits(text)
    if not digits or len(digits) > 13:
        return text
    return "-".join(digits[start:end] for start, end in _GROUPS if digits[start:end])


def mask_citizen_id(text: str) -> str:
    """Hide a number for lists and logs, all but the last three digits: x-xxxx-xxxxx-12-3.

    Of anything but 13 digits every letter and digit is hidden.
    """
    digits = _digits(text)
    if len(digits) == 13:
        return f"x-xxxx-xxxxx-{digits[10:12]}-{digits[12]}"
    return re.sub(r"\w", "x", text)


def _digits(text: str) -> str:
    """Return the bare digits, or "" where something else is among them."""
    bare = to_arabic_digits(text).replace("-", "").replace(" ", "")
    return bare if bare.isascii() and bare.isdigit() else ""
