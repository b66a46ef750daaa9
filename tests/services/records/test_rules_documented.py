"""docs/rules.md and the rules of the program name each other."""

import re
from pathlib import Path

from app.models.records.base import entities
from app.services.records import guards, rules

TEXT = (Path(__file__).parents[3] / "docs" / "rules.md").read_text(encoding="utf-8")
RULES = {rule.__name__ for of_type in rules.registered().values() for rule in of_type}
RULE_NAMES = RULES | {name for type_ in entities() for name in guards.of(type_)}


def test_every_rule_of_the_program_stands_in_the_document():
    assert {name for name in RULE_NAMES if f"`{name}`" not in TEXT} == set()


def test_every_place_that_the_document_names_exists():
    named = set(re.findall(r"\| `([a-z_/.]+)` \|$", TEXT, re.MULTILINE))

    files = {name for name in named if "." in name or "/" in name}
    assert {name for name in named - files if name not in RULE_NAMES} == set()
    roots = [
        Path(__file__).parents[3] / part for part in ("app", "app/services", "resources/programme")
    ]
    assert {name for name in files if not any((root / name).exists() for root in roots)} == set()


def test_every_source_that_is_cited_is_listed():
    cited = set(re.findall(r"\[(S\d+[a-z]?)\]", TEXT))
    listed = set(re.findall(r"\b(S\d+[a-z]?)\b", TEXT.split("## 10. Sources")[1]))

    assert cited <= listed
