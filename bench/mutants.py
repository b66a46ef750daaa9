"""How well the tests bite: small slips are put into the pure modules, one by one.

Usage: mutants.py [MODULE[::TEXT] ...]; without any, all modules of the table below. With a text,
only the mutants that have it in "function: change". A mutant that no test notices is a survivor.
Each survivor stands with its reason in mutants.toml; the run says which does not, and which entry
is no longer needed. Exit code 1 if there is either.
Decision 0039 says why this is a runner of our own. It needs a system that can fork.
"""

import importlib
import os
import sys
import tempfile
import tomllib
import traceback
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import pytest

from bench import _trial
from bench._operators import Mutant, mutants

KNOWN = ROOT / "bench" / "mutants.toml"
# What a fork has read already, so that each need not: nothing of ours.
LIBRARIES = ("alembic", "babel", "cryptography", "orjson", "PySide6.QtWidgets", "sqlalchemy.orm")
# A story takes seconds, and a paper says nothing about a rule: they are not asked.
_AREA = tuple(
    f"tests/services/{{area}}/test_{kind}.py" for kind in ("*borders", "rules*", "guards")
)
_LOANS = (
    *_AREA,
    "tests/services/loans/test_decisions.py",
    "tests/services/loans/test_instalments.py",
    "tests/services/loans/test_loan_account.py",
)
# module (a pattern below app/): the tests that speak of it
TESTS = {
    "core/address.py": ("tests/unit/test_places.py",),
    "core/errors.py": ("tests/unit/test_fields.py",),
    "core/i18n.py": ("tests/unit/test_thai_text.py",),
    "core/ids.py": ("tests/unit/test_line.py",),
    "core/kind*.py": ("tests/unit/test_fields.py", "tests/services/records/test_records.py"),
    "core/fields.py": ("tests/unit/test_fields.py", "tests/services/records/test_records.py"),
    "core/months.py": ("tests/services/loans/test_instalments.py",),
    "core/paths.py": ("tests/unit/test_log.py", "tests/unit/test_scratch.py"),
    "core/json_text.py": ("tests/unit/test_line.py", "tests/services/test_json_from_outside.py"),
    "core/programme_data.py": ("tests/unit/test_programme*.py",),
    "core/schema.py": ("tests/services/test_json_from_outside.py", "tests/unit/test_published.py"),
    "core/codes/*.py": ("tests/unit/test_fields.py", "tests/services/loans/test_loan_account.py"),
    "core/thai/digits.py": ("tests/unit/test_thai_money.py",),
    "core/thai/calendar.py": ("tests/unit/test_thai_dates.py",),
    "core/thai/typed_date.py": ("tests/unit/test_thai_dates.py",),
    "core/thai/words.py": ("tests/unit/test_thai_breaks.py",),
    "core/thai/*.py": ("tests/unit/test_thai_{stem}.py",),
    "core/*.py": ("tests/unit/test_{stem}.py",),
    "sync/merge.py": (
        "tests/sync/test_merge.py",
        "tests/sync/test_merge_laws.py",
        "tests/services/records/test_conflicts.py",
        "tests/services/exchange/test_two_desks.py",
    ),
    "services/loans/instalments.py": _LOANS,
    "services/loans/allocation.py": _LOANS,
    "services/loans/loan_account.py": _LOANS,
    "services/loans/rules*.py": _LOANS,
    "services/loans/guards.py": _LOANS,
    "services/groups/rules.py": (*_AREA, "tests/services/people/test_rules*.py"),
    "services/office/rules.py": ("tests/services/office/test_desk.py",),
    "services/records/rules.py": ("tests/services/records/test_records.py",),
    "services/records/guards.py": ("tests/services/records/test_moves.py",),
    "services/people/rules_*.py": (
        "tests/services/people/test_borders.py",
        "tests/services/people/test_consents.py",
        "tests/services/people/test_duplicates.py",
    ),
    "services/*/rules*.py": _AREA,
    "services/*/guards.py": _AREA,
}


class Key(NamedTuple):
    """How the list of survivors names a mutant: no line numbers, so it stays right for long."""

    module: str
    function: str
    change: str

    @classmethod
    def of(cls, path: str, mutant: Mutant) -> "Key":
        """Return the name of a mutant of a module."""
        return cls(path, mutant.function or "(module)", mutant.change)

    def is_meant(self, chosen: dict[str, str]) -> bool:
        """Tell whether the run asks for it: its module, and the text that is to be in it."""
        text = chosen.get(self.module)
        return text is not None and text in f"{self.function}: {self.change}"


def main(asked: list[str]) -> int:
    """Try the mutants of the modules asked for; give the exit code."""
    chosen = dict(_chosen(asked))
    if not chosen:
        print("No such module stands in the table of bench/mutants.py.", file=sys.stderr)
        return 2
    os.nice(10)
    for name in LIBRARIES:
        importlib.import_module(name)
    with tempfile.TemporaryDirectory(prefix="mutants-") as scratch:
        Path(scratch).chmod(0o711)  # a PostgreSQL of another user has its folder in it
        os.environ["TMPDIR"] = tempfile.tempdir = scratch  # a mutant that is ended leaves much
        return _report(chosen)


