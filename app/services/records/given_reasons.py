"""The clerk's reasons: for passing a warning, and for taking a record out of use."""

from collections.abc import Mapping

from app.core.errors import Invalid, Problem
from app.core.fields import clean
from app.core.holding import VOID_REASON
from app.core.line import Data


def one(typed: str) -> str:
    """Return a reason as it is stored, "" for one without a word."""
    return str(clean((VOID_REASON,), {VOID_REASON.name: typed}).get(VOID_REASON.name, ""))


def cleaned(typed: Mapping[str, str]) -> dict[str, str]:
    """Return the reasons as they are stored, by the code of their warning; empty ones are gone."""
    return {code: reason for code, text in typed.items() if (reason := one(text))}


def needed(data: Data, found: list[Problem]) -> Data:
    """Return the data with those reasons alone that a problem asks for.

    Raises Invalid with the errors, and with the warnings that lack a reason.
    """
    kept = data["reasons"]
    open_ones = [each for each in found if not each.warning or each.code not in kept]
    if open_ones:
        raise Invalid(open_ones)
    used = {each.code: kept[each.code] for each in found}
    data = {name: value for name, value in data.items() if name != "reasons"}
    return data | ({"reasons": used} if used else {})
