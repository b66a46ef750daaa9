"""What docs/commands-json.md says that commands print, and whether an object is so."""

import re
from functools import cache
from pathlib import Path
from typing import Any

from app.cli.commands import COMMANDS

PAGE = Path(__file__).parents[2] / "docs" / "commands-json.md"
_DAY = re.compile(r"[12]\d{3}-\d\d-\d\d")
_TIME = re.compile(r"[12]\d{3}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|\+0[07]:00)")

KINDS = {
    "text": lambda value: isinstance(value, str),
    "count": lambda value: type(value) is int and value >= 0,
    "satang": lambda value: type(value) is int,
    "flag": lambda value: isinstance(value, bool),
    "day": lambda value: isinstance(value, str) and bool(_DAY.fullmatch(value)),
    "time": lambda value: isinstance(value, str) and bool(_TIME.fullmatch(value)),
    "texts": lambda value: isinstance(value, list) and all(isinstance(one, str) for one in value),
    "list": lambda value: isinstance(value, list),
    "object": lambda value: isinstance(value, dict),
}


@cache
def rows() -> list[list[str]]:
    """List the cells of every table of the page, each beginning with a name in code."""
    text = PAGE.read_text(encoding="utf-8")
    lines = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| `")]
    return [[cell.strip() for cell in line] for line in lines]


@cache
def keys_of_commands() -> dict[str, set[str]]:
    return {
        row[0].strip("`"): set(re.findall("`(.+?)`", row[1])) for row in rows() if len(row) == 2
    }


@cache
def kinds_of_keys() -> dict[str, list[str]]:
    """Map each key to the kinds that its value may have."""
    found = {row[0].strip("`"): row[1] for row in rows() if len(row) == 3}
    return {key: re.split(", | or ", kinds) for key, kinds in found.items()}


def named(words: list[str]) -> str:
    """Give the command that is named by the first words."""
    two = " ".join(words[:2])
    return two if two in COMMANDS else words[0]


def faults(command: str, printed: dict[str, Any]) -> list[str]:
    """Say what an object has that the page does not say of its command."""
    known = keys_of_commands()[command]
    found = [f"{command}: {key} is not on the page" for key in printed if key not in known]
    for key, value in printed.items():
        kinds = kinds_of_keys().get(key, [])
        if not any(KINDS[kind](value) for kind in kinds):
            found.append(f"{command}: {key} is no {' or '.join(kinds)}: {value!r}")
    return found