def _report(chosen: dict[str, str]) -> int:
    survivors: set[Key] = set()
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    known = reasons()
    for tests, texts in _by_tests(chosen).items():
        print(f"-- {' '.join(tests)}", flush=True)
        for path, mutant, end in tried(tests, texts):
            counts[path][end] += 1
            if end in (_trial.SURVIVED, _trial.UNREACHED):
                key = Key.of(path, mutant)
                survivors.add(key)
                if key not in known:
                    where = f"{path}:{mutant.lines.start}: {key.function}"
                    print(f"survivor: {where}: {mutant.change} ({end})", flush=True)
        for path in texts:
            print(line_of(path, counts[path]), flush=True)
    print(line_of("all", sum(counts.values(), Counter())))
    return compared(survivors, known, chosen)


def tried(tests: tuple[str, ...], texts: dict[str, str]) -> Iterator[tuple[str, Mutant, str]]:
    """Yield how each mutant of some modules ends: first in a process that has read all."""
    ours, theirs = Pipe(duplex=False)
    child = os.fork()
    if child == 0:
        _end_with(lambda: _with_all_read(tests, texts, theirs))
    theirs.close()
    try:
        while answer := ours.recv():
            path, mutant, end, reached = answer
            yield path, mutant, end or _trial.cold(path, mutant, reached)
    except EOFError:
        raise SystemExit(f"Not well without any mutant: {' '.join(tests)}") from None
    os.waitpid(child, 0)


def _end_with(work: Callable[[], None]) -> None:
    """End this process after the work: nothing of its parent goes on in it."""
    try:
        work()
    except Exception:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        os._exit(0)


def _with_all_read(tests: tuple[str, ...], texts: dict[str, str], answers: Connection) -> None:
    def try_all(trials: _trial.Trials) -> None:
        for path in texts:
            for mutant in mutants((ROOT / path).read_text(encoding="utf-8")):
                if Key.of(path, mutant).is_meant(texts):
                    reached = trials.of(path, mutant)
                    end = trials.warm(path, mutant, reached) if reached else _trial.UNREACHED
                    bare = [replace(each, lines={}) for each in reached] if not end else []
                    answers.send((path, mutant, end, bare))
        answers.send(None)

    pytest.main([*_trial.PYTEST, *tests], plugins=[_trial.Trials(texts, try_all)])


def tests_of(path: str) -> tuple[str, ...]:
    """Return the tests that speak of a module, by the table."""
    tests = next(tests for pattern, tests in TESTS.items() if path in modules(pattern))
    stem, area = Path(path).stem, Path(path).parent.name
    named = (each.format(stem=stem, area=area) for each in tests)
    found = {path for each in named for path in ROOT.glob(each)}
    return tuple(sorted(path.relative_to(ROOT).as_posix() for path in found))


def line_of(name: str, ends: Counter[str]) -> str:
    """Say in one line how the mutants of a module ended."""
    killed, total = ends[_trial.KILLED] + ends[_trial.ENDLESS], sum(ends.values())
    share = 100 * killed / total if total else 100
    return f"{name:48} {total:5} mutants {killed:5} killed {share:6.1f} %"


def compared(survivors: set[Key], known: dict[Key, str], chosen: dict[str, str]) -> int:
    """Print the reasons that are not needed; give 1 if there are any, or survivors without one."""
    asked = {key for key in known if key.is_meant(chosen)}
    for key in sorted(asked - survivors):
        print(f"no longer a survivor: {key.module}: {key.function}: {key.change}")
    print(f"{len(survivors & asked)} survivors have their reason in {KNOWN.name}")
    return 1 if survivors ^ asked else 0


def reasons() -> dict[Key, str]:
    """Return the survivors that are known, with why each may live."""
    listed = tomllib.loads(KNOWN.read_text(encoding="utf-8"))
    return {
        Key(module, function, change): why
        for module, functions in listed.items()
        for function, changes in functions.items()
        for change, why in changes.items()
    }


def _chosen(asked: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield each module that is asked for, and the text that its mutants must have, or ""."""
    known = list(dict.fromkeys(path for pattern in TESTS for path in modules(pattern)))
    if not list(asked):
        yield from ((path, "") for path in known)
    for each in asked:
        path, _, text = each.partition("::")
        yield from ((one, text) for one in known if one == path or one.startswith(f"{path}/"))


def _by_tests(chosen: dict[str, str]) -> dict[tuple[str, ...], dict[str, str]]:
    found: dict[tuple[str, ...], dict[str, str]] = defaultdict(dict)
    for path, text in chosen.items():
        found[tests_of(path)][path] = text
    return found


@cache
def modules(pattern: str) -> list[str]:
    """Return the modules that a pattern of the table names, without those that only import."""
    found = sorted(path.relative_to(ROOT) for path in (ROOT / "app").glob(pattern))
    return [path.as_posix() for path in found if path.stem != "__init__"]


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
