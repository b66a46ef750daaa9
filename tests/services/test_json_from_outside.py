"""Whatever way JSON comes in: it is read by one door, and what is no JSON of ours is refused."""

import ast
import json
from functools import cache
from pathlib import Path

import pytest

from app.core.json_text import canonical
from tests.makers.places import Data, Way, places, with_value
from tests.makers.readers import READERS, Reader

ROOT = Path(__file__).parents[2]

VALUES = {
    "a number beyond all measure": b"1e400",
    "a number next to nothing": b"1e-400",
    "minus zero": b"-0",
    "minus zero as a fraction": b"-0.0",
    "a number that would be rounded": b"1" + b"0" * 30,
    "a number of 2^53": b"9007199254740992",
    "a number of a million digits": b"9" * 1_000_000,
    "no number": b"NaN",
    "a number without end": b"-Infinity",
    "a leading zero": b"01",
    "half a letter": b'"\\ud800"',
    "the other half": b'"\\udc00x"',
    "half a letter as bytes": b'"\xed\xa0\x80"',
    "a letter of another encoding": b'"\xa1"',
    "a control character": b'"\n"',
    "nine lists in one another": b"[" * 9 + b"]" * 9,
    "a key given twice": b'{"a":1,"a":1}',
    "a key that is not ASCII": '{"ก":1}'.encode(),
}

WHOLES = {
    "nothing": lambda raw: b"",
    "a blank": lambda raw: b" ",
    "null": lambda raw: b"null",
    "a text": lambda raw: b'"' + raw.hex().encode() + b'"',
    "a list where an object stands": lambda raw: b"[" + raw + b"]",
    "a list of pairs": lambda raw: b'[["version",1]]',
    "a mark of the byte order": lambda raw: b"\xef\xbb\xbf" + raw,
    "UTF-16": lambda raw: raw.decode().encode("utf-16"),
    "UTF-16 without a mark": lambda raw: raw.decode().encode("utf-16-le"),
    "UTF-32": lambda raw: raw.decode().encode("utf-32"),
    "more behind it": lambda raw: raw + b"x",
    "another object behind it": lambda raw: raw + raw,
    "a zero byte behind it": lambda raw: raw + b"\0",
    "the last byte cut off": lambda raw: raw[:-1],
    "a comma too many": lambda raw: raw[:-1] + b",}",
    "a comment": lambda raw: b"/**/" + raw,
    "ten thousand lists in one another": lambda raw: b"[" * 10_000 + b"]" * 10_000,
    "ten thousand objects in one another": lambda raw: b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
    "nested without end": lambda raw: raw[:-1] + b',"more":' + b"[" * 100_000,
    "brackets alone": lambda raw: raw[:-1] + b',"more":[' + b"[]," * 100_000 + b"[]]}",
    "its first key twice": lambda raw: b"{" + raw[1:].partition(b",")[0] + b"," + raw[1:],
}


def bytes_at(document: Data, way: Way, value: bytes) -> bytes:
    """Write a document with the bytes of another value at one place, canonical but for them."""
    return canonical(with_value(document, way, "HERE")).replace(b'"HERE"', value)


@pytest.mark.parametrize("name", READERS)
def test_a_reader_takes_its_document_and_blanks_only_where_people_write(
    name: str, tmp_path: Path
) -> None:
    reader = READERS[name]
    blanks = json.dumps(reader.document, indent=1, ensure_ascii=False).encode()

    assert reader.takes(reader.written(), tmp_path)
    assert reader.takes(blanks, tmp_path) is not reader.is_canonical


@pytest.mark.parametrize("attack", VALUES)
@pytest.mark.parametrize("name", READERS)
def test_no_reader_takes_a_value_that_is_not_of_ours(
    name: str, attack: str, tmp_path: Path
) -> None:
    reader = READERS[name]

    assert _taken(reader, VALUES[attack], tmp_path) == []


def _taken(reader: Reader, value: bytes, folder: Path) -> list[Way]:
    return [
        way
        for way in places(reader.document, first=True)
        if reader.takes(bytes_at(reader.document, way, value), folder)
    ]


@pytest.mark.parametrize("attack", WHOLES)
@pytest.mark.parametrize("name", READERS)
def test_no_reader_takes_a_file_that_is_not_the_object_alone(
    name: str, attack: str, tmp_path: Path
) -> None:
    reader = READERS[name]

    assert not reader.takes(WHOLES[attack](reader.written()), tmp_path)


# Where JSON is turned into values: the doors to outside, and the one to our own database.
DOORS = {
    "schema.read", "schema.load", "schema.read_written", "schema.read_file",
    "json_text.parsed", "json_text.read_canonical", "json_text.read_written",
}  # fmt: skip
HOME = {"app.core.json_text", "app.core.schema"}
FOREIGN = {"json.loads", "json.load", "json.JSONDecoder", "orjson.loads", "orjson.Fragment"}


def used(path: Path) -> set[str]:
    """List what a module names as "module.name", in whatever way it was imported."""
    names: set[str] = set()
    text = path.read_text("utf-8")
    if "json" not in text and "schema" not in text:
        return names  # whatever it reads is no JSON
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            names.add(f"{node.value.id}.{node.attr}")
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module.split('.')[-1]}.{each.name}" for each in node.names}
    return names


@cache
def modules() -> dict[str, set[str]]:
    """Map each module of the program to what it names; migrations never change again."""
    found = {}
    for path in sorted((ROOT / "app").rglob("*.py")):
        if "versions" not in path.parts:
            way = path.relative_to(ROOT).with_suffix("").parts
            found[".".join(way).removesuffix(".__init__")] = used(path)
    return found


def test_json_is_parsed_in_one_module_alone() -> None:
    assert {name for name, names in modules().items() if names & FOREIGN} == {"app.core.json_text"}


def test_every_way_in_is_under_attack_here() -> None:
    ways_in = {name for name, names in modules().items() if names & DOORS}

    assert ways_in - HOME == {reader.module for reader in READERS.values()}


def test_only_what_has_a_database_trusts_json_without_a_rule() -> None:
    trusting = {name for name, names in modules().items() if "json_text.kept" in names}

    assert trusting
    assert {name.split(".")[1] for name in trusting} == {"models", "services"}
    assert not trusting & {reader.module for reader in READERS.values()}
