"""What an import would do, row by row: plain data that the window shows and commit carries out."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from app.core.errors import Problem
from app.core.i18n import N_, _
from app.core.line import Data
from app.services.spreadsheets.sheets import Columns, Skipped

# What reading could put right in one way only: a note of it, but nothing to decide.
NOTES = ("cell_zero", "cell_buddhist", "cell_gregorian")


class Verdict(StrEnum):
    """What becomes of a row; each row has one."""

    NEW = "new"
    SAME = "same"
    CHANGED = "changed"
    WARNED = "warned"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Choices:
    """What the clerk chose about the file: `sheet` by name, "" is the first.

    `columns` are those confirmed, None finds them. `short_years` names the date columns whose
    years were typed with two digits. Without `overwrite` only empty fields of a record that is
    already here are filled.
    """

    sheet: str = ""
    columns: Columns | None = None
    short_years: frozenset[str] = frozenset()
    overwrite: bool = True


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of a record that is already here, as the clerk reads it before and after."""

    field: str
    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A record as it will be written; `parents` is () for a new one.

    `warnings` are the codes of the rules that want a reason.
    """

    type: str
    id: str
    data: Data
    parents: tuple[str, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the file: `number` is the spreadsheet's, from 1.

    `problems` hold NOTES too. A refused row has no entries and keeps its `cells`, as they can be
    typed again.
    """

    number: int
    verdict: Verdict
    title: str
    differences: tuple[Difference, ...]
    problems: tuple[Problem, ...]
    entries: tuple[Entry, ...]
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason why a row is left out; `field` is "" where it is about the row as a whole."""

    row: int
    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Rows that are no records, from `row` to `to`; `skipped` is the reason of a Skipped.

    `reason` is the sentence, with what stands in the row. Only empty rows are told together.
    """

    row: int
    to: int
    skipped: str
    reason: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What the import of a file would do; nothing of it is stored.

    `owner` is the id of the group or class that the list belongs to, "" for none. `matched` are
    the ids of the records that are already here. `position` is the last line of the journal that
    the plan has seen.
    """

    kind: str
    owner: str
    columns: Columns
    rows: tuple[Row, ...]
    skipped: tuple[Skipped, ...]
    position: int
    matched: frozenset[str] = field(repr=False)

    @property
    def counts(self) -> dict[str, int]:
        """Count the rows by verdict, in the order of Verdict."""
        found = [row.verdict for row in self.rows]
        return {str(verdict): found.count(verdict) for verdict in Verdict}

    @property
    def refusals(self) -> tuple[Refusal, ...]:
        """List every reason for which a row is refused, in the order of the file."""
        return tuple(
            Refusal(row.number, problem.field, problem.message)
            for row in self.rows
            for problem in row.problems
            if row.verdict is Verdict.REFUSED and not problem.warning
        )

    @property
    def left_out(self) -> tuple[LeftOut, ...]:
        """List every row that is no record with the reason, in the order of the file."""
        return _told(self.skipped)

    @property
    def needs_reason(self) -> bool:
        """Tell whether a rule warns of a row: commit then asks for one reason for all of them."""
        return any(entry.warnings for row in self.rows for entry in row.entries)


_EMPTY = "empty"
_MOST_LETTERS = 100
_REASONS = {
    "total": N_("a total: {text}"),
    "closing": N_("a line below the list: {text}"),
    "headings": N_("the headings once more: {text}"),
    "blank": N_("nothing stands in the columns that are taken in: {text}"),
    _EMPTY: N_("an empty row"),
}


def _told(skipped: Sequence[Skipped]) -> tuple[LeftOut, ...]:
    told: list[LeftOut] = []
    empty = _(_REASONS[_EMPTY])
    for each in skipped:
        text = each.text if len(each.text) <= _MOST_LETTERS else f"{each.text[:_MOST_LETTERS]}…"
        reason = _(_REASONS[each.reason]).format(text=text) if text else empty
        if told and told[-1].reason == reason == empty and told[-1].to == each.row_number - 1:
            told[-1] = replace(told[-1], to=each.row_number)
        else:
            told.append(LeftOut(each.row_number, each.row_number, each.reason, reason))
    return tuple(told)
