"""What a report is: plain rows under the tables that paper and spreadsheet share."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from app.core import places, thai
from app.core.errors import Invalid
from app.core.fields import show
from app.models.records.base import entities, fields_of
from app.reports.periodic import Cell
from app.services.figures import Scope
from app.services.records import naming
from app.services.records.record_view import View

LEAST_TOLD = 5  # a smaller number of people with a disability would name them


@dataclass(frozen=True, slots=True)
class Part:
    """One table: `key` is that of reports.periodic.TABLES; money is in satang."""

    key: str
    rows: tuple[tuple[Cell, ...], ...]
    sums: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A report of one period and area, as it stood on a day."""

    name: str
    title: str
    scope: Scope
    area: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a report may look at."""

    view: View
    scope: Scope


Gather = Callable[[Asked], tuple[Part, ...]]


@dataclass(frozen=True, slots=True)
class Described:
    """A report that can be asked for: its number in the list, its title, what gathers it."""

    name: str
    number: str
    title: str
    gather: Gather


REPORTS: dict[str, Described] = {}


def report(name: str, number: str, title: str) -> Callable[[Gather], Gather]:
    """Register the function that gathers a report."""

    def register(function: Gather) -> Gather:
        REPORTS[name] = Described(name, number, title, function)
        return function

    return register


def label(type_: str, name: str, value: object) -> str:
    """Write a value of a field as paper has it."""
    found = next(each for each in fields_of(entities()[type_]) if each.name == name)
    return show(found, value)


def day(iso: str | None) -> str:
    """Write a day in its short form, "" for none; what is no day stands as it was stored."""
    try:
        return thai.format_date(iso, "short") if iso else ""
    except Invalid:  # stored before the gate asked for a day
        return str(iso)


def place(code: str | None) -> str:
    """Name a subdistrict."""
    found = places.subdistrict(code or "")
    return found.subdistrict if found else ""


def told(count: int) -> Cell:
    """Return a number of people with a disability, or that it is too small to be told."""
    return f"น้อยกว่า {LEAST_TOLD}" if 0 < count < LEAST_TOLD else f"{count:,}"


def borrowers(view: View, pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Name who borrows, by id, of (group, person) pairs."""
    wanted = {("group", group) if group else ("person", person) for group, person in pairs}
    return {key[1]: name for key, name in naming.titles(view.connection, wanted).items()}
