"""The documents for engineers: short, and pointing at what is there."""

import re
from pathlib import Path

import pytest

import dev

ROOT = Path(dev.__file__).parent
DOCUMENTS = sorted({ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")})
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_leads_to_a_file_of_the_project(path):
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)[^)]*\)", path.read_text(encoding="utf-8"))

    assert [link for link in links if not (path.parent / link).exists()] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_of_a_document_is_one_of_dev_py(path):
    named = re.findall(r"(?:python3|py) dev\.py (\w+)", path.read_text(encoding="utf-8"))

    assert set(named) <= set(dev.TASKS)


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.name)
def test_a_decision_is_a_page_with_its_four_parts(path):
    text = path.read_text(encoding="utf-8")

    assert len(text.splitlines()) <= 40
    parts = ("**Question.**", "**Choice.**", "**Why.**", "**What it costs.**")
    assert [part for part in parts if part not in text] == []


def test_decisions_are_numbered_without_a_gap():
    numbers = [int(path.name[:4]) for path in DECISIONS]

    assert numbers == list(range(1, len(numbers) + 1))


def test_the_architecture_is_read_in_one_go():
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")

    assert len(text.splitlines()) <= 150
