"""Which rows of a sheet are its headings, and which field each column is meant for."""

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest

from app.core import thai
from app.core.errors import Invalid
from app.core.fields import ADDRESS_PARTS, Field, Kind
from app.core.i18n import N_, _
from app.services.people.titles import TITLES, WRITTEN_OUT
from app.services.spreadsheets.sheets import words
from app.services.spreadsheets.sheets.files import Sheet
from app.services.spreadsheets.sheets.refusals import readable
from app.services.spreadsheets.sheets.workbook import Cell

MOST_HEADING_ROWS = 15
NOT_USED = words.IGNORED


@dataclass(frozen=True, slots=True)
class Target:
    """What a column can be meant for.

    `name` is a field's name, "address" for a whole address in one cell, "address.moo" for a part
    of one ("district" and "province" among them), or "full_name" for title, name and family name
    in one cell. `label` is for the clerk.
    """

    name: str
    label: str
    headings: frozenset[str]
    own_headings: frozenset[str]


@dataclass(frozen=True, slots=True)
class Columns:
    """How a sheet is to be read: the clerk confirms it or replaces targets.

    `header_rows` are row numbers from 1; the rows below the last of them are read. `targets` has
    the name of a Target for each column, NOT_USED for one that is left out.
    """

    header_rows: tuple[int, ...]
    headings: tuple[str, ...]
    targets: tuple[str, ...]


def targets(fields: Iterable[Field]) -> tuple[Target, ...]:
    """List what the columns can be meant for, in the order of the fields."""
    fields = [field for field in fields if not field.derived and field.kind not in _NOT_IN_A_CELL]
    found: list[Target] = []
    for field in fields:
        found += _address_targets(field) if field.kind is Kind.ADDRESS else [_target(field)]
    if any(field.name == "first_th" for field in fields):
        found.insert(0, _named(words.FULL_NAME, _("Title, name and family name"), ()))
    return tuple(found)


def find_columns(sheet: Sheet, fields: Iterable[Field]) -> Columns:
    """Find the headings among the first 15 rows and match each with one field.

    Titles above, headings in two rows and merged headings are understood; of two rows the lower
    one counts first. Raises Invalid ("sheet_headings") if no row looks like headings, and
    "sheet_unreadable".
    """
    with readable(sheet.file, sheet.name):
        return _found(sheet, fields)


def _found(sheet: Sheet, fields: Iterable[Field]) -> Columns:
    offered = (_named(NOT_USED, "", ()), *targets(fields))
    last = min(len(sheet.rows), MOST_HEADING_ROWS)
    headers = [(row,) for row in range(last)] + [(row, row + 1) for row in range(last - 1)]
    matches = [_matched(sheet, header, offered) for header in headers]
    # of equals the shorter and upper one: a second row must add something
    best = max(matches, key=lambda match: match[0], default=None)
    if best is None or not best[0]:
        raise Invalid(
            _(
                "No row of headings was found in the sheet {name}. "
                "Write the field names above the columns and try again."
            ).format(name=sheet.name),
            code="sheet_headings",
        )
    return best[1]


_NOT_IN_A_CELL = (Kind.RECORD, Kind.ROWS, Kind.FILE)


def _target(field: Field) -> Target:
    return _named(field.name, _(field.label), (field.label, field.name))


def _named(name: str, label: str, own: Sequence[str]) -> Target:
    return Target(
        name,
        label,
        frozenset(map(heading_key, words.HEADINGS.get(name, ()))) - {""},
        frozenset(map(heading_key, (label, *own))) - {""},
    )


def _address_targets(field: Field) -> list[Target]:
    """Offer the whole address and each part, whose headings also stand under the whole's."""
    whole = _target(field)
    labels = {part.name: part.label for part in ADDRESS_PARTS} | {
        "district": N_("District"),
        "province": N_("Province"),
    }
    found = [whole]
    for part, headings in words.ADDRESS_HEADINGS.items():
        keys = frozenset(map(heading_key, headings))
        under = {above + key for above in whole.headings | whole.own_headings for key in keys}
        label = _("{address}: {part}").format(address=whole.label, part=_(labels[part]))
        alone = keys if field.name == "address" else frozenset[str]()
        found.append(Target(f"{field.name}.{part}", label, alone | under, frozenset()))
    return found


