"""The standards that a product may be certified by, and the checklist of each, as shipped data.

One file of resources/programme/schemes/ is one standard, and nothing else knows its name: lists,
checklists, paper, rules and guards follow from what stands in it.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from app.core import codes, paths
from app.core.programme_file import Node, open_file

NUMBERS = ("cert_no", "standard_no", "place_no", "serial_no")  # of a certification file
OF_PRODUCT = ("place_no", "serial_no")  # those that are the product's, whichever file it is
UNPUBLISHED = ("GK", "A")  # sources that are no published text: what rests on them never blocks


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a checklist; `text` is the Thai of the paper.

    `need` is a code of codes.CHECKLIST_NEEDS: "must" is due when the application is lodged,
    "if_any" may come later or never, and of "choice" lines that follow one another one is due.
    `kinds` narrows a line to kinds of product (codes.PRODUCT_KINDS); empty means all.
    """

    code: str
    text: str
    need: str
    kinds: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Prerequisite:
    """What a product of these kinds has first: a certificate of any of these standards."""

    kinds: tuple[str, ...]
    schemes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scheme:
    """One standard as data.

    `name` is what lists say, `title` the heading of its paper, `form` that paper's name; `place`
    orders the standards. `kinds` are the products it is for, `numbers` the fields of NUMBERS that
    a certificate cannot be without. `standard_form` says how its standards are numbered ("มผช.
    n/ปปปป"), "" where nothing is known. `years_valid` is None for a certificate without an end
    or with one that only the paper tells; `follow_ups` are the years after the issue in which
    the issuer looks again.
    """

    code: str
    version: int
    valid_from: date
    valid_to: date | None
    name: str
    title: str
    issuer: str
    form: str
    place: int
    kinds: tuple[str, ...]
    numbers: tuple[str, ...]
    standard_form: str
    years_valid: int | None
    follow_ups: tuple[int, ...]
    has_samples: bool
    prerequisites: tuple[Prerequisite, ...]
    items: tuple[Item, ...]
    cited: dict[str, tuple[str, ...]]
    sources: dict[str, str]

    def is_in_force(self, on: date) -> bool:
        """Tell whether a file may be begun on a day."""
        return self.valid_from <= on <= (self.valid_to or date.max)

    def published(self, subject: str) -> str:
        """Name the published texts behind a key of the file, "" where there is none."""
        keys = [key for key in self.cited.get(subject, ()) if key not in UNPUBLISHED]
        return ", ".join(f"{key}: {self.sources[key]}" for key in keys)

    def numbers_standards(self, number: str) -> bool:
        """Tell whether a number has the form in which the standards are numbered."""
        if not self.standard_form:
            return True
        form = re.escape(self.standard_form).replace(r"\ ", " ?")
        form = form.replace("ปปปป", "25[0-9]{2}").replace("n", "[1-9][0-9]{0,4}")
        return re.fullmatch(form, number) is not None


@cache
def schemes() -> dict[str, Scheme]:
    """Return the standards by their codes, in the order of the lists."""
    return read_schemes(paths.resource("programme", "schemes"))


def read_schemes(folder: Path) -> dict[str, Scheme]:
    """Read a folder of standards. Raises UserError naming the file and the key that is wrong.

    Wrong is also a code that is not the name of its file, one item twice, and a prerequisite
    that no file describes.
    """
    files = {path.stem: open_file(path) for path in folder.glob("*.json")}
    found = [_scheme(stem, whole, set(files)) for stem, whole in files.items()]
    in_order = sorted(found, key=lambda each: (each.place, each.code))
    return {each.code: each for each in in_order}


def _scheme(stem: str, whole: Node, known: set[str]) -> Scheme:
    if whole.text("code") != stem:
        raise whole.damage("code")
    names = whole.names("sources")
    return Scheme(
        code=stem,
        version=whole.whole("version"),
        valid_from=whole.day("valid_from"),
        valid_to=whole.maybe("valid_to", whole.day),
        name=whole.text("name"),
        title=whole.text("title"),
        issuer=whole.text("issuer"),
        form=whole.text("form"),
        place=whole.whole("place"),
        kinds=_some(whole, "kinds", dict(codes.PRODUCT_KINDS)),
        numbers=_among(whole, "numbers", NUMBERS),
        standard_form=whole.maybe("standard_form", whole.text) or "",
        years_valid=whole.maybe("years_valid", whole.whole),
        follow_ups=_years(whole, "follow_ups"),
        has_samples=whole.flag("samples"),
        prerequisites=tuple(_prerequisite(row, known) for row in whole.each("prerequisites")),
        items=_items(whole, names),
        cited=_cited(whole.inner("cited"), names),
        sources=names,
    )


def _items(whole: Node, names: dict[str, str]) -> tuple[Item, ...]:
    items = tuple(_item(row, names) for row in whole.each("items"))
    if not items or len({item.code for item in items}) != len(items):
        raise whole.damage("items")
    return items


def _item(row: Node, names: dict[str, str]) -> Item:
    if row.text("need") not in dict(codes.CHECKLIST_NEEDS):
        raise row.damage("need")
    if row.text("source") not in names:
        raise row.damage("source")
    kinds = _among(row, "kinds", dict(codes.PRODUCT_KINDS)) if "kinds" in row.keys else ()
    return Item(
        row.text("code"), row.text("text"), row.text("need"), kinds, names[row.text("source")]
    )


def _prerequisite(row: Node, known: set[str]) -> Prerequisite:
    return Prerequisite(
        _some(row, "kinds", dict(codes.PRODUCT_KINDS)), _some(row, "schemes", known)
    )


def _cited(row: Node, names: dict[str, str]) -> dict[str, tuple[str, ...]]:
    return {subject: _some(row, subject, names) for subject in row.keys}


def _some(row: Node, key: str, known: "dict[str, str] | set[str]") -> tuple[str, ...]:
    found = _among(row, key, known)
    if not found:
        raise row.damage(key)
    return found


def _among(
    row: Node, key: str, known: "dict[str, str] | set[str] | tuple[str, ...]"
) -> tuple[str, ...]:
    found = row.texts(key)
    if not set(found) <= set(known):
        raise row.damage(key)
    return found


def _years(row: Node, key: str) -> tuple[int, ...]:
    found = tuple(row.of(key, list))
    if not all(type(year) is int and year > 0 for year in found) or list(found) != sorted(
        set(found)
    ):
        raise row.damage(key)
    return found
