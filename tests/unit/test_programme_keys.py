"""Each key of each shipped file of the programme, broken in turn, is named by file and key."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.core import courses, paths, programme, schemes, states
from app.core.errors import UserError
from tests.makers.places import Data, Way, at, places, with_value, without

FOLDER = paths.resource("programme")
READERS: dict[str, Callable[[Path], object]] = {
    "offices.json": programme.read_offices,
    "rounds.json": programme.read_rounds,
    "loan_documents.json": programme.read_loan_documents,
    "courses.json": courses.read_training_rule,
    "states.json": states.read_machines,
}
SCHEMES = sorted(path.name for path in (FOLDER / "schemes").glob("*.json"))
FITS_NOWHERE = -1.5
# Objects whose keys are data, and keys that may be left out.
FREE = {"sources", "cited", "rule_sources", "machines"}
OPTIONAL = {"notes", "guarantors", "offers"}


def file_of(name: str) -> Data:
    inside = "schemes" if name in SCHEMES else ""
    found: Data = json.loads((FOLDER / inside / name).read_text("utf-8"))
    return found


def named(name: str, whole: Data, folder: Path) -> str:
    """Give the key that the reader of a file names, "" where it takes the file."""
    if name in SCHEMES:
        for each in SCHEMES:  # a prerequisite names another standard
            if not (folder / each).exists():
                (folder / each).write_text(json.dumps(file_of(each)), encoding="utf-8")
    (folder / name).write_text(json.dumps(whole), encoding="utf-8")
    try:
        schemes.read_schemes(folder) if name in SCHEMES else READERS[name](folder / name)
    except UserError as error:
        assert error.code == "programme_data"
        found = error.sentence.partition(f"{name} ")[2]
        assert found, error.sentence
        return next(word for word in found.split() if word.isascii())
    return ""


def keys_of(whole: Data) -> list[Way]:
    """List a way to each key; of rows that have the same keys one is enough."""
    shapes = {
        tuple(step if isinstance(step, str) else 0 for step in way): way for way in places(whole)
    }
    return list(shapes.values())


def key(way: Way) -> str:
    return ".".join(map(str, way))


def may_be_left_out(way: Way) -> bool:
    in_items = "items" in way and way[-1] == "kinds"
    return isinstance(way[-1], int) or way[-1] in OPTIONAL or in_items or _is_data(way)


def _is_data(way: Way) -> bool:
    return len(way) > 1 and way[-2] in FREE


@pytest.mark.parametrize("name", [*READERS, *SCHEMES])
def test_each_value_that_fits_nowhere_is_named(name: str, tmp_path: Path) -> None:
    whole = file_of(name)
    ways = keys_of(whole)

    found = {way: named(name, with_value(whole, way, FITS_NOWHERE), tmp_path) for way in ways}

    assert {way: said for way, said in found.items() if said != key(way)} == {}
    assert len(ways) > 10


@pytest.mark.parametrize("name", [*READERS, *SCHEMES])
def test_each_key_that_is_left_out_is_named(name: str, tmp_path: Path) -> None:
    whole = file_of(name)
    ways = [way for way in keys_of(whole) if not may_be_left_out(way)]

    found = {way: named(name, without(whole, way), tmp_path) for way in ways}

    assert {way: said for way, said in found.items() if said != key(way)} == {}


@pytest.mark.parametrize("name", [*READERS, *SCHEMES])
def test_each_key_that_is_misspelt_is_named(name: str, tmp_path: Path) -> None:
    whole = file_of(name)
    ways = [(), *(way for way in keys_of(whole) if isinstance(at(whole, way), dict))]

    def misspelt(way: Way) -> Data:
        inner: Any = at(whole, way)
        more = {**inner, "mispelt": FITS_NOWHERE}
        return with_value(whole, way, more) if way else more

    found = {way: named(name, misspelt(way), tmp_path) for way in ways}

    assert {way: said for way, said in found.items() if said != key((*way, "mispelt"))} == {}