def _matched(
    sheet: Sheet, header: tuple[int, ...], offered: Sequence[Target]
) -> tuple[float, Columns]:
    headings = _headings(sheet, header)
    scores = [
        (score, -column, target.name)
        for column, (upper, lower) in enumerate(headings)
        for target in offered
        if (score := _score(upper, lower, target)) >= _LEAST_SCORE
    ]
    found: dict[int, str] = {}
    taken: set[str] = set()
    total = 0.0
    for score, column, name in sorted(scores, reverse=True):
        if -column not in found and name not in taken:
            found[-column] = name
            if name != NOT_USED:
                taken.add(name)
                total += score
    chosen = [found.get(column, NOT_USED) for column in range(len(headings))]
    texts = tuple(" ".join(dict.fromkeys(filter(None, pair))) for pair in headings)
    rows = tuple(row + 1 for row in header)
    _spread_names(sheet, Columns(rows, texts, tuple(chosen)), chosen)
    return total, Columns(rows, texts, tuple(chosen))


def _headings(sheet: Sheet, header: tuple[int, ...]) -> list[tuple[str, str]]:
    """Return (upper, lower) for each column; a single row is the lower one.

    Over an empty lower cell the upper heading counts, unless it is as wide as a title.
    """
    lower = [_text(cell) for cell in sheet.rows[header[-1]]]
    upper = [_text(cell) for cell in sheet.rows[header[0]]] if len(header) > 1 else []
    return [
        (above, own or (above if upper.count(above) <= _WIDEST else ""))
        for above, own in zip_longest(upper, lower, fillvalue="")
    ]


_WIDEST = 3  # title, name and family name under one heading


def _text(cell: Cell) -> str:
    return thai.normalise(cell) if isinstance(cell, str) else ""


def _score(upper: str, lower: str, target: Target) -> float:
    """Tell how well a heading fits a target, under its upper heading or alone; 1 is best."""
    above, own = heading_key(upper), heading_key(lower)
    if above and own and above != own and above + own in target.headings:
        return 1.0
    return _likeness(own, target)


_LEAST_SCORE = 0.8
_LEAST_LETTERS = 5


@lru_cache(maxsize=4096)
def _likeness(key: str, target: Target) -> float:
    if not key:
        return 0.0
    if key in target.own_headings:
        return 1.0
    if key in target.headings:
        return 0.99
    known = target.headings | target.own_headings
    begun = [word for word in known if len(word) >= _LEAST_LETTERS and key.startswith(word)]
    close = difflib.get_close_matches(key, known, n=1, cutoff=_LEAST_SCORE)
    ratio = difflib.SequenceMatcher(None, key, close[0]).ratio() if close else 0.0
    longest = max(map(len, begun), default=0) / len(key)
    return 0.95 * max(ratio, 0.85 + 0.15 * longest if begun else 0.0)


@lru_cache(maxsize=4096)
def heading_key(text: str) -> str:
    """Return the common part of two spellings of a heading: no brackets, marks, punctuation."""
    return _PUNCTUATION.sub("", thai.search_key(_BRACKETS.sub("", text)))


_BRACKETS = re.compile(r"[(\[].*?[)\]]")
_PUNCTUATION = re.compile(r"[/*:;,_&+|\\'\"“”‘’ฯ]")


def _spread_names(sheet: Sheet, columns: Columns, chosen: list[str]) -> None:
    """Give the columns under one heading "ชื่อ - สกุล" their parts: title, name, family name."""
    if words.FULL_NAME not in chosen:
        return
    first = chosen.index(words.FULL_NAME)
    heading = columns.headings[first]
    if "last_th" not in chosen and "first_th" in chosen and not re.search(r"[-–/ ]", heading):
        chosen[first] = "last_th"  # beside ชื่อ the word ชื่อสกุล means the family name
        return
    below = sheet.rows[columns.header_rows[-1] : columns.header_rows[-1] + 30]
    width = 1
    for column in range(first + 1, min(first + 3, len(chosen))):
        filled = any(_cell(row, column) for row in below)
        if not filled or chosen[column] or columns.headings[column] not in ("", heading):
            break
        width += 1
    chosen[first : first + width] = _NAME_PARTS[width - 1]
    if width == 2 and _are_titles([_cell(row, first) for row in below]):
        chosen[first : first + 2] = ["title_th", words.FULL_NAME]


_NAME_PARTS = (
    [words.FULL_NAME],
    ["first_th", "last_th"],
    ["title_th", "first_th", "last_th"],
)


def _are_titles(cells: list[str]) -> bool:
    filled = [cell for cell in cells if cell]
    known = sum(cell in TITLES or cell in WRITTEN_OUT for cell in filled)
    return 2 * known > len(filled)


def _cell(row: Sequence[Cell], column: int) -> str:
    return _text(row[column]) if column < len(row) else ""
