"""Trials of mutants: the related tests are collected and run once, then again for each mutant.

Each mutant lives in a forked process and dies with it. There the functions that it changes get
their new code, or the module is read anew, and the tests run that reach its lines, the quickest
first, until one fails. No file of the tree is changed.
"""

import functools
import gc
import importlib.machinery
import os
import select
import signal
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from operator import itemgetter
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

import coverage
import pytest
from hypothesis import Phase, is_hypothesis_test, settings

from bench._operators import Mutant, mutated

ROOT = Path(__file__).parents[1]
# in the order of the files, without xdist, and nothing is remembered of the run
PYTEST = (
    *("-n", "0", "-p", "no:cacheprovider", "-p", "no:randomly", "-qq", "--no-header"),
    *("-W", "ignore::pytest.PytestAssertRewriteWarning"),  # hypothesis has been read already
)
KILLED, SURVIVED, ENDLESS, UNREACHED = "killed", "survived", "endless", "unreached"
_AT_LEAST = 20.0  # seconds that a mutant has, besides ten times those of its tests
_AT_MOST = 20.0  # seconds of tests: what only a longer story notices wants a test of its own
_FAILED = 1
_CACHE = type(functools.cache(int))


@dataclass(frozen=True, slots=True)
class Reached:
    """A test with its seconds, and the lines of each module that it reaches."""

    test: str
    seconds: float
    lines: dict[str, frozenset[int]]

    def touches(self, path: str, lines: Iterable[int]) -> bool:
        """Tell whether the test reaches one of some lines of a module."""
        return not self.lines.get(path, frozenset()).isdisjoint(lines)


class Trials:
    """A plugin of pytest: it runs what was collected, and then asks for mutants to try."""

    def __init__(self, paths: Iterable[str], try_all: Callable[["Trials"], None]) -> None:
        self.files = {str(ROOT / path): path for path in paths}
        self.reached: list[Reached] = []
        self._try_all = try_all
        self._items: dict[str, pytest.Item] = {}
        self._caches: list[Any] = []
        self._functions: list[FunctionType] = []

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Let no test look for the smallest example: one that fails is enough."""
        without_shrinking(items)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run every test once, with a note of the lines that it reaches; then try the mutants."""
        if session.testsfailed:
            raise session.Interrupted("the tests cannot be collected")
        gc.unfreeze()  # what is frozen is not among the objects
        self._items = {item.nodeid: item for item in session.items}
        self._caches = [each for each in gc.get_objects() if _is_cache_of_ours(each)]
        self.reached = sorted(self._noted(session), key=lambda each: each.seconds)
        gc.unfreeze()
        self._functions = [each for each in gc.get_objects() if self._is_tried(each)]
        gc.collect()
        gc.freeze()  # or each fork copies what its collector looks at
        assert self._functions, "none of the modules was read"
        self._try_all(self)
        gc.unfreeze()
        return True

    def of(self, path: str, mutant: Mutant) -> list[Reached]:
        """Return the tests that can meet a mutant, as many as it may cost.

        Of each way through the function the quickest comes first, then the second of each way.
        """
        lines = mutant.uses if mutant.is_at_import else mutant.lines
        touching = [each for each in self.reached if each.touches(path, lines)]
        if not touching:
            touching = [each for each in self.reached if path in each.lines]
        around = frozenset(mutant.around or lines)
        ways: Counter[frozenset[int]] = Counter()
        ranked = []
        for each in touching:
            way = each.lines.get(path, frozenset()) & around
            ranked.append((ways[way], each))
            ways[way] += 1
        touching = [each for _rank, each in sorted(ranked, key=itemgetter(0))]
        total = accumulate(each.seconds for each in touching)
        return [each for each, so_far in zip(touching, total, strict=True) if so_far < _AT_MOST]

    def warm(self, path: str, mutant: Mutant, tests: list[Reached]) -> str:
        """Try a mutant in functions that stand already, "" where none of them shows it."""
        new = {_place(each): each for each in _codes(code_of(path, mutant))}
        swaps = []
        for each in self._functions:
            old = each.__code__
            code = new.get(_place(old)) if old.co_filename == str(ROOT / path) else None
            if code and code != old and len(code.co_freevars) == len(old.co_freevars):
                swaps.append((each, code))
        if not swaps or not any(each.touches(path, mutant.lines) for each in tests):
            return ""
        items = [self._items[each.test] for each in tests]

        def work() -> bool:
            for function, code in swaps:
                function.__code__ = code
            self._forget()
            return all(_run(item, after) for item, after in _pairs(items))

        return in_a_fork(work, _patience(tests))

    def _noted(self, session: pytest.Session) -> Iterator[Reached]:
        seconds: dict[str, float] = {}
        tracer = coverage.Coverage(data_file=None, config_file=False, include=list(self.files))
        with tracer.collect():
            for item, after in _pairs(session.items):
                self._forget()
                tracer.switch_context(item.nodeid)
                begun = time.process_time()
                if not _run(item, after):
                    raise session.Failed(f"{item.nodeid} fails without any mutant")
                seconds[item.nodeid] = time.process_time() - begun
        lines: dict[str, dict[str, set[int]]] = {test: defaultdict(set) for test in seconds}
        for file, path in self.files.items():
            for line, tests in tracer.get_data().contexts_by_lineno(file).items():
                for test in filter(None, tests):
                    lines[test][path].add(line)
        for test, of_test in lines.items():
            frozen = {path: frozenset(numbers) for path, numbers in of_test.items()}
            yield Reached(test, seconds[test], frozen)

    def _is_tried(self, each: object) -> bool:
        return isinstance(each, FunctionType) and each.__code__.co_filename in self.files

    def _forget(self) -> None:
        for each in self._caches:
            each.cache_clear()


