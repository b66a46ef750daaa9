import re
from dataclasses import fields
from pathlib import Path

import pytest

from app.core.line import Header
from app.sync.envelope import Envelope, Run
from app.sync.receipt import Receipt

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "bundle-format.md").read_text("utf-8")
OF_THIS_COMPUTER = {"disk_full", "not_written", "not_read", "recovery_length", "recovery_group"}
SOURCES = [*(ROOT / "app" / "sync").glob("*.py"), ROOT / "app" / "core" / "line.py"]


def test_the_page_names_every_code_with_which_a_file_is_refused():
    text = "".join(path.read_text("utf-8") for path in SOURCES)
    codes = set(re.findall(r'code="(\w+)"', text)) - OF_THIS_COMPUTER

    assert {code for code in codes if f"`{code}`" not in PAGE} == set()


def test_the_page_gives_every_code_its_meaning_once():
    text = "".join(path.read_text("utf-8") for path in SOURCES)
    codes = set(re.findall(r'code="(\w+)"', text)) - OF_THIS_COMPUTER
    table = PAGE.partition("| code | meaning |")[2].partition("\n\n")[0]
    explained = re.findall(r"^\| `(\w+)` \| \S.{20,} \|$", table, re.MULTILINE)

    assert codes <= set(explained)
    assert len(explained) == len(set(explained))


def test_the_page_leads_to_everything_that_is_published_with_it():
    for target in re.findall(r"\]\(([^)#:]+)\)", PAGE):
        assert (ROOT / "docs" / target).exists(), target


@pytest.mark.parametrize("described", [Envelope, Header, Receipt], ids=lambda kind: kind.__name__)
def test_the_page_names_every_field(described):
    assert {field.name for field in fields(described) if f"`{field.name}`" not in PAGE} == set()


def test_the_page_names_the_parts_of_a_run():
    assert "{" + ", ".join(field.name for field in fields(Run)) + "}" in PAGE


def test_the_page_is_short_enough_to_be_read():
    assert len(PAGE.splitlines()) <= 320
