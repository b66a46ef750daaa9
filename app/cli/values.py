"""The values on a command line that are no paths: numbers and days, for argparse's `type`."""

from argparse import ArgumentTypeError
from datetime import date

from app.core.errors import UserError
from app.core.i18n import N_, _


def whole_number(text: str) -> int:
    """Take a whole number from 0 on, in Thai or Western digits."""
    digits = _in_arabic_digits(text)
    if not (digits.isascii() and digits.isdigit()):
        raise ArgumentTypeError(_("{text} is not a whole number").format(text=text))
    return int(digits)


def seconds(text: str) -> float:
    """Take a time in seconds, with a fraction if need be."""
    try:
        found = float(_in_arabic_digits(text))
    except ValueError:
        found = -1.0
    if not 0 < found < float("inf"):
        raise ArgumentTypeError(_("{text} is not a number of seconds").format(text=text))
    return found


def day(text: str) -> date:
    """Take a day as it is typed in the window (31/12/2568), or as 2025-12-31."""
    for read in (date.fromisoformat, _typed_day):
        try:
            return read(text)
        except (UserError, ValueError):
            continue
    raise ArgumentTypeError(_("{text} is not a day; write it as 31/12/2568").format(text=text))


def _in_arabic_digits(text: str) -> str:
    from app.core.thai import to_arabic_digits  # the help does without it

    return to_arabic_digits(text)


def _typed_day(text: str) -> date:
    from app.core import thai
    from app.core.fields import today

    return date.fromisoformat(thai.parse_date(text, today=today()))


METAVARS: dict[object, str] = {
    whole_number: N_("NUMBER"),
    seconds: N_("SECONDS"),
    day: N_("DAY"),
}
