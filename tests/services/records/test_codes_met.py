"""Every code of a choice that a rule or a guard reads is met by some test of its area."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from app.core import codes
from app.models.records.base import entities
from app.services.records import records

ROOT = Path(__file__).parents[3]
SERVICES = ROOT / "app" / "services"
# A code that the rule treats as it treats another one, which a test has: one line each.
NOT_MET: dict[str, str] = {}


def test_every_code_that_a_rule_reads_is_met_by_a_test_of_its_area() -> None:
    missing = {
        f"{area}: {type_}.{name}: {code}"
        for area, type_, name, choices in read_by_rules()
        if not words_of_tests(area) & names_of(choices)  # a test that goes through all of them
        for code in dict(choices).keys() - words_of_tests(area)
    }

    assert missing == set(NOT_MET)


def test_the_choices_that_rules_read_are_found() -> None:
    found = {(area, type_, name) for area, type_, name, _choices in read_by_rules()}

    assert ("loans", "document", "status") in found
    assert ("loans", "guarantor", "kind") in found
    assert ("training", "training_class", "status") in found


def read_by_rules() -> Iterator[tuple[str, str, str, codes.Choices]]:
    """Give area, type, field and choice wherever a function names a type and a field of it."""
    for path in sorted([*SERVICES.glob("*/rules*.py"), *SERVICES.glob("*/guards*.py")]):
        tree = ast.parse(path.read_bytes())
        for function in (node for node in tree.body if isinstance(node, ast.FunctionDef)):
            named = named_in(function)
            for type_ in (each for each in entities() if each.upper() in named):
                for field in records.fields(type_):
                    if field.choices and field.name in named:
                        yield path.parent.name, type_, field.name, field.choices


@cache
def words_of_tests(area: str) -> frozenset[str]:
    """Give what the tests of an area name, and what their makers do."""
    tests = sorted((ROOT / "tests" / "services" / area).glob("*.py"))
    makers = {
        path
        for path in (ROOT / "tests" / "makers").glob("*.py")
        if any(f"tests.makers.{path.stem} " in test.read_text(encoding="utf-8") for test in tests)
    }
    return frozenset().union(*map(words, {*tests, *makers}))


@cache
def words(path: Path) -> frozenset[str]:
    return frozenset(named_in(ast.parse(path.read_bytes())))


def named_in(tree: ast.AST) -> set[str]:
    """Give the texts and the names in a piece of code, those of keywords among them."""
    nodes = list(ast.walk(tree))
    texts = {each.value for each in nodes if isinstance(each, ast.Constant)}
    attributes = {each.attr for each in nodes if isinstance(each, ast.Attribute)}
    names = {each.id for each in nodes if isinstance(each, ast.Name)}
    keywords = {each.arg for each in nodes if isinstance(each, ast.keyword)}
    return {each for each in texts | attributes | names | keywords if isinstance(each, str)}


def names_of(choices: codes.Choices) -> set[str]:
    return {name for name in codes.__all__ if getattr(codes, name) is choices}
