"""The documents for engineers: short, and pointing at what is there."""

import ast
import re
from pathlib import Path

import pytest

import dev

ROOT = Path(dev.__file__).parent
DOCUMENTS = sorted({*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")})
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


def test_every_name_in_the_architecture_is_in_the_code():
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    layers = "cli|ui|services|models|reports|sync|core"
    named = re.findall(rf"`((?:{layers})(?:\.\w+)+)`", text)

    assert len(named) >= 15
    assert [name for name in named if not is_in_the_code(name.split("."))] == []


def is_in_the_code(parts):
    """Tell whether "services.records.records.save" is a module and what stands in it."""
    for length in range(len(parts), 0, -1):
        path = (ROOT / "app").joinpath(*parts[:length]).with_suffix(".py")
        if path.exists():
            return holds(ast.parse(path.read_text(encoding="utf-8")), parts[length:])
    return False


def holds(scope, names):
    if not names:
        return True
    defined = ast.FunctionDef | ast.ClassDef
    found = [each for each in scope.body if isinstance(each, defined) and each.name == names[0]]
    return any(holds(each, names[1:]) for each in found)


def test_a_name_that_is_gone_is_found():
    assert is_in_the_code(["services", "records", "acts", "Acting", "write"])
    assert not is_in_the_code(["services", "records", "acts", "Acting", "gone"])
    assert not is_in_the_code(["services", "gone", "save"])


def test_pictures_are_small():
    pictures = (ROOT / "docs" / "pictures").iterdir()

    assert [path.name for path in pictures if path.stat().st_size > 120_000] == []


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "SECURITY.md", "docs/words.md"])
def test_a_page_for_newcomers_has_lines_that_fit_the_screen(name):
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()

    assert [line for line in lines if len(line) > 120] == []


def test_the_page_for_newcomers_is_one_page():
    assert len((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").splitlines()) <= 80


def test_every_document_that_the_code_names_is_there():
    named = re.compile(r'\b(docs/[\w./-]+\.md)(?:, "([^"]+)")?')
    code = [path for room in ("app", "devtools") for path in (ROOT / room).rglob("*.py")]
    found = {pair for path in code for pair in named.findall(path.read_text(encoding="utf-8"))}

    assert found
    assert [pair for pair in sorted(found) if not is_in_the_documents(*pair)] == []


def is_in_the_documents(document, heading):
    path = ROOT / document
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    return bool(text) and (not heading or re.search(rf"^#+ {re.escape(heading)}$", text, re.M))


def test_a_stranger_who_adds_a_field_is_told_what_makes_its_documents_anew():
    from devtools import dictionary

    source = Path(dictionary.__file__).read_text(encoding="utf-8")
    command = ".venv/bin/python -m devtools.dictionary write"
    assert f'"Run: {command}"' in source
    for page, begin in (
        ("CONTRIBUTING.md", "| a field of a record | "),
        ("docs/architecture.md", "| a field | "),
    ):
        assert command in (ROOT / page).read_text("utf-8").partition(begin)[2].partition("\n")[0]