def cold(path: str, mutant: Mutant, tests: list[Reached]) -> str:
    """Try a mutant in a process that has read nothing of ours yet."""
    code = code_of(path, mutant)
    name = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    def work() -> bool:
        sys.meta_path.insert(0, _Finder(name, code))
        return pytest.main([*PYTEST, "-x", *(each.test for each in tests)], [_Quick()]) == 0

    return in_a_fork(work, 30 + _patience(tests))


def code_of(path: str, mutant: Mutant) -> CodeType:
    """Compile a module with the mutant in it."""
    return mutated((ROOT / path).read_text(encoding="utf-8"), mutant.number, str(ROOT / path))


def in_a_fork(work: Callable[[], bool], seconds: float) -> str:
    """Do something in a process of its own; say how it ended."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        _end_with(work)
    os.close(theirs)
    try:
        in_time = bool(select.select([ours], [], [], seconds)[0])
        if not in_time:
            os.killpg(child, signal.SIGKILL)
    finally:
        os.close(ours)
    _pid, status = os.waitpid(child, 0)
    if not in_time:
        return ENDLESS
    return SURVIVED if status == 0 else KILLED


def _end_with(work: Callable[[], bool]) -> None:
    """Work in the forked process and end it there; nothing of it is seen."""
    os.setsid()
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    try:
        is_well = work()
    except BaseException:
        is_well = False
    os._exit(0 if is_well else _FAILED)


class _Quick:
    """A plugin of pytest for a single mutant."""

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        without_shrinking(items)


def without_shrinking(items: list[pytest.Item]) -> None:
    """Let no test look for a smaller example than the first that fails, nor remember it."""
    for test in (getattr(item, "obj", None) for item in items):
        if not is_hypothesis_test(test):
            continue
        mine = getattr(test, "_hypothesis_internal_use_settings", None) or settings.default
        test._hypothesis_internal_use_settings = settings(  # noqa: SLF001
            mine, phases=(Phase.explicit, Phase.generate), database=None, derandomize=True
        )


class _Finder:
    """The first to be asked for a module: it gives the mutant of one."""

    def __init__(self, name: str, code: CodeType) -> None:
        self._name, self._code = name, code

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Any:
        if name != self._name:
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path, target)
        assert spec and spec.loader
        spec.loader.get_code = lambda _name: self._code
        return spec


def _patience(tests: Iterable[Reached]) -> float:
    return _AT_LEAST + 10 * sum(each.seconds for each in tests)


def _pairs(items: list[pytest.Item]) -> Iterator[tuple[pytest.Item, pytest.Item]]:
    """Yield each test with the next; after the last the first, so that what all share stays."""
    return zip(items, [*items[1:], *items[:1]], strict=True)


def _run(item: pytest.Item, after: pytest.Item) -> bool:
    from _pytest.runner import runtestprotocol

    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    reports = runtestprotocol(item, log=False, nextitem=after)
    return not any(report.failed for report in reports)


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield from _codes(each)


def _place(code: CodeType) -> tuple[str, int]:
    return code.co_qualname, code.co_firstlineno


def _is_cache_of_ours(each: Any) -> bool:
    return isinstance(each, _CACHE) and each.__module__.startswith("app.core")
