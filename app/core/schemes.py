"""The standards that a product may be certified by, and the checklist of each, as shipped data.

One file of resources/programme/schemes/ is one standard, and nothing else knows its name: lists,
checklists, paper, rules and guards follow from what stands in it.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from app.core import codes, paths, programme_data, schema
from app.core.programme_data import Data, some
from app.core.schema import Rule

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
    files = {path.stem: path for path in folder.glob("*.json")}
    found = [_read(path, tuple(files)) for path in files.values()]
    in_order = sorted(found, key=lambda each: (each.place, each.code))
    return {each.code: each for each in in_order}


def _read(path: Path, known: tuple[str, ...]) -> Scheme:
    whole = programme_data.read(path, lambda source: _rules(source, path.stem, known))
    names = whole["sources"]
    return Scheme(
        code=whole["code"],
        version=whole["version"],
        valid_from=date.fromisoformat(whole["valid_from"]),
        valid_to=programme_data.day(whole["valid_to"]),
        name=whole["name"],
        title=whole["title"],
        issuer=whole["issuer"],
        form=whole["form"],
        place=whole["place"],
        kinds=tuple(whole["kinds"]),
        numbers=tuple(whole["numbers"]),
        standard_form=whole["standard_form"] or "",
        years_valid=whole["years_valid"],
        follow_ups=tuple(whole["follow_ups"]),
        has_samples=whole["samples"],
        prerequisites=tuple(
            Prerequisite(tuple(row["kinds"]), tuple(row["schemes"]))
            for row in whole["prerequisites"]
        ),
        items=tuple(_item(row, names) for row in whole["items"]),
        cited={subject: tuple(keys) for subject, keys in whole["cited"].items()},
        sources=names,
    )


def _item(row: Data, names: dict[str, str]) -> Item:
    kinds = tuple(row.get("kinds", ()))
    return Item(row["code"], row["text"], row["need"], kinds, names[row["source"]])


def _rules(source: Rule, stem: str, known: tuple[str, ...]) -> dict[str, Rule]:
    kinds = dict(codes.PRODUCT_KINDS)
    prerequisite = schema.record({"kinds": some(kinds), "schemes": some(known)})
    item = schema.record(
        {
            "code": schema.words,
            "text": schema.words,
            "need": schema.one_of(*dict(codes.CHECKLIST_NEEDS)),
            "source": source,
        },
        {"kinds": some(kinds, least=0)},
    )
    items = schema.many(item, least=1, most=programme_data.MANY)
    years = schema.many(schema.number(1), most=programme_data.MANY)
    return {
        "code": schema.one_of(stem),
        "name": schema.words,
        "title": schema.words,
        "issuer": schema.words,
        "form": schema.words,
        "place": schema.number(0),
        "kinds": some(kinds),
        "numbers": some(NUMBERS, least=0),
        "standard_form": schema.or_none(schema.words),
        "years_valid": schema.or_none(schema.number(0)),
        "follow_ups": schema.where(years, lambda found: found == sorted(set(found))),
        "samples": schema.flag,
        "prerequisites": schema.many(prerequisite, most=programme_data.MANY),
        "items": programme_data.unlike("code", items),
        "cited": programme_data.cited(source),
    }
