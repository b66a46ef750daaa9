"""bench/mutants.py: the slips it makes, and that it tells a test that bites from another."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from bench import mutants as bench
from bench._operators import mutants, mutated
from bench._trial import Reached, Trials

ROOT = Path(__file__).parents[2]


def changes(source: str) -> set[str]:
    return {each.change for each in mutants(source)}


@pytest.mark.parametrize(
    ("source", "change"),
    [
        ("a < b", "a < b -> a <= b"),
        ("a >= b", "a >= b -> a > b"),
        ("a == b", "a == b -> a != b"),
        ("a in b", "a in b -> a not in b"),
        ("a is b", "a is b -> a is not b"),
        ("a and b", "a and b -> a or b"),
        ("a or b or c", "a or b or c -> a or c"),
        ("not a", "not a -> a"),
        ("-a", "-a -> a"),
        ("a + b", "a + b -> a - b"),
        ("a // b", "a // b -> a * b"),
        ("a | b", "a | b -> a & b"),
        ("12", "12 -> 13"),
        ("12", "12 -> 11"),
        ("True", "True -> False"),
        ("any(a)", "any(a) -> all(a)"),
        ("max(a)", "max(a) -> min(a)"),
        ("sorted(a)", "sorted(a) -> list(a)"),
        ("a.startswith(b)", "a.startswith(b) -> a.endswith(b)"),
        ("a in ('b', 'c')", "('b', 'c') -> ('c',)"),
        ("{'a': 1, 'b': x}", "{'a': 1, 'b': x} -> {'a': 1}"),
        ("[a for a in b if c]", "c -> True"),
        ("if a:\n    b", "a -> not a"),
        ("a += b", "a += b -> a -= b"),
        ("a += b", "a += b -> (nothing)"),
        ("a[b] = c", "a[b] = c -> (nothing)"),
        ("def f():\n    return a", "return a -> return"),
        ("def f():\n    yield a", "yield a -> (nothing)"),
        ("raise a", "raise a -> (nothing)"),
    ],
)
def test_each_slip_is_made(source: str, change: str) -> None:
    assert change in changes(source)
    for each in mutants(source):
        mutated(source, each.number, "module.py")  # what it makes can be read


@pytest.mark.parametrize(
    "source",
    [
        '"""What it does, in 12 words."""',
        'a = f(_("More than 12 words"), N_("12"))',
        "a: Annotated[int, 12]",
        "from a import b",
        "__all__ = ['a', 'b']",
        "raise AssertionError('12')",
        "c = 'a' + b",
    ],
)
def test_words_and_types_are_left_alone(source: str) -> None:
    assert not {each for each in changes(source) if "12" in each or "+" in each or "[" in each}


def test_a_slip_keeps_its_name_when_lines_are_added_above() -> None:
    source = "def f(a):\n    return a < 1 and a < 1\n"
    keys = [(each.function, each.change) for each in mutants(source)]

    assert keys == [(each.function, each.change) for each in mutants("\n\nx = y\n" + source)]
    assert len(set(keys)) == len(keys)


def test_of_each_way_through_a_function_the_quickest_test_comes_first() -> None:
    source = "def f(a):\n    if a < 1:\n        return b\n    return c\n"
    path, border = "module.py", mutants(source)[0]
    trials = Trials([path], lambda _trials: None)
    ways = {"a": {2, 4}, "b": {2, 4}, "c": {2, 3}, "d": {2, 3}, "e": {9}}
    trials.reached = [
        Reached(test, seconds, {path: frozenset(lines)})
        for seconds, (test, lines) in enumerate(ways.items(), 1)
    ]

    assert [each.test for each in trials.of(path, border)] == ["a", "c", "b", "d"]


def test_a_constant_is_tried_by_the_tests_that_reach_its_uses() -> None:
    (first, *_more) = mutants("MOST = 5\n\n\ndef f(a):\n    return a < MOST\n")

    assert (first.change, first.is_at_import, first.uses) == ("5 -> 6", True, {5})


def test_every_module_of_the_table_has_tests_that_exist() -> None:
    modules = [path for pattern in bench.TESTS for path in bench.modules(pattern)]

    assert "app/services/loans/loan_account.py" in modules
    for path in modules:
        tests = bench.tests_of(path)
        assert tests and all((ROOT / each).exists() for each in tests), path


def test_every_reason_is_given_for_a_slip_that_can_be_made() -> None:
    can_be = {
        (module, each.function or "(module)", each.change)
        for module in {key.module for key in bench.reasons()}
        for each in mutants((ROOT / module).read_text(encoding="utf-8"))
    }

    assert {tuple(key) for key in bench.reasons()} - can_be == set()
    assert all(bench.reasons().values())


@pytest.mark.skipif(sys.platform == "win32", reason="the runner forks")
def test_a_slip_is_killed_by_a_test_that_bites_and_lives_where_it_changes_nothing() -> None:
    asked = "app/core/thai/citizen_id.py::13 -> 14"
    done = subprocess.run(
        [sys.executable, ROOT / "bench" / "mutants.py", asked],
        capture_output=True,
        check=False,
        encoding="utf-8",
        cwd=ROOT,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[-2:] == [
        bench.line_of("all", Counter(killed=3, survived=1)),
        "1 survivors have their reason in mutants.toml",
    ]
