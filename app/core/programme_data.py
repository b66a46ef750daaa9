"""The programme's data files: read by their rules, and whatever is wrong named by file and key."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from app.core import schema
from app.core.errors import UserError
from app.core.i18n import _
from app.core.schema import Fault, Rule, Steps

Data = dict[str, Any]

MANY = 1000  # rows of a list
_MOST_BYTES = 1_000_000
_KEY = schema.text("[A-Za-z][A-Za-z0-9_]*")


def read(path: Path, rules: Callable[[Rule], Mapping[str, Rule]]) -> Data:
    """Read a file with what each begins with: version, valid dates, the names of sources.

    `rules` makes the rules of all other keys from that of a source, which is one of those names.
    Raises UserError "programme_data".
    """

    def fault(whole: Data) -> Steps | None:
        return _whole(rules(schema.one_of(*whole["sources"]))).fault(whole)

    return read_plain(path, schema.also(_BEGINNING, fault))


def read_plain(path: Path, rule: Rule) -> Data:
    """Read a file that has nothing but what the rule asks for. Raises UserError."""
    try:
        found: Data = schema.read_file(path, rule, most=_MOST_BYTES, fractions=True)
    except schema.Unfit as unfit:
        raise _damaged(path, unfit.place) from unfit
    except OSError as error:
        raise _damaged(path, schema.WHOLE) from error
    return found


def some(codes: Iterable[str], *, least: int = 1) -> Rule:
    """Ask for a list of so many of these codes at least."""
    return schema.many(schema.one_of(*codes), least=least, most=MANY)


def unlike(key: str, rows: Rule) -> Rule:
    """Ask for a list no two rows of which have the same value of a key."""
    return schema.where(rows, lambda found: len({row[key] for row in found}) == len(found))


def cited(source: Rule, *, least: int = 1) -> Rule:
    """Ask which sources stand behind which key."""
    return schema.mapping(_KEY, schema.many(source, least=least, most=MANY))


def not_before(later: str, earlier: str) -> Fault:
    """Ask that one day of an object is not before another of its days, which may be null."""
    return lambda row: (later,) if row[later] is not None and row[later] < row[earlier] else None


def sources_of(whole: Data, given: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    """Return which sources stand behind which key, by their names in the whole file."""
    return {key: tuple(whole["sources"][each] for each in names) for key, names in given.items()}


def day(text: str | None) -> date | None:
    """Return the day of an ISO text, None for null."""
    return None if text is None else date.fromisoformat(text)


def hundredths(value: int | Decimal) -> int:
    """Return a number as hundredths: baht become satang."""
    return int(value * 100)


def _whole(rules: Mapping[str, Rule]) -> Rule:
    file = schema.record({**_HEAD, **rules}, {"notes": schema.anything})
    return schema.also(file, not_before("valid_to", "valid_from"))


def _damaged(path: Path, place: str) -> UserError:
    return UserError(
        _("The programme data {file} is damaged at {key}. Install the program again.").format(
            file=path.name, key=place
        ),
        code="programme_data",
    )


_HEAD = {
    "version": schema.number(0),
    "valid_from": schema.day,
    "valid_to": schema.or_none(schema.day),
    "sources": schema.mapping(_KEY, schema.words),
}
_BEGINNING = schema.record({"sources": _HEAD["sources"]}, others=True)
